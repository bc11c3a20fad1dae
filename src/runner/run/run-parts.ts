/** What the page needs only once something is run, or was: fetched then, so that reading costs nothing of it. */
export { stopBackground } from './stop-background.ts';
export { Judge } from './judge.ts';
export { Pin } from '../../ui/pin.ts';
export { Press } from './press.ts';
export { Renewal } from '../cluster/renewal.ts';
export { resetCluster } from './reset-cluster.ts';
export { ResultView } from '../result/result-view.ts';
export { Transactions } from './open-transactions.ts';
