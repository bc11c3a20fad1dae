import type { Place } from '../../../server/sandbox/place.ts';
import type { LostCause, Mode } from '../../../server/protocol.ts';

/** A place without a container: what the table of sandboxes, the pool and the slots see of one. */
export interface FakePlace {
  place: Place;
  disposed: () => boolean;
  /** Ends it, as the kernel or the reader would. */
  lose: (cause: LostCause) => void;
}

export function fakePlace(mode: Mode): FakePlace {
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
    lost,
    lostSoon: () => Promise.resolve(undefined),
    dispose: () => {
      disposed = true;
      return Promise.resolve();
    },
  };
  return { place: place as unknown as Place, disposed: () => disposed, lose };
}
