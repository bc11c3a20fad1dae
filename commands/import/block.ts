import type { Mode } from '../../shared/protocol.ts';
import type { SourcePlace } from '../../shared/step.ts';

/** What becomes of a code block of an imported page. */
type Decision =
  | { is: 'step'; step: StepFence }
  /** Expected output of the step above it; `unsure` says why it may be none, which only a trial can tell. */
  | { is: 'output'; of: Block; text: string; unordered?: boolean; unsure?: string }
  /** A program that a later step runs, written by a file step. */
  | { is: 'file'; path: string; text: Record<Mode, string> }
  | { is: 'shown'; reason: string };

/** The fence of a step: its text, and what follows its language. */
export interface StepFence {
  kind: 'shell' | 'sql';
  /** The text of each mode; both are the same where the modes share the step. */
  text: Record<Mode, string>;
  /** What follows the language, such as `run user=root`. */
  meta: string;
  /** Whether prompts are shown. */
  prompts: boolean;
}

/** A block that the import adds above one of the page's, because that needs it. */
export type Added = ({ is: 'step'; step: StepFence } | { is: 'file'; path: string; text: Record<Mode, string> }) & {
  /** The block whose open transaction it ends, if that is what it is for. */
  ends?: Block;
};

/** A code block of an imported page. */
export interface Block {
  /** Where it is in the page that is imported, or in a file that this page includes. */
  place: SourcePlace;
  /** The language that the page names; empty when it names none. */
  language: string;
  text: string;
  decision: Decision;
  /** What was changed, as clauses. */
  notes: string[];
  added: Added[];
  /** What is added below it, at the end of a page. */
  below: Added[];
  /** Whether it is the later part of a block of the page that was split. */
  goesOn?: boolean;
  /** What a step prints, when the page shows it in the same block. */
  printed?: string;
}

/** Returns a block that is only shown, until something better is decided. */
export function shownBlock(place: SourcePlace, language: string, text: string): Block {
  const decision = { is: 'shown', reason: 'nothing says what it is' } as const;
  return { place, language, text, decision, notes: [], added: [], below: [] };
}
