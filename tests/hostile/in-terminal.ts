import { expect } from 'vitest';
import { within } from '../../server/within.ts';
import type { Container } from '../../server/oci/container.ts';
import { readerGroups, TERMINALS } from '../server/oci/reader-groups.ts';
import type { Outcome } from '../server/oci/test-runtime.ts';
import { TypedTerminal } from '../server/oci/typed-terminal.ts';

/**
 * Runs a program in a terminal, and closes the terminal after `timeoutMs`. Another terminal of the same sandbox must
 * answer when the program has ended, or just before the terminal is closed. Returns at most `outputBytes` of the
 * program's output.
 */
export async function runInTerminal(
  container: Container,
  argv: string[],
  timeoutMs: number,
  outputBytes: number,
): Promise<Outcome> {
  const neighbour = new TypedTerminal(container, { number: 2 });
  await neighbour.prompt();
  const { stream, ended } = container.openTerminal({ number: 1, argv, columns: 80, rows: 24 });
  let said = '';
  stream.on('data', (bytes: Buffer) => {
    if (said.length < outputBytes) said += bytes.toString('latin1').slice(0, outputBytes - said.length);
  });
  const end = await within(timeoutMs, ended);
  if (!end) {
    await expectAnswer(neighbour);
    stream.destroy();
  }
  const { exitCode } = await ended;
  await expectAnswer(neighbour);
  // While the other terminal is open: without it, all of the reader's processes would be ended together.
  expect(await readerGroups(container), 'nothing of it is left').not.toHaveProperty(String(TERMINALS[1]));
  await neighbour.close();
  return { exitCode, ...(end ? {} : { cut: 'timeout' }), stdout: said.replaceAll('\r', ''), stderr: '' };
}

/**
 * Expects the terminal's shell to answer, whatever was printed on it or done to its modes before. Rejects with AppError
 * `sandbox-lost` when the sandbox is lost meanwhile.
 */
async function expectAnswer(terminal: TypedTerminal): Promise<void> {
  terminal.type('echo "$((6 * 7)) is the answer"\r');
  const answer = terminal.until('42 is the answer');
  expect(await Promise.race([answer, terminal.terminal.ended])).toContain('42 is the answer');
}
