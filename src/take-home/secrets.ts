/** Where passwords stand in SQL, in connection URLs and in the environment. */
const PASSWORDS: readonly RegExp[] = [
  /(\bPASSWORD\s+(?:=\s*)?)e?'(?:[^']|'')*'/gi,
  /(\b(?:postgres|postgresql|cockroachdb)(?:\+\w+)?:\/\/[^\s:@/'"]*:)[^\s@/'"]+(?=@)/gi,
  /(\b(?:PGPASSWORD|COCKROACH_PASSWORD)=)(?:'[^']*'|"[^"]*"|[^\s;]+)/g,
];
const IN_PLACE = ["'PASSWORD-LEFT-OUT'", 'PASSWORD-LEFT-OUT', 'PASSWORD-LEFT-OUT'];

/** The text with a word in place of each password that it names. */
export function withoutSecrets(text: string): string {
  return PASSWORDS.reduce((left, pattern, index) => left.replace(pattern, (_, before: string) => before + IN_PLACE[index]!), text);
}
