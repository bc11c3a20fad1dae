import type { Container } from '../../../server/oci/container.ts';
import { openTestRuntime, runIn, startEcho, type TestRuntime } from '../../server/oci/test-runtime.ts';
import type { RuntimeName } from './runtimes.ts';

/**
 * What the parts of the contract share: a container whose engine echoes, and a way to make more. Open it before use.
 */
export class SharedContainer {
  #testRuntime: TestRuntime | undefined;
  #container: Container | undefined;
  #isClosing = false;

  async open(name: RuntimeName): Promise<void> {
    this.#testRuntime = await openTestRuntime(name);
    this.#container = await this.#testRuntime.create({ env: { GREETING: 'hello' }, path: ['/opt/engine'] });
    void this.#container.closed.then(({ reason }) => {
      if (!this.#isClosing) console.log(`the shared container of ${name} ended: ${reason}`);
    });
    await startEcho(this.#container);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#testRuntime?.dispose();
  }

  get testRuntime(): TestRuntime {
    if (!this.#testRuntime) throw new Error('the container is not open');
    return this.#testRuntime;
  }

  get container(): Container {
    if (!this.#container) throw new Error('the container is not open');
    return this.#container;
  }

  /** Runs a line of bash as the reader. */
  bash(command: string, options: Parameters<typeof runIn>[2] = {}): ReturnType<typeof runIn> {
    return runIn(this.container, ['/bin/bash', '-c', command], options);
  }

  /** Makes a container for one use. */
  async withContainer(
    use: (own: Container) => Promise<void>,
    request: Parameters<TestRuntime['create']>[0] = {},
  ): Promise<void> {
    const own = await this.testRuntime.create(request);
    try {
      await use(own);
    } finally {
      await own.dispose();
    }
  }
}
