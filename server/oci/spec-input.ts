import type { CommonParts, ContainerRequest } from './runtime.ts';
import type { ContainerLimits } from './container-limits.ts';

/** What confines a container: the request, and what the runtime adds to it. */
export interface SpecInput {
  request: ContainerRequest;
  limits: ContainerLimits;
  pids: number;
  /** The shared, read-only root on the host; see `rootfs.ts`. */
  rootfs: string;
  /** What the agent's interpreter consists of, where that is in none of `systemFolders`: mounted at the same paths. */
  interpreterParts: string[];
  /** What all containers have besides what their requests name. */
  common: CommonParts;
  /** Folders of /usr; see `system-folders.ts`. */
  systemFolders: string[];
  /** Below each controller's mount. */
  cgroupPath: string;
  /** First of 16 host uids, and gids, that are this container's alone. */
  firstHostId: number;
  /** The host uid, and gid, common to all sandboxes' engines: the lower directory of an overlay belongs to it. */
  engineHostId: number;
  /** Whether a limit of memory and swap together can be set on this kernel. */
  limitsSwap: boolean;
  /** Else the overlay's destination is plain memory, to be filled from `OVERLAY_LOWER`. */
  mountsOverlay: boolean;
  /** Words that the agent is started with. */
  agentArguments: string[];
  /** Marks containers as ours: who started it. */
  label: string;
}
