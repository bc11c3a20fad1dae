import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Step } from '../../shared/protocol.ts';
import { pathOf, textOf, type PageStep } from '../../shared/step.ts';
import { DIST } from '../client/dist.ts';

const TRACE = 'trace_calls.py';

/** Runs a program as it is, and tells which of its own functions were called: CALLED, then their names. */
const TRACER = `
import runpy, sys
file = sys.argv[1]
called = set()

def note(frame, event, _):
    if event == "call" and frame.f_code.co_filename.endswith(file):
        called.add(frame.f_code.co_name)

sys.argv = sys.argv[1:]
sys.setprofile(note)
try:
    runpy.run_path(file, run_name="__main__")
finally:
    sys.setprofile(None)
    print("CALLED", *sorted(called))
`;

/** A program of a tutorial that is run as a script, and those of its functions that the page's prose names. */
export interface NamedFunctions {
  file: string;
  functions: string[];
}

/** The functions that the prose of a built page names in code type and that a program on it defines. */
export function namedFunctions(slug: string, steps: PageStep[]): NamedFunctions[] {
  const prose = proseOf(slug);
  const names = new Set([...prose.matchAll(/<code>([A-Za-z_]\w*)(?:\(\))?<\/code>/g)].map((match) => match[1]!));
  return steps.flatMap(({ step }) => {
    const file = pathOf(step) ?? '';
    if (!steps.some((one) => one.step.kind === 'shell' && one.step.command === `python ${file}`)) return [];
    const functions = [...textOf(step).matchAll(/^\s*def (\w+)/gm)]
      .map((match) => match[1]!)
      .filter((name) => names.has(name));
    return functions.length > 0 ? [{ file, functions }] : [];
  });
}

/** The steps that run a program under the tracer. */
export function traceSteps(file: string): [write: Step, trace: Step] {
  return [
    { id: TRACE, kind: 'file', path: TRACE, text: TRACER },
    { id: 'trace', kind: 'shell', command: `python ${TRACE} ${file}` },
  ];
}

/** Which of the named functions the traced program did not call. */
export function notCalled({ functions }: NamedFunctions, printed: string): string[] {
  const called = new Set(/^CALLED (.*)$/m.exec(printed)?.[1]?.split(' '));
  return functions.filter((name) => !called.has(name));
}

function proseOf(slug: string): string {
  const pages = readdirSync(DIST).filter((file) => file.endsWith('.html'));
  const page =
    pages
      .map((file) => readFileSync(join(DIST, file), 'utf8'))
      .find((html) => html.includes(`data-tutorial="${slug}"`)) ?? '';
  return page.replaceAll(/<pre[\s\S]*?<\/pre>/g, '');
}
