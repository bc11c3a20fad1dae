import type { EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { Block } from '../runner/step/block.ts';
import { button, element } from '../ui/element.ts';
import { DRAWN_EVENT, RANGE_EVENT, type RangeRequest } from '../runner/step/code-range.ts';
import { NOT_LOADED_SENTENCE } from '../sentences/cluster-sentences.ts';
import { announce } from '../ui/status.ts';
import { offsetOfSelection } from '../runner/step/code-text.ts';
import { pathOf } from '../../shared/step.ts';
import { editorLanguageOf, type EditorLanguage } from './languages.ts';
import { keysSentence } from '../sentences/edit-sentences.ts';

/** The code editor and the highlighter. They are large, so they are loaded when code is first edited. */
type CodeEditor = typeof import('./code-editor.ts') & { language: EditorLanguage };

const HINT_ID = 'hint';
const MOD = /Mac|iP(hone|ad)/.test(navigator.platform) ? '⌘' : 'Ctrl';

/** Makes a block's code editable. An edit stays until Revert; the undo history stays while the page is open. */
export class BlockEditor {
  readonly #block: Block;
  readonly #box: HTMLElement;
  readonly #published: Node[];
  readonly #onChange: () => void;
  readonly #onRun: () => void;
  readonly #revert: HTMLButtonElement;
  /** The page handles clicks on `data-opens` elements. */
  readonly #share = button('Share', () => undefined, { 'data-action': 'share', 'data-opens': 'share' });
  /** The line breaks at the end of the author's text, which the editor does not show as empty lines. */
  readonly #end: string;
  #codeEditor: Promise<CodeEditor> | undefined;
  #state: EditorState | undefined;
  #open: { host: HTMLElement; view: EditorView; markEffect: CodeEditor['markEffect'] } | undefined;
  /** The edit that Revert removed, for undoing the revert. */
  #undone: string | undefined;

  constructor(block: Block, onChange: () => void, onRun: () => void) {
    this.#block = block;
    this.#onChange = onChange;
    this.#onRun = onRun;
    this.#end = /\n*$/.exec(block.original)![0];
    this.#box = block.figure.querySelector<HTMLElement>('.code')!;
    this.#published = [...this.#box.childNodes].filter(
      (node) => !(node instanceof Element && node.matches('.line-mark')),
    );
    this.#revert = button('', () => this.#pressRevert(), { 'data-action': 'revert' });
    this.#revert.hidden = true;
    this.#share.hidden = true;
    block.button('edit')?.after(this.#revert, this.#share);
    block.button('edit')?.setAttribute('aria-expanded', 'false');
    block.figure.addEventListener(RANGE_EVENT, (event) => this.#showRange(event as CustomEvent<RangeRequest>));
  }

  /** Opens or closes the editor. Rejects when the editor's code cannot be loaded. */
  async toggle(): Promise<void> {
    if (this.#open) this.close();
    else await this.open();
  }

  /**
   * Opens the editor, with the caret where the reader last clicked into the code or else at the beginning. Rejects when
   * the editor's code cannot be loaded.
   */
  async open(): Promise<void> {
    const { figure } = this.#block;
    const caret = offsetOfSelection(this.#box);
    const edit = this.#block.button('edit');
    edit?.setAttribute('aria-busy', 'true');
    const codeEditor = await this.#load().finally(() => edit?.removeAttribute('aria-busy'));
    if (this.#open) return;
    this.#state = this.#state
      ? codeEditor.withText(this.#state, this.#toShown(this.#block.text))
      : this.#newState(codeEditor);
    if (caret !== undefined)
      this.#state = this.#state.update({ selection: { anchor: Math.min(caret, this.#state.doc.length) } }).state;
    const host = element('div', { class: 'editor', 'data-editor': '' });
    // Keys typed here are not the page's shortcuts.
    host.addEventListener('keydown', (event) => {
      if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
    });
    const root = host.attachShadow({ mode: 'open' });
    const inside = element('div');
    const hint = element('p', { id: HINT_ID, part: 'hint' }, keysSentence(MOD));
    root.append(inside, hint);
    // The editor of a folded sample keeps the sample's visible height.
    if (this.#box.querySelector('details:not([open])'))
      host.style.setProperty('--editor-most', `${this.#box.offsetHeight}px`);
    this.#keepRow();
    this.#box.hidden = true;
    this.#box.after(host);
    this.#open = { host, view: codeEditor.newView(root, inside, this.#state), markEffect: codeEditor.markEffect };
    figure.classList.add('editing');
    this.#drawButtons();
    this.#open.view.focus();
  }

  /**
   * If the buttons are below the caption, keeps them there although they get shorter: otherwise the code would move.
   */
  #keepRow(): void {
    const { figure } = this.#block;
    const [caption, actions] = [
      figure.querySelector<HTMLElement>('figcaption'),
      figure.querySelector<HTMLElement>('.actions'),
    ];
    if (caption && actions)
      figure.classList.toggle('stacked', actions.offsetTop >= caption.offsetTop + caption.offsetHeight);
  }

  /**
   * Shows a range in the editor when it is open. Opens the editor for a range in the reader's own code when the reader
   * asks to go there.
   */
  #showRange(event: CustomEvent<RangeRequest>): void {
    const { find, goes } = event.detail;
    if (!this.#open && !(goes && this.#block.edited !== undefined)) return;
    event.preventDefault();
    const show = (): void => {
      if (!this.#open) return;
      const { view, markEffect } = this.#open;
      const found = find(view.state.doc.toString());
      event.detail.isFound = found !== undefined;
      view.dispatch({ effects: markEffect.of(found) });
      if (!found || !goes) return;
      view.dispatch({ selection: { anchor: Math.min(found.from, view.state.doc.length) }, scrollIntoView: true });
      view.focus();
    };
    if (this.#open) show();
    else void this.open().then(show, () => announce(NOT_LOADED_SENTENCE));
  }

  /** Closes the editor. The block then shows the edit. */
  close(): void {
    const hadFocus = this.#open !== undefined && document.activeElement === this.#open.host;
    if (this.#open) this.#state = this.#open.view.state;
    this.#open?.view.destroy();
    this.#open?.host.remove();
    this.#open = undefined;
    this.#block.figure.classList.remove('editing');
    this.draw();
    if (hadFocus) this.#block.button('edit')?.focus({ preventScroll: true });
  }

  /**
   * Replaces the block's text; undefined restores the author's. The previous edit can be restored with "Undo revert".
   */
  put(text: string | undefined): void {
    const { edited, original } = this.#block;
    this.#block.edited = text === original ? undefined : text;
    this.#undone = this.#block.edited === undefined ? edited : undefined;
    this.close();
    this.#onChange();
  }

  /** Restores the author's text or, pressed again, the edit. */
  #pressRevert(): void {
    const hadFocus = document.activeElement === this.#revert;
    this.put(this.#block.edited === undefined ? this.#undone : undefined);
    if (hadFocus) this.#revert.focus();
  }

  /** Shows the block's current text: the edit, or the published code. */
  draw(): void {
    const { edited } = this.#block;
    this.#box.hidden = false;
    if (edited === undefined) this.#box.replaceChildren(...this.#published);
    else {
      const shown = this.#toShown(edited);
      const code = element('code', {}, shown);
      this.#box.replaceChildren(element('pre', { tabindex: '0' }, code));
      // Stays without colours when the highlighter cannot be loaded.
      this.#load().then(
        (codeEditor) => {
          if (!code.isConnected) return;
          code.replaceChildren(...codeEditor.coloredNodes(shown, codeEditor.language.grammar));
          this.#block.figure.dispatchEvent(new Event(DRAWN_EVENT));
        },
        () => undefined,
      );
    }
    this.#drawButtons();
    this.#block.figure.dispatchEvent(new Event(DRAWN_EVENT));
  }

  #toShown(text: string): string {
    return this.#end !== '' && text.endsWith(this.#end) ? text.slice(0, -this.#end.length) : text;
  }

  #load(): Promise<CodeEditor> {
    const { step } = this.#block;
    this.#codeEditor ??= Promise.all([import('./code-editor.ts'), editorLanguageOf(step.kind, pathOf(step))]).then(
      ([codeEditor, language]) => ({ ...codeEditor, language }),
    );
    this.#codeEditor.catch(() => (this.#codeEditor = undefined));
    return this.#codeEditor;
  }

  #newState({ newState, language }: CodeEditor): EditorState {
    const { text, title } = this.#block;
    return newState({
      text: this.#toShown(text),
      language,
      label: `Edit ${title}`,
      hint: HINT_ID,
      onChange: (shown) => this.#change(shown),
      onRun: this.#onRun,
    });
  }

  #change(shown: string): void {
    const { original } = this.#block;
    const text = shown.endsWith('\n') ? shown : shown + this.#end;
    this.#block.edited = text === original ? undefined : text;
    this.#undone = undefined;
    this.#drawButtons();
    this.#onChange();
  }

  /** Updates the buttons and whether the block is marked as edited. */
  #drawButtons(): void {
    const { edited, figure, title } = this.#block;
    const edit = this.#block.button('edit');
    const label = this.#open ? 'Done' : 'Edit';
    if (edit && edit.textContent !== label) edit.textContent = label;
    this.#block.name('edit', this.#open ? 'Done with editing' : label);
    edit?.setAttribute('aria-expanded', String(this.#open !== undefined));
    figure.classList.toggle('edited', edited !== undefined);
    this.#share.hidden = edited === undefined;
    this.#share.setAttribute('aria-label', `Share: ${title}`);
    this.#revert.hidden = edited === undefined && this.#undone === undefined;
    const revert = edited === undefined ? 'Undo revert' : 'Revert';
    this.#revert.textContent = revert;
    this.#revert.setAttribute(
      'aria-label',
      edited === undefined ? `Undo the revert of ${title}` : `Revert ${title} to what the page says`,
    );
  }
}
