#!/usr/bin/env node
/**
 * Starts a script of the project, or the command line if none is named, once `npm ci` has brought Node 24 and the
 * packages. Plain JavaScript without a package: it must run on any Node, to say what is missing.
 */
import { existsSync } from 'node:fs';
import module from 'node:module';

const [major = ''] = process.versions.node.split('.');
const isInstalled = existsSync(new URL('../node_modules/zod', import.meta.url)) && Number(major) >= 24;
if (isInstalled) {
  // Half of what a command takes is to compile the AWS SDK: the next one finds it compiled, in the temporary folder.
  module.enableCompileCache();
  const [script = ''] = process.argv[2]?.endsWith('.ts') ? process.argv.splice(2, 1) : ['tools/relay/relay.ts'];
  await import(new URL(`../${script}`, import.meta.url).href);
} else {
  console.error('The packages of this project, with Node 24, are not installed: run "npm ci", with its scripts.');
  process.exitCode = 1;
}
