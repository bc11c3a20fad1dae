import { describe, expect, test } from 'vitest';
import { sessionOf } from '../../../shared/step.ts';
import { all, buildFrom, carried } from './build-page.ts';

const shell = (command: string): string => `\`\`\`shell run\n$ ${command}\n\`\`\`\n`;
const sql = (statement: string, meta = 'run user=root'): string => `\`\`\`sql ${meta}\n> ${statement}\n\`\`\`\n`;
const inMode = (mode: string, text: string): string => `<Mode is="${mode}">\n\n${text}\n</Mode>\n`;
const LEAVE = sql('\\q', '');

const sessionsOf = (...parts: string[]): (string | undefined)[] =>
  buildFrom(parts.join('\n')).steps.map(({ step }) => sessionOf(step));

describe('the shell that a SQL step is typed into', () => {
  test('is the one that an earlier step opens, and programs and files between them change nothing', () => {
    expect(sessionsOf(shell('cockroach sql --insecure'), sql('BEGIN;'), shell('date'), sql('COMMIT;'))).toEqual([
      'page:1',
      'page:1',
      undefined,
      'page:1',
    ]);
  });

  test('does not exist before it is opened and after it is left', () => {
    expect(sessionsOf(sql('SELECT 1;'), shell('cockroach sql'), sql('SELECT 2;'), LEAVE, sql('SELECT 3;'))).toEqual([
      undefined,
      'page:1',
      'page:1',
      undefined,
    ]);
  });

  test('is another one when another is opened', () => {
    expect(
      sessionsOf(
        shell('cockroach sql'),
        sql('SELECT 1;'),
        shell('cockroach sql --database=bank'),
        sql('SELECT 2;', 'run user=root database=bank'),
      ),
    ).toEqual(['page:1', 'page:1', 'page:2', 'page:2']);
  });

  test.each([
    "cockroach sql -e 'SELECT 1'",
    "cockroach sql --insecure --execute='SELECT 1'",
    'cockroach sql -f a.sql',
    'cockroach sql < a.sql',
    'cockroach sqlfmt',
    'cockroach version',
  ])('is not opened by `%s`', (command) => {
    expect(sessionsOf(shell(command), sql('SELECT 1;'))).toEqual([undefined, undefined]);
  });

  test('may be one that is only shown', () => {
    expect(sessionsOf('```shell\n$ cockroach sql\n```\n', sql('SELECT 1;'))).toEqual(['page:1']);
  });

  test('is separate in each mode, and the same for steps that both modes share', () => {
    const both = [
      inMode('secure', shell('cockroach sql --certs-dir=certs')),
      inMode('insecure', shell('cockroach sql --insecure')),
    ];
    expect(sessionsOf(...both, sql('SELECT 1;'), LEAVE, ...both)).toEqual([
      'page:1',
      'page:1',
      'page:1',
      'page:2',
      'page:3',
    ]);
    expect(
      sessionsOf(
        inMode('secure', [shell('cockroach sql'), sql('SELECT 1;')].join('\n')),
        inMode('insecure', sql('SELECT 1;')),
      ),
    ).toEqual(['page:1', 'page:1', undefined]);
  });

  test('is named in the figures', () => {
    const figures = all(
      buildFrom([shell('cockroach sql'), sql('SELECT 1;'), shell('date')].join('\n')).children,
      'figure',
    );
    expect(figures.map((figure) => sessionOf(carried(figure).step))).toEqual(['page:1', 'page:1', undefined]);
  });
});
