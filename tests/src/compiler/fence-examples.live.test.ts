import { beforeAll, describe, expect, test } from 'vitest';
import { MODES } from '../../../shared/modes.ts';
import { compareOutput, explainDifference } from '../../../shared/expectation/compare.ts';
import { printedText } from '../../../shared/expectation/printed.ts';
import type { RunEvent } from '../../../shared/protocol.ts';
import { stepsIn, type PageStep } from '../../../shared/step.ts';
import { FENCE_FORMS } from '../../../src/compiler/fence-table.ts';
import { endOf, type Reader } from '../../../commands/client/reader.ts';
import { useOwnServer, withoutSandbox } from '../../support/shared-server.ts';
import { buildFrom } from './build-page.ts';

/** All examples but those of code that is only shown. */
const EXAMPLES = FENCE_FORMS.filter(({ is }) => is !== 'code').flatMap(({ is, example, parts }) => [
  { name: is, example },
  ...parts.map((part) => ({ name: `${is} ${part.name}${part.value === undefined ? '' : '='}`, example: part.example })),
]);

/** Returns what is wrong with a step that ran, as one text; empty when nothing is. */
function wrongWith({ step, expected, fails }: PageStep, events: RunEvent[]): string {
  const from = events.findIndex((event) => event.type === 'begin' && event.step === step.id);
  const own = events.slice(from, events.findIndex((event) => event.type === 'done' && event.step === step.id) + 1);
  const done = own.at(-1);
  if (done?.type !== 'done') return `${step.id} was not done`;
  const compared = expected && compareOutput(expected, printedText(own), new Map());
  const asSaid =
    fails === undefined
      ? done.ok
      : !done.ok &&
        [undefined, done.exitCode].includes(fails.exitCode) &&
        [undefined, done.sqlState].includes(fails.sqlState);
  return [asSaid ? '' : JSON.stringify(done), compared && !compared.fits ? explainDifference(compared) : ''].join('');
}

describe.skipIf(withoutSandbox).each(MODES)('the examples of fences, %s', { timeout: 120_000 }, (mode) => {
  const { reader } = useOwnServer({});
  let me: Reader;
  let id: string;
  beforeAll(async () => {
    me = reader();
    ({ id } = await me.claim(mode));
  });

  test.each(EXAMPLES)('run as they say: $name', async ({ example }) => {
    const steps = stepsIn(buildFrom(example).steps, mode);
    expect(steps.length).toBeGreaterThan(0);
    const { events } = await me.run(
      id,
      steps.map(({ step }) => step),
    );
    expect(steps.map((step) => wrongWith(step, events))).toEqual(steps.map(() => ''));
    expect(endOf(events)).toEqual({ type: 'end', reason: 'finished' });
  });
});
