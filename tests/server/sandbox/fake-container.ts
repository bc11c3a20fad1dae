import type { Container } from '../../../server/oci/container.ts';

const never = new Promise<never>(() => undefined);
const refuse = (): never => {
  throw new Error('This container is a fake, and cannot do that.');
};

/** Returns a container that keeps running and supports only the methods that are passed here. */
export function fakeContainer(given: Partial<Container>): Container {
  return {
    id: 'fake',
    run: refuse,
    preload: async () => refuse(),
    startEngine: async () => refuse(),
    engineEnded: never,
    writeFile: async () => refuse(),
    readFile: async () => refuse(),
    connect: refuse,
    openTerminal: refuse,
    usage: async () => refuse(),
    setShares: async () => undefined,
    socketBytes: async () => refuse(),
    endRuns: refuse,
    end: refuse,
    closed: never,
    dispose: async () => undefined,
    ...given,
  };
}
