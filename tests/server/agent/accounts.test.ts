import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { BACKGROUND_GID, ENGINE_ID, READER_ID, TERMINAL_GIDS } from '../../../server/sandbox-layout.ts';

const AGENT = resolve(import.meta.dirname, '../../../server/agent');
const PRINT = `
import json, sys
sys.path.insert(0, sys.argv[1])
from accounts import ACCOUNTS, TERMINALS
all = ACCOUNTS | {f'terminal-{number}': account for number, account in TERMINALS.items()}
print(json.dumps({name: [account.uid, account.gid] for name, account in all.items()}))
`;

test('the agent uses the accounts that the server sets up in a container', () => {
  const python = readConfig().setup.python?.executable ?? 'python3';
  const accounts: unknown = JSON.parse(execFileSync(python, ['-I', '-B', '-c', PRINT, AGENT], { encoding: 'utf8' }));
  const terminals = TERMINAL_GIDS.map((gid, index) => [`terminal-${index + 1}`, [READER_ID, gid]]);
  expect(accounts).toEqual({
    reader: [READER_ID, READER_ID],
    background: [READER_ID, BACKGROUND_GID],
    engine: [ENGINE_ID, ENGINE_ID],
    ...Object.fromEntries(terminals),
  });
});
