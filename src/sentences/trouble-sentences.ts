import { AWAY_ADVICE, OTHERS_WORK } from './cluster-sentences.ts';

/** Heads of results that something went wrong with. */
export const TROUBLE_HEADS = {
  stopped: 'Stopped',
  left: 'Left',
  lostResult: 'Result lost',
  notRun: 'Not run',
  lostConnection: 'Connection lost',
};

/** Stop was pressed before the server had taken the run. */
export const STOPPED_EARLY = 'You stopped it before it began.';
/** Stop was pressed while the connection was broken. */
export const LEFT_RUNNING = 'You stopped waiting for it; it may still be running in your cluster.';

/** The connection broke for good while it ran; `why` is the sentence for that. */
export const brokenRunSentence = (why: string): string => `${why} The code may still be running. ${AWAY_ADVICE}`;
/** The server was not reached; `why` is the sentence for that. */
export const notReachedSentence = (why: string): string => `${why} ${AWAY_ADVICE} Try again when it is back.`;

/** What the server refused in a step's code: its sentence begins with the field's path, which readers do not know. */
export const refusedCodeSentence = (sentence: string): string =>
  sentence.replace(/^steps\.\d+\.(?:text|command|statements):/, 'The code');

/** A step as sentences name it. */
export const namedStep = (number: number, title: string): string => `step ${number}, ${title}`;
/** In the step that was pressed: an earlier one did not succeed. */
export const earlierStepFailed = (step: string): string => `This needs ${step}, which did not succeed.`;
/** The same, where Stop was pressed during the earlier one. */
export const stoppedAtStep = (step: string): string => `You stopped it at ${step}.`;
/** The same, where something went wrong on our side during it. */
export const troubleAtStep = (step: string, sentence: string): string => `It had reached ${step}. ${sentence}`;

/** Stop was pressed; `rest` is what became of the later steps. */
export const stoppedSentence = (rest = ''): string => `You stopped it. ${rest}`.trim();
/** Steps after the one that a run ended in; empty when there are none. */
export const notRunSentence = (left: number): string =>
  left > 0 ? `${left} later step${left === 1 ? ' was' : 's were'} not run.` : '';
/** A step failed in a cluster that another page had used. */
export const OTHERS_REASON = `${OTHERS_WORK} That may be why.`;

/** A reset was refused, or could not be done: `why` says why. */
export const notReset = (why: string): string => `${why} Nothing was reset.`;
/** The same of stopping a background program. */
export const notStopped = (why: string): string => `${why} Nothing was stopped.`;
/** The same of rolling a transaction back. */
export const notRolledBack = (why: string): string => `${why} Nothing was rolled back.`;
/** The cluster was removed. */
export const RESET_DONE = 'Your cluster was reset. The next Run starts a new one.';
/** A background program was stopped. */
export const stoppedProgram = (title: string): string => `Stopped: ${title}.`;
/** "New cluster" has one. */
export const RENEWED = 'A new cluster is ready.';
/** "Stop waiting" was pressed. */
export const RENEWAL_STOPPED = 'You stopped waiting for a new cluster.';

/** Labels of what can be done about it. */
export const REMEDY_LABELS = {
  again: 'Try again',
  rest: 'Get the rest',
  runAgain: 'Run again',
  runAgainFresh: 'Run again in a new cluster',
  runFresh: 'Run in a new cluster',
  rollBack: 'Roll back',
};
/** The label of the way to a step. */
export const showStepLabel = (number: number): string => `Show step ${number}`;
