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

  it('cannot end the node or set variables', async () => {
    for (const call of [
      "crdb_standin.fail('XX000', '[exit 7]', 1)",
      "crdb_standin.refuse('XX000', '[exit 7]')",
      "crdb_internal.notice('[set] application_name')",
    ])
      await standin.client.ask({ sql: `SET application_name = 'own'; SELECT ${call}` });
    const { answers } = await standin.client.ask({ sql: 'SHOW application_name' });
    expect(answers[0]?.rows).toEqual([['own']]);
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
