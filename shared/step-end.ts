import type { RunEvent, StepBody } from './protocol.ts';
import type { Failure } from './step.ts';

/**
 * Whether a step ended as the page says: `failed` when it must succeed, `succeeded` when it must fail, `otherwise` when
 * it failed with another code than the page says.
 */
export type JudgedEnd = 'as-meant' | 'failed' | 'succeeded' | 'otherwise';

/** Judges a step's end. `fails` is how the page says that it must fail; undefined when it must succeed. */
export function judgeEnd(
  { ok, exitCode, sqlState }: Pick<RunEvent & { type: 'done' }, 'ok' | 'exitCode' | 'sqlState'>,
  fails: Failure | undefined,
): JudgedEnd {
  if (!fails) return ok ? 'as-meant' : 'failed';
  if (ok) return 'succeeded';
  const isThatCode =
    (fails.exitCode === undefined || fails.exitCode === exitCode) &&
    (fails.sqlState === undefined || fails.sqlState === sqlState);
  return isThatCode ? 'as-meant' : 'otherwise';
}

/** Whether a run goes on when this step fails, because it is meant to. */
export function mayFail(step: StepBody | undefined): boolean {
  return step !== undefined && step.kind !== 'file' && step.fails === true;
}

/** Returns how a step must fail, as the end of a sentence: ` with exit code 3`; empty when any failure is right. */
export function failureWords({ exitCode, sqlState }: Failure): string {
  if (exitCode !== undefined) return ` with exit code ${exitCode}`;
  return sqlState === undefined ? '' : ` with SQLSTATE ${sqlState}`;
}

/** Whether an author can say that a command must fail with this exit code. */
export function isExitCode(code: string): boolean {
  return /^[1-9]\d{0,2}$/.test(code) && Number(code) < 256;
}

/** Whether an author can say that a statement must fail with this SQLSTATE. */
export function isSqlState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code);
}
