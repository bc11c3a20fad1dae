import type { WaitWords } from '../../sentences/wait-sentences.ts';
import { announce } from '../../ui/status.ts';

/**
 * Returns a function that announces why a claim waits, once for each reason and place in the queue, although the
 * visible text changes every second.
 */
export function waitAnnouncer(): (words: WaitWords) => void {
  let told: string | undefined;
  return ({ news, status }) => {
    if (news !== told) announce(status);
    told = news;
  };
}
