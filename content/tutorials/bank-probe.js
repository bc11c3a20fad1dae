// Calls a sample's functions one by one on the existing bank, and compares the balances before and after, which it
// reads over its own connection. OPEN is replaced by code that defines `read()`, `create(count, known)`,
// `transfer(source, target)`, `attempt(operation)`, which calls operation(client) in a transaction, and `close()`.
const { Client } = require('pg');
const sample = require('./FILE');
// OPEN

const MAX_ATTEMPTS = 11;

// Returns an operation that fails `times` times with this SQLSTATE, as CockroachDB does. It counts its calls and
// inserts an account with an id below `mark` in each.
function failing(code, times, mark) {
  const operation = async (client) => {
    operation.calls += 1;
    await client.query('INSERT INTO accounts (id, balance) VALUES ($1, 1)', [mark - operation.calls]);
    if (operation.calls <= times) throw Object.assign(new Error('restart transaction'), { code });
    return operation.calls;
  };
  operation.calls = 0;
  return operation;
}

async function main() {
  const bank = new Client({ connectionString: sample.CONNECTION });
  await bank.connect();
  const balances = async () => {
    const { rows } = await bank.query('SELECT id, balance FROM accounts');
    return new Map(rows.map(({ id, balance }) => [Number(id), Number(balance)]));
  };
  const before = await balances();
  const known = await read();
  const [source, target] = [...known].toSorted((one, other) => one - other);
  const amount = await transfer(source, target);
  const moved = await balances();
  const added = await create(100, known);
  const after = await balances();
  const changes = [...before].flatMap(([id, balance]) =>
    moved.get(id) === balance ? [] : [[id, moved.get(id) - balance]],
  );
  const changed = new Map(changes);
  const sum = (all) => [...all.values()].reduce((total, balance) => total + balance, 0);

  const twice = failing('40001', 2, 0);
  const result = await attempt(twice);
  const marks = [...(await balances()).keys()].filter((id) => id < 0);
  const always = failing('40001', Infinity, -100);
  const refusal = await attempt(always).catch((error) => error);
  const other = failing('23505', Infinity, -200);
  const passedOn = await attempt(other).catch((error) => error);
  const left = [...(await balances()).keys()].filter((id) => id < 0);

  console.log(
    JSON.stringify({
      readsAll: known.size === before.size && known.isSubsetOf(before),
      movesHalf:
        changed.size === 2 &&
        changed.get(source) === -amount &&
        changed.get(target) === amount &&
        amount === Math.floor(before.get(source) / 2),
      keepsTheSum: sum(moved) === sum(before),
      adds100New: added.size === 100 && added.isDisjointFrom(known) && after.size === known.size + 100,
      putsMoneyOnEach: [...added].every((id) => after.get(id) > 0),
      leavesTheOthersAlone: [...moved].every(([id, balance]) => after.get(id) === balance),
      triesAgain: twice.calls === 3 && result === 3,
      keepsOnlyTheLastTry: marks.length === 1 && marks[0] === -3,
      givesUp: always.calls === MAX_ATTEMPTS && refusal.code === '40001',
      passesOtherErrorsOn: other.calls === 1 && passedOn.code === '23505',
      leavesNothingOfWhatFailed: left.length === 1,
    }),
  );
  await bank.end();
  await close();
}

main();
