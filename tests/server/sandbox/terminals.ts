import { vi } from 'vitest';
import { Terminals } from '../../../server/sandbox/terminals.ts';
import type { Container } from '../../../server/oci/container.ts';
import { terminalContainer, type FakeProgram } from './fake-terminal.ts';

export const SIZE = { columns: 80, rows: 24 };

/** Returns the terminals of a sandbox, its container, and the programs that were started there. */
export function terminals({
  awayMs = 60_000,
  onKeys = () => undefined,
  mayEnd,
}: { awayMs?: number; onKeys?: () => void; mayEnd?: Promise<void> } = {}): {
  all: Terminals;
  container: Container;
  programs: FakeProgram[];
} {
  const all = new Terminals(awayMs, { onKeys, whyLost: async () => ({ reason: 'lost', message: 'It is gone.' }) });
  const { container, programs } = terminalContainer(mayEnd);
  return { all, container, programs };
}

/** Waits until the check passes. */
export const soon = async (check: () => void): Promise<void> =>
  await vi.waitFor(check, { timeout: 20_000, interval: 5 });

/** Returns a function that returns what a program has read so far. */
export function typed({ tty }: FakeProgram): () => string {
  const pieces: Buffer[] = [];
  tty.on('data', (bytes: Buffer) => pieces.push(bytes));
  return () => Buffer.concat(pieces).toString();
}
