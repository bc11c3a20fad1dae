import type { Duplex } from 'node:stream';

/**
 * What a cluster needs from the container that it runs in. The interface is declared here so that `cluster/` does not
 * depend on a runtime.
 */
export interface ClusterHost {
  run(
    request: { account: 'reader' | 'engine'; argv: string[]; cwd?: string; timeoutMs: number; outputBytes: number },
    onOutput: (stream: 'stdout' | 'stderr', bytes: Buffer) => void,
  ): { ended: Promise<{ exitCode: number }> };
  startEngine(argv: string[], env?: Record<string, string>): Promise<void>;
  readonly engineEnded: Promise<{ exitCode: number; log: string }>;
  /** Resolves when the container no longer exists. */
  readonly closed: Promise<{ reason: string }>;
  readFile(account: 'reader' | 'engine', path: string, maxBytes: number): Promise<Buffer>;
  writeFile(account: 'reader' | 'engine', path: string, bytes: Buffer | string, mode?: number): Promise<void>;
  connect(port: number): Duplex;
}
