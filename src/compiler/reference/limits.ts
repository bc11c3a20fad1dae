import {
  MAX_NAMED_SESSIONS,
  MAX_RUN_STEPS,
  MAX_STEP_LIMIT_MS,
  MAX_STEP_TEXT_BYTES,
  MIN_STEP_LIMIT_MS,
} from '../../../shared/limits.ts';
import { code } from './passages.ts';

/** A limit on what a page can say, with the place where it is met. */
interface Limit {
  of: string;
  is: string;
  example: string;
}

/** The limits that an author can meet. */
export const LIMITS: readonly Limit[] = [
  {
    of: 'The text of a step: its commands, statements or file',
    is: `${MAX_STEP_TEXT_BYTES / 1024} KiB`,
    example: 'a program that is pasted into `python file=app.py`',
  },
  {
    of: 'The time that a step can ask for',
    is: `${MIN_STEP_LIMIT_MS / 1000} to ${MAX_STEP_LIMIT_MS / 1000} s, up to the operator’s \`MAX_STEP_SECONDS\``,
    example: code('shell run limit=2m'),
  },
  {
    of: 'The time of other steps',
    is: 'the operator’s `STEP_SECONDS`',
    example: 'a program that never ends, without `background`',
  },
  {
    of: 'The steps of one run',
    is: String(MAX_RUN_STEPS),
    example: 'Run on the last step of a page, which does all above it',
  },
  {
    of: 'SQL sessions with names, and shells with names, in each mode of a page',
    is: `${MAX_NAMED_SESSIONS} of each`,
    example: code('sql run user=root session=A'),
  },
  {
    of: 'What a step prints',
    is: 'the operator’s `OUTPUT_KIB`',
    example: '`SELECT` on a large table',
  },
];

/** Returns the limits on what a page can say. */
export function limitsText(): string {
  return LIMITS.map(({ of, is, example }) => `- ${of}: ${is}. For example ${example}.\n`).join('');
}
