import type { ChildProcess } from 'node:child_process';

/** Why a program without pipes was not started. */
export const NO_DESCRIPTORS = 'The server has no file descriptors left for another program.';

/** Whether a child has got its pipes: Node makes none, against its types, when the file descriptors are used up. */
export function hasPipes(child: ChildProcess): boolean {
  return (child.stderr as ChildProcess['stderr'] | undefined) !== undefined;
}
