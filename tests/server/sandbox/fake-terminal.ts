import { duplexPair, type Duplex } from 'node:stream';
import type { Container, ContainerTerminal, TerminalRequest } from '../../../server/oci/container.ts';
import { fakeContainer } from './fake-container.ts';

/** A program on a terminal, from its own side. */
export interface FakeProgram {
  request: TerminalRequest;
  /** Prints by writing, and reads what was typed. */
  tty: Duplex;
  /** Sizes that it was told after the first. */
  sizes: string[];
  /** It ends by itself. */
  exit(code: number): void;
  /** Its container is lost. */
  lose(cause: Error): void;
  /** Whether it was hung up on. */
  isHungUp(): boolean;
}

/** A container in which nothing but terminals can be opened. One that was hung up on ends when `mayEnd` is settled. */
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
