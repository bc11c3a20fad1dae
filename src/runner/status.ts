import { waitStatus } from './sentences.ts';

/** Tells screen readers the outcome, in the page's one live region. The same sentence twice is told twice. */
export function tellStatus(text: string): void {
  const status = document.querySelector('[data-status]');
  if (!status) return;
  status.textContent = '';
  requestAnimationFrame(() => {
    status.textContent = text;
  });
}

/** Tells of a wait: once for each reason, where the eye sees every second. */
export function waitTeller(): (reason: string) => void {
  let told: string | undefined;
  return (reason) => {
    if (reason !== told) tellStatus(waitStatus(reason));
    told = reason;
  };
}
