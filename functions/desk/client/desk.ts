/** What the browser runs. */
import { start } from './navigate.ts';
import { watchIdleness } from './session.ts';

watchIdleness();
await start();
