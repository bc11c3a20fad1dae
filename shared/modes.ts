/** The two modes, in the order that a page shows them. */
export const MODES = ['secure', 'insecure'] as const;

/** How the cluster of a sandbox talks to its clients. */
export type Mode = (typeof MODES)[number];

/** The names of the modes for readers. */
export const MODE_NAMES: Record<Mode, string> = { secure: 'Secure', insecure: 'Insecure' };

/** Whether a text is the name of a mode. */
export function isMode(text: string): text is Mode {
  return (MODES as readonly string[]).includes(text);
}
