/**
 * Components that content may use in addition to `Mode`, `Sample` and `Partial`, which the compiler itself replaces.
 */
export const COMPONENTS = ['Cards', 'Constructs', 'Drivers', 'ModeFilter', 'Note', 'Terminal', 'Versions'] as const;
