import type { FailureEvent, UsageEvent } from '../../../server/report.ts';

const cause = new Error('the reason');

/** One event of each type that is counted. */
export const EVERY_USAGE: { [Type in UsageEvent['type']]: Extract<UsageEvent, { type: Type }> } = {
  'cluster-started': {
    type: 'cluster-started',
    mode: 'secure',
    for: 'reader',
    tookMs: 600,
    phases: { containerMs: 100, certificatesMs: 200, engineMs: 50, sqlMs: 250 },
  },
  claimed: { type: 'claimed', mode: 'insecure', from: 'pool', waitedMs: 3 },
  refused: { type: 'refused', limit: 'slots' },
  'answered-with-problem': { type: 'answered-with-problem', code: 'full' },
  answered: {
    type: 'answered',
    request: '0123456789abcdef',
    method: 'GET',
    route: '/api/sandboxes/:id',
    status: 200,
    tookMs: 2,
  },
  'sandbox-ended': { type: 'sandbox-ended', mode: 'secure', cause: 'expired', livedMs: 900_000 },
  'run-ended': { type: 'run-ended', reason: 'finished', tookMs: 1500 },
  'step-ended': {
    type: 'step-ended',
    page: 'pony',
    step: 'install-ponyorm-1',
    by: 'pressed',
    isEdited: false,
    outcome: 'failed-step',
  },
  'terminal-opened': { type: 'terminal-opened', page: 'pony', step: 'none' },
  'page-served': { type: 'page-served', page: 'index' },
  swept: { type: 'swept', what: 'containers', count: 3 },
};

/** One event of each type that an operator may have to look at. */
export const EVERY_FAILURE: { [Type in FailureEvent['type']]: Extract<FailureEvent, { type: Type }> } = {
  failure: { type: 'failure', id: '0123456789ab', about: 'run 1', cause },
  'runs-off': { type: 'runs-off', cause },
  'container-lost': { type: 'container-lost', container: 'bankrun-1', reason: 'the agent did not answer' },
  'engine-ended': { type: 'engine-ended', container: 'bankrun-1', exitCode: 1, log: 'panic' },
  'tables-unreadable': { type: 'tables-unreadable', sandbox: 'abc', cause },
  'warm-cluster-not-started': { type: 'warm-cluster-not-started', cause },
  'certificates-not-made': { type: 'certificates-not-made', cause },
  'memory-unreadable': { type: 'memory-unreadable', cause },
  'metrics-unreadable': { type: 'metrics-unreadable', cause },
  'uncounted-memory-grew': { type: 'uncounted-memory-grew', bytes: 1 << 20, ended: ['bankrun-1'] },
  'not-removed': { type: 'not-removed', what: 'container', id: 'bankrun-1', cause },
  'client-not-accepted': { type: 'client-not-accepted', cause },
  'unhandled-rejection': { type: 'unhandled-rejection', cause },
};
