import { StreamLanguage } from '@codemirror/language';
import { shell as mode } from '@codemirror/legacy-modes/mode/shell';

/** Shell commands in the editor. */
export const shell = StreamLanguage.define(mode);
