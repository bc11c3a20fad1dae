/** A page in the sidebar: its address without `.html`, and a label shorter than its title. */
export interface NavigationItem {
  page: string;
  label: string;
}

/** A page and what it teaches, in a few words. */
export interface Lesson extends NavigationItem {
  about: string;
}

/**
 * The tabs above a tutorial: a row of languages, and a row with the drivers and ORMs of the current language. A
 * language's tab links to its first driver.
 */
export const TUTORIALS: readonly { language: string; drivers: readonly Lesson[] }[] = [
  {
    language: 'Python',
    drivers: [
      {
        page: 'build-a-python-app-with-cockroachdb',
        label: 'psycopg2',
        about: 'Write the SQL yourself, and a loop that retries it',
      },
      {
        page: 'build-a-python-app-with-cockroachdb-sqlalchemy',
        label: 'SQLAlchemy',
        about: 'Map classes to tables; the dialect retries for you',
      },
      {
        page: 'build-a-python-app-with-cockroachdb-django',
        label: 'Django',
        about: 'Answer web requests from models, one transaction each',
      },
      {
        page: 'build-a-python-app-with-cockroachdb-pony',
        label: 'PonyORM',
        about: 'Query objects with Python’s own generators',
      },
      {
        page: 'build-a-python-app-with-cockroachdb-peewee',
        label: 'peewee',
        about: 'Use a small ORM that has retries built in',
      },
    ],
  },
  {
    language: 'Node.js',
    drivers: [
      {
        page: 'build-a-nodejs-app-with-cockroachdb',
        label: 'pg',
        about: 'Write the SQL yourself, in JavaScript that waits for its answers',
      },
    ],
  },
];

const DRIVERS = TUTORIALS.flatMap(({ drivers }) => drivers);

/** The tutorial that newcomers should start with. */
export const START = 'build-a-python-app-with-cockroachdb-pony';

const TRANSACTIONS = {
  page: 'transactions',
  label: 'Transactions and retries',
  about: 'Make two sessions collide, and see one begin again',
};

/** The cards on the home page, with the tutorial to start with first. */
export const CARDS: readonly Lesson[] = [
  ...DRIVERS.filter(({ page }) => page === START),
  ...DRIVERS.filter(({ page }) => page !== START),
  TRANSACTIONS,
];

/** The sidebar's groups, in reading order. "Previous" and "Next" follow the same order. */
export const NAVIGATION: readonly { title: string; items: readonly NavigationItem[] }[] = [
  {
    title: 'Get started',
    items: [
      { page: 'index', label: 'Home' },
      { page: 'install-cockroachdb', label: 'Install CockroachDB' },
      { page: 'start-a-local-cluster', label: 'Start a cluster, insecure' },
      { page: 'secure-a-cluster', label: 'Start a cluster, secure' },
    ],
  },
  ...TUTORIALS.map(({ language, drivers }) => ({ title: `Build a ${language} app`, items: drivers })),
  {
    title: 'Reference',
    items: [
      TRANSACTIONS,
      { page: 'cockroach-sql', label: 'cockroach sql' },
      { page: 'cockroach-cert', label: 'cockroach cert' },
      { page: 'the-stand-in', label: 'The stand-in' },
      { page: 'steps-on-your-own-site', label: 'Steps on your own site' },
    ],
  },
];

/** Returns a page's path on the site, such as `/transactions.html`. */
export function addressOf(page: string): string {
  return page === 'index' ? '/' : `/${page}.html`;
}
