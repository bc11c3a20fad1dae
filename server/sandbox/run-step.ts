import type { Cluster } from '../cluster/cluster.ts';
import { splitStatements } from '../cluster/split-statements.ts';
import { SqlError } from '../cluster/sql-error.ts';
import type { SqlSession } from '../cluster/sql-session.ts';
import { AppError } from '../errors.ts';
import type { Container } from '../oci/container.ts';
import type { RunEvent, Step } from '../protocol.ts';
import type { Backgrounds } from './background.ts';
import type { EventLog } from './event-log.ts';
import type { RunLimits } from './limits.ts';
import type { Output } from './output.ts';
import { commandArgv } from './shell-command.ts';

const HOME = '/home/reader';
const ENDED_BY_LIMIT = 124;

/** How a step ended. `cut` says which limit, or the reader's Stop, ended it. */
export interface StepResult {
  ok: boolean;
  exitCode?: number;
  cut?: 'timeout' | 'output' | 'killed';
}

/** Where a step runs, and what it writes to. */
export interface StepContext {
  container: Container;
  cluster: Cluster;
  log: EventLog;
  output: Output;
  limits: RunLimits;
  backgrounds: Backgrounds;
  /** Id of the run. */
  run: string;
  /** Aborted by Stop, or when the sandbox is lost. */
  signal: AbortSignal;
}

/** Does one step. A failing program is a result; throws only for failures of ours. */
export async function runStep(step: Step, context: StepContext): Promise<StepResult> {
  switch (step.kind) {
    case 'file':
      return await writeFile(step, context);
    case 'shell':
      return step.background ? await startBackground(step, context) : await runShell(step.command, context);
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

async function runShell(command: string, { container, output, limits, signal }: StepContext): Promise<StepResult> {
  const request = { account: 'reader' as const, argv: commandArgv(command), cwd: HOME, timeoutMs: limits.stepMs, outputBytes: output.leftBytes };
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

async function startBackground(step: Step & { kind: 'shell' }, { container, run, backgrounds, output, limits, signal }: StepContext): Promise<StepResult> {
  const request = { container, step: step.id, run, command: step.command, readyMs: limits.stepMs, signal };
  const start = await backgrounds.start(request, (stream, bytes) => output.write(stream, bytes));
  if (start.listens) return { ok: true };
  if (signal.aborted) return { ok: false, cut: 'killed' };
  if (start.exitCode === undefined) return { ok: false, cut: 'timeout' };
  return { ok: false, exitCode: start.exitCode };
}

async function runSql(step: Step & { kind: 'sql' }, context: StepContext): Promise<StepResult> {
  const { cluster, log, output, limits, signal } = context;
  let cut: StepResult['cut'];
  let session: SqlSession | undefined;
  const stop = (why: 'timeout' | 'killed'): void => {
    cut ??= why;
    session?.destroy();
  };
  const killed = (): void => stop('killed');
  signal.addEventListener('abort', killed);
  const timer = setTimeout(() => stop('timeout'), limits.stepMs);
  try {
    session = await cluster.open(step.user, step.database ?? 'defaultdb');
    if (signal.aborted) stop('killed');
    for (const statement of splitStatements(step.statements)) {
      const event: RunEvent = { type: 'rows', ...(await session.query(statement)) };
      if (!output.hasRoomFor(event)) return { ok: false, exitCode: ENDED_BY_LIMIT, cut: 'output' };
      log.add(event);
    }
    return { ok: true, exitCode: 0 };
  } catch (cause) {
    if (cut !== undefined) return { ok: false, exitCode: ENDED_BY_LIMIT, cut };
    if (!(cause instanceof SqlError)) throw cause;
    output.write('stderr', Buffer.from(sqlErrorText(cause)));
    return { ok: false, exitCode: 1 };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', killed);
    await session?.close();
  }
}

/** As the SQL shell prints an error. */
function sqlErrorText(error: SqlError): string {
  const parts = [`ERROR: ${error.message}`];
  if (error.sqlState) parts.push(`SQLSTATE: ${error.sqlState}`);
  if (error.detail) parts.push(`DETAIL: ${error.detail}`);
  if (error.hint) parts.push(`HINT: ${error.hint}`);
  return `${parts.join('\n')}\n`;
}
