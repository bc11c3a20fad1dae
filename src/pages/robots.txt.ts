import type { APIRoute } from 'astro';

/** `/robots.txt`: every page may be read, the API not; and where the list of pages is. */
export const GET: APIRoute = ({ site }) => {
  const text = `User-agent: *\nDisallow: /api/\n\nSitemap: ${new URL('/sitemap-index.xml', site).href}\n`;
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
