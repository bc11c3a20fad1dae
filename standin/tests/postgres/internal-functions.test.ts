import { describe, expect, it } from 'vitest';
import { useStandin } from '../wire/served.ts';
import { expectAnswers } from './answers.ts';

describe('functions of crdb_internal', () => {
  const standin = useStandin();

  expectAnswers(standin, {
    "crdb_internal.node_id(), crdb_internal.is_admin(), crdb_internal.has_role_option('CREATEDB')": '1 | t | t',
    "crdb_internal.round_decimal_values(2.346, 1), crdb_internal.notice('told')": '2.3 | 0',
    "crdb_internal.notice('shout', 'x')": '22023 crdb_internal.notice(): severity shout is invalid',
    'crdb_internal.approximate_timestamp(1612324800000000000.5)': '2021-02-03 04:00:00',
  });

  it('give their columns the whole name', async () => {
    const { answers } = await standin.client.ask({
      sql: 'SELECT crdb_internal.node_id(), crdb_internal.cluster_name()',
    });
    expect(answers[0]?.columns.map((column) => column.name)).toEqual([
      'crdb_internal.node_id',
      'crdb_internal.cluster_name',
    ]);
  });
});
