// @ts-check
/** Something that set-up cannot do. The message is one sentence for the person at the keyboard, with the command to type where there is one. */
export class SetupProblem extends Error {}
