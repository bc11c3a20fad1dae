import type { RunEvent } from '../../shared/protocol.ts';
import { sessionOf, type PageStep } from '../../shared/step.ts';
import { inSource } from './fault.ts';

/**
 * Faults of SQL steps that leave a transaction open which no later step of their session ends: what was done in it is
 * lost with the session. `eventsOf`: what a step's run told.
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
