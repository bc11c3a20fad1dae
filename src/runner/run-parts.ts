/** What the page needs only once something is run, or was: fetched then, so that reading costs nothing of it. */
export { Judge } from './judge.ts';
export { Press } from './press.ts';
export { ResultView } from './result-view.ts';
