import { MODES } from '../../shared/modes.ts';
import type { Mode } from '../../shared/protocol.ts';

/** A heading in a page's table of contents. `mode` is null when both modes show it. */
export interface ContentsEntry {
  depth: number;
  id: string;
  text: string;
  mode: Mode | null;
}

/** A table of contents with more entries than this has only two levels of headings. */
const MAX_ENTRIES = 30;

/** Returns the entries that help to find one's way: headings down to `h4`, or to `h3` where there are many. */
export function listedEntries(entries: readonly ContentsEntry[]): ContentsEntry[] {
  const downTo = (depth: number): ContentsEntry[] => entries.filter((entry) => entry.depth <= depth);
  const most = Math.max(...MODES.map((mode) => downTo(4).filter((entry) => [null, mode].includes(entry.mode)).length));
  return downTo(most > MAX_ENTRIES ? 3 : 4);
}
