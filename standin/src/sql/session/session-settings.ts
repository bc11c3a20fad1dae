import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError, unimplemented } from '../../protocol/statement-error.ts';
import { StatementReader } from '../text/statement-reader.ts';
import { unimplementedSyntax } from '../text/syntax-error.ts';
import type { Statement } from '../text/statement.ts';
import type { Context } from '../translation/context.ts';
import { evaluateTime } from './evaluate-time.ts';
import { requireDatabase } from '../translation/lookups.ts';
import { local, type Local } from '../translation/translation.ts';
import { translateClusterSetting } from './cluster-settings.ts';
import { changedDefaults } from './session-defaults.ts';
import { readModes } from './transaction-modes.ts';
import { readValue, readValues, type SettingValue } from './setting-value.ts';
import { readTimeZone } from './time-zone.ts';
import { checkValue, findVariable, settingForPostgres, unknownVariable } from './variables.ts';

/** SET, RESET, USE and DISCARD (cockroachlabs.com/docs/stable/set-vars, set-transaction, reset-vars). */
export function translateSetting(statement: Statement, context: Context): Local {
  const clusterSetting = translateClusterSetting(statement, context);
  if (clusterSetting) return clusterSetting;
  const reader = new StatementReader(statement);
  if (reader.skip('use')) return use(readValue(reader), context);
  if (reader.skip('discard')) return discard(reader, context);
  if (reader.skip('reset')) {
    reader.skip('session');
    const name = reader.name();
    reader.expectEnd();
    return assign(name, undefined, context);
  }
  reader.expect('set');
  if (reader.skip('transaction')) return setTransaction(reader, context);
  if (reader.skip('session', 'characteristics', 'as', 'transaction')) return setCharacteristics(reader, context);
  if (reader.skip('local')) throw notSupported('SET LOCAL');
  if (reader.skip('session', 'authorization', 'default')) {
    reader.expectEnd();
    return local('SET', () => undefined);
  }
  if (reader.skip('session', 'authorization')) throw unimplementedSyntax(reader.token, 40283);
  if (reader.skip('constraints')) throw notSupported('SET CONSTRAINTS');
  reader.skip('session');
  return setVariable(reader, context);
}

function setVariable(reader: StatementReader, context: Context): Local {
  for (const word of ['local', 'default'])
    if (reader.skip('time', 'zone', word)) return reset('timezone', reader, context);
  if (reader.skip('time', 'zone')) return assign('timezone', readTimeZone(reader), context);
  if (reader.skip('names')) return assign('client_encoding', readValue(reader), context);
  if (reader.skip('role')) throw reader.syntaxError();
  const name = reader.path().join('.').toLowerCase();
  if (!reader.skip('=')) reader.expect('to');
  if (reader.skip('default')) return assign(name, undefined, context);
  if (name === 'tracing') return setTracing(reader);
  if (name === 'database') return use(readValue(reader), context);
  const read = readValues(reader);
  return assign(name, async () => joinValues(name, await read(context)), context);
}

/** Returns the text of the values that a variable is set to. Throws StatementError (invalidParameterValue). */
function joinValues(name: string, values: SettingValue[]): string {
  const { accepts } = findVariable(name) ?? {};
  const [{ kind, text } = { kind: 'text', text: '' }] = values;
  const invalid = (message: string): StatementError => new StatementError(SQLSTATE.invalidParameterValue, message);
  if (accepts === 'path' || name === 'datestyle') return values.map((value) => value.text).join(',');
  if (values.length > 1 && accepts !== undefined) throw invalid(`SET ${name} takes only one argument`);
  if (accepts === 'bool' && kind === 'number') throw invalid(`parameter "${name}" requires a Boolean value`);
  if (accepts === 'text' && kind !== 'text' && name !== 'timezone')
    throw invalid(`parameter "${name}" requires a string value`);
  return text;
}

function reset(name: string, reader: StatementReader, context: Context): Local {
  reader.expectEnd();
  return assign(name, undefined, context);
}

