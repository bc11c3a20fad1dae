import { expect, it } from 'vitest';
import type { Container, ContainerProcess, ProcessEnd } from '../../../server/oci/container.ts';
import { BackgroundPrograms, type BackgroundRequest } from '../../../server/sandbox/background-programs.ts';

const NOBODY = '  sl  local_address rem_address   st\n';
/** Returns a line of /proc/net/tcp: a socket in this state on port 8000. */
const socket = (state: string): string =>
  `   0: 0100007F:1F40 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 4242 1\n`;
const LISTENS = socket('0A');

/**
 * Returns a container whose sockets are those of the next element of `sockets`, at the end always the last, and whose
 * program prints at once.
 */
function containerWith(sockets: string[], exits?: number): { container: Container; isKilled: () => boolean } {
  let isKilled = false;
  const run: Container['run'] = ({ account }, onOutput): ContainerProcess => {
    if (account === 'reader') {
      onOutput('stdout', Buffer.from(sockets.length > 1 ? sockets.shift()! : sockets[0]!));
      return { ended: Promise.resolve({ exitCode: 0, ms: 1 }), kill: () => undefined };
    }
    onOutput('stdout', Buffer.from('starting\n'));
    const end = Promise.withResolvers<ProcessEnd>();
    if (exits !== undefined) end.resolve({ exitCode: exits, ms: 1 });
    const kill = (): void => {
      isKilled = true;
      end.resolve({ exitCode: 137, cut: 'killed', ms: 1 });
    };
    return { ended: end.promise, kill };
  };
  // These programs only use `run` of a container.
  return { container: { run } as Container, isKilled: () => isKilled };
}

const request = (container: Container, changes: Partial<BackgroundRequest> = {}): BackgroundRequest => ({
  container,
  step: 'serve',
  run: 'first',
  program: { argv: ['python', 'serve.py'] },
  readyMs: 5000,
  signal: new AbortController().signal,
  ...changes,
});

it('a program has started when it listens on a port on which nobody listened before', async () => {
  const { container, isKilled } = containerWith([NOBODY, NOBODY, NOBODY + LISTENS]);
  const printed: string[] = [];
  const programs = new BackgroundPrograms();
  expect(await programs.start(request(container), (_, bytes) => printed.push(String(bytes)))).toEqual({
    listens: true,
  });
  expect(printed).toEqual(['starting\n']);
  expect(isKilled()).toBe(false);
});

it('earlier listeners, and connections, do not count', async () => {
  const { container, isKilled } = containerWith([NOBODY + LISTENS, NOBODY + LISTENS + socket('01')]);
  const programs = new BackgroundPrograms();
  expect(await programs.start(request(container, { readyMs: 250 }), () => undefined)).toEqual({ listens: false });
  expect(isKilled()).toBe(true);
});

it('a program that exits before it listens is reported with its exit code', async () => {
  const { container } = containerWith([NOBODY], 3);
  expect(await new BackgroundPrograms().start(request(container), () => undefined)).toEqual({
    listens: false,
    exitCode: 3,
  });
});

it('Stop ends a program that is still starting', async () => {
  const stop = new AbortController();
  const { container, isKilled } = containerWith([NOBODY]);
  const starting = new BackgroundPrograms().start(request(container, { signal: stop.signal }), () => stop.abort());
  expect(await starting).toEqual({ listens: false });
  expect(isKilled()).toBe(true);
});

it('the programs of a run are ended by the run’s id, once', async () => {
  const { container, isKilled } = containerWith([NOBODY, NOBODY + LISTENS]);
  const programs = new BackgroundPrograms();
  await programs.start(request(container), () => undefined);
  expect(programs.stopRun('second')).toBe(false);
  expect(isKilled()).toBe(false);
  expect(programs.stopRun('first')).toBe(true);
  expect(isKilled()).toBe(true);
  expect(programs.stopRun('first')).toBe(false);
});

it('the next program takes the place of the one before', async () => {
  const programs = new BackgroundPrograms();
  const first = containerWith([NOBODY, NOBODY + LISTENS]);
  await programs.start(request(first.container), () => undefined);
  const second = containerWith([NOBODY, NOBODY + LISTENS]);
  await programs.start(request(second.container, { step: 'again', run: 'second' }), () => undefined);
  expect(first.isKilled()).toBe(true);
  expect(second.isKilled()).toBe(false);
});
