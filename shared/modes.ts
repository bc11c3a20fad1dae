import type { Mode } from './protocol.ts';

/** The two modes, in the order that a page shows them. */
export const MODES: readonly Mode[] = ['secure', 'insecure'];

/** What readers see a mode called. */
export const MODE_NAMES: Record<Mode, string> = { secure: 'Secure', insecure: 'Insecure' };
