import type { Browser, BrowserContext, Page, Response } from 'playwright-core';
import type { Problem, SandboxInfo } from '../../shared/protocol.ts';
import { brokenPartsOf } from './broken-parts.ts';

const LEAVE_MS = 10_000;

/** How a site answered a reader's claims of a sandbox so far. */
export interface Claims {
  /** When the first was granted, by `performance.now()`. */
  grantedMs?: number;
  /** The last refusal: a stable code, and the sentence for the reader. */
  refused?: { status: number; code: string; message: string };
}

/** A new reader of a site, with a browser context of their own: no cookie, nothing stored. */
export class Visit {
  readonly claims: Claims = {};
  /** See `brokenPartsOf`. */
  readonly broken: readonly string[];
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #sandboxes = new Set<string>();
  #left: Promise<void> | undefined;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    this.broken = brokenPartsOf(page);
    context.on('response', (response) => void this.#note(response));
  }

  static async begin(browser: Pick<Browser, 'newContext'>): Promise<Visit> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    return new Visit(context, await context.newPage());
  }

  /** Removes the reader's sandboxes and closes the page, which ends whatever waits for it. Idempotent. */
  leave(): Promise<void> {
    this.#left ??= (async () => {
      // The site may not answer any more; it removes what is not used.
      await Promise.allSettled(
        [...this.#sandboxes].map((address) => this.#context.request.delete(address, { timeout: LEAVE_MS })),
      );
      await this.#context.close();
    })();
    return this.#left;
  }

  async #note(response: Response): Promise<void> {
    const isClaim = response.request().method() === 'POST' && new URL(response.url()).pathname === '/api/sandboxes';
    if (!isClaim) return;
    const answeredMs = performance.now();
    // A page that is closed meanwhile takes the body with it.
    const body = (await response.json().catch(() => undefined)) as SandboxInfo | Problem | undefined;
    if (body && 'id' in body) {
      this.claims.grantedMs ??= answeredMs;
      this.#sandboxes.add(`${response.url()}/${body.id}`);
    } else {
      const { code = 'unknown', message = '' } = body?.error ?? {};
      this.claims.refused = { status: response.status(), code, message };
    }
  }
}
