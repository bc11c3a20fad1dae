/** What came of copying: `instead` is what a reader can do where the browser does not let us. */
export function copiedSentence(isCopied: boolean, instead = 'select the text instead'): string {
  return isCopied ? 'Copied to the clipboard.' : `The browser does not allow copying here: ${instead}.`;
}

/** The same, for a moment, on the button that was pressed. */
export const copiedLabel = (isCopied: boolean): string => (isCopied ? 'Copied' : 'Not allowed');
