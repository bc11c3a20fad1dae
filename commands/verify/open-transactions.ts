import type { RunEvent } from '../../shared/protocol.ts';
import { sessionOf, type PageStep } from '../../shared/step.ts';
import { inSource } from './fault.ts';

/**
 * Returns the faults of SQL steps that leave a transaction open which no later step of the same session ends, so that
 * its changes are lost with the session, or whose answer no later step of it prints. `eventsOf` returns the events of a
 * step's run.
 */
export function openTransactions(steps: PageStep[], eventsOf: (id: string) => RunEvent[]): string[] {
  const last = new Map<string, string | undefined>();
  for (const pageStep of steps) {
    const { step } = pageStep;
    const session = sessionOf(step);
    if (step.kind !== 'sql' || session === undefined) continue;
    const done = eventsOf(step.id).find((event) => event.type === 'done');
    const left = done?.isWaiting
      ? `step ${step.id} still waits, and no later step of its session prints its answer`
      : `step ${step.id} leaves a transaction open that no later step ends`;
    last.set(
      JSON.stringify([session, step.user, step.database]),
      done?.isWaiting || done?.transaction !== undefined ? inSource(pageStep, left) : undefined,
    );
  }
  return [...last.values()].filter((fault) => fault !== undefined);
}
