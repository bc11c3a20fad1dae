/** What tests store on the window of a page, to read or call it there later. */
interface Window {
  /** Reports to the test, which has exposed this function. */
  complain: (complaint: string) => void;
  /** What was shown or said, in order, each time that it changed or was painted. */
  seen: string[];
  /** The amounts of the bank, each time that one of them changed. */
  sums: string[][];
  /** What shifted on the page, and how much, as browsers report it. */
  shifts: { value: number; moved: string[] }[];
  /** How often the observer looked at a figure, and what was out of sight. */
  watched: { looks: number; faults: string[] };
}
