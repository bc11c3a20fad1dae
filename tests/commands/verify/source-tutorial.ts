import type { SourceTutorial } from '../../../commands/verify/tutorial.ts';

/** Returns a page of that name, without steps unless others are given. */
export function sourceTutorial(slug: string, rest: Partial<SourceTutorial> = {}): SourceTutorial {
  return {
    slug,
    steps: [],
    file: `content/tutorials/build-with-${slug}.mdx`,
    id: `build-with-${slug}`,
    title: `Build with ${slug}`,
    uses: new Set(),
    mistakes: [],
    others: [],
    hasWrongEffects: false,
    ...rest,
  };
}
