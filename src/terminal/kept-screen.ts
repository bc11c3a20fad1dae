import type { Mode } from '../../shared/protocol.ts';
import { readStored, writeStored } from '../ui/storage.ts';

/** What a tab of the browser keeps of a terminal, so that a reload finds its last screen. */
export interface KeptScreen {
  /** Names the program. */
  key: string;
  /** Bytes of it that are on the screen. */
  bytes: number;
  columns: number;
  rows: number;
  /** Escape sequences that draw the screen and what scrolled off it. */
  screen: string;
}

/** The terminals that a tab has open: of which cluster, the command line of the shell, and what they showed. */
export interface KeptTerminal {
  sandbox: string;
  command?: string | undefined;
  shown?: KeptScreen | undefined;
}

/** What is kept of the drawer. */
export interface KeptDrawer {
  isOpen: boolean;
  mode: Mode;
  /** The terminal that is shown. */
  number: number;
}

/** A screen with more than this is kept without what scrolled off it, characters. */
export const MOST_CHARACTERS = 200_000;

const DRAWER = 'bankrun:drawer';
const keyOf = (mode: Mode, number: number): string => `bankrun:terminal:${mode}:${number}`;

/** Keeps a terminal for a reload; undefined forgets it. Where storage is full, the server sends what it has. */
export function keepTerminal(mode: Mode, number: number, kept: KeptTerminal | undefined): void {
  writeStored(() => sessionStorage, keyOf(mode, number), kept);
}

/** What was kept of a terminal; undefined where there was none, or it makes no sense. */
export function recallTerminal(mode: Mode, number: number): KeptTerminal | undefined {
  const kept = readStored<Partial<KeptTerminal>>(() => sessionStorage, keyOf(mode, number));
  if (typeof kept?.sandbox !== 'string') return undefined;
  const { sandbox, command, shown } = kept;
  return { sandbox, ...(typeof command === 'string' && { command }), ...(shown && isScreen(shown) && { shown }) };
}

/** Keeps how the drawer is; undefined: closed. */
export function keepDrawer(drawer: KeptDrawer | undefined): void {
  writeStored(() => sessionStorage, DRAWER, drawer);
}

/** How the drawer was left; undefined when it was closed. */
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
