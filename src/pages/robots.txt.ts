import type { APIRoute } from 'astro';

/** `/robots.txt`: allows every page, excludes the API, and links the sitemap. */
export const GET: APIRoute = ({ site }) => {
  const text = `User-agent: *\nDisallow: /api/\n\nSitemap: ${new URL('/sitemap-index.xml', site).href}\n`;
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
