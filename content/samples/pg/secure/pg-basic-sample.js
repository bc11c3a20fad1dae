// Open 100 accounts in the bank database and move money between two, with node-postgres.

const { randomInt } = require("node:crypto");
const { setTimeout: wait } = require("node:timers/promises");

const { Pool } = require("pg");

const CONNECTION =
  "postgresql://maxroach@localhost:26257/bank" +
  "?sslmode=verify-full" +
  "&sslrootcert=certs/ca.crt" +
  "&sslcert=certs/client.maxroach.crt" +
  "&sslkey=certs/client.maxroach.key";

// CockroachDB's code for a transaction that lost to another one, and may be tried again.
const SERIALIZATION_FAILURE = "40001";

// How often a transaction is tried again before the program gives up.
const MAX_RETRIES = 10;

// Run operation(client) in a transaction, and again when CockroachDB asks for it.
async function runTransaction(pool, operation) {
  const client = await pool.connect();
  try {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await client.query("BEGIN");
        const result = await operation(client);
        await client.query("COMMIT");
        return result;
      } catch (error) {
        await client.query("ROLLBACK");
        if (error.code !== SERIALIZATION_FAILURE || attempt === MAX_RETRIES) throw error;
        // Longer each time, and by chance, so that two programs do not meet again.
        await wait(Math.random() * Math.min(1000, 20 * 2 ** attempt));
      }
    }
  } finally {
    client.release();
  }
}

// Make the table for accounts, unless it is there.
async function createTable(client) {
  await client.query("CREATE TABLE IF NOT EXISTS accounts (id INT8 PRIMARY KEY, balance INT8 NOT NULL)");
}

// The IDs of all accounts that the bank has. INT8 comes as text, because it may be more than a number holds.
async function readAccountIds(client) {
  const { rows } = await client.query("SELECT id FROM accounts");
  return new Set(rows.map((row) => Number(row.id)));
}

// Add accounts with random IDs that are not taken, and a bit of money on each.
async function createAccounts(client, count, takenIds) {
  const newIds = new Set();
  while (newIds.size < count) {
    const candidate = randomInt(1, 1_000_000_000);
    if (!takenIds.has(candidate)) newIds.add(candidate);
  }
  const ids = [...newIds];
  const balances = ids.map(() => randomInt(100, 10_000));
  await client.query(
    "INSERT INTO accounts (id, balance) SELECT unnest($1::INT8[]), unnest($2::INT8[])",
    [ids, balances],
  );
  return newIds;
}

// Move half of what the source account holds to the target account.
async function transferHalf(client, sourceId, targetId) {
  const { rows } = await client.query("SELECT balance FROM accounts WHERE id = $1", [sourceId]);
  const amount = Math.floor(Number(rows[0].balance) / 2);
  await client.query("UPDATE accounts SET balance = balance - $1 WHERE id = $2", [amount, sourceId]);
  await client.query("UPDATE accounts SET balance = balance + $1 WHERE id = $2", [amount, targetId]);
  return amount;
}

// Two different ones of these IDs, by chance.
function chooseTwo(ids) {
  const rest = [...ids];
  const [first] = rest.splice(randomInt(rest.length), 1);
  return [first, rest[randomInt(rest.length)]];
}

async function main() {
  const pool = new Pool({ connectionString: CONNECTION });
  try {
    await runTransaction(pool, createTable);

    const knownIds = await runTransaction(pool, readAccountIds);
    console.log(`Found ${knownIds.size} accounts.`);

    const newIds = await runTransaction(pool, (client) => createAccounts(client, 100, knownIds));
    console.log(`Created ${newIds.size} accounts.`);

    const [sourceId, targetId] = chooseTwo([...knownIds, ...newIds]);
    const amount = await runTransaction(pool, (client) => transferHalf(client, sourceId, targetId));
    console.log(`Moved ${amount} from account ${sourceId} to account ${targetId}.`);
  } finally {
    await pool.end();
  }
}

module.exports = { CONNECTION, runTransaction, readAccountIds, createAccounts, transferHalf };

if (require.main === module) main();
