import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { apiApp } from '../../../server/http/app.ts';
import { openPrerequisites } from '../../../server/prerequisites.ts';
import { CleanUpStack } from '../../../server/process/clean-up-stack.ts';
import type { Report, ServerEvent } from '../../../server/report.ts';
import { Service } from '../../../server/sandbox/service.ts';
import { SANDBOX_NOT_STARTED } from '../../../server/sentences/unavailable-sentences.ts';
import type { Problem, SandboxInfo } from '../../../shared/protocol.ts';
import { endOf, Reader } from '../../../commands/client/reader.ts';
import { startTestServer, withoutSandbox } from '../../support/shared-server.ts';
import { listen } from '../http/listening.ts';
import { shell } from '../http/steps.ts';
import { makeStateDir, programOf } from '../oci/test-runtime.ts';

/** Of this size, the state directory has room for what all sandboxes share. */
const DISK = 'size=160m,mode=755';
/** More than the rest of it. */
const FULL_BYTES = 160 << 20;
/** How many files the server can open; a start needs about six. */
const SPARES = [0, 1, 2, 3, 4, 5, 6, 8];

describe.skipIf(withoutSandbox)('trouble of the machine', { timeout: 180_000 }, () => {
  let undo: CleanUpStack;
  let stateDir: string;
  let events: ServerEvent[];
  beforeEach(async () => {
    undo = new CleanUpStack();
    stateDir = await makeStateDir(undo);
    events = [];
  });
  afterEach(() => undo.dispose());

  /** Opens a service with its own state directory, whose runtime is a copy that can be taken away. Returns its URL. */
  const open = async (): Promise<{ url: string; runtime: string }> => {
    const runtime = join(stateDir, 'runc');
    copyFileSync(programOf('runc').path, runtime);
    const report: Report = (event) => void events.push(event);
    const config = readConfig({ INSTANCE: 'trouble', WARM_PER_MODE: '0' });
    const setup = { ...config.setup, runtime: { name: 'runc' as const, path: runtime } };
    const service = new Service(report);
    undo.defer(() => service.close());
    await service.start(() => openPrerequisites({ ...config, stateDir, setup }, report), config);
    expect(service.health()).toMatchObject({ ready: true });
    const { url } = await listen(
      apiApp(service, { trustProxy: false, isLocal: true, sandboxesPerAddress: 16, report }),
    );
    return { url, runtime };
  };
  const works = async (me: Reader, id: string): Promise<void> =>
    expect(endOf((await me.run(id, [shell('yes', 'echo yes')])).events).reason).toBe('finished');
  const isRefused = async (me: Reader, why: RegExp): Promise<void> => {
    const { status, body } = await me.ask<Problem>('POST', '/api/sandboxes', { mode: 'secure' });
    expect([status, body.error.code, body.error.message]).toEqual([503, 'unavailable', SANDBOX_NOT_STARTED]);
    const failure = events.find((event) => event.type === 'failure' && event.id === body.error.id);
    expect(inspect(failure, { depth: 9 })).toMatch(why);
  };

  it('the runtime’s program is gone: live sandboxes work, new ones are refused, and it recovers', async () => {
    const { url, runtime } = await open();
    const me = new Reader(url);
    const { id } = await me.claim('insecure');
    renameSync(runtime, `${runtime}-away`);
    await works(me, id);
    await isRefused(new Reader(url), /ENOENT/);
    // Its processes end now, and what only the runtime can remove is removed later.
    expect((await me.fetch('DELETE', `/api/sandboxes/${id}`)).status).toBe(204);
    expect((await me.ask<SandboxInfo>('GET', `/api/sandboxes/${id}`)).body.state).toBe('gone');
    renameSync(`${runtime}-away`, runtime);
    const again = await me.claim('secure');
    await works(me, again.id);
  });

  it('the disk is full: live sandboxes work, new ones are refused, and it recovers', async (context) => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', DISK, 'tmpfs', stateDir], { stdio: 'pipe' });
    } catch (cause) {
      context.skip(`no disk can be mounted here: ${String(cause)}`);
    }
    undo.defer(() => execFileSync('umount', ['--lazy', stateDir]));
    const { url } = await open();
    const me = new Reader(url);
    const { id } = await me.claim('insecure');
    const filler = join(stateDir, 'filler');
    expect(() => writeFileSync(filler, Buffer.alloc(FULL_BYTES))).toThrow('ENOSPC');
    await works(me, id);
    await isRefused(new Reader(url), /ENOSPC|no space left/i);
    expect((await me.fetch('DELETE', `/api/sandboxes/${id}`)).status).toBe(204);
    rmSync(filler);
    const again = await me.claim('secure');
    await works(me, again.id);
  });

  it('no file descriptors are left: it refuses, goes on, and recovers', async () => {
    const server = await startTestServer({ INSTANCE: 'descriptors', WARM_PER_MODE: '0' });
    undo.defer(() => server.stop());
    const limit = (files: string): void =>
      void execFileSync('prlimit', ['--pid', String(server.pid), `--nofile=${files}`]);
    const me = new Reader(server.url);
    const { id } = await me.claim('insecure');
    for (const spare of SPARES) {
      limit(`${limitWith(spare, server.pid)}:`);
      // A connection needs a descriptor, too.
      const asked = me.ask<Partial<Problem & SandboxInfo>>('POST', '/api/sandboxes', { mode: 'secure' });
      const { status, body } = await asked.catch(() => ({ status: 0, body: undefined }));
      if (status === 201) await me.reset(body?.id ?? '');
      else if (status !== 0) expect([status, body?.error?.code]).toEqual([503, 'unavailable']);
    }
    limit('4096:');
    await works(me, id);
    const other = new Reader(server.url);
    await works(other, (await other.claim('secure')).id);
  });
});

/** Returns the limit with which a process can open that many more files. */
function limitWith(spare: number, pid: number): number {
  const open = new Set(readdirSync(`/proc/${pid}/fd`).map(Number));
  let limit = 0;
  for (let free = 0; free < spare || open.has(limit); limit += 1) if (!open.has(limit)) free += 1;
  return limit;
}
