import { Counter, Histogram, type Registry } from 'prom-client';
import { MODES } from '../../shared/modes.ts';
import type { FailureEvent, Report } from '../report.ts';
import { CAUSES, CODES, FAILURES, LIMITS, REASONS } from './label-values.ts';

/** Upper bounds in seconds: of what a machine does, of what a reader waits for, and of a sandbox's life. */
const WORK = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 20, 30];
const WAITS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600];
/** Those that the API has; a client may send any. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS']);
const LIVES = [10, 60, 120, 300, 600, 1200, 1800, 3600, 7200];

/** Registers the metrics that count events. Returns the function that receives the events. */
export function eventMetrics(register: Registry): Report {
  const registers = [register];
  const clusterStart = new Histogram({
    name: 'bankrun_cluster_start_seconds',
    help: 'Time of starting a cluster, for a reader who waits for it or for the warm pool.',
    labelNames: ['mode', 'for'],
    buckets: WORK,
    registers,
  });
  const startPhase = new Histogram({
    name: 'bankrun_start_phase_seconds',
    help: 'Time of each phase of starting a cluster.',
    labelNames: ['mode', 'phase'],
    buckets: WORK,
    registers,
  });
  const claimWait = new Histogram({
    name: 'bankrun_claim_wait_seconds',
    help: 'Time that a reader waited for a new sandbox, by where its cluster came from: pool, new, or the queue.',
    labelNames: ['mode', 'from'],
    buckets: WAITS,
    registers,
  });
  const refusals = new Counter({
    name: 'bankrun_refusals_total',
    help: 'Requests that were refused, by the limit that they met.',
    labelNames: ['limit'],
    registers,
  });
  const problems = new Counter({
    name: 'bankrun_problems_total',
    help: 'Requests that were answered with an error, by its code; internal is a failure on our side.',
    labelNames: ['code'],
    registers,
  });
  const failures = new Counter({
    name: 'bankrun_failures_total',
    help: 'Entries in the log that an operator may have to look at, by their type.',
    labelNames: ['type'],
    registers,
  });
  const request = new Histogram({
    name: 'bankrun_request_seconds',
    help: 'Time until the API answers a request, without the events that follow; for a claim, its wait.',
    labelNames: ['route', 'method', 'status'],
    buckets: WAITS,
    registers,
  });
  const sandboxEnds = new Counter({
    name: 'bankrun_sandboxes_ended_total',
    help: 'Sandboxes that ended, by the cause that their readers are told.',
    labelNames: ['mode', 'cause'],
    registers,
  });
  const sandboxLife = new Histogram({
    name: 'bankrun_sandbox_life_seconds',
    help: 'How long sandboxes lived, from the claim to the end.',
    labelNames: ['mode'],
    buckets: LIVES,
    registers,
  });
  const run = new Histogram({
    name: 'bankrun_run_seconds',
    help: 'Time of runs, by the reason of their end; server-failed is a failure on our side.',
    labelNames: ['reason'],
    buckets: WAITS,
    registers,
  });
  const swept = new Counter({
    name: 'bankrun_swept_total',
    help: 'Leftovers of a server that had died, which were removed at the start.',
    labelNames: ['what'],
    registers,
  });
  for (const limit of LIMITS) refusals.inc({ limit }, 0);
  for (const code of CODES) problems.inc({ code }, 0);
  for (const type of FAILURES) failures.inc({ type }, 0);
  for (const reason of REASONS) run.zero({ reason });
  for (const mode of MODES) for (const cause of CAUSES) sandboxEnds.inc({ mode, cause }, 0);
  swept.inc({ what: 'containers' }, 0);

  return (event) => {
    switch (event.type) {
      case 'cluster-started': {
        const { mode, for: use, tookMs, phases } = event;
        clusterStart.observe({ mode, for: use }, tookMs / 1000);
        for (const [name, ms] of Object.entries(phases))
          startPhase.observe({ mode, phase: name.replace(/Ms$/, '') }, ms / 1000);
        break;
      }
      case 'claimed':
        claimWait.observe({ mode: event.mode, from: event.from }, event.waitedMs / 1000);
        break;
      case 'refused':
        refusals.inc({ limit: event.limit });
        break;
      case 'answered-with-problem':
        problems.inc({ code: event.code });
        break;
      case 'answered': {
        const method = METHODS.has(event.method) ? event.method : 'other';
        request.observe({ route: event.route, method, status: event.status }, event.tookMs / 1000);
        break;
      }
      case 'sandbox-ended':
        sandboxEnds.inc({ mode: event.mode, cause: event.cause });
        sandboxLife.observe({ mode: event.mode }, event.livedMs / 1000);
        break;
      case 'run-ended':
        run.observe({ reason: event.reason }, event.tookMs / 1000);
        break;
      case 'step-ended':
      case 'terminal-opened':
      case 'page-served':
        // See `use-metrics.ts`.
        break;
      case 'swept':
        swept.inc({ what: event.what }, event.count);
        break;
      default: {
        const type: FailureEvent['type'] = event.type;
        failures.inc({ type });
      }
    }
  };
}
