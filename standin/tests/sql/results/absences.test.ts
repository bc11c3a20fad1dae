import { describe, expect, it } from 'vitest';
import { withoutBlame } from '../../../src/sql/results/absences.ts';
import { translateError } from '../../../src/sql/results/translate-error.ts';

const SOURCE = 'SELECT * FROM crdb_internal.jobs, pg_proc';

/** Returns the error that the client receives for one of PostgreSQL's. */
async function heard(code: string, message: string): Promise<string> {
  const error = await withoutBlame(translateError({ code, message }, SOURCE), SOURCE);
  return `${error.code} ${error.message.replace('unimplemented: the stand-in for CockroachDB does not have', 'lacks')}`;
}

describe('an error about what does not exist', () => {
  it.each([
    ['42883', 'function st_area(unknown) does not exist', '0A000 lacks the function st_area(unknown)'],
    ['42883', 'function crdb.abs(text) does not exist', '42883 unknown signature: abs(string)'],
    ['42883', 'function nosuch(integer) does not exist', '42883 unknown function: nosuch()'],
    ['42883', 'function length(bigint, bigint) does not exist', '42883 unknown signature: length(int, int)'],
    ['42725', 'function abs(unknown) is not unique', '42883 unknown signature: abs(string)'],
    ['42725', 'function sqrt(integer) is not unique', '42883 unknown signature: sqrt(int)'],
    ['42883', 'function sqrt(bigint) does not exist', '42883 unknown signature: sqrt(int)'],
    ['42725', 'operator is not unique: unknown + unknown', '22023 unsupported binary operator: <string> + <string>'],
    [
      '42883',
      'operator does not exist: double precision * bigint',
      '22023 unsupported binary operator: <float> * <int>',
    ],
    ['42883', 'operator does not exist: integer + text', '22023 unsupported binary operator: <int> + <string>'],
    [
      '42883',
      'operator does not exist: integer ~~ unknown',
      '22023 unsupported comparison operator: <int> LIKE <string>',
    ],
    ['42883', 'operator does not exist: date + jsonb', '22023 unsupported binary operator: <date> + <jsonb>'],
    ['42883', 'operator does not exist: inet @> text', '22023 unsupported comparison operator: <inet> @> <string>'],
    ['42883', 'operator does not exist: inet << inet', '0A000 lacks the operator <inet> << <inet>'],
    ['42883', 'operator does not exist: |/ numeric', '0A000 lacks the operator |/ <decimal>'],
    ['42704', 'type "geometry" does not exist', '0A000 lacks the type geometry'],
    ['42704', 'type "mood" does not exist', '42704 type "mood" does not exist'],
    ['42846', 'cannot cast type boolean to bytea', '42846 invalid cast: bool -> bytes'],
    ['42846', 'cannot cast type timestamp with time zone to bigint', '0A000 lacks the cast timestamptz -> int'],
    ['42P01', 'relation "crdb_internal.jobs" does not exist', '0A000 lacks crdb_internal.jobs'],
    ['42P01', 'relation "crdb_internal.nosuch" does not exist', '42P01 relation "crdb_internal.nosuch" does not exist'],
    ['42703', 'column "prorettype" does not exist', '0A000 lacks the column prorettype of pg_catalog.pg_proc'],
    ['42703', 'column "running_state" does not exist', '42703 column "running_state" does not exist'],
    ['42703', 'column "nosuch" does not exist', '42703 column "nosuch" does not exist'],
  ])('%s %s', async (code, message, answer) => {
    expect(await heard(code, message)).toBe(answer);
  });
});
