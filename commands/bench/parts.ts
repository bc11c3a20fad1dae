import { measureBuild } from './measure-build.ts';
import { measureCrowd, measureWarmCrowd } from './measure-crowd.ts';
import { measureFirstOutput } from './measure-first-output.ts';
import { measureLeaks } from './measure-leaks.ts';
import { measurePages } from './measure-pages.ts';
import { measureStarts } from './measure-starts.ts';
import { printStatements } from './measure-statements.ts';
import { printTerminal } from './measure-terminal.ts';

/** A part of the benchmark, which can be run alone by its name. */
export interface Part {
  name: string;
  /** What it takes as a number after its name, and the number without one; undefined when it takes none. */
  count?: { of: string; usual: number };
  /** Whether it takes so long that it only runs when it is named. */
  onlyNamed?: boolean;
  /** Measures and prints. `count` is NaN for a part without one. */
  run: (count: number) => Promise<void> | void;
}

/** All parts, in the order in which they run. */
export const PARTS: readonly Part[] = [
  { name: 'starts', run: measureStarts },
  { name: 'first-output', run: measureFirstOutput },
  { name: 'crowd', count: { of: 'readers', usual: 50 }, run: measureCrowd },
  { name: 'warm-crowd', count: { of: 'readers', usual: 50 }, run: measureWarmCrowd },
  { name: 'leaks', count: { of: 'sandboxes', usual: 2000 }, onlyNamed: true, run: measureLeaks },
  { name: 'terminal', run: printTerminal },
  { name: 'statements', run: printStatements },
  { name: 'pages', run: measurePages },
  { name: 'build', count: { of: 'pages', usual: 1000 }, onlyNamed: true, run: measureBuild },
];
