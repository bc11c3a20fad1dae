import { waitStatus } from '../../sentences/press-sentences.ts';
import { tellStatus } from '../../ui/status.ts';

/**
 * Returns a function that announces why a claim waits, once for each reason, although the visible text changes every
 * second.
 */
export function waitTeller(): (reason: string) => void {
  let told: string | undefined;
  return (reason) => {
    if (reason !== told) tellStatus(waitStatus(reason));
    told = reason;
  };
}
