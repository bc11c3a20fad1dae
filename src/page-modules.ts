import type { PageModule } from './compiler/plugin.ts';

const modules = import.meta.glob<string>(['../content/tutorials/*.mdx', '../content/pages/*.mdx'], {
  import: 'default',
});

/** Returns the compiled page whose source is that file, as in `content/tutorials/x.mdx`. */
export async function loadPage(file: string): Promise<PageModule> {
  const load = modules[`../${file}`];
  if (!load) throw new Error(`There is no page ${file}.`);
  return JSON.parse(await load()) as PageModule;
}
