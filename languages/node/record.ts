import type { Language } from '../language.ts';

const PROGRAM = '/opt/nodejs/node';
/** The folder of npm and its cache; `set-up.mjs` writes this path into the commands there. */
const NPM = '/opt/npm';

/**
 * JavaScript on Node.js, from set-up. It needs no other limits than Python: measured were 52 MiB and 11 threads for a
 * program with the driver (Python: one thread), and 61 MiB and 15 processes and threads for `npm install`. A terminal
 * may have 40 of these, and a sandbox with the stand-in 256 MiB, of which its engine uses a third.
 */
export const node: Language = {
  name: 'node',
  label: 'Node.js',
  fence: 'javascript',
  endings: ['js', 'mjs', 'cjs'],
  mediaType: 'text/javascript',
  indent: 2,
  runs: ['node'],
  commands: ['node', 'npm', 'npx'],
  // Matches frames with and without a function's name, and the first line of an uncaught exception.
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
