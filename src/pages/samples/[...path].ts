import { readFileSync } from 'node:fs';
import type { APIRoute } from 'astro';
import { languageOfFile } from '../../../languages/commands.ts';
import { listSamples } from '../../compiler/sample.ts';

const content = `${process.cwd()}/content`;

/** Every sample as a download, byte for byte the file that the page shows and runs. */
export function getStaticPaths() {
  return listSamples(content).map((path) => ({ params: { path } }));
}

/** Returns the file. */
export const GET: APIRoute = ({ params }) =>
  new Response(readFileSync(`${content}/samples/${params['path']}`), {
    headers: { 'content-type': `${languageOfFile(params['path'] ?? '')?.mediaType ?? 'text/plain'}; charset=utf-8` },
  });
