/** Of what a program printed, only the last lines are shown. */
export const droppedSentence = (shown: number, dropped: number): string =>
  `Only the last ${shown} lines are shown; ${dropped} before them are left out.`;
/** Its long lines are cut. */
export const cutSentence = (characters: number): string => `Lines are cut after ${characters} characters.`;
/** In place of the middle of a long output. */
export const unfoldLabel = (lines: number): string => `⋯ Show all ${lines} lines`;
/** Shows more rows of a long answer. */
export const moreLabel = (rows: number): string => `Show ${rows} more`;
/** In place of the middle of a long answer, as the shell prints it. */
export const leftOutLine = (lines: number): string => `… ${lines} lines left out here`;
/** After the beginning of a text of so many characters. */
export const cutMark = (characters: number): string => `… (${characters} characters)`;
