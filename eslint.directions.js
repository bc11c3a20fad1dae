// Who may import whom (CONTRIBUTING.md, "The map"). A rule of ESLint that two blocks set for one file is not merged:
// the last block wins. So each folder has exactly one block here, with all that holds there.

/** Only server/process starts programs. */
const processes = { group: ['node:child_process', 'child_process'], message: 'Only server/process starts programs.' };
const main = { regex: '(^|/)main\\.ts$', message: 'Nothing imports main.ts: it is where everything is wired.' };
const site = {
  regex: '^(\\.\\./)+(src|content)/',
  message: 'The server knows nothing of the pages and their content.',
};

/** @param {string} names Folders of the server, as alternatives of a regular expression. @param {string} message */
const folders = (names, message) => ({ regex: `^(\\./|(\\.\\./)+)(server/)?(${names})/`, message });

/** Only server/config.ts reads the environment. */
const environment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only server/config.ts reads the environment: take what you need as an argument.',
};

/** @param {string} folder @param {object[]} patterns */
const server = (folder, patterns) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': ['error', { patterns: [main, site, ...patterns] }],
    'no-restricted-syntax': ['error', environment],
  },
});

export const directions = [
  {
    files: ['server/*.ts'],
    ignores: ['server/config.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [main, site, processes] }],
      'no-restricted-syntax': ['error', environment],
    },
  },
  { files: ['server/config.ts'], rules: { 'no-restricted-imports': ['error', { patterns: [main, site, processes] }] } },
  server('server/http', [
    processes,
    folders('cluster|oci|agent|process|standin|setup', 'http imports sandbox, and nothing below it.'),
  ]),
  server('server/sandbox', [
    processes,
    folders('http|standin|setup', 'sandbox imports cluster, oci and process, and is imported by http.'),
  ]),
  server('server/cluster', [
    processes,
    folders('http|sandbox|oci|standin|setup', 'cluster knows no container runtime, no sandbox and no reader.'),
  ]),
  server('server/oci', [
    processes,
    folders('http|sandbox|cluster|standin|setup', 'oci knows no cluster, no sandbox and no reader.'),
  ]),
  server('server/agent', [
    processes,
    folders('http|sandbox|cluster|oci|standin|setup', 'agent knows only frames and the container they come from.'),
  ]),
  server('server/author', [
    processes,
    folders('http|standin|setup', 'author is a command beside the server, on the same sandboxes.'),
  ]),
  server('server/process', [folders('http|sandbox|cluster|oci|agent|standin|setup', 'process is a leaf.')]),
  {
    files: ['server/standin/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            main,
            site,
            folders('http|sandbox|cluster|oci|agent|process|setup', 'The stand-in is a program of its own.'),
          ],
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            processes,
            main,
            {
              regex:
                '^(\\.\\./)+server/(?!protocol\\.ts$|standin/shell/(?:table|tag)\\.ts$|standin/sql/constructs\\.ts$)',
              message:
                'Pages import from the server only protocol.ts, and of the stand-in the pure shell/table.ts, shell/tag.ts and sql/constructs.ts.',
            },
          ],
        },
      ],
      'no-restricted-syntax': ['error', environment],
    },
  },
];
