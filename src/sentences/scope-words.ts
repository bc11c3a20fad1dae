import { counted } from './counted.ts';

/** An entry of the menu next to Run: what it runs. */
interface ScopeWords {
  label: string;
  detail: string;
}

const steps = (count: number): string => counted(count, 'step');

/** The step with those that it needs, which make so many steps. */
export const neededWords = (count: number): ScopeWords => ({
  label: 'This step, with what it needs',
  detail: steps(count),
});
/** The step alone. */
export const ONLY_WORDS: ScopeWords = { label: 'This step only', detail: 'the earlier ones are left out' };
/** All steps from here on. */
export const onwardsWords = (count: number): ScopeWords => ({ label: 'From here to the end', detail: steps(count) });
/** The step's command, typed into the terminal after so many earlier steps. */
export const terminalWords = (earlier: number): ScopeWords => ({
  label: 'In the terminal',
  detail: earlier > 0 ? `after ${steps(earlier)}` : 'typed for you',
});
/** All steps of the page; `isAnew`: in a new cluster, because something was done in the one that is there. */
export const everythingWords = (count: number, isAnew: boolean): ScopeWords => ({
  label: isAnew ? 'Everything, in a new cluster' : 'Everything',
  detail: steps(count),
});
