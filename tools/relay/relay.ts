#!/usr/bin/env node
/** The operator's command line: `npx relay <verb>`. The npm scripts of the same names are its aliases. */
import { runVerb } from '../command-line/run.ts';
import { verbs } from './verbs.ts';

process.exitCode = await runVerb('npx relay', verbs, process.argv.slice(2));
