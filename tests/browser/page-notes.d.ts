/** What tests leave on the window of a page, and read or call there later. */
interface Window {
  /** Tells the test, of a function that it exposed. */
  complain: (complaint: string) => void;
  /** What was seen or said, in order, each time that it changed or was painted. */
  seen: string[];
  /** The amounts of the bank, each time that one changed. */
  sums: string[][];
  /** What moved on the page by itself, and how much, as browsers tell it. */
  shifts: { value: number; moved: string[] }[];
  /** How often the eye looked at a figure, and what it missed. */
  watched: { looks: number; faults: string[] };
}
