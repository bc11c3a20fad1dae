import type { Effects } from '../../tests/tutorials/verification.ts';

/** Calls the sample's own functions one by one on the bank that is there, and prints what the accounts held before and after. */
const PROBE = `
import importlib.util, json
spec = importlib.util.spec_from_file_location("sample", "pony-basic-sample.py")
sample = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sample)
sample.db.bind(provider="cockroach", **sample.CONNECTION)
sample.db.generate_mapping(create_tables=True)

def balances():
    with sample.db_session:
        return dict(sample.select((a.id, a.balance) for a in sample.Account))

before = balances()
known = sample.read_account_ids()
source, target = sorted(known)[:2]
amount = sample.transfer_half(source, target)
moved = balances()
added = sample.create_accounts(100, known)
after = balances()
changed = {i: moved[i] - before[i] for i in before if moved[i] != before[i]}
print(json.dumps({
    "readsAll": known == set(before),
    "changed": changed == {source: -amount, target: amount} and amount == before[source] // 2,
    "sumKept": sum(moved.values()) == sum(before.values()),
    "adds100New": len(added) == 100 and not added & known and set(after) == known | added,
    "withMoney": all(after[i] > 0 for i in added),
    "oldUntouched": all(after[i] == moved[i] for i in moved),
}))
`;

const MOVED = /Moved (\d+) from account (\d+) to account (\d+)\./;

/** 100 accounts; two of them changed by opposite amounts, the sum conserved; and the same on the accounts that are there. */
const effects: Effects = async ({ query, run }) => {
  const faults: string[] = [];
  const check = (holds: boolean, what: string): void => {
    if (!holds) faults.push(what);
  };
  const [[count]] = (await query('SELECT count(*), count(DISTINCT id), min(balance) FROM accounts')) as [[string]];
  check(count === '100', `there are ${count} accounts, not 100`);

  const again = await run({ id: 'again', kind: 'shell', command: 'python pony-basic-sample.py' });
  const [, amount, source, target] = MOVED.exec(again.printed) ?? [];
  check(amount !== undefined, `the program did not say what it moved: ${again.printed}`);
  check(source !== target, 'the money went to the account that it came from');
  const rows = await query(`SELECT id, balance FROM accounts WHERE id IN (${source}, ${target})`);
  const left = Number(rows.find(([id]) => id === source)?.[1]);
  const reached = Number(rows.find(([id]) => id === target)?.[1]);
  check(left === Number(amount) || left === Number(amount) + 1, `account ${source} holds ${left} after giving half, ${amount}, away`);
  check(reached > Number(amount), `account ${target} holds ${reached} after getting ${amount}`);
  check((await query('SELECT count(*) FROM accounts'))[0]?.[0] === '200', 'the second run did not add 100 accounts to those that were there');

  await run({ id: 'probe.py', kind: 'file', path: 'probe.py', text: PROBE });
  const { printed } = await run({ id: 'probe', kind: 'shell', command: 'python probe.py' });
  const found = JSON.parse(printed.trim().split('\n').at(-1) ?? '{}') as Record<string, boolean>;
  for (const [what, holds] of Object.entries(found)) check(holds, `the sample’s functions: not ${what}`);
  check(Object.keys(found).length === 6, `the probe said: ${printed}`);
  return faults;
};

export default effects;
