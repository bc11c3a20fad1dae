import { stripVTControlCharacters } from 'node:util';
import { expect } from 'vitest';
import type { Container, ContainerTerminal, TerminalRequest } from '../../../server/oci/container.ts';

const DEADLINE_MS = 20_000;
/** A shell without the system's settings, and a prompt that nothing else prints. */
const SHELL = ['/bin/bash', '--noprofile', '--norc', '-i'];
const PROMPT = 'ready> ';

/** A terminal as a person uses it: types, and waits for output. */
export class TypedTerminal {
  readonly terminal: ContainerTerminal;
  /** All output since the last `type`, including escape sequences. */
  raw = '';

  constructor(container: Container, request: Partial<TerminalRequest> = {}) {
    this.terminal = container.openTerminal({
      number: 1,
      argv: SHELL,
      columns: 80,
      rows: 24,
      ...request,
      env: { PS1: PROMPT, HISTFILE: '', ...request.env },
    });
    this.terminal.stream.on('data', (bytes: Buffer) => (this.raw += bytes.toString('latin1')));
  }

  /** The output since the last `type`, without escape sequences and carriage returns. */
  get said(): string {
    return stripVTControlCharacters(this.raw).replaceAll('\r', '');
  }

  /** Presses these keys, and discards earlier output. */
  type(keys: string): void {
    this.raw = '';
    this.terminal.stream.write(Buffer.from(keys, 'latin1'));
  }

  /** Waits until the output matches, and returns it. */
  async until(pattern: RegExp | string): Promise<string> {
    const matches = expect.poll(() => this.said, { timeout: DEADLINE_MS, interval: 5 });
    if (typeof pattern === 'string') await matches.toContain(pattern);
    else await matches.toMatch(pattern);
    return this.said;
  }

  async prompt(): Promise<string> {
    return await this.until(/ready> $/);
  }

  /** Types a line, waits for the next prompt, and returns the output in between. */
  async line(text: string): Promise<string> {
    this.type(`${text}\r`);
    const said = await this.prompt();
    return said.slice(said.indexOf('\n') + 1).replace(/ready> $/, '');
  }

  /** Types a command and waits until it reads the keys: before that, they would go to the shell. */
  async begin(command: string): Promise<void> {
    this.type(`sh -c 'echo begun; exec ${command}'\r`);
    await this.until(/^begun$/m);
  }

  /** Hangs up, and waits until nothing is left of it. */
  async close(): Promise<{ exitCode: number }> {
    this.terminal.stream.destroy();
    return await this.terminal.ended;
  }
}
