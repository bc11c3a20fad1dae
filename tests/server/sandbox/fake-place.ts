import type { Place } from '../../../server/sandbox/place.ts';
import type { LostCause, Mode } from '../../../server/protocol.ts';

/** A place without a container: what the table of sandboxes, their runs, the pool and the slots see of one. */
export interface FakePlace {
  place: Place;
  disposed: () => boolean;
  /** Ends it, as the kernel or the reader would. */
  lose: (cause: LostCause) => void;
}

/** What a program in it prints, and whether files can be written; nothing else can be done in it. */
export function fakePlace(mode: Mode, { prints = '', writeFile = () => Promise.resolve() }: { prints?: string; writeFile?: () => Promise<void> } = {}): FakePlace {
  let disposed = false;
  let lose: (cause: LostCause) => void = () => undefined;
  const lost = new Promise<LostCause>((settle) => {
    lose = settle;
  });
  const place = {
    mode,
    engine: { name: 'fake', version: 'v0', standIn: true },
    memoryBytes: 256 << 20,
    readyMs: 1,
    container: {
      writeFile,
      run: (_: unknown, onOutput: (stream: 'stdout', bytes: Buffer) => void) => {
        onOutput('stdout', Buffer.from(prints));
        return { ended: Promise.resolve({ exitCode: 0, ms: 1 }), kill: () => undefined };
      },
    },
    cluster: { open: () => Promise.reject(new Error('there is no database')) },
    lost,
    lostSoon: () => Promise.resolve(undefined),
    dispose: () => {
      disposed = true;
      return Promise.resolve();
    },
  };
  return { place: place as unknown as Place, disposed: () => disposed, lose };
}
