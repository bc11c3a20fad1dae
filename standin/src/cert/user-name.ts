import { CommandError } from '../command-line/command-error.ts';

const MAX_USER_CHARACTERS = 63;
const USER = /^[\p{Ll}0-9_][-\p{Ll}0-9_.]*$/u;
const HINT =
  'HINT: Usernames are case insensitive, must start with a letter, digit or underscore, ' +
  'may contain letters, digits, dashes, periods, or underscores, ' +
  `and must not exceed ${MAX_USER_CHARACTERS} characters.`;

/**
 * Returns a user's name as the database stores it, in lower case. Throws CommandError for anything that is not a valid
 * name, so that no name can lead out of the directory.
 */
export function normalizeUser(given: string): string {
  const user = given.toLowerCase().normalize('NFC');
  const wrong = whatIsWrong(user);
  if (wrong) throw new CommandError(`${wrong}\n${HINT}`);
  return user;
}

function whatIsWrong(user: string): string | undefined {
  if (user === '') return 'username is empty';
  if (!USER.test(user)) return 'username is invalid';
  return user.length > MAX_USER_CHARACTERS ? 'username is too long' : undefined;
}
