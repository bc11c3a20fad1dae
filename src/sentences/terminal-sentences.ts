import { counted } from './counted.ts';

/** The line is broken; the drawer tries by itself. */
export const AWAY_SENTENCE = 'The connection broke; reconnecting…';
/** The line is there again. */
export const BACK_SENTENCE = 'The terminal is back.';
/** Another page took it. */
export const TAKEN_SENTENCE = 'This terminal is now open in another of your pages.';
/** Its program ended, and not with an error. */
const EXITED_SENTENCE = 'It has ended.';
/** Came back, and another program was there than was left. */
export const NEW_SENTENCE = 'The program that ran here has ended; this is a new one.';
/** What stands in the pane until the program says something. */
export const STARTING_SENTENCE = 'Starting…';

/** How a program ended. */
export function exitSentence(exitCode: number | undefined): string {
  return exitCode === undefined || exitCode === 0 ? EXITED_SENTENCE : `It has ended, with exit code ${exitCode}.`;
}

/** For those who do not see it open. */
export const OPENED_SENTENCE =
  'The terminal is open. Type, or press F6 to go there; F6 leaves it again. ' +
  'Its “Screen reader” button has it read aloud.';
/** Another shell runs where one was to begin. */
export const OTHER_SHELL_SENTENCE = 'Another SQL shell is open here.';
/** Of a shell that a step has opened: what one of the two does in a transaction, or sets, the other does not see. */
export const OWN_SESSION_SENTENCE =
  'This shell and the page’s SQL steps are two sessions; each sees what the other has committed.';
/** The step that opens the shell did not succeed. */
export const NOT_REACHED_SENTENCE = 'The step did not succeed, so its shell was not opened.';
/** The same of a step's command. */
export const NOT_TYPED_SENTENCE = 'A step before it did not succeed, so it was not typed.';

/** Pasted or offered text goes to a program, and not to a shell that waits for it. */
export const PROGRAM_GETS_IT = 'The program that is running in the terminal gets it.';

/** Asks whether so many lines are to go into the terminal; `verb`: `Paste`. */
export const pasteQuestion = (verb: string, lines: number): string =>
  `${verb} ${lines > 1 ? counted(lines, 'line') : 'this'}?`;

/** What to know of a text before it goes into the terminal. */
export function pasteSentences(text: { runs: boolean; leftOut: number; shown: number | undefined }): string[] {
  return [
    ...(text.runs ? ['Each complete line runs at once.'] : []),
    ...(text.leftOut > 0
      ? [`${counted(text.leftOut, 'control character')} ${text.leftOut === 1 ? 'is' : 'are'} left out.`]
      : []),
    ...(text.shown !== undefined ? [`The first ${text.shown} are shown.`] : []),
  ];
}

/** For those who do not see the list of completions. */
export const completionSentence = (count: number, chosen: string): string =>
  `${counted(count, 'completion')}: ${chosen}. Tab takes it.`;
