import type { Effects } from '../../commands/verify/effects.ts';

const PRESSES = 10;

/** The home page's bank: each press moves 100 until Ada has nothing left; opening the bank again resets it. */
const effects: Effects = async ({ query, run }) => {
  const balances = async (): Promise<string> =>
    (await query('SELECT owner, balance FROM accounts ORDER BY owner', 'defaultdb'))
      .map((row) => row.join(' '))
      .join(', ');
  // It has already been pressed once.
  for (let press = 2; press <= PRESSES; press += 1) await run('a-small-bank-running-2');
  const spent = await balances();
  await run('a-small-bank-running-1');
  const opened = await balances();
  return [
    ...(spent === 'Ada 0, Grace 2000, Linus 1000' ? [] : [`after ${PRESSES} presses the bank holds ${spent}`]),
    ...(opened === 'Ada 1000, Grace 1000, Linus 1000' ? [] : [`opened again, the bank holds ${opened}`]),
  ];
};

export default effects;
