import { readStored } from '../ui/storage.ts';

/** Under which the panel of the data is remembered in this tab, and tells others that it opens. */
export const PANEL_KEY = 'bankrun:data';

/** How the panel of the data was left. */
export interface PanelMemory {
  isOpen?: boolean;
  /** Its title. */
  table?: string | undefined;
}

/** What is remembered; nothing where storage is refused or holds nonsense. */
export const recallPanel = (): PanelMemory | undefined => readStored(() => sessionStorage, PANEL_KEY);
