import { pythonLanguage } from '@codemirror/lang-python';
import { styleTags, tags } from '@lezer/highlight';

/** Python, for the editor. As published code has it, a decorator is one piece. */
export const grammar = pythonLanguage.configure({
  props: [styleTags({ 'Decorator/VariableName Decorator/PropertyName': tags.meta })],
});
