import type { TerminalBeginning } from '../../shared/protocol.ts';
import { LONGEST_SEQUENCE_BYTES, unfinishedBytes } from './whole-bytes.ts';

/** How far a page is in what a program sends: which of its bytes came, and which of those are on the screen. */
export class StreamPosition {
  #key: string | undefined;
  #came: number;
  #drawn: number;
  #tail = new Uint8Array();
  /** Before that position all is old: some page drew it, and answered what it asked. */
  #old = 0;

  /** Goes on from what was kept, if anything was. */
  constructor(kept?: { key: string; bytes: number }) {
    this.#key = kept?.key;
    this.#came = this.#drawn = kept?.bytes ?? 0;
  }

  /** From where a line goes on that was broken; undefined before there was one. */
  get came(): { key: string; bytes: number } | undefined {
    return this.#key === undefined ? undefined : { key: this.#key, bytes: this.#came };
  }

  /** From where the screen goes on that is kept now: not from within a sequence, half of which nobody could draw. */
  get drawn(): { key: string; bytes: number } | undefined {
    return this.#key === undefined ? undefined : { key: this.#key, bytes: this.#drawn - unfinishedBytes(this.#tail) };
  }

  /** True when another program was here before. */
  begin({ key, bytes, old = 0 }: TerminalBeginning, continues: boolean): boolean {
    const isAnother = this.#key !== undefined && this.#key !== key;
    this.#key = key;
    if (!continues) {
      this.#came = this.#drawn = bytes;
      this.#tail = new Uint8Array();
      this.#old = bytes + old;
    }
    return isAnother;
  }

  /** True for bytes that are old. */
  come({ length }: Uint8Array): boolean {
    this.#came += length;
    return this.#came <= this.#old;
  }

  draw(bytes: Uint8Array): void {
    this.#drawn += bytes.length;
    const last = bytes.subarray(-LONGEST_SEQUENCE_BYTES);
    const tail = new Uint8Array(this.#tail.length + last.length);
    tail.set(this.#tail);
    tail.set(last, this.#tail.length);
    this.#tail = tail.slice(-LONGEST_SEQUENCE_BYTES);
  }
}
