import type { Page } from 'playwright-core';

/** What a page cannot do without. Answers of the API are not among them: the page words their failures itself. */
const PARTS = new Set(['document', 'font', 'image', 'script', 'stylesheet']);
const MOST = 10;

/** Collects scripts that fail and parts of the page that cannot be loaded, as sentences. The array keeps growing. */
export function brokenPartsOf(page: Page): string[] {
  const broken: string[] = [];
  const note = (sentence: string): void => {
    if (broken.length < MOST && !broken.includes(sentence)) broken.push(sentence);
  };
  page.on('pageerror', (error) => note(`a script of the page failed: ${error.message}`));
  page.on('response', (response) => {
    if (PARTS.has(response.request().resourceType()) && response.status() >= 400)
      note(`${response.url()} is answered with status ${response.status()}`);
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? 'no answer';
    // Pages drop what they no longer need.
    if (PARTS.has(request.resourceType()) && why !== 'net::ERR_ABORTED')
      note(`${request.url()} cannot be loaded: ${why}`);
  });
  return broken;
}
