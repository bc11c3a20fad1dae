import type { Duplex } from 'node:stream';

/**
 * What a cluster needs of the place it runs in. A container satisfies it; written down here so that `cluster/` knows no
 * runtime.
 */
export interface ClusterHost {
  run(
    request: { account: 'reader' | 'engine'; argv: string[]; cwd?: string; timeoutMs: number; outputBytes: number },
    onOutput: (stream: 'stdout' | 'stderr', bytes: Buffer) => void,
  ): { ended: Promise<{ exitCode: number }> };
  startEngine(argv: string[], env?: Record<string, string>): Promise<void>;
  readonly engineEnded: Promise<{ exitCode: number; log: string }>;
  /** Settles when the place is no more. */
  readonly closed: Promise<{ reason: string }>;
  readFile(account: 'reader' | 'engine', path: string, maxBytes: number): Promise<Buffer>;
  writeFile(account: 'reader' | 'engine', path: string, bytes: Buffer | string, mode?: number): Promise<void>;
  connect(port: number): Duplex;
}
