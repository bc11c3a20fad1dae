import { describe, expect, it } from 'vitest';
import { Metrics } from '../../../server/metrics/metrics.ts';
import { NO_FIGURES } from '../../../server/sandbox/figures.ts';
import { EVERY_FAILURE, EVERY_USAGE } from './every-event.ts';
import { samplesIn, valueOf } from './samples.ts';

async function textAfter(...events: Parameters<Metrics['report']>[0][]): Promise<string> {
  const metrics = new Metrics();
  for (const event of events) metrics.report(event);
  return await metrics.text();
}

describe('the metrics of events', () => {
  it('start at 0, so that the first refusal or failure is an increase', async () => {
    const text = await textAfter();
    expect(valueOf(text, 'bankrun_refusals_total', { limit: 'slots' })).toBe(0);
    expect(valueOf(text, 'bankrun_failures_total', { type: 'failure' })).toBe(0);
    expect(valueOf(text, 'bankrun_problems_total', { code: 'internal' })).toBe(0);
    expect(valueOf(text, 'bankrun_run_seconds_count', { reason: 'server-failed' })).toBe(0);
    expect(valueOf(text, 'bankrun_sandboxes_ended_total', { mode: 'secure', cause: 'out-of-memory' })).toBe(0);
  });

  it.each(Object.values(EVERY_FAILURE))('count $type as something to look at', async (event) => {
    const text = await textAfter(event);
    expect(valueOf(text, 'bankrun_failures_total', { type: event.type })).toBe(1);
    expect(valueOf(text, 'bankrun_failures_total')).toBe(1);
  });

  it('count what readers get, in seconds', async () => {
    const text = await textAfter(...Object.values(EVERY_USAGE));
    expect(valueOf(text, 'bankrun_failures_total')).toBe(0);
    expect(valueOf(text, 'bankrun_cluster_start_seconds_sum', { mode: 'secure', for: 'reader' })).toBe(0.6);
    expect(valueOf(text, 'bankrun_start_phase_seconds_sum', { mode: 'secure', phase: 'certificates' })).toBe(0.2);
    expect(valueOf(text, 'bankrun_claim_wait_seconds_count', { mode: 'insecure', from: 'pool' })).toBe(1);
    expect(valueOf(text, 'bankrun_refusals_total', { limit: 'slots' })).toBe(1);
    expect(valueOf(text, 'bankrun_problems_total', { code: 'full' })).toBe(1);
    expect(valueOf(text, 'bankrun_sandboxes_ended_total', { mode: 'secure', cause: 'expired' })).toBe(1);
    expect(valueOf(text, 'bankrun_sandbox_life_seconds_sum', { mode: 'secure' })).toBe(900);
    expect(valueOf(text, 'bankrun_run_seconds_sum', { reason: 'finished' })).toBe(1.5);
    expect(valueOf(text, 'bankrun_swept_total', { what: 'containers' })).toBe(3);
    const step = { page: 'pony', step: 'install-ponyorm-1', by: 'pressed', edited: 'false' };
    expect(valueOf(text, 'bankrun_steps_total', { ...step, outcome: 'failed-step' })).toBe(1);
    expect(valueOf(text, 'bankrun_terminals_opened_total', { page: 'pony', step: 'none' })).toBe(1);
    expect(valueOf(text, 'bankrun_page_views_total', { page: 'index' })).toBe(1);
  });
});

it('each page and step of the site is counted from 0', async () => {
  const metrics = new Metrics();
  metrics.expect([{ page: 'pony', steps: ['one', 'two'] }]);
  const text = await metrics.text();
  const step = { page: 'pony', by: 'pressed', edited: 'false' };
  for (const outcome of ['done', 'failed-step'])
    for (const name of ['one', 'two'])
      expect(valueOf(text, 'bankrun_steps_total', { ...step, step: name, outcome })).toBe(0);
  expect(valueOf(text, 'bankrun_page_views_total', { page: 'pony' })).toBe(0);
});

it('the state is read at each scrape', async () => {
  const metrics = new Metrics();
  let free = 5;
  metrics.watch({
    health: () => ({ ready: free > 0 }),
    figures: () => ({
      ...NO_FIGURES,
      slots: { total: 9, free },
      sandboxes: { secure: { ready: 2, running: 1 }, insecure: { ready: 0, running: 0 } },
      warm: { secure: 0, insecure: 1 },
      certificates: 3,
      terminals: 4,
    }),
    memoryBytes: async () => 123,
    inProgress: (what) => (what === 'followers' ? 7 : 0),
  });
  const text = await metrics.text();
  expect(valueOf(text, 'bankrun_ready')).toBe(1);
  expect(valueOf(text, 'bankrun_slots')).toBe(9);
  expect(valueOf(text, 'bankrun_slots_free')).toBe(5);
  expect(valueOf(text, 'bankrun_sandboxes', { mode: 'secure', state: 'running' })).toBe(1);
  expect(valueOf(text, 'bankrun_readers_waiting', { mode: 'secure' })).toBe(0);
  expect(valueOf(text, 'bankrun_warm_clusters', { mode: 'insecure' })).toBe(1);
  expect(valueOf(text, 'bankrun_certificates_ahead')).toBe(3);
  expect(valueOf(text, 'bankrun_terminals')).toBe(4);
  expect(valueOf(text, 'bankrun_in_progress', { what: 'followers' })).toBe(7);
  expect(valueOf(text, 'bankrun_sandbox_memory_bytes')).toBe(123);
  free = 0;
  expect(valueOf(await metrics.text(), 'bankrun_slots_free')).toBe(0);
});

it('the process is measured, too, and every value can be parsed', async () => {
  const text = await textAfter(...Object.values(EVERY_USAGE), ...Object.values(EVERY_FAILURE));
  expect(valueOf(text, 'process_cpu_seconds_total')).toBeGreaterThan(0);
  expect(valueOf(text, 'process_open_fds')).toBeGreaterThan(0);
  expect(samplesIn(text).length).toBeLessThan(2000);
});
