import { expect, describe, it } from 'vitest';
import { endOf } from '../../../commands/client/reader.ts';
import { startTestServer, useOwnServer, withoutSandbox } from '../../support/shared-server.ts';
import { shell } from '../http/steps.ts';
import { valueOf } from './samples.ts';

describe.skipIf(withoutSandbox)('the metrics of a server', { timeout: 120_000 }, () => {
  const { reader, server } = useOwnServer({
    METRICS_ADDRESS: '127.0.0.1:0',
    WARM_PER_MODE: '0',
    MAX_SLOTS: '2',
    CERTIFICATES_AHEAD: '5',
  });
  const scrape = async (from = server()): Promise<string> => {
    const [, url = ''] = /^Metrics are at (\S+)$/m.exec(from.log()) ?? [];
    return await (await fetch(url)).text();
  };

  it('show what readers get and are refused, and how much is free', async () => {
    const certificates = async (): Promise<unknown> => valueOf(await scrape(), 'bankrun_certificates_ahead');
    await expect.poll(certificates, { timeout: 100_000 }).toBe(2);
    const before = await scrape();
    expect(valueOf(before, 'bankrun_ready')).toBe(1);
    expect(valueOf(before, 'bankrun_slots')).toBe(2);
    expect(valueOf(before, 'bankrun_cluster_start_seconds_count', { mode: 'insecure', for: 'pool' })).toBe(1);

    const me = reader();
    const { id } = await me.claim('secure');
    await me.claim('insecure');
    let during = '';
    const { events } = await me.run(id, [shell('fails', 'echo here; sleep 0.5; false')], (event) => {
      if (event.type === 'output') void scrape().then((text) => (during = text));
    });
    expect(endOf(events).reason).toBe('failed-step');
    expect((await reader().ask('POST', '/api/sandboxes', { mode: 'secure' })).status).toBe(503);
    await me.reset(id);

    expect(valueOf(during, 'bankrun_sandboxes', { mode: 'secure', state: 'running' })).toBe(1);
    expect(valueOf(during, 'bankrun_certificates_ahead')).toBe(1);
    expect(valueOf(during, 'bankrun_in_progress', { what: 'followers' })).toBe(1);
    expect(valueOf(during, 'bankrun_sandbox_memory_bytes')).toBeGreaterThan(1 << 20);
    const after = await scrape();
    expect(valueOf(after, 'bankrun_start_phase_seconds_count', { mode: 'secure', phase: 'certificates' })).toBe(1);
    expect(valueOf(after, 'bankrun_claim_wait_seconds_count', { from: 'pool', mode: 'insecure' })).toBe(1);
    expect(valueOf(after, 'bankrun_claim_wait_seconds_count', { from: 'new', mode: 'secure' })).toBe(1);
    expect(valueOf(after, 'bankrun_run_seconds_count', { reason: 'failed-step' })).toBe(1);
    expect(valueOf(after, 'bankrun_refusals_total', { limit: 'slots' })).toBe(1);
    expect(valueOf(after, 'bankrun_sandboxes_ended_total', { mode: 'secure', cause: 'reset' })).toBe(1);
    expect(valueOf(after, 'bankrun_sandboxes', { mode: 'insecure', state: 'ready' })).toBe(1);
    expect(valueOf(after, 'bankrun_failures_total')).toBe(0);
  });

  it('show at the next start what a killed server had left', async () => {
    const env = { METRICS_ADDRESS: '127.0.0.1:0', WARM_PER_MODE: '0', INSTANCE: 'killed' };
    const killed = await startTestServer(env);
    await killed.kill();
    const next = await startTestServer(env);
    try {
      expect(valueOf(await scrape(next), 'bankrun_swept_total', { what: 'containers' })).toBeGreaterThan(0);
    } finally {
      await next.stop();
    }
  });
});
