import type { APIRoute } from 'astro';
import { getCollection } from 'astro:content';
import type { PageStep } from '../../../shared/step.ts';
import { loadPage } from '../../page-modules.ts';

/**
 * `/steps/pony.json` and so on: the steps of each page that has any, in page order, and the version that they need.
 * Verification reads them; the page's figures are made from the same list.
 */
export async function getStaticPaths() {
  const entries = await getCollection('pages');
  const paths = await Promise.all(
    entries.map(async (entry) => {
      const { steps } = await loadPage(entry.filePath!);
      return { params: { name: entry.data.name ?? entry.id }, props: { needs: entry.data.needs, steps } };
    }),
  );
  return paths.filter(({ props }) => props.steps.length > 0);
}

/** Returns the page's steps as JSON. */
export const GET: APIRoute<{ needs: string | undefined; steps: PageStep[] }> = ({ props }) => Response.json(props);
