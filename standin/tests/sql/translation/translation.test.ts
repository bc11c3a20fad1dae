import { expect, it } from 'vitest';
import { columnsOf } from '../../../src/protocol/columns.ts';
import { TextEdits } from '../../../src/sql/text/text-edits.ts';
import { forward, local, localRow } from '../../../src/sql/translation/translation.ts';

it('forward has the edited text, the mapping back to the source, and what is reported', () => {
  const edits = new TextEdits('x::INT');
  edits.replace(3, 6, 'int8');
  const translation = forward(edits, { tag: 'OK' });
  expect(translation).toMatchObject({ kind: 'forward', sql: 'x::int8', tag: 'OK' });
  expect(translation.original?.(4)).toBe(3);
});

it('local runs only when it is executed', async () => {
  const ran: string[] = [];
  const translation = local('DONE', () => void ran.push('run'));
  expect(ran).toEqual([]);
  expect(await translation.execute()).toEqual({ tag: 'DONE', notices: undefined });
  expect(ran).toEqual(['run']);
});

it('local fails when what it runs fails', async () => {
  const translation = local('DONE', () => Promise.reject(new Error('no')));
  await expect(translation.execute()).rejects.toThrow('no');
});

it('localRow knows its columns before it is executed', async () => {
  const columns = columnsOf({ name: 'text', count: 'int8' });
  const translation = localRow('SHOW THINGS', columns, () => ['a', '1']);
  expect(translation.columns).toEqual([
    { name: 'name', oid: 25 },
    { name: 'count', oid: 20 },
  ]);
  expect(await translation.execute()).toEqual({ tag: 'SHOW THINGS 1', columns, rows: [['a', '1']] });
});
