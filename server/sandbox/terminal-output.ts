import type { Duplex } from 'node:stream';
import { TERMINAL_WINDOW_BYTES } from '../../shared/limits.ts';
import { BACKLOG_BYTES } from './terminal-limits.ts';
import { TerminalPace } from './terminal-pace.ts';
import { TerminalTail } from './terminal-tail.ts';

const NOTHING = Buffer.alloc(0);

/**
 * What a program prints, on its way to the page that watches: as fast as the page draws it and no faster than is fair
 * to others; when it waits, the program does. Nothing is dropped that the page may still ask for.
 */
export class TerminalOutput {
  readonly #stream: Duplex;
  readonly #tail = new TerminalTail();
  #show: ((bytes: Buffer) => void) | undefined;
  #restoring: Buffer = NOTHING;
  /** Positions: what comes next, and up to where the page has drawn. */
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
   * Goes on from that position, if what follows it is held, else from the beginning of what is. Gives the position of
   * the first byte that will be shown, whether something before it is lost to a screen that begins with it, and how
   * many of those that will be were shown before.
   */
  seek(from: number | undefined): { bytes: number; isCut: boolean; old: number } {
    this.hide();
    const isHeld = from !== undefined && from >= this.#tail.start && from <= this.#tail.end;
    const entry = isHeld ? { bytes: from, restoring: NOTHING } : this.#tail.entry();
    this.#restoring = entry.restoring;
    const before = this.#sent;
    // Counted as if they stood before it, so that a page need not tell them apart.
    this.#sent = entry.bytes - entry.restoring.length;
    this.#drawn = this.#sent;
    return { bytes: this.#sent, isCut: !isHeld && entry.bytes > 0, old: isHeld ? 0 : Math.max(0, before - this.#sent) };
  }

  /** Shows to a page what follows, until `hide`. */
  show(show: (bytes: Buffer) => void): void {
    this.#show = show;
    this.#pump();
  }

  hide(): void {
    this.#show = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The page has drawn so many more. False when it never got as many. */
  drawn(bytes: number): boolean {
    if (this.#drawn + bytes > this.#sent) return false;
    this.#drawn += bytes;
    this.#pump();
    return true;
  }

  /** The program has sent its last byte: calls that when a page was shown it. */
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

  /** What could be sent now as far as the page goes. */
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
