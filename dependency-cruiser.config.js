/**
 * Which folders may import which (docs/conventions.md); `npm run lint` checks it. Imports of types count, too.
 */

/**
 * Returns a rule that forbids imports.
 *
 * @param {string} from A regular expression of files.
 * @param {string} to A regular expression of files that these must not import.
 * @param {string} comment The reason, which is shown when the rule is broken.
 * @param {{ from?: string, to?: string }} [but] Exceptions on either side.
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
const never = (from, to, comment, but = {}) => ({
  name: comment,
  severity: 'error',
  from: { path: from, pathNot: but.from },
  to: { path: to, pathNot: but.to },
});

/** @param {string} names Folders of the server, separated by `|`. */
const inServer = (names) => `^server/(${names})/`;

/**
 * @typedef {import('dependency-cruiser').IForbiddenRuleType} Rule
 * @type {import('dependency-cruiser').IConfiguration & { forbidden: Rule[] }}
 */
export default {
  forbidden: [
    { name: 'No import circles, not even of types.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'No circles between folders: each may only need those below it.',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    {
      name: 'Everything that is imported exists.',
      severity: 'error',
      // Readers' programs, which import packages of the sandbox.
      from: { pathNot: '^content/.*\\.js$' },
      to: { couldNotResolve: true, pathNot: '^(astro:|virtual:)' },
    },
    never('', '(^|/)main\\.ts$', 'Nothing imports main.ts, which only connects the parts.'),
    never(
      '^shared/',
      '^(commands|content|languages|server|src|standin|tests)/',
      'shared is common to all: it imports nothing else.',
    ),
    {
      name: 'shared is pure: it runs in browsers and needs no packages.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'] },
    },
    never(
      '^languages/',
      '^(commands|content|server|src|standin|tests)/',
      'A language is data: its set-up receives what it needs as arguments.',
    ),
    never('^(languages|server|standin|src|commands|content)/', '^tests/', 'Nothing imports tests.', {
      from: '/tests/',
    }),
    never('^server/', '^(src|content|commands)/', 'The server knows nothing of the pages and their content.'),
    never('^server/', '^standin/', 'The stand-in is a separate program; only set-up calls its build.', {
      from: '^server/setup/standin\\.mjs$',
    }),
    never(
      '^server/setup/',
      '^standin/(?!build/|src/postgres/facts\\.mjs$)',
      "From the stand-in, set-up takes only its build and the name of PostgreSQL's package.",
    ),
    never('^standin/(src|build)/', '^(src|content|commands|server)/', 'The stand-in is a separate program.'),
    never(
      '^standin/src/sql/',
      '^standin/src/(cert|command|command-line|postgres|shell|start|wire)/',
      'sql knows statements and results, and nothing about who sends them.',
    ),
    never('^src/', '^(server|commands|standin)/', 'Pages are built without the server and the stand-in.', {
      // The build needs the configuration, and the API for the development server.
      from: '^src/build/',
    }),
    never(
      '^src/build/',
      '^server/',
      'From the server, the build takes only its configuration and the development API.',
      {
        to: '^server/(config|dev-api)\\.ts$',
      },
    ),
    never('^src/build/', '^standin/', 'From the stand-in, the build takes only the list of what it supports.', {
      to: '^standin/src/sql/constructs\\.ts$',
    }),
    never('^(server|commands/cluster|src)/', '^(node:)?child_process$', 'Only server/process starts programs.', {
      from: '^server/(process|setup)/',
    }),
    never(inServer('http'), inServer('cluster|oci|agent|process|setup'), 'http imports sandbox, and nothing below it.'),
    never(
      inServer('sandbox'),
      inServer('http|setup'),
      'sandbox imports cluster, oci and process, and is imported by http.',
    ),
    never(
      inServer('cluster'),
      inServer('http|sandbox|oci|setup'),
      'cluster knows no container runtime, no sandbox and no reader.',
    ),
    never(inServer('oci'), inServer('http|sandbox|cluster|setup'), 'oci knows no cluster, no sandbox and no reader.'),
    never(
      inServer('agent'),
      inServer('http|sandbox|cluster|oci|setup'),
      'agent knows only frames and the container that they come from.',
    ),
    never(
      inServer('agent|cluster|http|oci|process|sandbox'),
      inServer('metrics'),
      'metrics is told of events and reads figures; nothing calls it.',
    ),
    never(inServer('process'), inServer('http|sandbox|cluster|oci|agent|setup'), 'process is a leaf.'),
    never('^commands/cluster/', '^(standin/|server/(http|setup)/)', 'cluster is a command next to the server.'),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    // The navigation is data: it imports nothing.
    exclude: { path: '^((dist|\\.bankrun|\\.astro)/|content/navigation\\.json$)' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    moduleSystems: ['es6', 'cjs'],
  },
};
