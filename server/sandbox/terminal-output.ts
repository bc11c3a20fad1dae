import type { Duplex } from 'node:stream';
import { TERMINAL_WINDOW_BYTES } from '../../shared/limits.ts';
import { BACKLOG_BYTES } from './terminal-limits.ts';
import { TerminalPace } from './terminal-pace.ts';
import { TerminalTail } from './terminal-tail.ts';

const NOTHING = Buffer.alloc(0);

/**
 * Sends a program's output to the page that watches it, as fast as the page draws it and as is fair to others. When too
 * much is unsent, the program is paused. Output that the page may still request is kept.
 */
export class TerminalOutput {
  readonly #stream: Duplex;
  readonly #tail = new TerminalTail();
  #show: ((bytes: Buffer) => void) | undefined;
  #restoring: Buffer = NOTHING;
  /** The positions up to which output was sent and drawn. */
  #sent = 0;
  #drawn = 0;
  readonly #pace = new TerminalPace();
  #timer: NodeJS.Timeout | undefined;
  #whenShown: (() => void) | undefined;

  constructor(stream: Duplex) {
    this.#stream = stream;
    stream.on('data', (bytes: Buffer) => {
      this.#tail.append(bytes);
      this.#pump();
    });
  }

  /**
   * Continues from that position if it is still in the tail, otherwise from the tail's beginning. Returns the position
   * of the first byte that will be shown, whether output before it is missing, and how many of the bytes to be shown
   * were already shown before.
   */
  seek(from: number | undefined): { bytes: number; isCut: boolean; old: number } {
    this.hide();
    const isHeld = from !== undefined && from >= this.#tail.start && from <= this.#tail.end;
    const entry = isHeld ? { bytes: from, restoring: NOTHING } : this.#tail.entry();
    this.#restoring = entry.restoring;
    const before = this.#sent;
    // The restoring sequences count as bytes before the position, so that the page need not distinguish them.
    this.#sent = entry.bytes - entry.restoring.length;
    this.#drawn = this.#sent;
    return { bytes: this.#sent, isCut: !isHeld && entry.bytes > 0, old: isHeld ? 0 : Math.max(0, before - this.#sent) };
  }

  /** Shows the output that follows to a page, until `hide`. */
  show(show: (bytes: Buffer) => void): void {
    this.#show = show;
    this.#pump();
  }

  /** Stops showing output. */
  hide(): void {
    this.#show = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Notes that the page has drawn that many more bytes. Returns false when they were never sent. */
  drawn(bytes: number): boolean {
    if (this.#drawn + bytes > this.#sent) return false;
    this.#drawn += bytes;
    this.#pump();
    return true;
  }

  /** Notes that the program has ended. Calls `whenShown` when all of its output was shown to a page. */
  end(whenShown: () => void): void {
    this.#whenShown = whenShown;
    this.#pump();
  }

  #pump(): void {
    if (this.#show && !this.#timer) this.#send(this.#show);
    if (this.#waitingBytes() >= BACKLOG_BYTES) this.#stream.pause();
    else if (this.#stream.isPaused()) this.#stream.resume();
    if (this.#show && this.#waitingBytes() === 0) this.#whenShown?.();
  }

  #send(show: (bytes: Buffer) => void): void {
    for (let most = this.#most(); most > 0; most = this.#most()) {
      const allowed = this.#pace.allowedBytes();
      if (allowed === 0) {
        this.#timer = setTimeout(() => {
          this.#timer = undefined;
          this.#pump();
        }, this.#pace.leftMs());
        return;
      }
      const bytes = this.#next(Math.min(most, allowed));
      this.#sent += bytes.length;
      this.#pace.count(bytes.length);
      show(bytes);
    }
  }

  /** Returns how many bytes the page's window allows to be sent now. */
  #most(): number {
    return this.#show ? Math.min(this.#waitingBytes(), TERMINAL_WINDOW_BYTES - (this.#sent - this.#drawn)) : 0;
  }

  #next(most: number): Buffer {
    if (this.#restoring.length === 0) return this.#tail.read(this.#sent, most);
    const restoring = this.#restoring;
    this.#restoring = NOTHING;
    return restoring;
  }

  #waitingBytes(): number {
    return this.#tail.end - this.#sent;
  }
}
