import type { LostCause } from '../protocol.ts';

/** Returns why the reader's cluster no longer exists; `memoryBytes` is its memory limit. */
export function lostSentence(cause: LostCause, memoryBytes: number): string {
  switch (cause) {
    case 'expired':
      return 'Your cluster was removed because it was not used for a while, or had lived its full time.';
    case 'left':
      return 'Your cluster was removed because you had closed the pages that used it.';
    case 'reset':
      return 'Your cluster was reset.';
    case 'out-of-memory':
      return `Your cluster ran out of memory (the limit is ${memoryBytes >> 20} MiB) and was ended.`;
    case 'engine-ended':
      return 'The database process in your cluster ended: one of your statements or commands stopped it.';
    case 'drained':
      return 'Your cluster was drained (`cockroach node drain`) and takes no more clients.';
    case 'agent-lost':
      return 'Your cluster stopped answering and was removed.';
    case 'shutdown':
      return 'The server was shut down, and your cluster with it.';
  }
}
