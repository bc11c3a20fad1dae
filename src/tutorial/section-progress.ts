import type { Mode } from '../../shared/protocol.ts';
import { MODES } from '../../shared/modes.ts';
import type { Block, BlockState } from '../runner/step/block.ts';
import { element } from '../ui/element.ts';

interface Section {
  blocks: Set<Block>;
  /** The signs beside its heading, and beside its entry in the contents. */
  marks: HTMLElement[];
}

/**
 * How far the reader is: a tick beside each heading whose steps are done, there and in the contents, and their number
 * above these.
 */
export class SectionProgress {
  readonly #sections: Section[] = [];
  readonly #count = element('span', { class: 'done-count' });

  constructor(blocks: readonly Block[]) {
    const byFigure = new Map(blocks.map((block) => [block.figure as Element, block]));
    // A heading may be of one mode, and the steps below it of both.
    const last: Partial<Record<Mode, Section>> = {};
    for (const node of document.querySelectorAll('article :is(h2, h3), article figure[data-step]')) {
      const block = byFigure.get(node);
      if (!block && node.id === '') continue;
      const section = block ? undefined : { blocks: new Set<Block>(), marks: this.#makeMarks(node) };
      const shown = node.closest<HTMLElement>('[data-show]')?.dataset['show'];
      for (const mode of MODES) {
        if (shown !== undefined && shown !== mode) continue;
        if (section) last[mode] = section;
        else if (block) last[mode]?.blocks.add(block);
      }
      if (section) this.#sections.push(section);
    }
    document.querySelector('.contents summary')?.append(this.#count);
  }

  #makeMarks(heading: Element): HTMLElement[] {
    const entry = document.querySelector(`.contents a[href="#${CSS.escape(heading.id)}"]`);
    return [heading, entry]
      .filter((place) => place !== null)
      .map((place) => {
        const mark = element('span', { class: 'section-done', role: 'img', 'aria-label': 'done' }, '✓');
        mark.hidden = true;
        place.append(mark);
        return mark;
      });
  }

  /** `states` of the blocks that the mode shows. */
  draw(states: ReadonlyMap<Block, BlockState>): void {
    for (const { blocks, marks } of this.#sections) {
      const shown = [...blocks].filter((block) => states.has(block));
      const isDone = shown.length > 0 && shown.every((block) => states.get(block) === 'done');
      for (const mark of marks) mark.hidden = !isDone;
    }
    const done = [...states.values()].filter((state) => state === 'done').length;
    const text = done > 0 ? `${done} of ${states.size} done` : '';
    if (this.#count.textContent !== text) this.#count.textContent = text;
  }
}
