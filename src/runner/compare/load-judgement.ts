/**
 * Code that is needed when there is a result, and not before: what compares, and the shell's form of rows. Rejects when
 * the server is away.
 */
export const loadJudgement = (): Promise<typeof import('./judgement.ts')> => import('./judgement.ts');
