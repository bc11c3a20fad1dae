import { describe, expect, it } from 'vitest';
import { printed } from '../../../commands/client/reader.ts';
import { useOwnServer, withoutSandbox } from '../../support/shared-server.ts';
import { alone, Doing, toldIn, typed } from './session-steps.ts';

describe.skipIf(withoutSandbox)('a SQL session that nobody uses', { timeout: 60_000 }, () => {
  const { reader } = useOwnServer({ TRANSACTION_SECONDS: '1', SESSION_SECONDS: '2', WARM_PER_MODE: '0' });

  it('is ended, sooner with an open transaction, and the next step says so and what was undone', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const doing = new Doing(me, id);
    await doing.run(
      alone('make', 'CREATE TABLE t (a INT)'),
      typed('begin', 'BEGIN'),
      typed('fill', 'INSERT INTO t VALUES (1)'),
    );
    await expect.poll(async () => (await doing.info()).undone).toEqual(['begin', 'fill']);
    const late = await doing.run(typed('commit', 'COMMIT'));
    expect(toldIn(late)).toBe(
      'The SQL session was ended because nothing was done in its open transaction for 1 second. ' +
        'Its open transaction was rolled back, and what was set in it is gone. This step is in a new ' +
        'one.',
    );
    expect(printed(late, 'stderr')).toContain('no transaction in progress');
    await doing.run(typed('set', "SET application_name = 'mine'"));
    await expect.poll(async () => (await doing.info()).undone).toContain('set');
    expect(toldIn(await doing.run(typed('show', 'SHOW application_name')))).toContain(
      'nothing was done in it for 2 seconds',
    );
    await me.reset(id);
  });
});
