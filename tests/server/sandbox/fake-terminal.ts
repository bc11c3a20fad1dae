import { duplexPair, type Duplex } from 'node:stream';
import type { Container, ContainerTerminal, TerminalRequest } from '../../../server/oci/container.ts';
import { fakeContainer } from './fake-container.ts';

/** A program on a terminal, from the program's side. */
export interface FakeProgram {
  request: TerminalRequest;
  /** Prints by writing, and reads what was typed. */
  tty: Duplex;
  /** The sizes that it was told after the first. */
  sizes: string[];
  /** Makes it exit by itself. */
  exit(code: number): void;
  /** Makes its container be lost. */
  lose(cause: Error): void;
  /** Whether its terminal was hung up. */
  isHungUp(): boolean;
}

/**
 * Returns a container in which only terminals can be opened. A program whose terminal is hung up ends when `mayEnd` is
 * settled.
 */
export function terminalContainer(mayEnd: Promise<void> = Promise.resolve()): {
  container: Container;
  programs: FakeProgram[];
} {
  const programs: FakeProgram[] = [];
  const openTerminal = (request: TerminalRequest): ContainerTerminal => {
    const [stream, tty] = duplexPair();
    const sizes: string[] = [];
    let lose: FakeProgram['lose'] = () => undefined;
    let end: (ended: { exitCode: number }) => void = () => undefined;
    const ended = new Promise<{ exitCode: number }>((settle, fail) => {
      end = settle;
      lose = fail;
    });
    stream.once('close', () => void mayEnd.then(() => end({ exitCode: 129 })));
    const exit = (exitCode: number): void => {
      tty.end();
      stream.once('end', () => end({ exitCode }));
    };
    programs.push({ request, tty, sizes, exit, lose, isHungUp: () => stream.destroyed });
    return { stream, resize: (columns, rows) => sizes.push(`${columns}x${rows}`), ended };
  };
  return { container: fakeContainer({ openTerminal }), programs };
}
