import type { TerminalBeginning } from '../../shared/terminal-protocol.ts';
import { LONGEST_SEQUENCE_BYTES, unfinishedBytes } from './whole-bytes.ts';

/** A page's position in a program's output: how many bytes it has received, and how many of them are on the screen. */
export class StreamPosition {
  #key: string | undefined;
  #came: number;
  #drawn: number;
  #tail = new Uint8Array();
  /** Output before this position is old: some page has already drawn it and answered its questions. */
  #old = 0;

  /** Continues from the stored position, if there is one. */
  constructor(kept?: { key: string; bytes: number }) {
    this.#key = kept?.key;
    this.#came = this.#drawn = kept?.bytes ?? 0;
  }

  /** Where a broken connection continues; undefined before there was one. */
  get came(): { key: string; bytes: number } | undefined {
    return this.#key === undefined ? undefined : { key: this.#key, bytes: this.#came };
  }

  /**
   * Where a screen stored now continues: never within an escape sequence or character, half of which could not be
   * drawn.
   */
  get drawn(): { key: string; bytes: number } | undefined {
    return this.#key === undefined ? undefined : { key: this.#key, bytes: this.#drawn - unfinishedBytes(this.#tail) };
  }

  /** Records the server's first message. Returns whether the terminal ran another program before. */
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

  /** Records received output. Returns whether it is old. */
  come({ length }: Uint8Array): boolean {
    this.#came += length;
    return this.#came <= this.#old;
  }

  /** Records output that is on the screen. */
  draw(bytes: Uint8Array): void {
    this.#drawn += bytes.length;
    const last = bytes.subarray(-LONGEST_SEQUENCE_BYTES);
    const tail = new Uint8Array(this.#tail.length + last.length);
    tail.set(this.#tail);
    tail.set(last, this.#tail.length);
    this.#tail = tail.slice(-LONGEST_SEQUENCE_BYTES);
  }
}
