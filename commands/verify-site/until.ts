const POLL_MS = 50;

/** What was waited for did not come. */
export class TimeIsUp extends Error {}

/** Waits until `holds` resolves to true. `deadlineMs` is by `performance.now()`. Throws TimeIsUp. */
export async function until(holds: () => Promise<boolean>, deadlineMs: number): Promise<void> {
  while (!(await holds())) {
    if (performance.now() >= deadlineMs) throw new TimeIsUp();
    await new Promise((settle) => setTimeout(settle, POLL_MS));
  }
}
