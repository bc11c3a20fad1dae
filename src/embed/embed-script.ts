import { runStepElement } from './run-step-element.ts';
import { serverOf } from './script-address.ts';
import { BankrunServer, tabStorage } from './bankrun-server.ts';
import blockRules from './run-step.css?inline';
import resultRules from './run-step-result.css?inline';

// The entry of `/run-step.js`.
const source = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : undefined;
const origin = serverOf(source, new Error().stack);

if (origin === undefined)
  console.error(
    'run-step.js cannot tell its server: load it directly from there, ' +
      'as in <script src="https://…/run-step.js"></script>.',
  );
else if (customElements.get('run-step'))
  console.warn(`This page has already defined <run-step>, so the one from ${origin} is not used.`);
else {
  const styles = new CSSStyleSheet();
  styles.replaceSync(blockRules + resultRules);
  customElements.define('run-step', runStepElement(new BankrunServer(origin, tabStorage()), styles));
}
