import { HELD_KEY } from '../api/held-key.ts';

// Whoever has a cluster has not left while any page of this site is open.
try {
  if (localStorage.getItem(HELD_KEY)) void import('../api/presence.ts').catch(() => undefined);
} catch {
  // The reader refuses storage.
}
