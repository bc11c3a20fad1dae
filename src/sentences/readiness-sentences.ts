import { AWAY_ADVICE } from './cluster-sentences.ts';

/** Why nothing can run now: as a sentence, in a word or two, and as a clause. */
export interface Off {
  sentence: string;
  word: string;
  /** For the end of a sentence about something else. */
  clause: string;
}

/** The engine is too old for the page, which needs that version; `unmet` as `unmetNeed` returns it. */
export const tooOld = (needed: string, unmet: string): Off => ({
  sentence: `This tutorial ${unmet}. ${AWAY_ADVICE}`,
  word: `Needs ${needed}`,
  clause: 'the engine that runs here is too old for this page',
});

/** The server's answer is late. */
export const NO_ANSWER: Off = {
  sentence: `The server that runs the code does not answer. ${AWAY_ADVICE}`,
  word: 'No answer',
  clause: 'the server that runs code does not answer',
};

/** The server cannot be reached. */
export const UNREACHED: Off = {
  sentence: `The server that runs the code cannot be reached. ${AWAY_ADVICE}`,
  word: 'Server away',
  clause: 'the server that runs code cannot be reached now',
};

/** The server says that no sandbox can be had, and mostly why. */
export const runsOff = (reason: string | undefined): Off => ({
  sentence: runsOffSentence(reason),
  word: 'Runs are off',
  clause: 'the server runs no code now',
});

/** The same as a sentence alone. */
export function runsOffSentence(reason = 'the server does not say why.'): string {
  return `Nothing can be run now: ${reason}`;
}
