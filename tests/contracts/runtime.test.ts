import { afterAll, beforeAll, describe } from 'vitest';
import { findRuntimes } from '../../server/setup/runtime.mjs';
import { WITHOUT_SANDBOX } from '../server/oci/sandbox-ground.ts';
import { describeBackground } from './runtime/background.ts';
import { describeEnd } from './runtime/end.ts';
import { describeEngine } from './runtime/engine.ts';
import { describeFiles } from './runtime/files.ts';
import { Place } from './runtime/place.ts';
import { describePython } from './runtime/python.ts';
import { describeRuns } from './runtime/runs.ts';
import { describeTunnels } from './runtime/tunnels.ts';

/** What every runtime must do, whichever is on this machine; runc must be. */
const RUNTIMES: ('runc' | 'runsc')[] = ['runc'];
if (findRuntimes('runsc').length > 0) RUNTIMES.push('runsc');
else console.log('runsc: skipped, for it is not on this machine');
if (WITHOUT_SANDBOX) console.log(`the runtimes’ contract ${WITHOUT_SANDBOX}`);

describe.skipIf(WITHOUT_SANDBOX).each(RUNTIMES)('%s', (name) => {
  const place = new Place();
  beforeAll(() => place.open(name));
  afterAll(() => place.close());

  describeRuns(place);
  describePython(place);
  describeBackground(place);
  describeFiles(place);
  describeEngine(place);
  describeTunnels(place);
  describeEnd(place);
});
