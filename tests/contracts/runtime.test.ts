import { afterAll, beforeAll } from 'vitest';
import { describeBackground } from './runtime/background.ts';
import { describeEnd } from './runtime/end.ts';
import { describeEngine } from './runtime/engine.ts';
import { describeFiles } from './runtime/files.ts';
import { SharedContainer } from './runtime/shared-container.ts';
import { describePython } from './runtime/python.ts';
import { describeRuns } from './runtime/runs.ts';
import { describeRuntimes } from './runtime/runtimes.ts';
import { describeSelfTest } from './runtime/self-test.ts';
import { describeTerminalUse } from './runtime/terminal-use.ts';
import { describeTerminals } from './runtime/terminals.ts';
import { describeTunnels } from './runtime/tunnels.ts';

/** The contract that every runtime must fulfil. */
describeRuntimes((name) => {
  const shared = new SharedContainer();
  beforeAll(() => shared.open(name));
  afterAll(() => shared.close());

  describeRuns(shared);
  describePython(shared);
  describeBackground(shared);
  describeFiles(shared);
  describeEngine(shared);
  describeTunnels(shared);
  describeTerminals(shared);
  describeTerminalUse(shared);
  describeEnd(shared);
  describeSelfTest(name);
});
