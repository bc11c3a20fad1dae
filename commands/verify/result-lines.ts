import { recordedModes } from '../../shared/recording.ts';
import type { SourceTutorial } from './tutorial.ts';
import type { Verification } from './verification.ts';

const INDENT = '       ';

/** What a verification's lines say besides what the verification has. */
interface Said {
  seconds: number;
  /** The step that was wanted alone. */
  only?: string | undefined;
  /** A clause about the recording; undefined when it was not looked at. */
  recording?: string | undefined;
}

/** Returns the lines about a verification: what was checked, in the first, and then each fault. */
export function verificationLines(verification: Verification, { seconds, only, recording }: Said): string[] {
  const { tutorial, mode, faults, steps, sandbox } = verification;
  const word = faults.length === 0 ? 'right' : 'WRONG';
  const parts = [
    only === undefined
      ? counted(steps.length, 'step')
      : `step ${only} after ${counted(steps.length - 1, 'step')} above it`,
    `${counted(verification.checked.outputs, 'output')} compared`,
    ...(only === undefined ? rest(verification) : ['effects and recording not looked at']),
    ...(recording === undefined ? [] : [recording]),
  ];
  const where = `${seconds.toFixed(1)} s on ${sandbox.engine.name} ${sandbox.engine.version}`;
  return [`${word}  ${tutorial}, ${mode}: ${parts.join(', ')}; ${where}`, ...faults.map(indented)];
}

/** Returns the lines about a page that could not be run. */
export function mistakeLines({ slug, steps, mistakes }: SourceTutorial): string[] {
  const modes = recordedModes(steps).join(' and ');
  return [`WRONG  ${slug}${modes === '' ? '' : `, ${modes}`}: not run, because of its text`, ...mistakes.map(indented)];
}

function rest({ checked }: Verification): string[] {
  return [
    checked.effects ? 'effects checked' : 'no effects',
    checked.functions > 0 ? `${counted(checked.functions, 'function')} executed` : 'no functions named',
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function indented(text: string): string {
  return INDENT + text.replaceAll('\n', `\n${INDENT}`);
}
