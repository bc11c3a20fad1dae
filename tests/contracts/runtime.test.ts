import { afterAll, beforeAll } from 'vitest';
import { describeBackground } from './runtime/background.ts';
import { describeEnd } from './runtime/end.ts';
import { describeEngine } from './runtime/engine.ts';
import { describeFiles } from './runtime/files.ts';
import { Place } from './runtime/place.ts';
import { describePython } from './runtime/python.ts';
import { describeRuns } from './runtime/runs.ts';
import { describeRuntimes } from './runtime/runtimes.ts';
import { describeSelfTest } from './runtime/self-test.ts';
import { describeTerminalUse } from './runtime/terminal-use.ts';
import { describeTerminals } from './runtime/terminals.ts';
import { describeTunnels } from './runtime/tunnels.ts';

/** What every runtime must do. */
describeRuntimes((name) => {
  const place = new Place();
  beforeAll(() => place.open(name));
  afterAll(() => place.close());

  describeRuns(place);
  describePython(place);
  describeBackground(place);
  describeFiles(place);
  describeEngine(place);
  describeTunnels(place);
  describeTerminals(place);
  describeTerminalUse(place);
  describeEnd(place);
  describeSelfTest(name);
});
