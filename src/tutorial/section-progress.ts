import type { Mode } from '../../shared/protocol.ts';
import { MODES } from '../../shared/modes.ts';
import type { Block, BlockState } from '../runner/step/block.ts';
import { element } from '../ui/element.ts';

interface Section {
  blocks: Set<Block>;
  /** The signs next to its heading and its entry in the contents. */
  marks: HTMLElement[];
}

/**
 * The reader's progress: a tick next to each heading and contents entry whose steps are done, and the number of done
 * steps above the contents.
 */
export class SectionProgress {
  readonly #sections: Section[] = [];
  readonly #count = element('span', { class: 'done-count' });

  constructor(blocks: readonly Block[]) {
    const byFigure = new Map(blocks.map((block) => [block.figure as Element, block]));
    // A heading may belong to one mode, and the steps below it to both.
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

  /** `states` are those of the blocks in the current mode. */
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
