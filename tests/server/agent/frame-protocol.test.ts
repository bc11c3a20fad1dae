import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  FRAME_KINDS,
  HEADER_BYTES,
  MAX_FRAME_BYTES,
  MAX_WRITE_BYTES,
  WINDOW_BYTES,
} from '../../../server/agent/frame-protocol.ts';
import { readConfig } from '../../../server/config.ts';

const AGENT = resolve(import.meta.dirname, '../../../server/agent');
const PRINT = `
import json, sys
sys.path.insert(0, sys.argv[1])
import frame_protocol
constants = {name: value for name, value in vars(frame_protocol).items() if name.isupper()}
kinds = {name: value.decode() for name, value in constants.items() if isinstance(value, bytes)}
sizes = {name: value for name, value in constants.items() if isinstance(value, int)}
print(json.dumps({'kinds': kinds, 'sizes': sizes, 'header': frame_protocol.HEADER.size}))
`;

interface AgentProtocol {
  kinds: Record<string, string>;
  sizes: Record<string, number>;
  header: number;
}

/** Returns the values in the agent's Python. */
function agentProtocol(): AgentProtocol {
  const python = readConfig().setup.python?.executable ?? 'python3';
  return JSON.parse(execFileSync(python, ['-I', '-B', '-c', PRINT, AGENT], { encoding: 'utf8' })) as AgentProtocol;
}

describe('the protocol between server and agent', () => {
  const agent = agentProtocol();

  test('has the same kinds of frames on both sides', () => {
    const kinds = Object.entries(FRAME_KINDS).map(([kind, letter]) => [
      kind.toUpperCase().replaceAll('-', '_'),
      letter,
    ]);
    expect(agent.kinds).toEqual(Object.fromEntries(kinds));
    expect(new Set(Object.values(FRAME_KINDS)).size).toBe(kinds.length);
  });

  test('has the same sizes on both sides', () => {
    expect(agent.header).toBe(HEADER_BYTES);
    expect(agent.sizes).toMatchObject({ MAX_FRAME_BYTES, WINDOW_BYTES });
    expect(agent.sizes['CHUNK_BYTES']).toBeLessThanOrEqual(MAX_FRAME_BYTES);
    expect(agent.sizes['MAX_INCOMING_BYTES']).toBeGreaterThanOrEqual(2 * MAX_WRITE_BYTES);
  });
});
