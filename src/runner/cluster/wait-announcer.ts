import { waitStatus } from '../../sentences/press-sentences.ts';
import { announce } from '../../ui/status.ts';

/**
 * Returns a function that announces why a claim waits, once for each reason, although the visible text changes every
 * second.
 */
export function waitAnnouncer(): (reason: string) => void {
  let told: string | undefined;
  return (reason) => {
    if (reason !== told) announce(waitStatus(reason));
    told = reason;
  };
}
