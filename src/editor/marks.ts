import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

/**
 * A place to mark in the text, or none. `to` is behind the last character of a mistake; a line is marked where it is
 * `from`.
 */
export interface Place {
  from: number;
  to: number;
}

/** Marks a place, and unmarks the one before. */
export const markEffect = StateEffect.define<Place | undefined>();

const line = Decoration.line({ class: 'cm-marked' });
const mistake = Decoration.mark({ class: 'cm-mistake' });

/** The place that is marked, until the text is another. */
const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marked, { docChanged, effects, state }) => {
    const effect = effects.findLast((each) => each.is(markEffect));
    if (!effect) return docChanged ? Decoration.none : marked;
    if (!effect.value) return Decoration.none;
    const to = Math.min(effect.value.to, state.doc.length);
    const from = Math.min(effect.value.from, to);
    return Decoration.set([line.range(state.doc.lineAt(from).from), ...(to > from ? [mistake.range(from, to)] : [])]);
  },
  provide: (of) => EditorView.decorations.from(of),
});

/** Marks the range that `markEffect` names, with its line. */
export const marks: Extension = field;
