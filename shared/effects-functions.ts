/** What the effects of a page can use, by name: what it is, and an example. */
export const EFFECTS_FUNCTIONS = {
  query: {
    about:
      'The rows of a statement, run as root in the database `bank`, or in the one named after it. Values are texts, ' +
      'and NULL is null.',
    example: "const [[count]] = await query('SELECT count(*) FROM accounts', 'bank');",
  },
  printed: {
    about:
      'What a step of the page printed, by its id: that of the heading above it, and its number there. Verification ' +
      'names faulty steps so. Empty when only the other mode has that step.',
    example: "printed('insert-the-rows-1').includes('INSERT 2')",
  },
  run: {
    about: 'Runs a step of the page again, by its id, or another step, and returns what it printed.',
    example: "const { printed } = await run({ id: 'again', kind: 'shell', command: 'python app.py' });",
  },
  mode: {
    about: 'The mode in which the page was run: `secure` or `insecure`.',
    example: "const flag = mode === 'secure' ? '--certs-dir=certs' : '--insecure';",
  },
};
