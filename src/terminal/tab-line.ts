import type { TerminalEnd } from '../../shared/terminal-protocol.ts';
import { troubleOf } from '../api/trouble.ts';
import type { OnWait } from '../runner/cluster/shared-claim.ts';
import { waitAnnouncer } from '../runner/cluster/wait-announcer.ts';
import { CLUSTER_MISSING, DATA_LOST } from '../sentences/cluster-sentences.ts';
import {
  AWAY_SENTENCE,
  BACK_SENTENCE,
  exitSentence,
  NEW_SENTENCE,
  NOT_REACHED_SENTENCE,
  NOT_TYPED_SENTENCE,
  OTHER_SHELL_SENTENCE,
  OWN_SESSION_SENTENCE,
  TAKEN_SENTENCE,
} from '../sentences/terminal-sentences.ts';
import { announce } from '../ui/status.ts';

/** What the drawer's line says about a terminal, and a button for what the reader can do about it. */
export interface Told {
  sentence: string;
  remedy?: { label: string; press: () => void };
}

/** The sentence about one terminal in the drawer's line, with a button for what the reader can do about it. */
export class TabLine {
  /** Undefined when there is nothing to say. */
  told: Told | undefined;
  readonly #redraw: () => void;

  /** `redraw` redraws the drawer's line. */
  constructor(redraw: () => void) {
    this.#redraw = redraw;
  }

  /** Removes the sentence. */
  clear(): void {
    this.#say(undefined);
  }

  /** Returns a function that says why a cluster is not there yet. */
  waiting(): OnWait {
    const announceWait = waitAnnouncer();
    return (words) => {
      announceWait(words);
      this.#say(words.long);
    };
  }

  /** Says why there is no cluster. Logs an unexpected cause. */
  tellTrouble(cause: unknown, again: () => void): void {
    const trouble = troubleOf(cause, { gaveUp: false, hasBegun: false });
    if (trouble.unknown) console.error(cause);
    this.#offer(trouble.sentence, 'Try again', again);
  }

  /** Says that the step that opens the shell did not succeed. */
  tellNotReached(open: () => void): void {
    this.#offer(NOT_REACHED_SENTENCE, 'Open it', open);
  }

  /** Says that a command was not typed, because the step that it needs did not succeed. */
  tellNotTyped(): void {
    this.#say(NOT_TYPED_SENTENCE);
    announce(NOT_TYPED_SENTENCE);
  }

  /** Says that a shell with another command line is running. */
  tellOtherShell(start: () => void): void {
    this.#offer(OTHER_SHELL_SENTENCE, 'Start the new one', start);
  }

  /** Says that the shell's session is not that of the page's steps. */
  tellOwnSession(): void {
    this.#offer(OWN_SESSION_SENTENCE, 'OK', () => this.clear());
  }

  /** Says that the connection is broken. */
  tellAway(tryNow: () => void): void {
    this.#offer(AWAY_SENTENCE, 'Try now', tryNow);
  }

  /** Announces that the connection is back, if there is a sentence, which is then out of date. */
  announceBack(): void {
    if (this.told !== undefined) announce(BACK_SENTENCE);
  }

  /** Says that another program is running than the page has shown. */
  tellNew(): void {
    this.#say(NEW_SENTENCE);
  }

  /** Says why a terminal has ended whose cluster may still exist. `bring` takes it back from another page. */
  tellEnd({ reason, exitCode, message }: TerminalEnd, { again, bring }: Record<'again' | 'bring', () => void>): void {
    if (reason === 'taken') this.#offer(TAKEN_SENTENCE, 'Bring it here', bring);
    else this.#offer(message ?? exitSentence(exitCode), reason === 'refused' ? 'Try again' : 'Start again', again);
  }

  /** Says that the cluster is gone, with the cause if it is known. */
  tellGone(cause: string | undefined, start: () => void): void {
    this.#offer(`${cause ?? CLUSTER_MISSING} ${DATA_LOST}`, 'New cluster', start);
  }

  /** Shows and announces a sentence, with a button for what the reader can do about it. */
  #offer(sentence: string, label: string, press: () => void): void {
    this.told = { sentence, remedy: { label, press } };
    announce(sentence);
    this.#redraw();
  }

  /** Shows a sentence without announcing it; undefined removes it. */
  #say(sentence: string | undefined): void {
    this.told = sentence === undefined ? undefined : { sentence };
    this.#redraw();
  }
}
