import type { RunEvent } from '../../shared/protocol.ts';
import { sessionOf, type PageStep } from '../../shared/step.ts';
import { inSource } from './fault.ts';

/**
 * Returns the faults of SQL steps that leave a transaction open which no later step of the same session ends, so that
 * its changes are lost with the session. `eventsOf` returns the events of a step's run.
 */
export function openTransactions(steps: PageStep[], eventsOf: (id: string) => RunEvent[]): string[] {
  const last = new Map<string, string | undefined>();
  for (const pageStep of steps) {
    const { step } = pageStep;
    const session = sessionOf(step);
    if (step.kind !== 'sql' || session === undefined) continue;
    const isOpen = eventsOf(step.id).some((event) => event.type === 'done' && event.transaction !== undefined);
    last.set(
      JSON.stringify([session, step.user, step.database]),
      isOpen ? inSource(pageStep, `step ${step.id} leaves a transaction open that no later step ends`) : undefined,
    );
  }
  return [...last.values()].filter((fault) => fault !== undefined);
}
