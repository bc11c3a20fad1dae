import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_ARGUMENTS, findChromium } from '../../../commands/client/chromium-program.ts';
import { replayAll } from '../../../commands/verify-site/replay-all.ts';
import { replay, type Replay } from '../../../commands/verify-site/replay.ts';
import { readSitePages } from '../../../commands/verify-site/site-pages.ts';
import type { SandboxInfo } from '../../../shared/protocol.ts';
import { MODES } from '../../../shared/modes.ts';
import { withText, type PageStep } from '../../../shared/step.ts';
import { withStep } from '../../support/html-steps.ts';
import { useServer, withoutSandbox } from '../../support/shared-server.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
/** The home page: two steps of SQL in both modes, the first of them folded away, both with expected output. */
const HOME = { first: 'a-small-bank-running-1', last: 'a-small-bank-running-2' };
const AMPLE_MS = 100_000;

describe.skipIf(withoutSandbox)('a page of a deployed site, replayed in a browser,', { timeout: 240_000 }, () => {
  const { server } = useServer();
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGUMENTS });
  });
  afterAll(async () => browser?.close());
  /** A browser between which and the site something is wrong. */
  const browserWith = (spoil: (context: BrowserContext) => Promise<unknown>): Pick<Browser, 'newContext'> => ({
    newContext: async (options?: BrowserContextOptions) => {
      const context = await browser!.newContext(options);
      await spoil(context);
      return context;
    },
  });
  const replayHome = async (
    spoil: (context: BrowserContext) => Promise<unknown> = async () => undefined,
    {
      mode = 'insecure',
      withinMs = AMPLE_MS,
      withTerminal = false,
    }: Partial<Pick<Replay, 'mode'> & { withinMs: number; withTerminal: boolean }> = {},
  ): Promise<Replay> => {
    const [page] = await readSitePages(server().url, ['index']);
    const { signal } = new AbortController();
    return await replay(page!, mode, {
      browser: browserWith(spoil),
      site: server().url,
      withinMs,
      signal,
      withTerminal,
    });
  };
  /** Serves the home page with one of its steps changed. */
  const changing = (id: string, change: (step: PageStep) => PageStep) => (context: BrowserContext) =>
    context.route(/\/\?filters/, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: withStep(await answer.text(), id, change) });
    });

  it.each(MODES)('is right, with its first click and all later steps, %s', async (mode) => {
    const { ms, clusterMs, firstOutputMs, ...told } = await replayHome(undefined, { mode });
    expect(told).toEqual({ page: '/', mode, outcome: 'right', steps: 2, faults: [] });
    expect([ms, clusterMs, firstOutputMs].map((each) => typeof each)).toEqual(['number', 'number', 'number']);
  });

  it('leaves no cluster behind', async () => {
    const claims: { id: string; cookie: string }[] = [];
    await replayHome(async (context) => {
      await context.route('**/api/sandboxes', async (route) => {
        const answer = await route.fetch();
        const [cookie = ''] = (answer.headers()['set-cookie'] ?? '').split(';');
        claims.push({ id: ((await answer.json()) as SandboxInfo).id, cookie });
        await route.fulfill({ response: answer });
      });
    });
    const [{ id, cookie } = { id: '', cookie: '' }] = claims;
    const answer = await fetch(`${server().url}/api/sandboxes/${id}`, { headers: { cookie } });
    expect(await answer.json()).toMatchObject({ state: 'gone', cause: 'reset' });
  });

  it('is wrong when a step prints something else, with the place in the author’s file and the lines', async () => {
    const { outcome, faults } = await replayHome(
      changing(HOME.last, (each) => ({ ...each, expected: { text: 'planted', unordered: false } })),
    );
    expect([outcome, faults.length]).toEqual(['wrong', 1]);
    expect(faults[0]).toMatch(/^content\/pages\/index\.mdx:\d+: step a-small-bank-running-2 prints \(\+\) something/);
    expect(faults[0]).toMatch(/− planted[^]*\+ BEGIN/);
  });

  it('is wrong when a step fails, with what the reader sees, and later steps are not blamed', async () => {
    const { outcome, faults } = await replayHome(
      changing(HOME.first, (each) => ({ ...each, step: withText(each.step, 'SELECT no_such_column;') })),
    );
    expect([outcome, faults.length]).toEqual(['wrong', 1]);
    expect(faults[0]).toMatch(/step a-small-bank-running-1 failed:[^]*no_such_column/);
  });

  it('is wrong when a part of it cannot be loaded, though every step is right', async () => {
    const { outcome, faults } = await replayHome((context) =>
      context.route(/\.woff2$/, (route) => route.fulfill({ status: 404 })),
    );
    expect(outcome).toBe('wrong');
    expect(faults[0]).toMatch(/^http.*\.woff2 is answered with status 404$/);
    expect(faults.filter((fault) => fault.includes('step'))).toEqual([]);
  });

  it('is wrong when the code that runs steps cannot be loaded', async () => {
    const { outcome, faults } = await replayHome(
      (context) => context.route(/clicks-and-keys|Runner\.astro/, (route) => route.abort()),
      { withinMs: 10_000 },
    );
    expect(outcome).toBe('wrong');
    expect(faults.join('\n')).toMatch(/Runner\.astro\S* cannot be loaded/);
  });

  it('is right with its terminal, and wrong when the terminal is refused, as by a proxy', async () => {
    expect(await replayHome(undefined, { withTerminal: true })).toMatchObject({ outcome: 'right', faults: [] });
    const { outcome, faults } = await replayHome(
      (context) => context.routeWebSocket(/\/terminals\//, (socket) => socket.close()),
      { withTerminal: true, withinMs: 20_000 },
    );
    expect(outcome).toBe('wrong');
    expect(faults[0]).toMatch(/^the terminal does not answer/);
  });

  it('is wrong when there is no end within the time, with what the page says', async () => {
    const { outcome, faults } = await replayHome(
      (context) => context.route('**/api/sandboxes', () => new Promise(() => undefined)),
      { withinMs: 10_000 },
    );
    expect(outcome).toBe('wrong');
    expect(faults[0]).toMatch(/^no end after 10 s; the page says: .*Starting/);
  });

  it('is neither right nor wrong when the site has no room, and no further page is tried', async () => {
    const message = 'All clusters are in use.';
    const full = browserWith((context) =>
      context.route('**/api/sandboxes', (route) =>
        route.fulfill({ status: 503, json: { error: { code: 'full', message } }, headers: { 'retry-after': '60' } }),
      ),
    );
    const told: Replay[] = [];
    const wanted = { site: server().url, names: ['index'], modes: MODES, json: false, quiet: false, withinMs: 15_000 };
    const { signal } = new AbortController();
    const { replays } = await replayAll(wanted, { browser: full, signal }, (each) => told.push(each));
    expect(replays).toEqual(told);
    expect(replays.map(({ outcome, faults }) => ({ outcome, faults }))).toEqual([
      { outcome: 'full', faults: [message] },
    ]);
  });

  it('ends at once when it is told to', async () => {
    const ending = new AbortController();
    const hung = browserWith((context) => context.route('**/api/sandboxes', () => ending.abort('SIGTERM')));
    const wanted = {
      site: server().url,
      names: ['index'],
      modes: MODES,
      json: false,
      quiet: false,
      withinMs: AMPLE_MS,
    };
    const over = replayAll(wanted, { browser: hung, signal: ending.signal }, () => expect.fail('it was replayed'));
    await expect(over).rejects.toBe('SIGTERM');
  });

  it('is the command npm run verify -- --against, which says nothing on a timer while all is well', async () => {
    const command = async (...args: string[]): Promise<{ exitCode: number | null; printed: string }> => {
      const child = spawn(process.execPath, [join(ROOT, 'commands/verify-site/main.ts'), ...args], { cwd: ROOT });
      let printed = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      return await new Promise((settle) => child.once('close', (exitCode) => settle({ exitCode, printed })));
    };
    const one = ['--against', server().url, 'cockroach-sql'];
    expect(await command(...one, '--quiet')).toEqual({ exitCode: 0, printed: '' });
    const { exitCode, printed } = await command(...one, '--mode', 'secure', '--json');
    expect(exitCode).toBe(0);
    const lines = printed.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ page: '/cockroach-sql.html', mode: 'secure', outcome: 'right', steps: 1, faults: [] }),
      { exitCode: 0, leftOut: [], isCutShort: false },
    ]);
    expect(await command('--against', server().url, 'no-such-page')).toMatchObject({ exitCode: 2 });
    expect(await command('--against', 'http://127.0.0.1:9')).toMatchObject({ exitCode: 1 });
  });
});
