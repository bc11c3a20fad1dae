import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languageOfFile } from '../../languages/commands.ts';
import type { Language } from '../../languages/language.ts';
import type { Step } from '../../shared/protocol.ts';
import { pathOf, textOf, type PageStep } from '../../shared/step.ts';
import { describeFinding, inSource } from './fault.ts';
import type { Tutorial } from './tutorial.ts';

const FOLDER = join(import.meta.dirname, '../../languages');

/** A program that a tutorial runs, and those of its functions that the page's prose names. */
export interface NamedFunctions {
  language: Language;
  file: string;
  /** The step that writes the program. */
  pageStep: PageStep;
  functions: string[];
}

/** Returns the functions that a program on a page defines and that the page's prose names in code type. */
export function namedFunctions({ wordsInCode = new Set() }: Tutorial, steps: readonly PageStep[]): NamedFunctions[] {
  const names = new Set([...wordsInCode].map((text) => /^([A-Za-z_]\w*)(?:\(\))?$/.exec(text)?.[1]));
  return steps.flatMap((pageStep) => {
    const { step } = pageStep;
    const file = pathOf(step) ?? '';
    const language = languageOfFile(file);
    if (!language || !steps.some((one) => runs(one.step, language, file))) return [];
    const functions = [...textOf(step).matchAll(language.tracing.defined)]
      .map((match) => match[1]!)
      .filter((name) => names.has(name));
    return functions.length > 0 ? [{ language, file, pageStep, functions }] : [];
  });
}

/** Whether a step runs that file as a program, without arguments. */
function runs(step: Step, language: Language, file: string): boolean {
  return step.kind === 'shell' && language.runs.some((word) => step.command === `${word} ${file}`);
}

/** Returns the steps that run a program under the tracer of its language. */
export function traceSteps({ language, file }: NamedFunctions): [write: Step, trace: Step] {
  const { tracer, command } = language.tracing;
  const text = readFileSync(join(FOLDER, language.name, tracer), 'utf8');
  return [
    { id: tracer, kind: 'file', path: tracer, text },
    { id: 'trace', kind: 'shell', command: command(tracer, file) },
  ];
}

/** Returns a fault for each named function that the traced program did not call. */
export function callFaults({ functions, file, pageStep }: NamedFunctions, printed: string): string[] {
  const called = new Set(/^CALLED (.*)$/m.exec(printed)?.[1]?.split(' '));
  return functions
    .filter((name) => !called.has(name))
    .map((name) => {
      const found = `\`${name}\` in the page’s text, a function that ${file} defines and never calls`;
      return inSource(pageStep, describeFinding({ found, expected: 'a program that calls what the text names' }));
    });
}
