import { waitStatus } from '../../sentences/press-sentences.ts';
import { tellStatus } from '../../ui/status.ts';

/** Tells of a wait: once for each reason, where the eye sees every second. */
export function waitTeller(): (reason: string) => void {
  let told: string | undefined;
  return (reason) => {
    if (reason !== told) tellStatus(waitStatus(reason));
    told = reason;
  };
}
