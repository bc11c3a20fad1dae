import { expect, it } from 'vitest';
import { columnsOf } from '../../../src/protocol/columns.ts';
import { TextEdits } from '../../../src/sql/text/text-edits.ts';
import { forward, local, localRow } from '../../../src/sql/translation/translation.ts';

it('forward has the edited text, the way back in it, and what is reported', () => {
  const edits = new TextEdits('x::INT');
  edits.replace(3, 6, 'int8');
  const translation = forward(edits, { tag: 'OK' });
  expect(translation).toMatchObject({ kind: 'forward', sql: 'x::int8', tag: 'OK' });
  expect(translation.original?.(4)).toBe(3);
});

it('local runs when it is executed, and not before', async () => {
  const ran: string[] = [];
  const translation = local('DONE', () => void ran.push('run'));
  expect(ran).toEqual([]);
  expect(await translation.execute()).toEqual({ tag: 'DONE', notices: undefined });
  expect(ran).toEqual(['run']);
});

it('local fails as what it runs does', async () => {
  const translation = local('DONE', () => Promise.reject(new Error('no')));
  await expect(translation.execute()).rejects.toThrow('no');
});

it('localRow describes its columns before its row is asked for', async () => {
  const columns = columnsOf({ name: 'text', count: 'int8' });
  const translation = localRow('SHOW THINGS', columns, () => ['a', '1']);
  expect(translation.columns).toEqual([
    { name: 'name', oid: 25 },
    { name: 'count', oid: 20 },
  ]);
  expect(await translation.execute()).toEqual({ tag: 'SHOW THINGS 1', columns, rows: [['a', '1']] });
});
