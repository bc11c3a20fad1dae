/**
 * Loads the code that is needed only once there is a result: the comparison, and the shell's format for rows. Rejects
 * when the server cannot be reached.
 */
export const loadJudgement = (): Promise<typeof import('./judgement.ts')> => import('./judgement.ts');
