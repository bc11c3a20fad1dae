import type { QueryResult } from '../../../server/cluster/sql-session.ts';
import type { ClusterContainer } from '../../../server/sandbox/cluster-container.ts';
import type { ProcessEnd } from '../../../server/oci/container.ts';
import type { LostCause, Mode } from '../../../shared/protocol.ts';
import { fakeContainer } from './fake-container.ts';
import { fakeSession } from './fake-session.ts';

/** A fake of a cluster's container, with what the sandbox table, runs, the warm pool and slots use. */
export interface FakeClusterContainer {
  clusterContainer: ClusterContainer;
  disposed: () => boolean;
  /** Ends the container, as the kernel or the reader would. */
  lose: (cause: LostCause) => void;
}

const NOTHING: QueryResult = { columns: [], rows: [], tag: '', count: 0 };

/**
 * What happens in it: a program prints these chunks, alternately to stdout and stderr; a statement gets this answer; a
 * file is written.
 */
interface Doings {
  prints?: string[];
  answer?: () => QueryResult;
  writeFile?: () => Promise<void>;
}

export function fakeClusterContainer(
  mode: Mode,
  { prints = [], answer = () => NOTHING, writeFile = () => Promise.resolve() }: Doings = {},
): FakeClusterContainer {
  let disposed = false;
  let lose: (cause: LostCause) => void = () => undefined;
  const lost = new Promise<LostCause>((settle) => {
    lose = settle;
  });
  const clusterContainer: ClusterContainer = {
    mode,
    engine: { name: 'fake', version: 'v0', standIn: true },
    memoryBytes: 256 << 20,
    readyMs: 1,
    container: fakeContainer({
      writeFile,
      run: (_, onOutput) => {
        let killed = false;
        const ended = Promise.resolve().then((): ProcessEnd => {
          for (let index = 0; index < prints.length && !killed; index += 1)
            onOutput(index % 2 === 0 ? 'stdout' : 'stderr', Buffer.from(prints[index]!));
          return killed ? { exitCode: 137, cut: 'killed', ms: 1 } : { exitCode: 0, ms: 1 };
        });
        return { ended, kill: () => (killed = true) };
      },
    }),
    cluster: {
      open: async () => fakeSession({ query: async () => answer() }),
    },
    lost,
    lostSoon: () => Promise.resolve(undefined),
    dispose: () => {
      disposed = true;
      return Promise.resolve();
    },
  };
  return { clusterContainer, disposed: () => disposed, lose };
}
