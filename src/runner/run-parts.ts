/** What the page needs only once something is run, or was: fetched then, so that reading costs nothing of it. */
export { stopBackground } from './background.ts';
export { Judge } from './judge.ts';
export { Pin } from './pin.ts';
export { Press } from './press.ts';
export { Renewal } from './renewal.ts';
export { resetCluster } from './reset.ts';
export { ResultView } from './result-view.ts';
export { Transactions } from './transactions.ts';
