import { receive } from '../share/received.ts';
import { openShare } from '../share/share-panel.ts';
import { openTakeHome } from '../take-home/home-panel.ts';

/** What a reader can open on a page with steps, by the name that its buttons have in `data-opens`. */
export const PANELS = { share: openShare, 'take-home': openTakeHome, received: receive };

/** A panel, as `data-opens` has it. */
export type PanelName = keyof typeof PANELS;
