import type { TerminalBeginning, TerminalEnd } from '../../../shared/terminal-protocol.ts';
import type { TerminalViewer } from '../../../server/sandbox/terminal.ts';

/** A page that records what it receives. */
export interface RecordedViewer extends TerminalViewer {
  beginning: TerminalBeginning | undefined;
  ending: TerminalEnd | undefined;
  shown(): string;
  shownBytes(): number;
  tookBytes(): number;
}

/**
 * Returns such a page. `onShow` is called with the number of bytes as they arrive, for example to draw them at once.
 */
export function recordedViewer(onShow: (bytes: number) => void = () => undefined): RecordedViewer {
  const pieces: Buffer[] = [];
  let tookBytes = 0;
  let ended = false;
  const alive = (): void => {
    if (ended) throw new Error('a page heard something after the end');
  };
  const viewer: RecordedViewer = {
    beginning: undefined,
    ending: undefined,
    begin: (beginning) => {
      alive();
      viewer.beginning = beginning;
    },
    show: (bytes) => {
      alive();
      if (!viewer.beginning) throw new Error('a page was shown something before it began');
      pieces.push(bytes);
      onShow(bytes.length);
    },
    took: (bytes) => {
      alive();
      tookBytes += bytes;
    },
    end: (end) => {
      alive();
      ended = true;
      viewer.ending = end;
    },
    shown: () => Buffer.concat(pieces).toString(),
    shownBytes: () => pieces.reduce((sum, { length }) => sum + length, 0),
    tookBytes: () => tookBytes,
  };
  return viewer;
}
