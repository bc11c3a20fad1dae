import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

/** A range to mark. Its line is marked, and its characters when it is not empty. `to` is exclusive. */
export interface Place {
  from: number;
  to: number;
}

/** Marks a range and removes the previous mark; undefined only removes it. */
export const markEffect = StateEffect.define<Place | undefined>();

const line = Decoration.line({ class: 'cm-marked' });
const mistake = Decoration.mark({ class: 'cm-mistake' });

/** Holds the marked range until the text changes. */
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

/** The extension that marks the range of the last `markEffect`, and its line. */
export const marks: Extension = field;
