import { AuthorError } from './embed-part.ts';
import { programOf, type Authored, type Program } from './embed-program.ts';
import { EmbedPress, whyAway, type Way } from './embed-press.ts';
import type { BankrunServer } from './bankrun-server.ts';
import { BlockView, mistakeElement } from './block-view.ts';
import { runsOffSentence } from '../sentences/readiness-sentences.ts';

/**
 * Returns the class of the `<run-step>` element for pages of other sites: it shows the steps written in it, and runs
 * them in the reader's sandbox on that server. `styles` are adopted without a `style` element, which the page may
 * forbid.
 */
export function runStepElement(server: BankrunServer, styles: CSSStyleSheet): CustomElementConstructor {
  let engine: ReturnType<BankrunServer['health']> | undefined;

  return class RunStep extends HTMLElement {
    readonly #root = this.attachShadow({ mode: 'open' });
    readonly #changes = new MutationObserver(() => this.#read());
    readonly #sight = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) void this.#look();
    });
    #written = '';
    #view: BlockView | undefined;
    #press: EmbedPress | undefined;

    connectedCallback(): void {
      this.#root.adoptedStyleSheets = [styles];
      // While the page is loading, the element's content may not be there yet.
      if (document.readyState === 'loading')
        document.addEventListener('DOMContentLoaded', () => this.#begin(), { once: true });
      else this.#begin();
    }

    disconnectedCallback(): void {
      this.#changes.disconnect();
      this.#sight.disconnect();
      this.#press?.leave();
      this.#press = undefined;
    }

    #begin(): void {
      if (!this.isConnected) return;
      this.#changes.observe(this, { attributes: true, childList: true, subtree: true, characterData: true });
      this.#sight.observe(this);
      this.#read();
    }

    /** Shows the element's content, unless it is already shown. */
    #read(): void {
      const authored = authoredOf(this);
      const written = JSON.stringify(authored);
      if (written === this.#written) return;
      this.#written = written;
      this.#press?.leave();
      this.#press = undefined;
      this.#view = undefined;
      try {
        this.#show(programOf(authored));
      } catch (cause) {
        if (!(cause instanceof AuthorError)) throw cause;
        this.#root.replaceChildren(mistakeElement(cause.message));
        console.error(this, cause.message);
      }
    }

    #show(program: Program): void {
      const view = new BlockView(program, server.origin, () =>
        this.#press ? void this.#press.stop() : this.#run(program, view, { fresh: false }),
      );
      this.#view = view;
      this.#root.replaceChildren(view.node);
    }

    #run(program: Program, view: BlockView, way: Way): void {
      const again = (next: Way): void => {
        view.focusRun();
        if (!this.#press) this.#run(program, view, next);
      };
      const press = 'resume' in way ? way.resume : new EmbedPress(server, program, view, again);
      this.#press = press;
      view.isRunning = true;
      void ('resume' in way ? press.resume() : press.run(way.fresh)).finally(() => {
        if (this.#press === press) this.#press = undefined;
        view.isRunning = false;
      });
    }

    /** Shows the server's engine once the element is visible. All elements share one request. */
    async #look(): Promise<void> {
      this.#sight.disconnect();
      try {
        engine ??= server.health();
        const health = await engine;
        if (health.engine) this.#view?.showEngine(health.engine);
        else this.#view?.showOff(runsOffSentence(health.reason));
      } catch {
        engine = undefined;
        this.#view?.showOff(await whyAway(server));
      }
    }
  };
}

function authoredOf(host: HTMLElement): Authored {
  const parts = [...host.children].filter((child): child is HTMLElement => child instanceof HTMLElement);
  return {
    mode: host.getAttribute('mode'),
    caption: host.getAttribute('caption'),
    imports: host.getAttribute('imports'),
    parts: parts.map(({ dataset: { kind, path, user, database, fails, session, waits, unordered }, textContent }) => ({
      kind,
      path,
      user,
      database,
      fails,
      session,
      waits: waits !== undefined,
      unordered: unordered !== undefined,
      text: textContent,
    })),
  };
}
