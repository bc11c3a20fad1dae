import { MAX_NAMED_SESSIONS } from '../../shared/limits.ts';
import { MODES } from '../../shared/modes.ts';
import { sessionNameOf } from '../../shared/session-name.ts';
import { stepsIn, type PageStep } from '../../shared/step.ts';
import type { Mistake } from './mistake.ts';

const KINDS = [
  { kind: 'sql', sessions: 'SQL sessions', where: 'with that user and database' },
  { kind: 'shell', sessions: 'shells', where: '' },
] as const;

/**
 * Returns the mistakes of a page that names more sessions in a mode than a sandbox surely keeps: one more would end
 * another, which may be in the middle of a transaction. Each is told at the first step that is too many.
 */
export function crowdedSessions(steps: readonly PageStep[]): Mistake[] {
  return KINDS.flatMap(({ kind, sessions, where }) => {
    const surplus = MODES.map((mode) => {
      const named = new Set<string>();
      return stepsIn(steps, mode).find(({ step }) => {
        const key = step.kind === kind ? keyOf(step) : undefined;
        return key !== undefined && named.add(key).size > MAX_NAMED_SESSIONS;
      });
    });
    return [...new Set(surplus)].flatMap((pageStep) =>
      pageStep
        ? {
            ...pageStep.source,
            found: [
              `\`session=${sessionNameOf(pageStep.step)}\``,
              where,
              `after ${MAX_NAMED_SESSIONS} other ${sessions}`,
            ]
              .filter(Boolean)
              .join(' '),
            expected: `at most ${MAX_NAMED_SESSIONS} ${sessions} with names on a page, such as one of those above`,
          }
        : [],
    );
  });
}

/** Returns what tells a step's named session from others; undefined when it has none. */
function keyOf(step: PageStep['step']): string | undefined {
  const name = sessionNameOf(step);
  if (name === undefined) return undefined;
  return JSON.stringify(step.kind === 'sql' ? [name, step.user, step.database ?? 'defaultdb'] : [name]);
}
