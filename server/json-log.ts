import { pino, stdTimeFunctions } from 'pino';
import { levelFrom, isFailure, type Level } from './log-level.ts';
import { wordsOf } from './log-words.ts';
import type { Report } from './report.ts';

/** Some errors quote what a sandbox sent, which is limited elsewhere, but not for the log. */
const MAX_MESSAGE = 1000;
const MAX_STACK = 4000;
const MAX_CAUSES = 4;

/**
 * Returns a log that calls `write` with a line of JSON for each event: `level`, `time`, `instance`, the event's fields,
 * and for failures `msg`, in words.
 */
export function jsonLog(
  { level: least, instance }: { level: Level; instance: string },
  write: (line: string) => void,
): Report {
  const logger = pino(
    {
      base: { instance },
      level: 'trace',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    { write },
  );
  return (event) => {
    const level = levelFrom(least, event);
    if (!level) return;
    if (!isFailure(event)) return logger[level](event);
    const fields = 'cause' in event ? { ...event, cause: causeOf(event.cause) } : { ...event };
    // It is in the words, cut and without readers' code.
    if ('log' in fields) delete (fields as { log?: string }).log;
    logger[level](fields, wordsOf(event));
  };
}

/** Returns what is logged of a cause: no further properties, because those of a database's errors quote statements. */
function causeOf(cause: unknown, left = MAX_CAUSES): object {
  if (!(cause instanceof Error)) return { message: String(cause).slice(0, MAX_MESSAGE) };
  return {
    name: cause.name,
    message: cause.message.slice(0, MAX_MESSAGE),
    ...('code' in cause && typeof cause.code === 'string' ? { code: cause.code.slice(0, MAX_MESSAGE) } : {}),
    ...(cause.stack === undefined ? {} : { stack: cause.stack.slice(0, MAX_STACK) }),
    ...(cause.cause === undefined || left <= 1 ? {} : { cause: causeOf(cause.cause, left - 1) }),
  };
}
