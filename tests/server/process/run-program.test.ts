import { expect, test } from 'vitest';
import { runProgram } from '../../../server/process/run-program.ts';
import { startLinked } from '../../../server/process/start-program.ts';

const DEADLINE_MS = 60_000;

test('returns a program’s output and its exit code', async () => {
  const ended = await runProgram('/bin/sh', ['-c', 'echo out; echo err >&2; echo $WORD; exit 3'], {
    deadlineMs: DEADLINE_MS,
    env: { WORD: 'given' },
  });
  expect(ended).toEqual({ exitCode: 3, stdout: 'out\ngiven\n', stderr: 'err\n', timedOut: false });
});

test('keeps no more output than requested, yet lets the program finish', async () => {
  const ended = await runProgram('/bin/sh', ['-c', 'head -c 1000000 /dev/zero; exit 4'], {
    deadlineMs: DEADLINE_MS,
    outputBytes: 10,
  });
  expect(ended.exitCode).toBe(4);
  expect(ended.stdout).toHaveLength(10);
});

test('asks a program to end at its deadline', async () => {
  const ended = await runProgram('/bin/sh', ['-c', 'trap "echo asked; exit 9" TERM; while :; do sleep 0.01; done'], {
    deadlineMs: 200,
  });
  expect(ended).toMatchObject({ timedOut: true, exitCode: 9, stdout: 'asked\n' });
});

test('kills a program that does not end, and does not wait for what it left behind', async () => {
  const ended = await runProgram('/bin/sh', ['-c', 'trap "" TERM; sleep 30 & while :; do sleep 0.1; done'], {
    deadlineMs: 100,
  });
  expect(ended).toMatchObject({ timedOut: true, exitCode: null });
});

test('rejects when the program cannot be started', async () => {
  await expect(runProgram('/no/such/program', [], { deadlineMs: DEADLINE_MS })).rejects.toThrow('ENOENT');
  await expect(startLinked('/no/such/program', [], 'descriptor-3', 10).exited).rejects.toThrow('ENOENT');
});

test('links a program by a socket, keeps its last output, and notices when its stderr is closed', async () => {
  const program = startLinked(
    '/bin/sh',
    ['-c', 'read line <&3; echo "got $line" >&3; echo 0123456789 >&2; exec 3<&-; exit 5'],
    'descriptor-3',
    5,
  );
  const answer = new Promise((settle) => program.socket.once('data', (bytes: Buffer) => settle(bytes.toString())));
  program.socket.write('a line\n');
  expect(await answer).toBe('got a line\n');
  expect(await program.exited).toBe(5);
  await program.released;
  expect(program.stderr()).toBe('6789\n');
  await program.stop();
});

test('stops a linked program, twice without harm', async () => {
  const program = startLinked('/bin/sh', ['-c', 'exec sleep 100'], 'stdio', 5);
  await Promise.all([program.stop(), program.stop()]);
  expect(await program.exited).toBeNull();
});
