import { CommandError } from '../command-line/command-error.ts';

const MAX_USER_CHARACTERS = 63;
const USER = /^[\p{Ll}0-9_][-\p{Ll}0-9_.]*$/u;
const HINT = `HINT: Usernames are case insensitive, must start with a letter, digit or underscore, may contain letters, digits, dashes, periods, or underscores, and must not exceed ${MAX_USER_CHARACTERS} characters.`;

/**
 * A user's name as the database keeps it: in small letters. Throws CommandError, so a name can never lead out of the
 * directory.
 */
export function normalizeUser(given: string): string {
  const user = given.toLowerCase().normalize('NFC');
  const wrong =
    user === ''
      ? 'username is empty'
      : !USER.test(user)
        ? 'username is invalid'
        : user.length > MAX_USER_CHARACTERS
          ? 'username is too long'
          : undefined;
  if (wrong) throw new CommandError(`${wrong}\n${HINT}`);
  return user;
}
