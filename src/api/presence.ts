import { readStored, writeStored } from '../ui/storage.ts';
import { HELD_KEY } from './held-key.ts';

/** Names this page, as it is open in this tab, to the server. */
const page = `p${Math.random().toString(36).slice(2)}`;
/** The sandboxes that this page has told the server it may use. */
const told = new Set<string>();

const held = (): string[] => readStored<string[]>(() => localStorage, HELD_KEY) ?? [];
const address = (id: string, what: 'here' | 'away'): string => `/api/sandboxes/${id}/${what}?page=${page}`;

/** Tells the server that this page may use a sandbox. All pages of the site do so from then on, while it exists. */
export function hold(id: string): void {
  if (!held().includes(id)) writeStored(() => localStorage, HELD_KEY, [...held(), id].slice(-4));
  if (!told.has(id)) void come(id);
}

async function come(id: string): Promise<void> {
  told.add(id);
  const answer = await fetch(address(id, 'here'), { method: 'POST' }).catch(() => undefined);
  if (answer?.status !== 404 && answer?.status !== 410) return;
  told.delete(id);
  const rest = held().filter((one) => one !== id);
  writeStored(() => localStorage, HELD_KEY, rest.length > 0 ? rest : undefined);
}

// A page that the browser keeps for "back" counts as left, too: most are never shown again.
addEventListener('pagehide', () => {
  for (const id of told) navigator.sendBeacon(address(id, 'away'));
});
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) for (const id of told) void come(id);
});
for (const id of held()) void come(id);
