import { MODES } from '../../shared/modes.ts';
import type { Mode } from '../../shared/protocol.ts';
import type { CertificateStock } from './certificate-stock.ts';
import type { SandboxTable } from './sandbox-table.ts';
import type { Slots } from './slots.ts';
import type { WarmPool } from './warm-pool.ts';

/** How much of what there is now, for the operator. */
export interface Figures {
  slots: { total: number; free: number };
  /** Readers' sandboxes. */
  sandboxes: Record<Mode, { ready: number; running: number }>;
  /** Readers who wait for a new sandbox. */
  waiting: Record<Mode, number>;
  /** Clusters of the warm pool. */
  warm: Record<Mode, number>;
  /** Sets of certificates that were made ahead. */
  certificates: number;
  /** Open terminals, with or without a page that shows them. */
  terminals: number;
}

/** The figures of a server whose runs are off. */
export const NO_FIGURES: Figures = {
  slots: { total: 0, free: 0 },
  sandboxes: byMode(() => ({ ready: 0, running: 0 })),
  waiting: byMode(() => 0),
  warm: byMode(() => 0),
  certificates: 0,
  terminals: 0,
};

/** Returns the figures of these. */
export function figuresOf({
  slots,
  sandboxes,
  pool,
  stock,
}: {
  slots: Slots;
  sandboxes: SandboxTable;
  pool: WarmPool;
  stock: CertificateStock;
}): Figures {
  const { live, waiting } = sandboxes;
  const count = (mode: Mode, state: string): number =>
    live.filter((sandbox) => sandbox.mode === mode && sandbox.info().state === state).length;
  return {
    slots: { total: slots.total, free: slots.free },
    sandboxes: byMode((mode) => ({ ready: count(mode, 'ready'), running: count(mode, 'running') })),
    waiting: byMode((mode) => waiting.filter((one) => one === mode).length),
    warm: byMode((mode) => pool.clusters.filter((cluster) => cluster.mode === mode).length),
    certificates: stock.size,
    terminals: live.reduce((sum, { openTerminals }) => sum + openTerminals, 0),
  };
}

function byMode<T>(of: (mode: Mode) => T): Record<Mode, T> {
  const [secure, insecure] = MODES;
  return { secure: of(secure), insecure: of(insecure) };
}
