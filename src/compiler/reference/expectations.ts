import { CAPTURE_NOTES, CAPTURES } from '../../../shared/expectation/captures.ts';
import { code } from './passages.ts';

/** Returns the captures of expected output. */
export function capturesText(): string {
  const lines = Object.keys(CAPTURES).map((name) => {
    const { about, example } = CAPTURE_NOTES[name]!;
    const [expected, printed] = example.map(code);
    return `- ${code(`{${name}}`)}: ${about} ${expected} fits ${printed}.\n`;
  });
  return lines.join('');
}
