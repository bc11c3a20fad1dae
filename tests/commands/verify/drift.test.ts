import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { driftFaults } from '../../../commands/verify/drift.ts';
import type { Mode } from '../../../shared/protocol.ts';
import type { PageStep } from '../../../shared/step.ts';

let content: string;
beforeEach(() => {
  content = mkdtempSync(join(tmpdir(), 'content-'));
});
afterEach(() => rmSync(content, { recursive: true }));

const version = (mode: Mode, text: string, line = 10): PageStep => ({
  step: { id: `app-${mode}-${line}`, kind: 'file', path: 'app.py', text },
  mode,
  source: { file: 'content/tutorials/a.mdx', line },
});

/** Returns the faults of a page that writes these versions, which are also its samples. */
function faultsOf(...steps: PageStep[]): string[] {
  const uses = new Set<string>();
  for (const [at, { step, mode }] of steps.entries()) {
    const path = `samples/pony/${mode}/v${at}/app.py`;
    mkdirSync(dirname(join(content, path)), { recursive: true });
    if (step.kind === 'file') writeFileSync(join(content, path), `${step.text}\n`);
    uses.add(path);
  }
  const other: PageStep[] = (['secure', 'insecure'] as const).map((mode) => ({
    step: { id: mode, kind: 'shell', command: 'ls' },
    mode,
    source: { file: 'content/tutorials/a.mdx', line: 1 },
  }));
  return driftFaults({ slug: 'a', steps: [...steps, ...other], content, uses });
}

describe('the secure and insecure versions of a file', () => {
  it('may differ in how they connect, and in how many lines that takes', () => {
    expect(
      faultsOf(
        version('secure', 'a = 1\nsslmode="verify-full"\nsslcert="x"\nb = 2'),
        version('insecure', 'a = 1\nsslmode="disable"\nb = 2'),
      ),
    ).toEqual([]);
  });

  it('are shown with the lines in both files where they first differ in something else', () => {
    expect(
      faultsOf(
        version('secure', 'a = 1\nsslmode="verify-full"\nsslcert="x"\nb = 2'),
        version('insecure', 'a = 1\nsslmode="disable"\nb = 3'),
      ),
    ).toEqual([
      'content/samples/pony/secure/v0/app.py:4: found `b = 2` in secure mode and `b = 3` in insecure mode ' +
        '(content/samples/pony/insecure/v1/app.py:3); ' +
        'expected versions of app.py that differ only in how they connect.',
    ]);
    expect(faultsOf(version('secure', 'a = 1'), version('insecure', 'a = 1\nb = 2'))).toEqual([
      expect.stringContaining('found `the end of the file` in secure mode and `b = 2` in insecure mode'),
    ]);
  });

  it('are compared version by version', () => {
    const [first, second] = [version('secure', 'a = 1', 10), version('secure', 'a = 2', 20)];
    const [third, fourth] = [version('insecure', 'a = 1', 11), version('insecure', 'a = 3', 21)];
    expect(faultsOf(first, third, second, fourth)).toEqual([
      expect.stringMatching(/v2\/app\.py:1: found `a = 2` in secure mode and `a = 3` in insecure mode/),
    ]);
  });

  it('must both exist, whichever is missing', () => {
    expect(faultsOf(version('secure', 'a = 1'))).toEqual([expect.stringContaining('found app.py only in secure mode')]);
    expect(faultsOf(version('insecure', 'a = 1'))).toEqual([
      expect.stringContaining('found app.py only in insecure mode'),
    ]);
  });

  it('need not, on a page that has steps in one mode only', () => {
    expect(driftFaults({ slug: 'a', steps: [version('secure', 'a = 1')], content })).toEqual([]);
  });
});
