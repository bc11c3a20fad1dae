import { describe, expect, it } from 'vitest';
import { TYPE } from '../../../src/protocol/columns.ts';
import { readValue, reportedColumns } from '../../../src/sql/results/result-columns.ts';

describe('reportedColumns', () => {
  it('widens the types of expressions, and keeps those of table columns', () => {
    const { columns } = reportedColumns(
      [
        { name: 'sum', oid: TYPE.int4, size: 4 },
        { name: 'a', oid: TYPE.int4, size: 4, table: 1000 },
        { name: 'int4', oid: TYPE.int4, size: 4 },
        { name: 'who', oid: TYPE.name, size: 64 },
      ],
      undefined,
    );
    expect(columns.map(({ oid, size }) => [oid, size])).toEqual([
      [TYPE.int8, 8],
      [TYPE.int4, 4],
      [TYPE.int4, 4],
      [TYPE.text, -1],
    ]);
  });

  it('uses the names and types that it is given', () => {
    const given = [{ name: 'info', oid: TYPE.text }];
    const { columns } = reportedColumns([{ name: 'QUERY PLAN', oid: TYPE.name, size: 64 }], given);
    expect(columns).toMatchObject([{ name: 'info', oid: TYPE.text, size: -1 }]);
  });

  it('widens the bytes of binary integers', () => {
    const { readers } = reportedColumns([{ name: 'sum', oid: TYPE.int4, format: 1 }], undefined);
    expect(readValue(readers?.[0], Buffer.from('fffffffe', 'hex'))).toEqual(Buffer.from('fffffffffffffffe', 'hex'));
    expect(readValue(readers?.[0], null)).toBeNull();
  });

  it('writes time zone offsets with minutes', () => {
    const { readers } = reportedColumns([{ name: 'at', oid: TYPE.timestamptz, format: 0 }], undefined);
    expect(String(readValue(readers?.[0], Buffer.from('2026-01-01 00:00:00+00')))).toBe('2026-01-01 00:00:00+00:00');
  });

  it('has no readers when no value differs', () => {
    expect(reportedColumns([{ name: 'a', oid: TYPE.text }], undefined).readers).toBeUndefined();
  });
});
