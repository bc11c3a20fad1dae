import type { APIRoute } from 'astro';
import { getCollection, render } from 'astro:content';
import type { PageStep } from '../../../shared/step.ts';

/**
 * `/steps/pony.json`: the steps of each page that has any, in page order, and the version that they need, for
 * verification. The page's figures come from the same list.
 */
export async function getStaticPaths() {
  const entries = await getCollection('pages');
  const paths = await Promise.all(
    entries.map(async (entry) => {
      const { remarkPluginFrontmatter } = await render(entry);
      const steps = remarkPluginFrontmatter['steps'] as PageStep[];
      return { params: { name: entry.data.name ?? entry.id }, props: { needs: entry.data.needs, steps } };
    }),
  );
  return paths.filter(({ props }) => props.steps.length > 0);
}

/** The answer: JSON. */
export const GET: APIRoute<{ needs: string | undefined; steps: PageStep[] }> = ({ props }) => Response.json(props);
