import { StreamLanguage } from '@codemirror/language';
import { shell as mode } from '@codemirror/legacy-modes/mode/shell';

/** The editor's grammar for shell commands. */
export const shell = StreamLanguage.define(mode);
