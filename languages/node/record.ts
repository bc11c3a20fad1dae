import type { Language } from '../language.ts';

const PROGRAM = '/opt/nodejs/node';
/** npm and its cache; `set-up.mjs` writes this place into the commands there. */
const NPM = '/opt/npm';

/**
 * Node.js: JavaScript on the Node that set-up has. It needs no other limits than Python: a program with the driver was
 * seen to take 52 MiB and 11 threads (Python's take one), `npm install` 61 MiB and 15 processes and threads. A terminal
 * has 40 of these, and a sandbox with the stand-in 256 MiB, of which its engine takes a third.
 */
export const node: Language = {
  name: 'node',
  label: 'Node.js',
  fence: 'javascript',
  endings: ['js', 'mjs', 'cjs'],
  mediaType: 'text/javascript',
  indent: 2,
  runs: ['node'],
  // A frame, with or without the name of a function; and the head of an uncaught exception.
  frame: new RegExp(
    '^(?<before>\\s+at (?:[^\\n]{1,200} \\()?|)' +
      '(?<words>(?:file:\\/\\/)?\\/home\\/reader\\/' +
      '(?<path>[^\\s():][^\\n():]{0,199}):(?<line>\\d{1,6})(?::\\d{1,6})?)' +
      '(?=\\)?$)',
  ),
  atHome: {
    needs: /^(?:bash -c ')?(?:node|npm|npx)\b/m,
    remark: 'Its programs need Node.js, with npm: https://nodejs.org',
  },
  tracing: {
    defined: /^\s*(?:async )?function\*? (\w+)/gm,
    tracer: 'trace-calls.cjs',
    command: (tracer, program) => `node --require ./${tracer} ${program}`,
  },

  inSandbox: ({ executable, packages: [npm = ''] }) => ({
    mounts: [
      { source: executable, destination: PROGRAM },
      { source: npm, destination: NPM },
    ],
    commands: { node: PROGRAM, npm: `${NPM}/bin/npm`, npx: `${NPM}/bin/npx` },
    env: {},
  }),
};
