import { CONTENT } from '../client/content.ts';
import { exitCodeAfter } from '../refusal.ts';
import { readArguments } from './arguments.ts';
import { makePage } from './make-page.ts';

// `npm run new -- tutorial NAME` or `page NAME`: makes what a new page needs, and says what it made.
try {
  for (const line of makePage(CONTENT, readArguments(process.argv.slice(2)))) console.log(line);
} catch (cause) {
  process.exitCode = exitCodeAfter(cause);
}
