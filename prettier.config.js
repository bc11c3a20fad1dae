/** The formatting of all files but Python: `npm run format` applies it, and `npm test` fails where it is missing. */
export default {
  printWidth: 120,
  singleQuote: true,
  plugins: ['prettier-plugin-astro'],
  overrides: [{ files: '*.astro', options: { parser: 'astro' } }],
};
