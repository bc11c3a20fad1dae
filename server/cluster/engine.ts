import type { EngineInfo } from '../../shared/protocol.ts';

/**
 * An engine on this machine: anything that behaves like the `cockroach` command, and what a sandbox needs to hold it.
 */
export interface Engine extends EngineInfo {
  /** Host paths that the container must see, read-only. */
  mounts: { source: string; destination: string }[];
  /** See `ContainerRequest.overlay`. */
  overlay?: { lower: string; destination: string };
  /** Directory in the container that holds the `cockroach` command. */
  path: string;
  /** Environment that the command needs in the container. No secrets. */
  env: Record<string, string>;
  /** Hard memory cap of a sandbox with it, bytes. */
  memoryBytes: number;
  /** Arguments of `start-single-node` beside those of the mode. */
  startArguments: string[];
}
