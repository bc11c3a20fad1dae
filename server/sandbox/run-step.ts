import { AppError } from '../errors.ts';
import { READER_HOME } from '../sandbox-layout.ts';
import type { Step } from '../../shared/protocol.ts';
import type { StepProgram } from './background-programs.ts';
import { runSql } from './run-sql.ts';
import type { KeptShells } from './kept-shells.ts';
import { commandArgv, shellArgv } from './shell-command.ts';
import type { StepContext, StepResult } from './step-context.ts';

/** Runs one step. A failing program is a result; throws only for failures on our side. */
export async function runStep(step: Step, context: StepContext): Promise<StepResult> {
  await context.sessions.beginStep(step);
  switch (step.kind) {
    case 'file':
      return await writeFile(step, context);
    case 'shell':
      return step.background ? await startBackground(step, context) : await runShell(step, context);
    case 'sql':
      return await runSql(step, context);
  }
}

async function writeFile(step: Step & { kind: 'file' }, { container, output }: StepContext): Promise<StepResult> {
  try {
    await container.writeFile('reader', step.path, step.text);
    return { ok: true };
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'file-refused') throw cause;
    output.write('stderr', Buffer.from(`${cause.message}\n`));
    return { ok: false, exitCode: 1 };
  }
}

async function runShell(
  step: Step & { kind: 'shell' },
  { container, shells, output, limits, signal }: StepContext,
): Promise<StepResult> {
  const request = {
    account: 'reader' as const,
    ...programOf(step, shells),
    timeoutMs: limits.stepMs,
    outputBytes: output.leftBytes,
  };
  const process = container.run(request, (stream, bytes) => {
    output.write(stream, bytes);
    if (output.over) kill();
  });
  const kill = (): void => process.kill();
  signal.addEventListener('abort', kill);
  if (signal.aborted) kill();
  try {
    const end = await process.ended;
    const { exitCode } = end;
    const cut = end.cut === 'killed' && output.over && !signal.aborted ? 'output' : end.cut;
    return { ok: exitCode === 0 && cut === undefined, exitCode, ...(cut ? { cut } : {}) };
  } finally {
    signal.removeEventListener('abort', kill);
  }
}

/** Returns the program of a step, with its input. */
function programOf(step: Step & { kind: 'shell' }, shells: KeptShells): StepProgram {
  const { command, shell, input } = step;
  return {
    argv: shell === undefined ? commandArgv(command) : shellArgv(command),
    cwd: READER_HOME,
    ...(shell === undefined ? {} : { env: shells.environmentOf(step) }),
    ...(input === undefined ? {} : { input }),
  };
}

async function startBackground(
  step: Step & { kind: 'shell' },
  { container, run, backgroundPrograms, shells, output, limits, signal }: StepContext,
): Promise<StepResult> {
  const request = { container, step: step.id, run, program: programOf(step, shells), readyMs: limits.stepMs, signal };
  const start = await backgroundPrograms.start(request, (stream, bytes) => output.write(stream, bytes));
  if (start.listens) return { ok: true };
  if (signal.aborted) return { ok: false, cut: 'killed' };
  if (start.exitCode === undefined) return { ok: false, cut: 'timeout' };
  return { ok: false, exitCode: start.exitCode };
}
