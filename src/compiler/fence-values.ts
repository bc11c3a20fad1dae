import { MAX_STEP_LIMIT_MS, MIN_STEP_LIMIT_MS } from '../../shared/limits.ts';
import { isSessionName } from '../../shared/session-name.ts';
import { isExitCode, isSqlState } from '../../shared/step-end.ts';
import type { Failure, SourcePlace } from '../../shared/step.ts';
import type { FencePart } from './fence-table.ts';
import type { Meta } from './fence-meta.ts';
import { unknownWord, type Mistake } from './mistake.ts';

/** What a path of a file in the reader's home must look like, as a clause. */
export const PATH_RULE = 'a path in the reader’s home directory, of letters, digits, `.`, `_`, `-` and `/`';

/** What an option's value must look like, by the word for it in the table, and how a mistake says so. */
const RULES: Record<string, { fits: (value: string) => boolean; expected: string }> = {
  USER: { fits: isSqlName, expected: 'letters, digits, `_` and `-`, at most 63' },
  DATABASE: { fits: isSqlName, expected: 'letters, digits, `_` and `-`, at most 63' },
  NAME: {
    fits: isSessionName,
    expected: 'a letter, then letters, digits, `_` and `-`, at most 30',
  },
  TIME: {
    fits: (value) => {
      const ms = limitMsOf(value);
      return ms >= MIN_STEP_LIMIT_MS && ms <= MAX_STEP_LIMIT_MS;
    },
    expected: `seconds such as \`90s\`, or minutes such as \`2m\`, at most \`${MAX_STEP_LIMIT_MS / 60_000}m\``,
  },
  EXITCODE: {
    fits: isExitCode,
    expected: 'an exit code from 1 to 255',
  },
  SQLSTATE: { fits: isSqlState, expected: 'a SQLSTATE such as `23505`' },
  PATH: { fits: isHomePath, expected: PATH_RULE },
  TEXT: { fits: () => true, expected: 'a text' },
};

/** Returns the mistake in an option's value; undefined when there is none. */
export function wrongValue(
  { name, value: what = '' }: FencePart,
  value: string,
  place: SourcePlace,
): Mistake | undefined {
  if (value === '') return { ...place, found: `\`${name}=\` without a value`, expected: `\`${name}=${what}\`` };
  const rule = RULES[what];
  if (!rule) return value === what ? undefined : unknownWord(place, `the ${name}`, value, [what]);
  return rule.fits(value) ? undefined : { ...place, found: `\`${name}=${value}\``, expected: rule.expected };
}

/** Whether a text is a path of a file in the reader's home that the server accepts. */
export function isHomePath(path: string): boolean {
  return (
    /^[\w.-]+(\/[\w.-]+)*$/.test(path) &&
    path.length <= 200 &&
    path.split('/').every((part) => part !== '.' && part !== '..')
  );
}

/** Returns a time such as `90s` or `2m` in milliseconds; 0 for another text. */
export function limitMsOf(value: string): number {
  const [, count = '0', unit] = /^(\d{1,5})([sm])$/.exec(value) ?? [];
  return Number(count) * (unit === 'm' ? 60_000 : 1000);
}

/** Returns how a step must fail, from the words and options of its fence; undefined when it must succeed. */
export function failureOf(kind: 'shell' | 'sql', { words, options }: Meta): Failure | undefined {
  const code = options.get('fails');
  if (code !== undefined) return kind === 'sql' ? { sqlState: code } : { exitCode: Number(code) };
  return words.includes('fails') ? {} : undefined;
}

function isSqlName(value: string): boolean {
  return /^\w[\w-]{0,62}$/.test(value);
}
