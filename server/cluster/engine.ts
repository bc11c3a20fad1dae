import type { EngineInfo } from '../../shared/protocol.ts';

/**
 * An engine on this machine, that is anything that behaves like the `cockroach` command, and what a sandbox needs to
 * run it.
 */
export interface Engine extends EngineInfo {
  /** Host paths to mount into the container, read-only. */
  mounts: { source: string; destination: string }[];
  /** See `ContainerRequest.overlay`. */
  overlay?: { lower: string; destination: string };
  /** The directory in the container that contains the `cockroach` command. */
  path: string;
  /** Environment variables that the command needs in the container. Must not contain secrets. */
  env: Record<string, string>;
  /** Hard memory limit of a sandbox with this engine, bytes. */
  memoryBytes: number;
  /** Arguments of `start-single-node` in addition to those of the mode. */
  startArguments: string[];
}
