import { receive } from '../share/received.ts';
import { openShare } from '../share/share-panel.ts';
import { openTakeHome } from '../take-home/home-panel.ts';

/** The panels of a page with steps, by the names that buttons have in `data-opens`. */
export const PANELS = { share: openShare, 'take-home': openTakeHome, received: receive };

/** The name of a panel, as in `data-opens`. */
export type PanelName = keyof typeof PANELS;
