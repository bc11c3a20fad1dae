import type { Mode } from '../../shared/protocol.ts';

/** A mistake that an author could make: what is changed, in which tutorial and mode. */
export interface Mutation {
  what: string;
  tutorial: string;
  mode: Mode;
  /** The text that is replaced wherever it occurs in the steps of that mode; it must occur. */
  find: string;
  replace: string;
}

const insecure =
  (tutorial: string) =>
  (what: string, find: string, replace: string): Mutation => ({ what, tutorial, mode: 'insecure', find, replace });
const psycopg2 = insecure('psycopg2');
const pony = insecure('pony');
const sqlalchemy = insecure('sqlalchemy');
const peewee = insecure('peewee');
const django = insecure('django');
const pg = insecure('pg');

/** Plausible mistakes. Verification must find each of them. */
export const MUTATIONS: Mutation[] = [
  psycopg2(
    'a transfer that is never made',
    'amount = run_transaction(connection, lambda cursor: transfer_half(cursor, source_id, target_id))',
    'amount = 250',
  ),
  psycopg2('a wrong table', 'SELECT id FROM accounts', 'SELECT id FROM account'),
  psycopg2('a missing import', 'import random\n', ''),
  psycopg2('raising a string', 'connection.close()', 'raise "done"'),
  psycopg2('a lost commit', 'with connection, connection.cursor() as cursor:', 'with connection.cursor() as cursor:'),
  psycopg2('one account too few', 'create_accounts(cursor, 100, known_ids)', 'create_accounts(cursor, 99, known_ids)'),
  psycopg2('one account too many', 'while len(new_ids) < count:', 'while len(new_ids) <= count:'),
  psycopg2('one account that is told and not made', 'for new_id in new_ids]', 'for new_id in list(new_ids)[1:]]'),
  psycopg2(
    'money that never arrives',
    'cursor.execute("UPDATE accounts SET balance = balance + %s WHERE id = %s", (amount, target_id))',
    'pass',
  ),
  psycopg2(
    'money that arrives at the account it came from',
    'balance = balance + %s WHERE id = %s", (amount, target_id)',
    'balance = balance + %s WHERE id = %s", (amount, source_id)',
  ),
  psycopg2(
    'money that is taken from all',
    'SET balance = balance - %s WHERE id = %s", (amount, source_id)',
    'SET balance = balance - %s", (amount,)',
  ),
  psycopg2('money that is taken twice', 'balance = balance - %s', 'balance = balance - 2 * %s'),
  psycopg2('all of the money, not half', 'amount = balance // 2', 'amount = balance'),
  psycopg2('accounts without money', 'random.randint(100, 10_000)', '0'),
  psycopg2('a wrong port', '"port": 26257', '"port": 26258'),
  psycopg2('a wrong database', '"dbname": "bank"', '"dbname": "defaultdb"'),
  psycopg2('TLS on a cluster without it', '"sslmode": "disable"', '"sslmode": "require"'),
  psycopg2(
    'IDs that are read and forgotten',
    'return {account_id for (account_id,) in cursor.fetchall()}',
    'return set()',
  ),
  psycopg2(
    'an answer that has moved on',
    'print(f"Created {len(new_ids)} accounts.")',
    'print(f"Added {len(new_ids)} accounts.")',
  ),
  psycopg2('a file under another name', 'python psycopg2-basic-sample.py', 'python psycopg2-sample.py'),
  psycopg2('a user that is never made', 'CREATE USER IF NOT EXISTS maxroach;', 'SELECT 1;'),
  psycopg2(
    'a grant to somebody else',
    'GRANT ALL ON DATABASE bank TO maxroach;',
    'GRANT ALL ON DATABASE bank TO root;',
  ),
  psycopg2(
    'a transaction that nobody ends',
    'GRANT ALL ON DATABASE bank TO maxroach;',
    'GRANT ALL ON DATABASE bank TO maxroach; BEGIN;',
  ),
  psycopg2('a misspelt keyword', 'CREATE DATABASE bank;', 'CREATE DATABSE bank;'),
  psycopg2(
    'a count of something else',
    'SELECT COUNT(*) FROM accounts;',
    'SELECT COUNT(*) FROM accounts WHERE balance < 0;',
  ),
  psycopg2('a package that is not there', 'pip install psycopg2-binary', 'pip install psycopg-binary2'),
  {
    what: 'a certificate for another user',
    tutorial: 'psycopg2',
    mode: 'secure',
    find: 'create-client maxroach',
    replace: 'create-client maxroche',
  },
  {
    what: 'the wrong certificate authority',
    tutorial: 'psycopg2',
    mode: 'secure',
    find: 'certs/ca.crt',
    replace: 'certs/node.crt',
  },
  {
    what: 'another user’s key',
    tutorial: 'psycopg2',
    mode: 'secure',
    find: 'certs/client.maxroach.key',
    replace: 'certs/client.root.key',
  },
  {
    what: 'a command of the other mode',
    tutorial: 'psycopg2',
    mode: 'secure',
    find: 'cockroach sql --certs-dir=certs',
    replace: 'cockroach sql --insecure',
  },
  {
    what: 'modes that drift apart',
    tutorial: 'psycopg2',
    mode: 'secure',
    find: 'MAX_RETRIES = 10',
    replace: 'MAX_RETRIES = 3',
  },
  pony('a session that nobody opens', '@db_session\ndef read_account_ids', 'def read_account_ids'),
  pony('half of the wrong account', 'amount = source.balance // 2', 'amount = target.balance // 2'),
  pony('a table under another name', '_table_ = "accounts"', '_table_ = "account"'),
  sqlalchemy('a dialect that is not CockroachDB’s', 'cockroachdb', 'postgres'),
  sqlalchemy('objects that are made and not added', 'session.add_all(', 'list('),
  peewee(
    'a query that is built and not run',
    '.where(Account.id == target_id).execute()',
    '.where(Account.id == target_id)',
  ),
  peewee('a condition that is always true', '.where(Account.id == source_id)', '.where(True)'),
  django('a route that is gone', 'transfers/', 'transfer/'),
  pg('a package that is not there', 'npm install pg', 'npm install pgg'),
  pg('a module that was not installed', 'require("pg")', 'require("postgres")'),
  pg(
    'a promise that nobody waits for',
    'await client.query("UPDATE accounts SET balance = balance +',
    'client.query("UPDATE accounts SET balance = balance + 0 *',
  ),
  pg(
    'a transfer that is never made',
    'await runTransaction(pool, (client) => transferHalf(client, sourceId, targetId))',
    '250',
  ),
  pg('a lost commit', 'await client.query("COMMIT");', ''),
  pg('a lost beginning', 'await client.query("BEGIN");', ''),
  pg('a lost rollback', 'await client.query("ROLLBACK");', ''),
  pg('retries for whatever error', 'error.code !== SERIALIZATION_FAILURE || ', ''),
  pg('no retry at all', 'error.code !== SERIALIZATION_FAILURE || attempt === MAX_RETRIES', 'true'),
  pg('retries without end', ' || attempt === MAX_RETRIES', ''),
  pg('the code of another error', '"40001"', '"40003"'),
  pg('a client that is never given back', 'client.release();', ''),
  pg('one account too few', 'createAccounts(client, 100, knownIds)', 'createAccounts(client, 99, knownIds)'),
  pg(
    'money that arrives at the account it came from',
    'balance = balance + $1 WHERE id = $2", [amount, targetId]',
    'balance = balance + $1 WHERE id = $2", [amount, sourceId]',
  ),
  pg('IDs that stay text', 'rows.map((row) => Number(row.id))', 'rows.map((row) => row.id)'),
  pg('half of a text', 'Math.floor(Number(rows[0].balance) / 2)', 'rows[0].balance'),
  pg('accounts without money', 'ids.map(() => randomInt(100, 10_000))', 'ids.map(() => 0)'),
  pg('TLS on a cluster without it', 'sslmode=disable', 'sslmode=require'),
  pg('a wrong port', 'localhost:26257', 'localhost:26258'),
  {
    what: 'another user’s key',
    tutorial: 'pg',
    mode: 'secure',
    find: 'certs/client.maxroach.key',
    replace: 'certs/client.root.key',
  },
];
