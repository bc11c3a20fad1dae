/** A page in the sidebar: its address without `.html`, and a label shorter than its title. */
export interface NavigationItem {
  page: string;
  label: string;
}

/** The tabs over a tutorial: five ways into CockroachDB from Python. */
export const DRIVERS: readonly NavigationItem[] = [
  { page: 'build-a-python-app-with-cockroachdb', label: 'psycopg2' },
  { page: 'build-a-python-app-with-cockroachdb-sqlalchemy', label: 'SQLAlchemy' },
  { page: 'build-a-python-app-with-cockroachdb-django', label: 'Django' },
  { page: 'build-a-python-app-with-cockroachdb-pony', label: 'PonyORM' },
  { page: 'build-a-python-app-with-cockroachdb-peewee', label: 'peewee' },
];

/** The sidebar, in reading order; previous and next follow it too. */
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
  { title: 'Build a Python app', items: DRIVERS },
  {
    title: 'Reference',
    items: [
      { page: 'transactions', label: 'Transactions and retries' },
      { page: 'cockroach-sql', label: 'cockroach sql' },
      { page: 'cockroach-cert', label: 'cockroach cert' },
    ],
  },
];

/** A page's address on the site. */
export function addressOf(page: string): string {
  return page === 'index' ? '/' : `/${page}.html`;
}
