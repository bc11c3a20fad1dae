const LEFT_OUT = 'PASSWORD-LEFT-OUT';
/** Names of secrets, with any prefix and suffix. */
const NAME = String.raw`\w*(?:passw(?:or)?d|passphrase|secret|api_?key)\w*`;
/** A string literal on one line, in any language's quotes. */
const STRING = String.raw`(?:'(?:[^'\\\n]|\\.)+'|"(?:[^"\\\n]|\\.)+")`;

/** Patterns of passwords with their replacements. Placeholders that are filled in at run time do not match. */
const PASSWORDS: readonly [RegExp, (before: string) => string][] = [
  // In SQL.
  [
    /(\bPASSWORD\s+(?:=\s*)?)(?:e'(?:[^'\\]|''|\\[^])*'|'(?:[^']|'')*'|\$(\w*)\$[^]*?\$\2\$)/gi,
    (before) => `${before}'${LEFT_OUT}'`,
  ],
  // In URLs.
  [/(\b[a-z][\w+.-]{0,20}:\/\/[^\s:@/'"]{0,200}:)(?!\{|\$|<|%[s(])[^\s@/'"]+(?=@)/gi, (before) => before + LEFT_OUT],
  // In code: as an argument or a variable, and as an entry of a dictionary.
  [new RegExp(String.raw`((?<!["'\w])${NAME}\s*=\s*[rbu]?)${STRING}`, 'gi'), (before) => `${before}"${LEFT_OUT}"`],
  [new RegExp(String.raw`((["'])${NAME}\2\s*(?::|=>)\s*[rbu]?)${STRING}`, 'gi'), (before) => `${before}"${LEFT_OUT}"`],
  // Among the words of a connection string.
  [/((?<=[\s'"?&])password=)(?!\{|\$|%[s(])[^\s'"&()[\],]+(?=[ '"&])/gi, (before) => before + LEFT_OUT],
  // In the environment.
  [
    /(\b\w*(?:PASSWORD|PASSWD|SECRET|API_?KEY)\w*=)(?!None\b|\$)[^\s;&|'"()[\]{},]+(?=[\s;&|]|$)/g,
    (before) => before + LEFT_OUT,
  ],
];

/** Returns the text with a placeholder for each password in it. */
export function withoutSecrets(text: string): string {
  return PASSWORDS.reduce(
    (left, [pattern, replace]) => left.replace(pattern, (_, before: string) => replace(before)),
    text,
  );
}
