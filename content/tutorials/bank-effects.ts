import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languageOfFile } from '../../languages/commands.ts';
import type { Effects } from '../../commands/verify/effects.ts';

const TLS = {
  secure:
    'sslmode=verify-full sslrootcert=certs/ca.crt sslcert=certs/client.maxroach.crt sslkey=certs/client.maxroach.key',
  insecure: 'sslmode=disable',
};
/** The number of checks in each probe (`bank-probe.*` in this folder), by file extension. */
const CHECKS: Record<string, number> = { py: 6, js: 11 };
const MOVED = /Moved (\d+) from account (\d+) to account (\d+)\./;

/**
 * Returns the effects of a tutorial's program: 100 accounts, with half of one balance moved and nothing lost, and the
 * same again on the existing accounts. `file` is the program; `open` is the code that connects its functions to the
 * probe.
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

    const [word = ''] = languageOfFile(file)?.runs ?? [];
    const { printed } = await run({ id: 'again', kind: 'shell', command: `${word} ${file}` });
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

    const ending = file.split('.').at(-1) ?? '';
    const path = `bank-probe.${ending}`;
    const probe = readFileSync(join(import.meta.dirname, path), 'utf8');
    const text = probe
      .replaceAll('FILE', file)
      .replaceAll('TLS', TLS[mode])
      .replace(/^.*\bOPEN$/m, () => open);
    await run({ id: path, kind: 'file', path, text });
    const said = await run({ id: 'probe', kind: 'shell', command: `${word} ${path}` });
    const found = JSON.parse(said.printed.trim().split('\n').at(-1) || '{}') as Record<string, boolean>;
    for (const [what, holds] of Object.entries(found)) check(holds, `the sample’s functions: not ${what}`);
    check(Object.keys(found).length === CHECKS[ending], `the probe said: ${said.printed}`);
    return faults;
  };
}
