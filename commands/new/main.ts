import { join } from 'node:path';
import { exitCodeAfter } from '../refusal.ts';
import { readArguments } from './arguments.ts';
import { makePage } from './make-page.ts';

const CONTENT = join(import.meta.dirname, '../../content');

// `npm run new -- tutorial NAME` or `page NAME`: makes what a new page needs, and says what it made.
try {
  for (const line of makePage(CONTENT, readArguments(process.argv.slice(2)))) console.log(line);
} catch (cause) {
  process.exitCode = exitCodeAfter(cause);
}
