import type { ComparedLine } from '../../../shared/expectation/align.ts';
import { CAPTURES, partsOf } from '../../../shared/expectation/captures.ts';
import type { Comparison } from '../../../shared/expectation/compare.ts';
import { foldLines } from '../../../shared/expectation/fold.ts';
import { button, element } from '../../ui/element.ts';
import { firstCharacters } from '../../ui/first-characters.ts';
import { cutMark } from '../../sentences/output-sentences.ts';

const MAX_LINE_CHARACTERS = 500;
const SIGNS = { same: ' ', missing: '−', extra: '+' };
const TAGS = { same: 'span', missing: 'del', extra: 'ins' } as const;

/**
 * Returns a view of the printed and the expected lines, compared, with a button that shows only what was printed.
 * `onToggle` is called when the reader switches.
 */
export function differenceView({ lines }: Comparison, onToggle: (isAlone: boolean) => void): HTMLElement {
  const box = linesView(lines, 'Compared with what was expected', withWords);
  const legend = element('span', {}, '− expected, + printed');
  let isAlone = false;
  const toggle = button('As printed', () => {
    isAlone = !isAlone;
    box.hidden = legend.hidden = isAlone;
    toggle.textContent = isAlone ? 'As compared' : 'As printed';
    onToggle(isAlone);
  });
  return element('div', { class: 'difference' }, box, element('p', { class: 'told' }, legend, ' ', toggle));
}

/** Draws a missing line in another way than as its plain text. */
type DrawMissing = (text: string) => Node[];

/** Returns a view of compared lines with their signs. Lines that do not matter are folded. */
export function linesView(lines: ComparedLine[], label: string, drawMissing?: DrawMissing): HTMLElement {
  const box = element('div', { class: 'out lines', tabindex: '0', role: 'group', 'aria-label': label });
  box.append(
    ...foldLines(lines).map((each) =>
      'folded' in each ? foldButton(each.folded, box, drawMissing) : lineElement(each, drawMissing),
    ),
  );
  return box;
}

function foldButton(folded: ComparedLine[], box: HTMLElement, drawMissing: DrawMissing | undefined): HTMLElement {
  const made = button(`⋯ ${folded.length} lines ${folded[0]!.is === 'same' ? 'that fit' : 'more'}`, () => {
    made.replaceWith(...folded.map((line) => lineElement(line, drawMissing)));
    box.focus({ preventScroll: true });
  });
  return made;
}

function lineElement({ is, text }: ComparedLine, drawMissing: DrawMissing | undefined): HTMLElement {
  return element(
    TAGS[is],
    { class: `line ${is}` },
    `${SIGNS[is]} `,
    ...(is === 'missing' && drawMissing ? drawMissing(text) : [shown(text)]),
  );
}

/** Returns expected text in which each capture without a value is a word. */
function withWords(text: string): Node[] {
  return partsOf(text).map((part) =>
    typeof part === 'string' ? new Text(part) : element('var', {}, CAPTURES[part.kind]!.word),
  );
}

/** Returns a line cut to a bounded length, with control characters made visible: they may be the only difference. */
function shown(text: string): string {
  const { first, count } = firstCharacters(text, MAX_LINE_CHARACTERS);
  const visible = first.replace(/[\0-\x08\x0b-\x1f]/g, (character) =>
    String.fromCharCode(0x2400 + character.charCodeAt(0)),
  );
  return count > MAX_LINE_CHARACTERS ? visible + cutMark(count) : visible;
}
