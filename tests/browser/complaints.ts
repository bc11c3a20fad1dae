import type { Page } from 'playwright-core';

/** What browsers say in the console when something is refused, or a header makes no sense to them. */
const COMPLAINT = /content.security.policy|permissions.policy|violates|refused|unrecognized/i;

/** Gathers what a page does that its policies refuse, what it asks of others, and scripts that fail. */
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
