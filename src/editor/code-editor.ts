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
import type { EditorLanguage } from './languages.ts';
import { look } from './look.ts';
import { marks } from './marks.ts';

export { coloredNodes } from './coloring.ts';
export { markEffect } from './marks.ts';

/** The content and callbacks of an editor. */
export interface EditorOptions {
  text: string;
  language: EditorLanguage;
  /** The editor's label for screen readers. */
  label: string;
  /** The id of the element that says how to leave the editor. */
  hint: string;
  onChange: (text: string) => void;
  onRun: () => void;
}

/**
 * Inserts spaces up to the next tab stop, or indents the selected lines. Never inserts tab characters, because Python
 * refuses files that mix both.
 */
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

/** After Escape, Tab moves the focus to the next element on the page, until something is typed. */
const freeTab: Command = (view) => {
  view.setTabFocusMode(true);
  return false;
};
const holdTab = (view: EditorView): boolean => {
  view.setTabFocusMode(false);
  return false;
};

/**
 * Replaces the selection with typed text. Chromium would do it with a `style` attribute that preserves the look, which
 * the Content-Security-Policy blocks with an error in the console.
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

/** The labels of the search panel in the site's style. */
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
/**
 * Returns the heights that sticky elements cover at the top and bottom of the window, in pixels. The caret stays
 * between them.
 */
function covered(): { top: number; bottom: number } {
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(document.documentElement);
  return { top: Number.parseFloat(scrollPaddingTop) || 0, bottom: Number.parseFloat(scrollPaddingBottom) || 0 };
}

/**
 * Scrolls the caret out from under sticky elements, where CodeMirror leaves the first and the last line when lines are
 * long.
 */
function uncover(view: EditorView, { head }: SelectionRange): boolean {
  view.requestMeasure({
    read: () => view.coordsAtPos(head),
    write: (caret) => {
      if (!caret) return;
      const { top, bottom } = covered();
      const by = caret.top < top ? caret.top - top : Math.max(0, caret.bottom - (innerHeight - bottom));
      // Instantly, because CodeMirror may be scrolling smoothly.
      if (by !== 0) scrollBy({ top: by, behavior: 'instant' });
    },
  });
  return false;
}

/** Returns the state of an editor. It outlives the view, with its undo history. */
export function newState({
  text,
  language: { grammar, indent },
  label,
  hint,
  onChange,
  onRun,
}: EditorOptions): EditorState {
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
    ...highlightingOf(grammar),
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

function highlightingOf(grammar: Language | undefined): Extension[] {
  return grammar ? [grammar, syntaxHighlighting(coloring)] : [];
}

/**
 * Shows a state in a shadow root, where CodeMirror does not need a `style` element, which the Content-Security-Policy
 * forbids.
 */
export function newView(root: ShadowRoot, parent: HTMLElement, state: EditorState): EditorView {
  return new EditorView({ root, parent, state });
}

/** Returns the state with the given text. A change can be undone. */
export function withText(state: EditorState, text: string): EditorState {
  if (state.doc.toString() === text) return state;
  return state.update({ changes: { from: 0, to: state.doc.length, insert: text } }).state;
}
