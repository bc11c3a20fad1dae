import type { CommonParts, ContainerRequest } from './runtime.ts';
import type { ContainerLimits } from './container-limits.ts';

/** The input for a container's configuration: the request, and what the runtime adds. */
export interface SpecInput {
  request: ContainerRequest;
  limits: ContainerLimits;
  pids: number;
  /** The path on the host of the shared, read-only root file system; see `rootfs.ts`. */
  rootfs: string;
  /** Files and folders of the agent's interpreter outside of `systemFolders`, mounted at the same paths. */
  interpreterParts: string[];
  /** What all containers have in addition to their requests. */
  common: CommonParts;
  /** The folders of /usr to mount; see `system-folders.ts`. */
  systemFolders: string[];
  /** Relative to each controller's mount point. */
  cgroupPath: string;
  /** The first of 16 host uids and gids that only this container uses. */
  firstHostId: number;
  /** The host uid and gid that the engines of all sandboxes share; it owns the lower directory of an overlay. */
  engineHostId: number;
  /** Whether this kernel can limit memory and swap together. */
  limitsSwap: boolean;
  /** Whether to mount an overlay; otherwise its destination is a tmpfs, to be filled from `OVERLAY_LOWER`. */
  mountsOverlay: boolean;
  /** Arguments for the agent. */
  agentArguments: string[];
  /** Identifies the server that started the container. */
  label: string;
}
