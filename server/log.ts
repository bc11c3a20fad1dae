import { inspect } from 'node:util';
import { isFailure, levelFrom, type Level } from './log-level.ts';
import { wordsOf } from './log-words.ts';
import type { Report } from './report.ts';

/** How much is logged of a cause, with its stack and its own causes. */
const MAX_CAUSE_CHARACTERS = 20_000;

/** How to log. */
interface LogOptions {
  /** `lines` are for people; `json` has an object in each line, with the event's fields. */
  format: 'lines' | 'json';
  /** Less severe events are not logged. */
  level: Level;
  /** The name of this server, which is in each JSON object. */
  instance: string;
}

/** Writes failures to the server's log, which is stderr, as lines for people. */
export const log: Report = linesFrom('warn');

/** Opens the server's log, which is stderr. */
export async function openLog({ format, level, instance }: LogOptions): Promise<Report> {
  if (format === 'lines') return linesFrom(level);
  // Not needed on a terminal, and takes time to load.
  const { jsonLog } = await import('./json-log.ts');
  return jsonLog({ level, instance }, (line) => process.stderr.write(line));
}

function linesFrom(least: Level): Report {
  return (event) => {
    if (!levelFrom(least, event)) return;
    if (isFailure(event)) {
      const words = wordsOf(event);
      console.error('cause' in event ? `${words}: ${textOf(event.cause)}` : words);
    } else {
      const { type, ...fields } = event;
      console.error(`${type}: ${JSON.stringify(fields)}`);
    }
  };
}

/**
 * Returns a cause as text. Some quote a hostile database, whose control characters could change the terminal, and whose
 * messages can have megabytes.
 */
function textOf(cause: unknown): string {
  const text = inspect(cause);
  const part = text.length > MAX_CAUSE_CHARACTERS ? `${text.slice(0, MAX_CAUSE_CHARACTERS)}…` : text;
  return part.replaceAll(/[^\P{Cc}\n\t]/gu, (character) => JSON.stringify(character).slice(1, -1));
}
