import type { Page } from 'playwright-core';

/** What browsers print in the console when they refuse something or cannot understand a header. */
const COMPLAINT = /content.security.policy|permissions.policy|violates|refused|unrecognized/i;

/**
 * Collects what a page's policies refuse, what it requests from other origins, and scripts that fail. The returned
 * array keeps growing.
 */
export async function complaintsOf(page: Page, origin: string): Promise<string[]> {
  const complaints: string[] = [];
  await page.exposeFunction('complain', (complaint: string) => complaints.push(complaint));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
      window.complain(`${violatedDirective} refused ${blockedURI} (${sourceFile}:${lineNumber})`);
    });
  });
  page.on('console', (message) => {
    if (COMPLAINT.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) complaints.push(`asked ${request.url()}`);
  });
  return complaints;
}
