/** Components that content may use besides `Mode`, `Sample` and `Partial`, which the build resolves itself. */
export const COMPONENTS = ['Cards', 'Constructs', 'Drivers', 'ModeFilter', 'Note', 'Terminal'] as const;
