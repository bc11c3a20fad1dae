import type { StepBody } from './protocol.ts';
import { sessionOf } from './step.ts';

/** Returns the name that a page gives to a step's shell or SQL session; undefined when it has none. */
export function sessionNameOf(step: StepBody): string | undefined {
  const session = step.kind === 'shell' ? step.shell : sessionOf(step);
  return /:([a-z][^:]*)$/i.exec(session ?? '')?.[1];
}

/** Whether an author can name a session so: it keeps apart from the numbers of sessions without names. */
export function isSessionName(name: string): boolean {
  return /^[A-Za-z][\w-]{0,29}$/.test(name);
}
