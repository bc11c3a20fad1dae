// Works until the runner has loaded: Copy copies, and presses of other buttons are queued for the runner.
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
        // The runner copies again and shows the error.
        navigator.clipboard.writeText(text ?? command ?? statements).catch(() => pressed.push(button));
      } else {
        button.setAttribute('aria-busy', 'true');
        pressed.push(button);
      }
    },
    true,
  );
})();
