/**
 * The modules that the page needs only once something is or was run. They are loaded then, so that reading costs
 * nothing.
 */
export { stopBackground } from './stop-background.ts';
export { Judge } from './judge.ts';
export { Pin } from '../../ui/pin.ts';
export { Press } from './press.ts';
export { Renewal } from '../cluster/renewal.ts';
export { resetCluster } from './reset-cluster.ts';
export { ResultView } from '../result/result-view.ts';
export { Transactions } from './open-transactions.ts';
