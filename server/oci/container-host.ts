import type { Cgroups } from './cgroups.ts';
import type { CommonParts } from './runtime.ts';
import type { ContainerLimits } from './container-limits.ts';
import type { HostIds } from './host-ids.ts';
import type { LowerCopies } from './lower-copies.ts';
import type { RuntimeDriver } from './runtime-driver.ts';

/** Everything that the containers of one server have in common. */
export interface ContainerHost {
  driver: RuntimeDriver;
  cgroups: Cgroups;
  hostIds: HostIds;
  engineHostId: number;
  lowerCopies: LowerCopies;
  limits: ContainerLimits;
  pids: number;
  rootfs: string;
  bundles: string;
  interpreterParts: string[];
  common: CommonParts;
  systemFolders: string[];
  label: string;
  /** What could not be limited for some container; see `Runtime.unlimited`. */
  unlimited: Set<string>;
}
