import { pythonLanguage } from '@codemirror/lang-python';
import { styleTags, tags } from '@lezer/highlight';

/** Python, for the editor. A decorator is highlighted as one piece, as in the page's code blocks. */
export const grammar = pythonLanguage.configure({
  props: [styleTags({ 'Decorator/VariableName Decorator/PropertyName': tags.meta })],
});
