/** A command cannot do what it was asked. The message is a sentence for whoever typed it, with what to do instead. */
export class Refusal extends Error {}

/** Prints why a command ended, and returns its exit code: 2 after a refusal, 1 after anything that was not foreseen. */
export function exitCodeAfter(cause: unknown): number {
  console.error(cause instanceof Error ? cause.message : cause);
  return cause instanceof Refusal ? 2 : 1;
}
