import type { Effects } from '../../commands/verify/effects.ts';

/**
 * The site's answers must match the database: 100 accounts, transfers of half a balance that keep the sum, and 100 more
 * accounts on request.
 */
const effects: Effects = async ({ query, run }) => {
  const faults: string[] = [];
  const check = (holds: boolean, what: string): void => {
    if (!holds) faults.push(what);
  };
  const balances = async (): Promise<Map<string, number>> =>
    new Map((await query('SELECT id, balance FROM accounts')).map(([id, balance]) => [String(id), Number(balance)]));
  const ask = async (method: string, path: string): Promise<Record<string, number>> => {
    const { printed } = await run({ id: 'ask', kind: 'shell', command: `python ask.py ${method} ${path}` });
    return JSON.parse(printed) as Record<string, number>;
  };
  const sum = (all: Map<string, number>): number => [...all.values()].reduce((total, balance) => total + balance, 0);

  const before = await balances();
  check(before.size === 100, `there are ${before.size} accounts, not 100`);
  check(
    [...before.values()].every((balance) => balance > 0),
    'there is an account without money',
  );
  const told = await ask('GET', '/accounts/');
  check(
    told['accounts'] === before.size && told['money'] === sum(before),
    `the site reports ${JSON.stringify(told)}, the database has ${before.size} accounts with ${sum(before)}`,
  );

  const transfer = await ask('POST', '/transfers/');
  const moved = await balances();
  const [source, target] = [String(transfer['from']), String(transfer['to'])];
  check(
    source !== target && transfer['moved'] === Math.floor((before.get(source) ?? 0) / 2),
    `not half of ${before.get(source)} was moved: ${JSON.stringify(transfer)}`,
  );
  for (const [id, balance] of before) {
    const wanted =
      balance + (id === target ? Number(transfer['moved']) : 0) - (id === source ? Number(transfer['moved']) : 0);
    check(moved.get(id) === wanted, `after a transfer account ${id} holds ${moved.get(id)}, not ${wanted}`);
  }

  const created = await ask('POST', '/accounts/');
  const after = await balances();
  check(
    created['created'] === 100 && after.size === 200,
    `asked for 100 more, the site said ${JSON.stringify(created)}, and there are ${after.size}`,
  );
  check(
    [...moved].every(([id, balance]) => after.get(id) === balance),
    'opening accounts changed those that were there',
  );
  check(
    [...after.values()].every((balance) => balance > 0),
    'a new account has no money',
  );
  return faults;
};

export default effects;
