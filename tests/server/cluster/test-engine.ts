import type { Engine } from '../../../server/cluster/engine.ts';

/** An engine that is never started: its containers are fake. */
export const ENGINE: Engine = {
  name: 'CockroachDB',
  version: 'v26.2.5',
  standIn: false,
  mounts: [],
  path: '/opt/cockroach',
  env: {},
  memoryBytes: 1,
  startArguments: [],
};
