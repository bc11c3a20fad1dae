import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Balancer, withoutBalancer } from '../deploy/balancer.ts';
import { startMachine, type StartedMachine } from '../deploy/machines.ts';
import { withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { TerminalPage } from './terminal-page.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

const NAMES = ['one', 'two'];
const SLOTS = { MAX_SLOTS: '3' };
/** The page asks the server every 1.5 s. */
const WATCH = { timeout: 60_000, interval: 100 };

describe.skipIf(withoutSandbox)('a person on a site of two machines, over HTTPS', { timeout: 300_000 }, () => {
  const open = useChromium();
  let folder = '';
  let machines: StartedMachine[] = [];
  let balancer: Balancer | undefined;
  let page: Page;
  let tutorial: TutorialPage;

  beforeEach(async ({ skip }) => {
    skip(withoutBalancer !== undefined, withoutBalancer);
    folder = mkdtempSync(join(tmpdir(), 'bankrun-certificate-'));
    machines = await Promise.all(NAMES.map((name) => startMachine(name, SLOTS)));
    const site = (balancer = await Balancer.start(machines, selfSigned(folder)));
    await expect.poll(async () => Object.fromEntries(await site.states()), WATCH).toEqual({ one: 'UP 4', two: 'UP 4' });
    page = await open({ ignoreHTTPSErrors: true });
    tutorial = new TutorialPage(page);
    await tutorial.visit(site.url, 'insecure');
    await tutorial.press(STEP.createUser.insecure);
    await tutorial.ends(STEP.createUser.insecure);
  });
  afterEach(async () => {
    await balancer?.stop();
    balancer = undefined;
    await Promise.all(machines.splice(0).map(({ server }) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  /** Returns the machine that the browser's cookie names. */
  const machine = async (): Promise<StartedMachine> => {
    const cookies = await page.context().cookies();
    const pin = cookies.find(({ name }) => name === 'bankrun_machine');
    expect(pin).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax' });
    expect(cookies.map(({ name }) => name)).toContain('__Host-bankrun_reader');
    return machines.find(({ name }) => name === pin?.value.split('|')[0])!;
  };

  it('has a terminal; when their machine dies, the page says so, and Run gets a new cluster on the other', async () => {
    const step = STEP.createUser.insecure;
    const terminal = new TerminalPage(page);
    await terminal.openTerminal();
    await terminal.enter('echo $((20 + 3))', '23');
    const first = await machine();
    await first.server.kill();
    await expect.poll(() => tutorial.cluster.innerText(), WATCH).toContain('What was done in it is lost');
    await tutorial.press(step);
    await tutorial.ends(step);
    expect((await machine()).name).not.toBe(first.name);
  });

  it('goes on when their machine drains, is told so, and by “New cluster” moves to the other', async () => {
    const first = await machine();
    first.server.signal('SIGUSR2');
    await expect
      .poll(() => tutorial.cluster.innerText(), WATCH)
      .toMatch(/will soon be replaced, and starts no more clusters\. Your cluster is ready; it is kept for/);
    await tutorial.press(STEP.install);
    await tutorial.ends(STEP.install);
    expect((await machine()).name).toBe(first.name);
    await tutorial.reset();
    await tutorial.press(STEP.createUser.insecure);
    await tutorial.ends(STEP.createUser.insecure);
    expect((await machine()).name).not.toBe(first.name);
    expect(await first.server.ended).toBe(0);
  });
});

/** Returns the path of a new certificate for this machine, with its key. */
function selfSigned(folder: string): string {
  const [key, certificate, both] = ['key', 'certificate', 'both'].map((name) => join(folder, `${name}.pem`));
  const options = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
  execFileSync('openssl', ['req', ...options, '-keyout', key!, '-out', certificate!], { stdio: 'pipe' });
  writeFileSync(both!, readFileSync(certificate!, 'utf8') + readFileSync(key!, 'utf8'), { mode: 0o600 });
  return both!;
}