/** `SET tracing` is a statement of its own in CockroachDB. Throws StatementError unless it turns tracing off. */
function setTracing(reader: StatementReader): Local {
  if (reader.token.kind === 'number')
    throw new StatementError(SQLSTATE.syntaxError, 'expected string or boolean for set tracing argument');
  if (!/^(?:off|false)$/i.test(readValue(reader))) throw notSupported('SET tracing');
  return local('SET TRACING', () => undefined);
}

/** Sets a variable, or resets it when there is no value. */
function assign(name: string, value: string | (() => Promise<string>) | undefined, context: Context): Local {
  const variable = findVariable(name);
  const run = async (): Promise<void> => {
    if (!variable) throw unknownVariable(name);
    if (variable.accepts === 'read-only') checkValue(name, '');
    const { variables } = context.session;
    const given = typeof value === 'function' ? await value() : value;
    const changed = given ?? changedDefaults(context.clusterSettings).get(name);
    const checked = changed === undefined ? variable.value : checkValue(name, changed);
    if (name === 'transaction_read_only') return await setReadOnly(checked === 'on', context);
    const setting = settingForPostgres(name, checked);
    if (setting !== undefined) await context.execute(setting);
    if (changed === undefined) variables.delete(name);
    else variables.set(name, checked);
  };
  if (variable?.notice === undefined || value === undefined) return local('SET', run);
  const notice = { severity: 'WARNING', code: SQLSTATE.successfulCompletion, message: variable.notice };
  return local('SET', run, [notice]);
}

/** Changes the open transaction; outside of one, only the SET itself would be in the changed transaction. */
async function setReadOnly(isReadOnly: boolean, context: Context): Promise<void> {
  if (context.session.transaction.state === 'open') await context.session.transaction.setReadOnly(isReadOnly);
}

function use(database: string, context: Context): Local {
  return local('SET', async () => {
    if (database === '' && context.session.variables.get('sql_safe_updates') === 'on')
      throw new StatementError(SQLSTATE.warning, 'rejected (sql_safe_updates = true): SET database to empty string');
    await requireDatabase(context, database);
    if (database !== context.database) await context.useDatabase(database);
  });
}

function discard(reader: StatementReader, context: Context): Local {
  if (!reader.skip('all')) throw notSupported('DISCARD of anything but ALL');
  reader.expectEnd();
  return local('DISCARD', async () => {
    if (context.session.transaction.state !== 'none')
      throw new StatementError(SQLSTATE.activeSqlTransaction, 'DISCARD ALL cannot run inside a transaction block');
    await context.execute('DISCARD ALL');
    context.session.discard();
  });
}

function setTransaction(reader: StatementReader, context: Context): Local {
  const { transaction } = context.session;
  const { readOnly, priority, asOf } = readModes(reader);
  reader.expectEnd();
  return local('SET TRANSACTION', async () => {
    if (transaction.state !== 'open')
      throw new StatementError(SQLSTATE.uncategorized, 'there is no transaction in progress');
    if (priority !== undefined) transaction.setPriority(priority);
    if (asOf) await transaction.readAt(await evaluateTime(asOf, context));
    if (readOnly === false && transaction.readTime)
      throw new StatementError(SQLSTATE.syntaxError, 'AS OF SYSTEM TIME specified with READ WRITE mode');
    if (readOnly !== undefined) await transaction.setReadOnly(readOnly);
  });
}

/** `SET SESSION CHARACTERISTICS AS TRANSACTION`: the modes of the transactions to come. */
function setCharacteristics(reader: StatementReader, context: Context): Local {
  const { readOnly, priority, asOf, deferrable } = readModes(reader);
  reader.expectEnd();
  if (asOf) throw notSupported('SET SESSION CHARACTERISTICS AS TRANSACTION AS OF SYSTEM TIME');
  if (deferrable) throw unimplemented('DEFERRABLE transactions');
  return local('SET', async () => {
    if (priority !== undefined) context.session.variables.set('default_transaction_priority', priority);
    if (readOnly === undefined) return;
    const value = readOnly ? 'on' : 'off';
    await context.execute(`SET default_transaction_read_only = ${value}`);
    context.session.variables.set('default_transaction_read_only', value);
  });
}
