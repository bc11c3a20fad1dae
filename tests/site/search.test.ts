import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { searchedPart, searchRecords } from '../../src/build/search-index.ts';

const INDEX = resolve(import.meta.dirname, '../../dist/pagefind');

describe('the search index', () => {
  const fragments = readdirSync(join(INDEX, 'fragment')).map((file) =>
    gunzipSync(readFileSync(join(INDEX, 'fragment', file))).toString(),
  );

  test('has all its bytes', () => {
    const files = readdirSync(INDEX, { recursive: true, encoding: 'utf8' }).map(
      (path) => [path, statSync(join(INDEX, path))] as const,
    );
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter(([, file]) => file.isFile() && file.size === 0).map(([path]) => path)).toEqual([]);
  });

  test('contains no labels of buttons', () => {
    expect(fragments.length).toBeGreaterThan(10);
    expect(fragments.filter((text) => /Copy ?(Run|Edit|Download)|(Shell|SQL|Python) Copy/.test(text))).toEqual([]);
  });

  test('contains the file name of a block’s caption, but neither its number nor its language', () => {
    expect(fragments.filter((text) => /(?<![\w-])\d+(Shell|SQL|Python|[a-z][\w-]*\.py)\b/.test(text))).toEqual([]);
    expect(fragments.filter((text) => / (pony-basic-sample|manage)\.py /.test(text)).length).toBeGreaterThan(2);
  });

  test('comes with the code that searches it, without Pagefind’s own user interface', () => {
    expect(readdirSync(INDEX).filter((name) => /\.(js|css)$/.test(name))).toEqual([
      'pagefind-worker.js',
      'pagefind.js',
    ]);
  });

  test('is made from the text of a page, without its navigation, its steps as data and the colours of its code', () => {
    const page =
      '<nav>All pages</nav><main id="main" data-pagefind-body><h2 id="a">A</h2><figure data-step="{&quot;a&quot;:1}">' +
      '<code><span class="code-keyword">import</span> <span class="prompt">$</span></code></figure></main><footer>';
    expect(searchedPart('/x.html', page)).toBe(
      '<html lang="en"><body><main id="main" data-pagefind-body><h2 id="a">A</h2><figure>' +
        '<code>import <span class="prompt">$</span></code></figure></main></body></html>',
    );
    expect(() => searchedPart('/x.html', '<main>x</main>')).toThrow('/x.html has no part that could be searched.');
  });

  test('contains a page without modes once, at the address that readers know', () => {
    expect(searchRecords('/index.html', '<main>x</main>')).toEqual([{ url: '/', content: '<main>x</main>' }]);
  });

  test('contains a page with modes once for each mode, without what only the other shows', () => {
    const html = '<main><section data-show="secure">s</section><section data-show="insecure">i</section></main>';
    expect(searchRecords('/x.html', html)).toEqual([
      {
        url: '/x.html?filters=secure',
        content:
          '<main><section data-show="secure">s</section>' +
          '<section data-pagefind-ignore="all" data-show="insecure">i</section></main>',
      },
      {
        url: '/x.html?filters=insecure',
        content:
          '<main><section data-pagefind-ignore="all" data-show="secure">s</section>' +
          '<section data-show="insecure">i</section></main>',
      },
    ]);
  });
});
