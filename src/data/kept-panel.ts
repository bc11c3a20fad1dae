import { readStored } from '../ui/storage.ts';

/** The key of the data panel's state in `sessionStorage`. */
export const PANEL_KEY = 'bankrun:data';

/** The state of the data panel. */
export interface PanelMemory {
  isOpen?: boolean;
  /** The title of the table that is shown. */
  table?: string | undefined;
}

/** Returns the stored state; undefined when there is none or storage is refused. */
export const recallPanel = (): PanelMemory | undefined => readStored(() => sessionStorage, PANEL_KEY);
