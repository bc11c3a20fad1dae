import type { EndReason, Step } from '../../shared/protocol.ts';
import type { LabelOf, StepOutcome } from '../report.ts';
import { EventLog } from './event-log.ts';
import { keptLimitOf, RunOutput } from './run-output.ts';
import { runStep } from './run-step.ts';
import { keptTooMuchSentence, printedTooMuchSentence, timedOutSentence } from '../sentences/run-sentences.ts';
import type { RunLimits } from './sandbox-limits.ts';
import type { StepContext, StepResult } from './step-context.ts';

/** Without a label, a step is counted as nobody's. */
const UNLABELLED: LabelOf = () => ({ page: 'other', step: 'other', by: 'unknown', isEdited: false });

/** One press of Run: the plan of steps, and its events. */
export class Run {
  readonly id: string;
  readonly log = new EventLog();
  readonly labelOf: LabelOf;
  /** The step that has begun and not ended. */
  underWay: string | undefined;
  readonly #stopping = new AbortController();

  constructor(id: string, labelOf = UNLABELLED) {
    this.id = id;
    this.labelOf = labelOf;
  }

  /** Stops the run: ends the current step and starts no further ones. Idempotent. */
  stop(): void {
    this.#stopping.abort();
  }

  /**
   * Runs the steps in order, up to the first that fails without being meant to, and calls `onEnd` for each. Returns how
   * the run ends; the caller ends the log. Throws for failures on our side.
   */
  async execute(
    steps: Step[],
    context: Omit<StepContext, 'log' | 'output' | 'signal' | 'run'>,
    onEnd: (step: Step, outcome: StepOutcome) => void,
  ): Promise<{ reason: EndReason; message?: string }> {
    const { log } = this;
    const signal = this.#stopping.signal;
    const output = new RunOutput(log, context.limits.outputBytes);
    for (const step of steps) {
      if (signal.aborted) return { reason: 'stopped' };
      log.add({ type: 'begin', step: step.id });
      this.underWay = step.id;
      const startMs = performance.now();
      const own = { ...context, limits: { ...context.limits, stepMs: stepMsOf(step, context.limits) } };
      const given = await runStep(step, { ...own, run: this.id, log, output, signal });
      output.flush();
      const result = output.over ? overLimit(given) : given;
      const ms = Math.round(performance.now() - startMs);
      log.add({
        type: 'done',
        step: step.id,
        ok: result.ok,
        ms,
        ...(result.exitCode === undefined ? {} : { exitCode: result.exitCode }),
        ...(result.sqlState === undefined ? {} : { sqlState: result.sqlState }),
        ...(result.isWaiting && { isWaiting: result.isWaiting }),
        ...(result.transaction && { transaction: result.transaction }),
      });
      this.underWay = undefined;
      const isAsMeant = result.ok || (step.kind !== 'file' && step.fails === true && result.cut === undefined);
      const failed = isAsMeant ? undefined : ending(result, own, output.over);
      onEnd(step, failed?.reason ?? 'done');
      if (failed) return failed;
    }
    return { reason: 'finished' };
  }
}

/** Returns the result of a step of which not all output was kept: no step counts as done then. */
function overLimit(result: StepResult): StepResult {
  return { ...result, ok: false, cut: result.cut ?? 'output' };
}

/** Returns the time limit of a step: the one that it asks for, up to the operator's most. */
function stepMsOf(step: Step, { stepMs, maxStepMs }: RunLimits): number {
  return step.kind === 'file' ? stepMs : Math.min(step.limitMs ?? stepMs, maxStepMs);
}

function ending(
  result: StepResult,
  { limits, sessions }: Pick<StepContext, 'limits' | 'sessions'>,
  over: RunOutput['over'],
): { reason: Exclude<EndReason, 'finished'>; message?: string } {
  switch (result.cut) {
    case 'timeout':
      return {
        reason: 'timed-out',
        message: timedOutSentence(limits.stepMs, sessions.transactions.length > 0),
      };
    case 'output':
      return {
        reason: 'too-much-output',
        message: excessSentence(over, limits),
      };
    case 'killed':
      return { reason: 'stopped' };
    case undefined:
      return { reason: 'failed-step' };
  }
}

/** Returns the sentence for too much output. When the agent has applied the limit itself, `over` is undefined. */
function excessSentence(over: RunOutput['over'], { outputBytes }: StepContext['limits']): string {
  return over === 'kept' ? keptTooMuchSentence(keptLimitOf(outputBytes)) : printedTooMuchSentence(outputBytes);
}
