import { counted } from '../../src/sentences/counted.ts';
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

/** Returns the lines about a page whose text is wrong; none when it is right. */
export function mistakeLines({ slug, mistakes, others }: SourceTutorial): string[] {
  const all = [...mistakes, ...others];
  if (all.length === 0) return [];
  const sum = `${counted(all.length, 'mistake')} in its sources${mistakes.length > 0 ? ', so it was not run' : ''}`;
  return [`WRONG  ${slug}: ${sum}`, ...all.map(indented)];
}

/** Returns what else was checked; after a fault, only what was reached. */
function rest({ checked, faults }: Verification): string[] {
  const isReached = faults.length === 0;
  return [
    ...(checked.effects ? ['effects checked'] : isReached ? ['no effects'] : []),
    ...(checked.functions > 0
      ? [`${counted(checked.functions, 'function')} executed`]
      : isReached
        ? ['no functions named']
        : []),
  ];
}

function indented(text: string): string {
  return INDENT + text.replaceAll('\n', `\n${INDENT}`);
}
