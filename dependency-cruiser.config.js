/**
 * Who may import whom (CONTRIBUTING.md, "The map"); `npm run lint` checks it. Types count like values: what needs a
 * type of a folder needs that folder.
 */

/**
 * @param {string} from A regular expression of files.
 * @param {string} to What these must not import, as one.
 * @param {string} comment Why, as the one who broke it reads it.
 * @param {{ from?: string, to?: string }} [but] What the rule leaves out on either side.
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
const never = (from, to, comment, but = {}) => ({
  name: comment,
  severity: 'error',
  from: { path: from, pathNot: but.from },
  to: { path: to, pathNot: but.to },
});

/** @param {string} names Folders of the server, as alternatives. */
const inServer = (names) => `^server/(${names})/`;

/**
 * @typedef {import('dependency-cruiser').IForbiddenRuleType} Rule
 * @type {import('dependency-cruiser').IConfiguration & { forbidden: Rule[] }}
 */
export default {
  forbidden: [
    { name: 'No import circles, of types neither.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'No circles between folders: each needs only what lies below it.',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    {
      name: 'What is imported is there.',
      severity: 'error',
      // Programs of readers, and what is put together with them.
      from: { pathNot: '^content/.*\\.js$' },
      to: { couldNotResolve: true, pathNot: '^(astro:|virtual:)' },
    },
    never('', '(^|/)main\\.ts$', 'Nothing imports main.ts: it is where everything is wired.'),
    never(
      '^shared/',
      '^(commands|content|languages|server|src|standin|tests)/',
      'shared is common ground: it imports nothing else.',
    ),
    {
      name: 'shared is pure: it runs in browsers, and needs no package.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'] },
    },
    never(
      '^languages/',
      '^(commands|content|server|src|standin|tests)/',
      'A language is data: its set-up is given what it needs.',
    ),
    never('^(languages|server|standin|src|commands|content)/', '^tests/', 'Nothing imports tests.', {
      from: '/tests/',
    }),
    never('^server/', '^(src|content|commands)/', 'The server knows nothing of the pages and their content.'),
    never('^server/', '^standin/', 'The stand-in is a program of its own; only set-up calls its build.', {
      from: '^server/setup/standin\\.mjs$',
    }),
    never(
      '^server/setup/',
      '^standin/(?!build/|src/postgres/facts\\.mjs$)',
      "Set-up takes of the stand-in its build, and the name of PostgreSQL's package.",
    ),
    never('^standin/(src|build)/', '^(src|content|commands|server)/', 'The stand-in is a program of its own.'),
    never(
      '^standin/src/sql/',
      '^standin/src/(cert|command|command-line|postgres|shell|start|wire)/',
      'sql knows statements and results, and nothing of who sends them.',
    ),
    never('^src/', '^(server|commands|standin)/', 'Pages are made without the server and the stand-in.', {
      // What the build is told, and the API within the development server.
      from: '^src/build/',
    }),
    never('^src/build/', '^server/', 'The build takes of the server its configuration, and the API for development.', {
      to: '^server/(config|dev-api)\\.ts$',
    }),
    never('^src/build/', '^standin/', 'The build takes of the stand-in only the list of what it knows.', {
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
      'agent knows only frames and the container they come from.',
    ),
    never(inServer('process'), inServer('http|sandbox|cluster|oci|agent|setup'), 'process is a leaf.'),
    never('^commands/cluster/', '^(standin/|server/(http|setup)/)', 'cluster is a command beside the server.'),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.bankrun|\\.astro)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    moduleSystems: ['es6', 'cjs'],
  },
};
