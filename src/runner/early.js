// Before the runner has loaded: Copy works, and presses on other buttons are kept for it.
(function () {
  const pressed = (window.bankrunPressed = []);
  addEventListener(
    'click',
    function (event) {
      const button = event.target.closest && event.target.closest('.block[data-step] .actions button');
      if (!button || window.bankrunReady) return;
      if (button.dataset.action === 'copy' && navigator.clipboard) {
        navigator.clipboard.writeText(button.closest('[data-text]').dataset.text);
      } else {
        button.setAttribute('aria-busy', 'true');
        pressed.push(button);
      }
    },
    true,
  );
})();
