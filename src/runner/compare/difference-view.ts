import type { ComparedLine } from '../../../shared/expectation/align.ts';
import { CAPTURES, partsOf } from '../../../shared/expectation/captures.ts';
import type { Comparison } from '../../../shared/expectation/compare.ts';
import { foldLines } from '../../../shared/expectation/fold.ts';
import { button, element } from '../../ui/element.ts';
import { firstCharacters } from '../../ui/first-characters.ts';

const MAX_LINE_CHARACTERS = 500;
const SIGNS = { same: ' ', missing: '−', extra: '+' };
const TAGS = { same: 'span', missing: 'del', extra: 'ins' } as const;

/**
 * What was printed beside what was expected, line by line, and a button to see what was printed alone; `onToggle` hears
 * which.
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

/** How a line that is missing is drawn, where that is not as it stands. */
type DrawMissing = (text: string) => Node[];

/** Compared lines with their signs; those that do not matter are folded. */
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

/** Expected text with a word for each capture that has no value yet. */
function withWords(text: string): Node[] {
  return partsOf(text).map((part) =>
    typeof part === 'string' ? new Text(part) : element('var', {}, CAPTURES[part.kind]!.word),
  );
}

/** A line of bounded length, in which characters that cannot be seen can: they may be all that differs. */
function shown(text: string): string {
  const { first, count } = firstCharacters(text, MAX_LINE_CHARACTERS);
  const visible = first.replace(/[\0-\x08\x0b-\x1f]/g, (character) =>
    String.fromCharCode(0x2400 + character.charCodeAt(0)),
  );
  return count > MAX_LINE_CHARACTERS ? `${visible}… (${count} characters)` : visible;
}
