/** How this project's text is set: `npm run format` does it, and `npm test` fails where it was not done. */
export default {
  printWidth: 120,
  singleQuote: true,
  plugins: ['prettier-plugin-astro'],
  overrides: [{ files: '*.astro', options: { parser: 'astro' } }],
};
