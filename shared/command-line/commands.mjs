// @ts-check
// What the npm scripts take, as one table: for their help, for the check of what was typed, and for the page that
// explains them. It is plain JavaScript, because the launcher reads it on whatever Node the machine has.

/**
 * @typedef {object} Option
 * @property {string} about What it does, as a clause.
 * @property {string} [value] What follows it, such as `URL`; a switch has nothing.
 *
 * @typedef {object} Command
 * @property {string} about What it does, as a clause.
 * @property {string} [takes] What may follow it other than options: `[PAGE…]`.
 * @property {string} [details] Further sentences.
 * @property {Record<string, Option>} [options] By name, without the hyphens.
 * @property {string} [passesTo] The program that gets all other options.
 * @property {[line: string, about: string][]} examples
 */

/**
 * The npm scripts by name, and those forms of them that take something else, such as `verify --against`.
 * @satisfies {Record<string, Command>}
 */
export const COMMANDS = {
  start: {
    about: 'serves the site and runs readers’ code',
    examples: [['PORT=8080 npm start', 'on another port']],
  },
  dev: {
    about: 'shows the site as you edit it, with its API, on one port',
    passesTo: 'astro dev',
    examples: [['PORT=8080 npm run dev', 'on another port']],
  },
  verify: {
    about: 'runs every step of pages as a reader would, and says what differs from the page',
    takes: '[PAGE…]',
    details: 'A page is named by its name, title, address or path. INSTANCE lets two of them run at a time.',
    options: {
      mode: { value: 'secure|insecure', about: 'only in this mode' },
      only: { value: 'STEP', about: 'only this step, by its id, after those above it' },
      watch: { about: 'goes on: verifies again what changes, until Ctrl-C' },
      update: { about: 'stores the output of pages without faults as what readers see before a run; commit it' },
    },
    examples: [
      ['npm run verify', 'all pages in both modes'],
      ['npm run verify -- pony --mode secure', 'one page in one mode'],
      ['npm run verify -- content/tutorials/build-a-python-app-with-cockroachdb-pony.mdx', 'the same page by its path'],
      ['npm run verify -- pony --watch', 'again whenever it, its samples, partials or effects change'],
      ['npm run verify -- pony --update', 'one page, whose output is stored'],
    ],
  },
  'verify --against': {
    about: 'replays the pages of a running site in a browser',
    takes: '[PAGE…]',
    options: {
      against: { value: 'URL', about: 'the site’s address, without a path' },
      mode: { value: 'secure|insecure', about: 'only in this mode' },
      json: { about: 'prints one JSON object for each page' },
      quiet: { about: 'prints only what is wrong' },
      minutes: { value: 'N', about: 'begins nothing more after this time (30)' },
    },
    examples: [['npm run verify -- --against https://docs.example.org pony', 'one page of that site']],
  },
  new: {
    about: 'makes a page with all that belongs to it; a tutorial has a program that works, for both modes',
    takes: 'tutorial|page NAME',
    options: {
      title: { value: 'TITLE', about: 'its title, if not one made from its name' },
      group: { value: 'HEADING', about: 'below which heading of the sidebar it is listed' },
      language: { value: 'python|node', about: 'what a tutorial’s program is written in (python)' },
      driver: {
        value: 'NAME',
        about: 'what a tutorial’s program uses: psycopg2, psycopg, sqlalchemy, django, pony, peewee or, in Node.js, pg',
      },
    },
    examples: [
      ['npm run new -- tutorial my-books --driver psycopg2', '/my-books.html, its program, its effects, its entry'],
      ['npm run new -- page about-us --group Reference', '/about-us.html and its entry'],
    ],
  },
  'add-package': {
    about: 'lets tutorials install a package: pins it and what it needs, with hashes for every Python and machine',
    takes: 'PACKAGE',
    options: { node: { about: 'a package of npm, instead of one for Python' } },
    examples: [
      ["npm run add-package -- 'psycopg[binary]'", 'the newest version that every Python can have'],
      ['npm run add-package -- knex@3.1.0 --node', 'that version'],
    ],
  },
  cluster: {
    about: 'runs a cluster of your own, with the readers’ limits, until Ctrl-C',
    options: {
      mode: { value: 'secure|insecure', about: 'how it talks to clients (insecure)' },
      port: { value: 'N', about: 'its port on this machine (26257); 0 is any free one' },
    },
    examples: [['npm run cluster -- --mode secure', 'with certificates']],
  },
  'cluster sql': {
    about: 'opens a SQL shell on the running cluster',
    takes: '[ARGUMENT…]',
    passesTo: 'cockroach sql',
    examples: [['npm run cluster -- sql -e "SHOW TABLES"', 'runs one statement']],
  },
  test: {
    about: 'checks everything: types, lint, pages, all test suites',
    takes: '[FILE…]',
    options: { 'without-sandbox': { about: 'leaves out what needs a sandbox' } },
    examples: [['npm test -- tests/server/oci', 'only these test files']],
  },
  'test:machines': {
    about: 'boots bare machines and tries set-up and the site on each, as root on Linux',
    takes: '[MACHINE… USER… CHECK…]',
    examples: [['npm run test:machines -- debian-13 reader start', 'one check on one machine']],
  },
  setup: {
    about: 'sets up again, also what failed before',
    examples: [['ENGINE=stand-in npm run setup', 'with the stand-in even where CockroachDB could be had']],
  },
  build: {
    about: 'builds the site into dist/',
    passesTo: 'astro build',
    examples: [['npm run build', 'all pages']],
  },
  bench: {
    about: 'measures speed and size',
    takes: '[PART [N]…]',
    examples: [['npm run bench -- crowd 20', 'one part, with 20 readers']],
  },
  audit: {
    about: 'prints Lighthouse’s scores for a phone, and axe’s findings in both themes, for every page',
    takes: '[PAGE…]',
    examples: [['npm run audit -- transactions', 'pages with that in their address']],
  },
  requirements: {
    about: 'pins the Python packages in content/requirements.in, with hashes for every Python',
    examples: [['npm run requirements', 'after a change of content/requirements.in']],
  },
  import: {
    about: 'turns pages of CockroachDB’s docs and plain Markdown into pages here, and says what became of each block',
    takes: 'PATH…',
    options: {
      samples: { value: 'FOLDER', about: 'where programs are that the pages take from other repositories' },
      untried: { about: 'does not run the steps to see which of them work' },
      force: { about: 'replaces pages of the same names' },
      json: { about: 'prints what became of each page and block as JSON' },
      to: { value: 'tutorials|pages', about: 'where they go (tutorials)' },
    },
    examples: [
      ['npm run import -- docs/v23.1/upsert.md', 'one page; includes are found in the _includes above it'],
      ['npm run import -- docs/v2.1 --samples examples --to pages', 'all pages of a folder'],
    ],
  },
  types: { about: 'checks the types of the program and of the pages', examples: [['npm run types', '']] },
  lint: {
    about: 'checks the code: rules, format, imports, dead code, Python',
    examples: [['npm run lint', 'before each commit']],
  },
  format: { about: 'formats the code', examples: [['npm run format', 'before each commit']] },
};
