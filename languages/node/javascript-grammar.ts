import { StreamLanguage } from '@codemirror/language';
import { javascript } from '@codemirror/legacy-modes/mode/javascript';

/** JavaScript, for the editor. */
export const grammar = StreamLanguage.define(javascript);
