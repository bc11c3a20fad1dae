import type { Mode } from '../../shared/protocol.ts';
import type { ModeRunner } from '../runner/run/mode-runner.ts';

/** A page's two modes, and which of them is shown. */
export class PageModes {
  readonly secure: ModeRunner;
  readonly insecure: ModeRunner;

  constructor(make: (mode: Mode) => ModeRunner) {
    this.secure = make('secure');
    this.insecure = make('insecure');
  }

  get shown(): ModeRunner {
    return document.documentElement.dataset['mode'] === 'insecure' ? this.insecure : this.secure;
  }

  get hidden(): ModeRunner {
    return this.shown === this.secure ? this.insecure : this.secure;
  }

  /** Both modes, the one that is shown first. */
  get all(): ModeRunner[] {
    return [this.shown, this.hidden];
  }
}
