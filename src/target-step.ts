/**
 * The step that a press on a block of these, which are a page's in one mode, does: its own, or of a file the next one,
 * which uses it. Undefined where there is none.
 */
export function targetOf<T extends { id: string; kind: string }>(steps: readonly T[], id: string): T | undefined {
  const at = steps.findIndex((step) => step.id === id);
  return at < 0 ? undefined : steps.slice(at).find(({ kind }) => kind !== 'file');
}
