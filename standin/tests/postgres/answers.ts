import { expect, it } from 'vitest';
import type { Served } from '../wire/served.ts';

/**
 * What each expression gives: the values of the first row with ` | ` between them, or an error's SQLSTATE and message.
 */
export type Answers = Record<string, string>;

/** Declares a test for every expression. */
export function expectAnswers(standin: Served, answers: Answers): void {
  it.each(Object.entries(answers))('%s', async (expression, answer) => {
    const { answers: seen, error } = await standin.client.ask({ sql: `SELECT ${expression}` });
    const values = seen[0]?.rows[0]?.map((value) => value ?? 'NULL').join(' | ');
    expect(error ? `${error.code} ${error.message}` : values).toBe(answer);
  });
}
