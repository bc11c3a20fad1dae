import { describe, expect, test } from 'vitest';
import type { Mode } from '../../../shared/protocol.ts';
import { textContent } from '../../../src/compiler/tree.ts';
import { all, buildFrom, recordingOf } from './build-page.ts';

describe('the recordings of a page', () => {
  test('are shown for each mode, or once when both printed the same', () => {
    const recording = (mode: Mode, standIn: boolean, text: string): string => {
      const rows = { type: 'rows', columns: ['n'], rows: [['1']], tag: 'SELECT 1' };
      const steps = [
        { id: 'start-1', events: [{ type: 'output', stream: 'stdout', text }] },
        { id: 'start-2', events: [rows] },
      ];
      return recordingOf(mode, steps, { version: 'v26.2.5 (x)', standIn });
    };
    const page = buildFrom('```shell run\n$ date\n```\n\n```sql run user=root\n> SELECT 1 AS n;\n```\n', {
      'recordings/page.secure.json': recording('secure', false, 'monday\n'),
      'recordings/page.insecure.json': recording('insecure', true, 'tuesday\n'),
    });
    const shown = all(page.children, 'details').map((details) => [
      details.properties?.['data-show'],
      textContent(details),
    ]);
    expect(shown).toEqual([
      ['secure', 'Recorded outputRecorded on 2026-11-23 on CockroachDB v26.2.5 (x).monday'],
      ['insecure', 'Recorded outputRecorded on 2026-11-23 on a stand-in for CockroachDB v26.2.5.tuesday'],
      [undefined, 'Recorded outputRecorded on 2026-11-23 on CockroachDB v26.2.5 (x).  n\n-----\n  1\n(1 row)'],
    ]);
  });

  test('say how many rows there were, counting the stored ones when the recording does not say', () => {
    const rows = { type: 'rows', columns: ['n'], rows: [['1'], ['2']], tag: 'SELECT' };
    const steps = [
      { id: 'start-1', events: [{ ...rows, count: 1500 }] },
      { id: 'start-2', events: [rows] },
    ];
    const page = buildFrom('```sql run user=root\n> SELECT 1;\n```\n\n```sql run user=root\n> SELECT 2;\n```\n', {
      'recordings/page.secure.json': recordingOf('secure', steps),
    });
    expect(all(page.children, 'details').map((details) => textContent(details).split('\n').slice(3))).toEqual([
      ['  2', '… 1498 rows left out here', '(1500 rows)'],
      ['  2', '(2 rows)'],
    ]);
  });

  test('distinguish output that the page expects literally from output that varies', () => {
    const events = [{ type: 'output', stream: 'stdout', text: '7\n' }];
    const steps = ['start-1', 'start-2'].map((id) => ({ id, events }));
    const files = { 'recordings/page.secure.json': recordingOf('secure', steps) };
    const page = buildFrom(
      '```shell run\nls\n```\n\n```text output\n7\n```\n\n```shell run\nls\n```\n\n```text output\n{int}\n```\n',
      files,
    );
    expect(all(page.children, 'details').map(({ properties }) => properties?.['className'])).toEqual([
      ['expected'],
      ['recorded', 'same'],
      ['expected'],
      ['recorded'],
    ]);
  });
});
