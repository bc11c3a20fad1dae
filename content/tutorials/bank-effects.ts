import type { Effects } from '../../commands/verify/effects.ts';

/**
 * Calls a sample's own functions one by one on the bank that is there, and compares what the accounts hold before and
 * after, read over a connection of its own. `OPEN` gives `read()`, `create(count, known)` and `transfer(source,
 * target)`.
 */
const PROBE = `
import importlib.util, json, psycopg2
spec = importlib.util.spec_from_file_location("sample", "FILE")
sample = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sample)
OPEN
bank = psycopg2.connect("host=localhost port=26257 user=maxroach dbname=bank TLS")
bank.autocommit = True

def balances():
    with bank.cursor() as cursor:
        cursor.execute("SELECT id, balance FROM accounts")
        return dict(cursor.fetchall())

before = balances()
known = read()
source, target = sorted(known)[:2]
amount = transfer(source, target)
moved = balances()
added = create(100, known)
after = balances()
changed = {i: moved[i] - before[i] for i in before if moved[i] != before[i]}
print(json.dumps({
    "readsAll": known == set(before),
    "movesHalf": changed == {source: -amount, target: amount} and amount == before[source] // 2,
    "keepsTheSum": sum(moved.values()) == sum(before.values()),
    "adds100New": len(added) == 100 and not added & known and set(after) == known | added,
    "putsMoneyOnEach": all(after[i] > 0 for i in added),
    "leavesTheOthersAlone": all(after[i] == moved[i] for i in moved),
}))
`;

const TLS = {
  secure:
    'sslmode=verify-full sslrootcert=certs/ca.crt sslcert=certs/client.maxroach.crt sslkey=certs/client.maxroach.key',
  insecure: 'sslmode=disable',
};
const CHECKS = 6;
const MOVED = /Moved (\d+) from account (\d+) to account (\d+)\./;

/**
 * What a tutorial's program must have done: 100 accounts, money moved and none lost; and the same again on the accounts
 * that are there.
 */
export function bankEffects(file: string, open: string): Effects {
  return async ({ mode, query, run }) => {
    const faults: string[] = [];
    const check = (holds: boolean, what: string): void => {
      if (!holds) faults.push(what);
    };
    const balances = async (): Promise<Map<string, number>> =>
      new Map((await query('SELECT id, balance FROM accounts')).map(([id, balance]) => [String(id), Number(balance)]));
    const before = await balances();
    check(before.size === 100, `there are ${before.size} accounts, not 100`);
    check(
      [...before.values()].every((balance) => balance > 0),
      'there is an account without money',
    );

    const { printed } = await run({ id: 'again', kind: 'shell', command: `python ${file}` });
    const [, amount, source = '', target = ''] = MOVED.exec(printed) ?? [];
    check(
      amount !== undefined && source !== target,
      `the program did not say what it moved, and between which two: ${printed}`,
    );
    const after = await balances();
    const [left, reached] = [Number(after.get(source)), Number(after.get(target))];
    check(
      left === Number(amount) || left === Number(amount) + 1,
      `account ${source} holds ${left} after giving half, ${amount}, away`,
    );
    check(reached > Number(amount), `account ${target} holds ${reached} after getting ${amount}`);
    check(after.size === 200, `after a second run there are ${after.size} accounts, not 200`);
    for (const [id, balance] of before) {
      const wanted = balance + (id === target ? Number(amount) : 0) - (id === source ? Number(amount) : 0);
      check(after.get(id) === wanted, `after a second run account ${id} holds ${after.get(id)}, not ${wanted}`);
    }

    const text = PROBE.replace('FILE', file).replace('OPEN', open).replace('TLS', TLS[mode]);
    await run({ id: 'probe.py', kind: 'file', path: 'probe.py', text });
    const probe = await run({ id: 'probe', kind: 'shell', command: 'python probe.py' });
    const found = JSON.parse(probe.printed.trim().split('\n').at(-1) || '{}') as Record<string, boolean>;
    for (const [what, holds] of Object.entries(found)) check(holds, `the sample’s functions: not ${what}`);
    check(Object.keys(found).length === CHECKS, `the probe said: ${probe.printed}`);
    return faults;
  };
}
