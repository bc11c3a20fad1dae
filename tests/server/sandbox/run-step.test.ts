import { describe, expect, it } from 'vitest';
import { AppError } from '../../../server/errors.ts';
import type { ContainerProcess, ProcessEnd, ProcessRequest } from '../../../server/oci/container.ts';
import { BackgroundPrograms } from '../../../server/sandbox/background-programs.ts';
import { EventLog } from '../../../server/sandbox/event-log.ts';
import { KeptSessions } from '../../../server/sandbox/kept-sessions.ts';
import { KeptShells } from '../../../server/sandbox/kept-shells.ts';
import { RunOutput } from '../../../server/sandbox/run-output.ts';
import { runStep } from '../../../server/sandbox/run-step.ts';
import type { StepContext, StepResult } from '../../../server/sandbox/step-context.ts';
import type { RunEvent, Step } from '../../../shared/protocol.ts';
import { fakeClusterContainer } from './fake-cluster-container.ts';

const LIMITS = { stepMs: 1000, maxStepMs: 1000, outputBytes: 100, sessionMs: 60_000, transactionMs: 60_000 };
const SHELL: Step = { id: 'one', kind: 'shell', command: 'python count.py' };

type Program = (request: ProcessRequest, print: (text: string) => void) => ContainerProcess;

/** Returns the context of a step in which programs behave as `program` says, and its output. */
function contextOf(
  program: Program,
  controller = new AbortController(),
): { context: StepContext; printed: () => string } {
  const { clusterContainer } = fakeClusterContainer('secure');
  const log = new EventLog();
  const events: RunEvent[] = [];
  log.add = (event) => void events.push(event);
  const container: StepContext['container'] = {
    ...clusterContainer.container,
    run: (request, onOutput) => program(request, (text) => onOutput('stdout', Buffer.from(text))),
  };
  const output = new RunOutput(log, LIMITS.outputBytes);
  return {
    context: {
      container,
      cluster: clusterContainer.cluster,
      log,
      output,
      limits: LIMITS,
      backgroundPrograms: new BackgroundPrograms(),
      sessions: new KeptSessions(LIMITS),
      shells: new KeptShells(),
      run: 'run',
      signal: controller.signal,
    },
    printed: () => {
      output.flush();
      return events.map((event) => (event.type === 'output' ? event.text : '')).join('');
    },
  };
}

const ended = (end: ProcessEnd): ContainerProcess => ({ ended: Promise.resolve(end), kill: () => undefined });

/** Returns a program that runs until it is killed. */
function endless(): ContainerProcess {
  const end = Promise.withResolvers<ProcessEnd>();
  return { ended: end.promise, kill: () => end.resolve({ exitCode: 137, cut: 'killed', ms: 1 }) };
}

describe('a shell step', () => {
  it('runs its command as the reader, at home, within the limits, and prints what it printed', async () => {
    const asked: ProcessRequest[] = [];
    const { context, printed } = contextOf((request, print) => {
      asked.push(request);
      print('100\n');
      return ended({ exitCode: 0, ms: 1 });
    });
    expect(await runStep(SHELL, context)).toEqual({ ok: true, exitCode: 0 });
    expect(asked).toEqual([
      {
        account: 'reader',
        argv: ['python', 'count.py'],
        cwd: '/home/reader',
        timeoutMs: LIMITS.stepMs,
        outputBytes: LIMITS.outputBytes,
      },
    ]);
    expect(printed()).toBe('100\n');
  });

  it.each<[string, ProcessEnd, StepResult]>([
    ['fails', { exitCode: 3, ms: 1 }, { ok: false, exitCode: 3 }],
    ['takes too long', { exitCode: 137, cut: 'timeout', ms: 1 }, { ok: false, exitCode: 137, cut: 'timeout' }],
  ])('whose program %s is a result that says so', async (_, end, result) => {
    expect(await runStep(SHELL, contextOf(() => ended(end)).context)).toEqual(result);
  });

  it('whose program prints too much is killed, with that reason', async () => {
    const { context } = contextOf((_, print) => {
      const program = endless();
      queueMicrotask(() => print('x'.repeat(LIMITS.outputBytes + 1)));
      return program;
    });
    expect(await runStep(SHELL, context)).toEqual({ ok: false, exitCode: 137, cut: 'output' });
  });

  it('is killed by Stop, while it runs and before it has begun', async () => {
    const running = new AbortController();
    const step = runStep(SHELL, contextOf(endless, running).context);
    running.abort();
    expect(await step).toEqual({ ok: false, exitCode: 137, cut: 'killed' });
    const stopped = new AbortController();
    stopped.abort();
    expect(await runStep(SHELL, contextOf(endless, stopped).context)).toEqual({
      ok: false,
      exitCode: 137,
      cut: 'killed',
    });
  });
});

describe('a file step', () => {
  const FILE: Step = { id: 'two', kind: 'file', path: 'count.py', text: 'print(100)' };

  it('writes its text as the reader', async () => {
    const written: unknown[] = [];
    const { context } = contextOf(endless);
    context.container.writeFile = (...what) => Promise.resolve(void written.push(what));
    expect(await runStep(FILE, context)).toEqual({ ok: true });
    expect(written).toEqual([['reader', 'count.py', 'print(100)']]);
  });

  it('fails, with the reason as its output, where the reader has no room for it', async () => {
    const { context, printed } = contextOf(endless);
    const refusal = new AppError(
      'file-refused',
      'count.py could not be written: no space is left in its clusterContainer.',
    );
    context.container.writeFile = () => Promise.reject(refusal);
    expect(await runStep(FILE, context)).toEqual({ ok: false, exitCode: 1 });
    expect(printed()).toBe(`${refusal.message}\n`);
  });

  it('throws a failure on our side', async () => {
    const { context } = contextOf(endless);
    context.container.writeFile = () => Promise.reject(new AppError('internal', 'No.'));
    await expect(runStep(FILE, context)).rejects.toThrow('No.');
  });
});

describe('a background step', () => {
  it('whose program exits before it listens has failed with its exit code', async () => {
    const { context } = contextOf(({ account }) => ended({ exitCode: account === 'background' ? 2 : 0, ms: 1 }));
    expect(await runStep({ ...SHELL, background: true }, context)).toEqual({ ok: false, exitCode: 2 });
  });
});
