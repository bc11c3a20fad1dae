import { EditorView } from '@codemirror/view';
import { PIECES } from './coloring.ts';

const button = {
  padding: '0.22rem 0.65rem',
  border: '1px solid var(--strong-line)',
  borderRadius: '0.45rem',
  background: 'none',
  color: 'var(--ink)',
  font: '600 0.8125rem/1.5 var(--sans)',
  cursor: 'pointer',
};

/**
 * The editor's theme. It looks like the block around it and uses the site's custom properties, which follow the light
 * and dark themes.
 */
export const look = EditorView.theme({
  '&': { backgroundColor: 'var(--raised)', color: 'var(--ink)', borderTop: '1px solid var(--line)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    maxHeight: 'var(--editor-most, none)',
    fontFamily: 'var(--mono)',
    fontSize: '0.8125rem',
    lineHeight: '1.6',
    fontVariantLigatures: 'none',
  },
  '.cm-content': { padding: '0.85rem 0.9rem 0.85rem 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0' },
  '.cm-gutters': { border: '0', backgroundColor: 'var(--raised)', color: 'var(--quiet)' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '2ch', padding: '0 1ch 0 0.9rem' },
  '&.cm-focused .cm-matchingBracket, &.cm-focused .cm-nonmatchingBracket': {
    backgroundColor: 'var(--wash)',
    outline: '1px solid var(--strong-line)',
    color: 'inherit',
  },
  '&.cm-focused .cm-nonmatchingBracket': { outlineColor: 'var(--danger)' },
  '.cm-marked': { backgroundColor: 'var(--danger-wash)', boxShadow: 'inset 3px 0 0 var(--danger)' },
  '.cm-mistake': { textDecoration: 'underline wavy var(--danger)', textUnderlineOffset: '0.2em' },
  '.cm-selectionMatch': { backgroundColor: 'var(--wash)' },
  '.cm-searchMatch': { backgroundColor: 'var(--money-wash)', outline: '1px solid var(--money)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--accent-wash)', outline: '2px solid var(--accent)' },
  '.cm-panels': { backgroundColor: 'var(--code)', color: 'var(--ink)', zIndex: '1' },
  // Below the page's header, which is sticky.
  '.cm-panels.cm-panels-top': { top: 'var(--top) !important', borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search': {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '0.3rem',
    alignItems: 'center',
    padding: '0.5rem 2.4rem 0.5rem 0.9rem',
    fontFamily: 'var(--sans)',
  },
  '.cm-panel.cm-search br': { display: 'none' },
  '.cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label': { margin: '0' },
  '.cm-panel.cm-search label': {
    display: 'inline-flex',
    gap: '0.3rem',
    alignItems: 'center',
    minHeight: '1.6rem',
    paddingInline: '0.3rem',
    color: 'var(--quiet)',
    fontSize: '0.8125rem',
  },
  '.cm-textfield': {
    minWidth: '0',
    padding: '0.22rem 0.5rem',
    border: '1px solid var(--strong-line)',
    borderRadius: '0.45rem',
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    font: '0.8125rem/1.5 var(--mono)',
  },
  '.cm-button': { ...button, backgroundImage: 'none' },
  '.cm-button:hover, .cm-panel.cm-search [name=close]:hover': { backgroundColor: 'var(--wash)' },
  '.cm-button:active': { backgroundImage: 'none', backgroundColor: 'var(--wash)' },
  '.cm-panel.cm-search [name=close]': {
    ...button,
    top: '0.45rem',
    right: '0.5rem',
    minWidth: '1.7rem',
    minHeight: '1.7rem',
    padding: '0',
    borderColor: 'transparent',
  },
  '.cm-panel :focus-visible': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  // Phones zoom in when a focused field has smaller text.
  '@media (pointer: coarse)': {
    '.cm-scroller, .cm-textfield': { fontSize: '16px' },
    '.cm-button, .cm-panel.cm-search label': { minHeight: '2rem' },
  },
  ...Object.fromEntries(PIECES.map((piece) => [`.code-${piece}`, { color: `var(--code-${piece})` }])),
});
