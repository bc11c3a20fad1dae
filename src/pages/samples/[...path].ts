import type { APIRoute } from 'astro';
import { languageOfFile } from '../../../languages/commands.ts';
import { listSamples, readSample } from '../../compiler/sample.ts';

const content = `${process.cwd()}/content`;

/** Every sample as a download, byte for byte what the page shows and runs. */
export function getStaticPaths() {
  return listSamples(content).map((path) => ({ params: { path } }));
}

/** Returns the file. */
export const GET: APIRoute = ({ params }) =>
  new Response(readSample(content, params['path']!), {
    headers: { 'content-type': `${languageOfFile(params['path'] ?? '')?.mediaType ?? 'text/plain'}; charset=utf-8` },
  });
