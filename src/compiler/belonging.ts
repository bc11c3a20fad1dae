import type { Mode } from '../../shared/protocol.ts';
import type { PageStep } from '../../shared/step.ts';
import type { Mistake } from './mistake.ts';

/** What a `text` fence gives to the step above it. */
export type Belonging = 'output' | 'input';

const WORDS = {
  output: { name: 'expected output', expected: 'a step that prints it, above it and in the same mode' },
  input: { name: 'input', expected: 'a shell step that reads it, above it and in the same mode' },
};

/** Returns why what is expected or read in `mode` cannot belong to the step above it; undefined when it can. */
export function whyNotBelow(
  what: Belonging,
  above: PageStep | undefined,
  mode: Mode | null,
): Pick<Mistake, 'found' | 'expected'> | undefined {
  const { name, expected } = WORDS[what];
  if (!above) return { found: `${name} without a step`, expected };
  const { step, source } = above;
  if (step.kind === 'file')
    return {
      found: `${name} below the file \`${step.path}\`, which ${what === 'output' ? 'prints' : 'reads'} nothing`,
      expected,
    };
  if (what === 'input' && step.kind === 'sql') return { found: 'input below a SQL step, which reads none', expected };
  if (above.mode !== null && mode === null)
    return { found: `${name} for both modes below a step of ${above.mode} mode only`, expected };
  if (above.mode === null && mode !== null)
    return {
      found: `${name} for ${mode} mode only below a step of both modes`,
      expected: 'it outside the mode section, because it is shown and checked wherever the step is',
    };
  if (what === 'output' ? above.expected : step.kind === 'shell' && step.input !== undefined)
    return { found: `a second ${name} for the step at line ${source.line}`, expected: 'only one' };
  return undefined;
}
