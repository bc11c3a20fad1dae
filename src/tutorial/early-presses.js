// Before the runner has loaded: Copy works, and presses on other buttons are kept for it.
(function () {
  const pressed = (window.bankrunPressed = []);
  addEventListener(
    'click',
    function (event) {
      const button =
        event.target.closest &&
        event.target.closest('.block[data-step] .actions button, [data-opens], [data-action=terminal]');
      if (!button || window.bankrunReady) return;
      if (button.dataset.action === 'copy' && navigator.clipboard) {
        const { text, command, statements } = JSON.parse(button.closest('[data-step]').dataset.step).step;
        // The runner tells what the browser did not allow.
        navigator.clipboard.writeText(text ?? command ?? statements).catch(() => pressed.push(button));
      } else {
        button.setAttribute('aria-busy', 'true');
        pressed.push(button);
      }
    },
    true,
  );
})();
