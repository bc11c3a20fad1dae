/** The names of products that pages take from `site.data.products`. */
const PRODUCTS: Record<string, string> = {
  advanced: 'CockroachDB Advanced',
  basic: 'CockroachDB Basic',
  cloud: 'CockroachDB Cloud',
  core: 'CockroachDB Self-Hosted',
  db: 'CockroachDB Cloud',
  dedicated: 'CockroachDB Dedicated',
  enterprise: 'CockroachDB Enterprise',
  serverless: 'CockroachDB Serverless',
  standard: 'CockroachDB Standard',
};

/** The version in a page's path, such as `v23.1`; `stable` when there is none. */
export function versionOf(path: string): string {
  return /\/(v\d+\.\d+)\//.exec(path)?.[1] ?? 'stable';
}

/** Returns the variables that a page can use: its front matter, its version, and what all pages share. */
export function siteValues(path: string, frontMatter: Record<string, unknown>): Record<string, unknown> {
  const version = versionOf(path);
  return {
    page: { ...frontMatter, version: { version, name: version }, name: path.split('/').at(-1) },
    site: { baseurl: '/docs', url: 'https://www.cockroachlabs.com', data: { products: PRODUCTS } },
  };
}
