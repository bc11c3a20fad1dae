import type { Mode } from '../../shared/protocol.ts';
import { readStored, writeStored } from '../ui/storage.ts';

/** What a browser tab stores of a terminal's screen, so that a reload restores it. */
export interface KeptScreen {
  /** The key of the program. */
  key: string;
  /** How many bytes of the program's output are on the screen. */
  bytes: number;
  columns: number;
  rows: number;
  /** Escape sequences that draw the screen and its scrollback. */
  screen: string;
}

/** An open terminal: its cluster, its shell's command line, and its screen. */
export interface KeptTerminal {
  sandbox: string;
  command?: string | undefined;
  shown?: KeptScreen | undefined;
}

/** The stored state of the drawer. */
export interface KeptDrawer {
  isOpen: boolean;
  mode: Mode;
  /** The number of the terminal that is shown. */
  number: number;
}

/** The most characters of a stored screen. A longer one is stored without its scrollback. */
export const MAX_CHARACTERS = 200_000;

const DRAWER = 'bankrun:drawer';
const keyOf = (mode: Mode, number: number): string => `bankrun:terminal:${mode}:${number}`;

/**
 * Stores a terminal for a reload; undefined forgets it. If storage is full, the server sends its own copy of the
 * output.
 */
export function keepTerminal(mode: Mode, number: number, kept: KeptTerminal | undefined): void {
  writeStored(() => sessionStorage, keyOf(mode, number), kept);
}

/** Returns the stored terminal; undefined when there is none or it is not valid. */
export function recallTerminal(mode: Mode, number: number): KeptTerminal | undefined {
  const kept = readStored<Partial<KeptTerminal>>(() => sessionStorage, keyOf(mode, number));
  if (typeof kept?.sandbox !== 'string') return undefined;
  const { sandbox, command, shown } = kept;
  return { sandbox, ...(typeof command === 'string' && { command }), ...(shown && isScreen(shown) && { shown }) };
}

/** Stores the state of the drawer; undefined means closed. */
export function keepDrawer(drawer: KeptDrawer | undefined): void {
  writeStored(() => sessionStorage, DRAWER, drawer);
}

/** Returns the stored state of the drawer; undefined when it was closed. */
export function recallDrawer(): KeptDrawer | undefined {
  return readStored<KeptDrawer>(() => sessionStorage, DRAWER);
}

function isScreen({ key, bytes, columns, rows, screen }: Partial<KeptScreen>): boolean {
  const isSize = (size: unknown): boolean => Number.isInteger(size) && (size as number) > 0 && (size as number) < 2000;
  return (
    typeof key === 'string' &&
    Number.isSafeInteger(bytes) &&
    isSize(columns) &&
    isSize(rows) &&
    typeof screen === 'string'
  );
}
