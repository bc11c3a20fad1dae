import { describe, expect, it } from 'vitest';
import { translateClusterSetting } from '../../../src/sql/session/cluster-settings.ts';
import { showClusterSetting } from '../../../src/sql/show/show-cluster-setting.ts';
import { StatementReader } from '../../../src/sql/text/statement-reader.ts';
import { parseStatement } from '../../../src/sql/text/statement.ts';
import type { Context } from '../../../src/sql/translation/context.ts';
import type { StatementResult } from '../../../src/sql/translation/translation.ts';
import { contextOf } from '../context.ts';

const IS_ADMIN = [['t']];

async function set(source: string, context: Context): Promise<StatementResult | undefined> {
  return await translateClusterSetting(parseStatement(source), context)?.execute();
}

async function show(name: string, context: Context): Promise<string | null | undefined> {
  const reader = new StatementReader(parseStatement(`cluster setting ${name}`));
  const translation = await showClusterSetting(reader, context);
  if (translation?.kind !== 'local') throw new Error('not answered here');
  const { rows = [] } = await translation.execute();
  return rows[0]?.[0];
}

describe('cluster settings', () => {
  it('belong to the cluster of the session that set them', async () => {
    const one = contextOf(IS_ADMIN);
    const other = contextOf(IS_ADMIN);
    await set("SET CLUSTER SETTING cluster.organization = 'Bankrun'", one);
    expect(await show('cluster.organization', one)).toBe('Bankrun');
    expect(await show('cluster.organization', other)).toBe('');
    await set('RESET CLUSTER SETTING cluster.organization', one);
    expect(await show('cluster.organization', one)).toBe('');
  });

  it('store booleans as PostgreSQL prints them', async () => {
    const context = contextOf(IS_ADMIN);
    await set('SET CLUSTER SETTING kv.rangefeed.enabled TO on', context);
    expect(await show('kv.rangefeed.enabled', context)).toBe('t');
    await expect(set('SET CLUSTER SETTING kv.rangefeed.enabled TO 5', context)).rejects.toThrow(
      'must be type bool, not type int',
    );
  });

  it('are open to members of admin only, and must exist', async () => {
    await expect(set('SET CLUSTER SETTING version = 1', contextOf([['f']]))).rejects.toThrow(
      "only users with the admin role are allowed to set cluster setting 'version'",
    );
    await expect(show('constructor', contextOf(IS_ADMIN))).rejects.toThrow('unknown setting: "constructor"');
  });

  it('are not changed by other statements', async () => {
    expect(await set('SET application_name = x', contextOf())).toBeUndefined();
  });
});
