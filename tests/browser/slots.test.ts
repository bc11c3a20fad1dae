import type { Locator, Page } from 'playwright-core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ClaimRequest, SandboxInfo } from '../../shared/protocol.ts';
import type { Reader } from '../../commands/client/reader.ts';
import { withoutSandbox } from '../support/shared-server.ts';
import { STEP, type TutorialPage } from './tutorial-page.ts';
import { useTroubledPage } from './troubled-page.ts';

const CLAIM: ClaimRequest = { mode: 'insecure' };
/** The first in the queue; how long it will take is not known yet. */
const NEXT = /All clusters of this server are in use\. You are next in the queue[.;]/;

/** Resolves when the server has refused that many more claims of the page. */
async function answered(page: Page, claims: number): Promise<void> {
  for (let count = 0; count < claims; count += 1)
    await page.waitForResponse((answer) => answer.url().endsWith('/api/sandboxes') && answer.status() === 503);
}

/** Asks until it is this reader's turn. */
async function untilServed(reader: Reader): Promise<SandboxInfo> {
  for (;;) {
    const { status, body } = await reader.ask<SandboxInfo>('POST', '/api/sandboxes', CLAIM);
    if (status !== 503) return body;
  }
}

describe.skipIf(withoutSandbox)('a person finds all slots taken', { timeout: 120_000 }, () => {
  let page: Page;
  let tutorial: TutorialPage;
  const { reader } = useTroubledPage((troubled) => ({ page, tutorial } = troubled));

  /**
   * Ends the reader's cluster with a statement, and has another reader take its slot. Returns a function that frees the
   * slot.
   */
  const loseToAnother = async (step: string): Promise<() => Promise<void>> => {
    await tutorial.edit(step, "SELECT crdb_internal.force_panic('enough')");
    await tutorial.press(step);
    await tutorial.shows(step, /What was done in it is lost/);
    const other = reader();
    const { id } = await vi.waitUntil(() => other.claim('insecure').catch(() => undefined), {
      timeout: 30_000,
      interval: 200,
    });
    const free = (): Promise<void> => other.reset(id);
    onTestFinished(free);
    return free;
  };

  it('a press waits and says so, can be cancelled, and goes on by itself when a slot is free', async () => {
    const other = reader();
    const { id } = await other.claim('insecure');
    await tutorial.press(STEP.install);
    await tutorial.shows(STEP.install, NEXT);
    await tutorial.press(STEP.install);
    await tutorial.shows(STEP.install, /You stopped it before it began/);
    await tutorial.press(STEP.install);
    await tutorial.shows(STEP.install, NEXT);
    await other.reset(id);
    await tutorial.shows(STEP.install, /Requirement already satisfied/);
  });

  it('readers are served in the order in which they pressed, and see their places', async () => {
    const other = reader();
    const { id } = await other.claim('insecure');
    const earlier = reader();
    expect((await earlier.ask('POST', '/api/sandboxes', CLAIM)).status).toBe(503);
    const insisting = untilServed(earlier);
    await tutorial.press(STEP.install);
    await tutorial.shows(STEP.install, /You are number 2 in the queue/);
    expect(await tutorial.cluster.innerText()).toContain('You are number 2 in the queue');
    await other.reset(id);
    const theirs = await insisting;
    await tutorial.shows(STEP.install, NEXT);
    await earlier.reset(theirs.id);
    await tutorial.shows(STEP.install, /Requirement already satisfied/);
  });

  it('a reader who leaves makes room for one who waits, and is told when they come back', async () => {
    await tutorial.press(STEP.install);
    await tutorial.shows(STEP.install, /Requirement already satisfied/);
    const other = reader();
    expect((await other.ask('POST', '/api/sandboxes', CLAIM)).status).toBe(503);
    const address = page.url();
    await page.goto('about:blank');
    const { id } = await untilServed(other);
    await page.goto(address);
    await expect
      .poll(() => tutorial.cluster.innerText(), { timeout: 60_000 })
      .toContain('removed because you had closed the pages that used it');
    await other.reset(id);
  });

  it('“New cluster” waits and says so, can be cancelled, and goes on with a Run pressed meanwhile', async () => {
    const step = STEP.createUser.insecure;
    const free = await loseToAnother(step);
    await page.evaluate(() => {
      const said: string[] = (window.seen = []);
      const status = document.querySelector('[data-status]')!;
      new MutationObserver(() => status.textContent && said.push(status.textContent)).observe(status, {
        childList: true,
      });
    });
    const bar = (name: string): Locator => tutorial.cluster.getByRole('button', { name, exact: true });
    await bar('New cluster').click();
    await expect.poll(() => tutorial.cluster.innerText(), { timeout: 30_000 }).toMatch(NEXT);
    // It has asked again meanwhile, and been told the same.
    await answered(page, 2);
    const said = await page.evaluate(() => window.seen);
    expect(said).toEqual([expect.stringMatching(NEXT)]);
    await bar('Stop waiting').click();
    await tutorial.tells(/^You stopped waiting/);
    await expect.poll(() => tutorial.cluster.innerText(), { timeout: 60_000 }).toContain('stopped it');

    await bar('New cluster').click();
    await expect.poll(() => tutorial.cluster.innerText(), { timeout: 30_000 }).toMatch(NEXT);
    await tutorial.edit(step, 'SELECT 1 AS one');
    await tutorial.press(step);
    await tutorial.shows(step, NEXT);
    await free();
    await tutorial.ends(step);
    await expect.poll(() => tutorial.cluster.innerText(), { timeout: 60_000 }).toContain('Your cluster is ready');
    expect([await bar('New cluster').count(), await bar('Stop waiting').count()]).toEqual([0, 0]);
  });

  it('a Run that waits together with “New cluster” goes on when that is cancelled', async () => {
    const step = STEP.createUser.insecure;
    const free = await loseToAnother(step);
    await tutorial.cluster.getByRole('button', { name: 'New cluster' }).click();
    await tutorial.edit(step, 'SELECT 1 AS one');
    await tutorial.press(step);
    await tutorial.cluster.getByRole('button', { name: 'Stop waiting' }).click();
    await tutorial.shows(step, NEXT);
    expect(await tutorial.cluster.innerText()).toMatch(NEXT);
    await free();
    await tutorial.ends(step);
  });
});
