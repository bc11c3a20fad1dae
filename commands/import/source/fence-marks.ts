import type { SourcePlace } from '../../../shared/step.ts';

/** Stands between a fence's language and its number while a page is converted. */
const MARK = '@@';

/** Where a fence was, and whether it is the later part of one that was split. */
interface MarkedPlace extends SourcePlace {
  goesOn?: boolean;
}

/** The places of all fences of a page and of what it includes. Numbers survive Liquid, Markdown and HTML. */
export class FenceMarks {
  readonly #places: MarkedPlace[] = [];

  /**
   * Returns the text of a file in which the language of each fence is followed by its number. Reads what kramdown
   * allows, such as `~~~ {.sql}`. `first` is the line in the file where the text begins.
   */
  mark(text: string, file: string, first = 1): string {
    let open: string | undefined;
    let inner = '';
    return withFences(text)
      .split('\n')
      .map((line, index) => {
        // kramdown lets a fence in a list hold lines that are less indented than it is.
        const source = open !== undefined && line.trim() !== '' && !line.startsWith(inner) ? inner + line : line;
        const fence = /^(\s*(?:(?:[-*+]|\d+\.)\s+)?)(~{3,}|`{3,})(?!.*`)(.*)$/.exec(source);
        if (!fence) return source;
        const [, indent = '', marks = '', info = ''] = fence;
        if (open !== undefined) {
          if (!marks.startsWith(open) || info.trim() !== '') return source;
          open = undefined;
          return source;
        }
        open = marks;
        inner = indent.trim() === '' ? indent : ' '.repeat(indent.length);
        return `${indent}${marks} ${languageIn(info)}${MARK}${this.#places.push({ file, line: first + index }) - 1}`;
      })
      .join('\n');
  }

  /** Returns the language and the place of a fence in the converted page. */
  read(info: string): { language: string; place: SourcePlace | undefined; goesOn: boolean } {
    const [language = '', number] = info.split(MARK);
    const { goesOn = false, ...place } = (number === undefined ? undefined : this.#places[Number(number)]) ?? {};
    return { language, place: 'file' in place ? place : undefined, goesOn };
  }

  /** Returns the language and the place of a part of a fence, which begins `at` lines below its first line. */
  part(info: string, language: string, at: number, goesOn: boolean): string {
    const { place } = this.read(info);
    if (!place) return language;
    const line = place.line + (at === 0 ? 0 : at + 1);
    return `${language}${MARK}${this.#places.push({ ...place, line, goesOn }) - 1}`;
  }
}

function languageIn(info: string): string {
  return /^\s*(?:\{:?\s*\.)?([\w+#-]*)/.exec(info)?.[1]?.toLowerCase() ?? '';
}

/** Returns a text in which Jekyll's `{% highlight sql %}` is a fence. */
function withFences(text: string): string {
  return text.replace(/\{%-?\s*highlight\s+(\w+)[^%]*%\}/g, '~~~ $1').replace(/\{%-?\s*endhighlight\s*-?%\}/g, '~~~');
}
