import { describe, expect, it } from 'vitest';
import { imported } from './imported.ts';

const sql = (statement: string): string => `~~~ sql\n> ${statement}\n~~~\n\n`;

/** Imports the body of a page; returns its steps as fences. */
async function fences(body: string): Promise<string[]> {
  const { mdx } = await imported(`---\ntitle: Two Riders\nsummary: Learn to share.\n---\n\n${body}`);
  return [...mdx.matchAll(/^```(?:sql|text output)(.*)\n([^]*?)\n```$/gm)].map(([, meta = '', text = '']) =>
    `${text.replace(/^> /gm, '')} ${meta.replace(' run user=root', '').trim()}`.trim(),
  );
}

describe('a page with several sessions', () => {
  it.each([
    ['In session 1, begin:', 'In session 2, look:', 'one', 'two'],
    ['In a terminal (Session A), begin:', 'In another one (Session B), look:', 'A', 'B'],
    ['In the first terminal, begin:', 'Open a new terminal window. Look:', 'first', 'second'],
    ['In the terminal for rider 1, begin:', 'In the terminal for rider 2, look:', 'rider-1', 'rider-2'],
  ])('has a name for each: %s', async (above, below, first, second) => {
    const begin = `${above}\n\n${sql('BEGIN;')}`;
    const page = `${begin}${below}\n\n${sql('SELECT 1;')}${above}\n\n${sql('COMMIT;')}`;
    expect(await fences(sql('SHOW TABLES;') + page)).toEqual([
      `SHOW TABLES; session=${first}`,
      `BEGIN; session=${first}`,
      `SELECT 1; session=${second}`,
      `COMMIT; session=${first}`,
    ]);
  });

  it('has no name on a page that only starts something in a new terminal', async () => {
    expect(await fences(`In a new terminal, open the shell:\n\n${sql('SELECT 1;')}`)).toEqual(['SELECT 1;']);
  });

  it('goes on in the last one, and below a heading in the first', async () => {
    const page = `In session 2, look:\n\n${sql('SELECT 2;')}Again:\n\n${sql('SELECT 3;')}`;
    expect(await fences(`In session 1:\n\n${sql('SELECT 1;')}${page}## Next\n\n${sql('SELECT 4;')}`)).toEqual([
      'SELECT 1; session=one',
      'SELECT 2; session=two',
      'SELECT 3; session=two',
      'SELECT 4; session=one',
    ]);
  });

  it('has statements that wait, whose answer belongs to no block below another session', async () => {
    const page =
      `In session 1:\n\n${sql('BEGIN;')}In session 2:\n\n${sql('SELECT 2 FOR UPDATE;')}` +
      `It is blocked until session 1 ends. In session 1:\n\n${sql('COMMIT;')}` +
      `Session 2 shows the result now:\n\n~~~\n  two\n~~~\n`;
    expect(await fences(page)).toEqual([
      'BEGIN; session=one',
      'SELECT 2 FOR UPDATE; session=two waits',
      'COMMIT; session=one',
    ]);
  });
});

describe('a transaction that an example leaves open', () => {
  it('is ended below its section, and the report says so', async () => {
    expect(await fences(`${sql('BEGIN;')}${sql('SELECT 1;')}## Next\n\n${sql('SELECT 2;')}`)).toEqual([
      'BEGIN;',
      'SELECT 1;',
      'ROLLBACK;',
      'SELECT 2;',
    ]);
  });

  it('is ended before another begins, and at the end of the page', async () => {
    expect(await fences(`${sql('BEGIN;')}${sql('BEGIN;\n> SELECT 1;')}`)).toEqual([
      'BEGIN;',
      'ROLLBACK;',
      'BEGIN;\nSELECT 1;',
      'ROLLBACK;',
    ]);
  });

  it('stays when a later block ends it, but not when one only goes back to a savepoint', async () => {
    expect(await fences(`${sql('BEGIN;')}## Next\n\n${sql('COMMIT;')}`)).toEqual(['BEGIN;', 'COMMIT;']);
    expect(await fences(`${sql('BEGIN;')}${sql('ROLLBACK TO SAVEPOINT a;')}`)).toEqual([
      'BEGIN;',
      'ROLLBACK TO SAVEPOINT a;',
      'ROLLBACK;',
    ]);
  });
});
