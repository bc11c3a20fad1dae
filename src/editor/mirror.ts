import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting, type Language } from '@codemirror/language';
import {
  closeSearchPanel,
  findNext,
  findPrevious,
  highlightSelectionMatches,
  openSearchPanel,
  search,
} from '@codemirror/search';
import { EditorSelection, EditorState, Prec, type Extension, type SelectionRange } from '@codemirror/state';
import { EditorView, keymap, lineNumbers, type Command, type KeyBinding } from '@codemirror/view';
import { coloring } from './coloring.ts';
import type { Writing } from './languages.ts';
import { look } from './look.ts';
import { marks } from './marks.ts';

export { coloredNodes } from './coloring.ts';
export { markEffect } from './marks.ts';
export type { Writing };

/** What an editor is for. */
export interface Purpose {
  text: string;
  writing: Writing;
  /** What a screen reader calls it. */
  label: string;
  /** Id of the element beside it that says how to leave it. */
  hint: string;
  onChange: (text: string) => void;
  onRun: () => void;
}

/** A tab in front of text goes to the next stop, as spaces: Python mixes them with tabs in no file. */
const indentHere: Command = (view) => {
  const { state } = view;
  if (state.selection.ranges.some(({ empty }) => !empty)) return indentMore(view);
  const unit = state.facet(indentUnit).length;
  view.dispatch(
    state.update(
      state.changeByRange(({ head }) => {
        const column = head - state.doc.lineAt(head).from;
        const spaces = ' '.repeat(unit - (column % unit));
        return { changes: { from: head, insert: spaces }, range: EditorSelection.cursor(head + spaces.length) };
      }),
      { scrollIntoView: true, userEvent: 'input' },
    ),
  );
  return true;
};

/** Tab indents; after Escape it goes on to the next thing on the page, until something else is typed. */
const freeTab: Command = (view) => {
  view.setTabFocusMode(true);
  return false;
};
const holdTab = (view: EditorView): boolean => {
  view.setTabFocusMode(false);
  return false;
};

/**
 * Types over what is selected in Chromium's place, which would keep its look in a `style` attribute: the site's policy
 * refuses that, and the console says so.
 */
function typeOver(event: InputEvent, view: EditorView): boolean {
  const { state } = view;
  if (
    event.inputType !== 'insertText' ||
    event.data === null ||
    event.isComposing ||
    state.selection.ranges.every(({ empty }) => empty)
  )
    return false;
  event.preventDefault();
  view.dispatch(state.replaceSelection(event.data), { scrollIntoView: true, userEvent: 'input.type' });
  return true;
}

const KEYS: readonly KeyBinding[] = [
  { key: 'Mod-f', run: openSearchPanel, scope: 'editor search-panel', preventDefault: true },
  { key: 'F3', run: findNext, shift: findPrevious, scope: 'editor search-panel', preventDefault: true },
  { key: 'Mod-g', run: findNext, shift: findPrevious, scope: 'editor search-panel', preventDefault: true },
  { key: 'Escape', run: closeSearchPanel, scope: 'editor search-panel' },
  { key: 'Escape', run: freeTab },
  { key: 'Tab', run: indentHere, shift: indentLess },
];

/** The words of the search panel, as the site writes. */
const PHRASES = {
  next: 'Next',
  previous: 'Previous',
  all: 'All',
  'match case': 'Match case',
  regexp: 'Pattern',
  'by word': 'Whole words',
  replace: 'Replace',
  'replace all': 'Replace all',
  close: 'Close',
};
/** What covers the window at its top and its bottom, pixels: the caret stays between. */
function covered(): { top: number; bottom: number } {
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(document.documentElement);
  return { top: Number.parseFloat(scrollPaddingTop) || 0, bottom: Number.parseFloat(scrollPaddingBottom) || 0 };
}

/**
 * Has the caret come out from below what covers the window: where lines are long CodeMirror leaves its first and its
 * last line there.
 */
function uncover(view: EditorView, { head }: SelectionRange): boolean {
  view.requestMeasure({
    read: () => view.coordsAtPos(head),
    write: (caret) => {
      if (!caret) return;
      const { top, bottom } = covered();
      const by = caret.top < top ? caret.top - top : Math.max(0, caret.bottom - (innerHeight - bottom));
      // At once, for CodeMirror may be on a smooth way elsewhere.
      if (by !== 0) scrollBy({ top: by, behavior: 'instant' });
    },
  });
  return false;
}

/** The state of an editor: with its history it outlives the view. */
export function newState({ text, writing: { language, indent }, label, hint, onChange, onRun }: Purpose): EditorState {
  const extensions: Extension[] = [
    Prec.highest(
      EditorView.domEventHandlers({
        keydown: (event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return false;
          event.preventDefault();
          if (!event.repeat) onRun();
          return true;
        },
        beforeinput: typeOver,
        blur: (_, view) => holdTab(view),
      }),
    ),
    lineNumbers(),
    history(),
    indentOnInput(),
    bracketMatching(),
    highlightSelectionMatches(),
    search({ top: true }),
    EditorState.phrases.of(PHRASES),
    EditorView.scrollMargins.of(covered),
    EditorView.scrollHandler.of(uncover),
    marks,
    indentUnit.of(' '.repeat(indent)),
    EditorState.tabSize.of(4),
    ...languageOf(language),
    look,
    keymap.of([...KEYS, ...historyKeymap, ...defaultKeymap]),
    EditorView.contentAttributes.of({
      'aria-label': label,
      'aria-describedby': hint,
      autocapitalize: 'off',
      autocorrect: 'off',
      spellcheck: 'false',
      tabindex: '0',
    }),
    EditorView.updateListener.of(({ docChanged, state, view }) => {
      if (!docChanged) return;
      view.setTabFocusMode(false);
      onChange(state.doc.toString());
    }),
  ];
  return EditorState.create({ doc: text, extensions });
}

function languageOf(language: Language | undefined): Extension[] {
  return language ? [language, syntaxHighlighting(coloring)] : [];
}

/**
 * Shows a state in a shadow root: only there the editor's own styles come without a `style` element, which the site's
 * policy forbids.
 */
export function newView(root: ShadowRoot, parent: HTMLElement, state: EditorState): EditorView {
  return new EditorView({ root, parent, state });
}

/** The state with that text in it: if it is another, by a change that can be undone. */
export function withText(state: EditorState, text: string): EditorState {
  if (state.doc.toString() === text) return state;
  return state.update({ changes: { from: 0, to: state.doc.length, insert: text } }).state;
}
