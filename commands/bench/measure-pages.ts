import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { DIST } from '../client/dist.ts';
import { printFigure } from './figure.ts';

/** Measures what a browser loads for a tutorial, kilobytes. */
export function measurePages(): void {
  const page = readFileSync(join(DIST, 'build-a-python-app-with-cockroachdb-pony.html'));
  const assets = readdirSync(join(DIST, '_astro')).filter((file) => /\.(js|css)$/.test(file) && page.includes(file));
  const scripts = [...page.toString().matchAll(/_astro\/([\w.-]+\.js)/g)].map((match) => match[1]!);
  const size = (files: string[]): number =>
    [...new Set(files)].reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, '_astro', file))).length, 0) /
    1000;
  printFigure('the PonyORM page, gzip: HTML', gzipSync(page).length / 1000, 'KB');
  printFigure('the PonyORM page, gzip: scripts', size(scripts), 'KB');
  const styles = assets.filter((file) => file.endsWith('.css'));
  printFigure('the PonyORM page, gzip: styles', size(styles), 'KB');
  const embed = brotliCompressSync(readFileSync(join(DIST, 'run-step.js'))).length / 1000;
  printFigure('run-step.js, for a page of another site, brotli', embed, 'KB');
}
