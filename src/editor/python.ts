import { pythonLanguage } from '@codemirror/lang-python';
import { styleTags, tags } from '@lezer/highlight';

/** As published code has it, a decorator is one piece. */
export const python = pythonLanguage.configure({
  props: [styleTags({ 'Decorator/VariableName Decorator/PropertyName': tags.meta })],
});
