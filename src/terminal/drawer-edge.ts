import { element } from '../ui/element.ts';
import { heightByKey, heightIn, maxIn, recallHeight, rememberHeight } from './drawer-height.ts';

/**
 * The upper edge of the drawer, which can be dragged or moved with the arrow keys. It keeps the drawer's height and
 * sets the page's `--drawer` property.
 */
export class DrawerEdge {
  readonly element = element('div', {
    class: 'edge',
    role: 'separator',
    tabindex: '0',
    'aria-orientation': 'horizontal',
    'aria-label': 'Height of the terminal',
  });
  readonly #resized: () => void;
  #wanted = recallHeight();
  #height = 0;
  #isOpen = false;

  /** `resized` is called after each change. */
  constructor(resized: () => void) {
    this.#resized = resized;
    this.element.addEventListener('pointerdown', (event) => this.#drag(event));
    this.element.addEventListener('keydown', (event) => {
      const height = heightByKey(event.key, this.#height, innerHeight);
      if (height === undefined) return;
      event.preventDefault();
      this.#want(height);
    });
    addEventListener('resize', () => this.#apply());
  }

  /** While the drawer is open, the page makes room for it at its end. */
  set isOpen(isOpen: boolean) {
    this.#isOpen = isOpen;
    this.#apply();
  }

  #want(height: number): void {
    this.#wanted = heightIn(innerHeight, height);
    rememberHeight(this.#wanted);
    this.#apply();
  }

  #apply(): void {
    this.#height = heightIn(innerHeight, this.#wanted);
    const { style } = document.documentElement;
    if (this.#isOpen) style.setProperty('--drawer', `${this.#height}px`);
    else style.removeProperty('--drawer');
    for (const [name, value] of [
      ['valuenow', this.#height],
      ['valuemin', heightIn(innerHeight, 0)],
      ['valuemax', maxIn(innerHeight)],
    ] as const)
      this.element.setAttribute(`aria-${name}`, String(value));
    this.#resized();
  }

  #drag(down: PointerEvent): void {
    down.preventDefault();
    this.element.setPointerCapture(down.pointerId);
    const from = this.#height + down.clientY;
    const ending = new AbortController();
    const { signal } = ending;
    this.element.addEventListener('pointermove', ({ clientY }) => this.#want(from - clientY), { signal });
    for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'] as const)
      this.element.addEventListener(end, () => ending.abort(), { signal });
  }
}
