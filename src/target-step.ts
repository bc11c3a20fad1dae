/**
 * Returns the step that pressing Run on block `id` runs: the block's own step or, when that is a file, the next step
 * that is not one. `steps` are the page's steps in one mode. Returns undefined when there is no such step.
 */
export function targetOf<T extends { id: string; kind: string }>(steps: readonly T[], id: string): T | undefined {
  const at = steps.findIndex((step) => step.id === id);
  return at < 0 ? undefined : steps.slice(at).find(({ kind }) => kind !== 'file');
}
