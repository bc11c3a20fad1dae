import { CAPTURE_NOTES, CAPTURES } from '../../../shared/expectation/captures.ts';
import { code, table } from './passages.ts';

/** Returns the captures of expected output. */
export function capturesText(): string {
  const rows = Object.keys(CAPTURES).map((name) => {
    const { about, example } = CAPTURE_NOTES[name]!;
    return [code(`{${name}}`), about, ...example.map(code)];
  });
  return table(['Capture', 'Fits', 'On the page', 'Printed'], rows);
}
