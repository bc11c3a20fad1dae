import type { Mode } from '../../shared/protocol.ts';

/** A heading in a page's table of contents. `mode` is null when both modes show it. */
export interface ContentsEntry {
  depth: number;
  id: string;
  text: string;
  mode: Mode | null;
}
