
/* The offline edition switches every page to the terminal's face. Added to this file by govsite pack. */
(function (root, terminal) {
  "use strict";
  var base = document.currentScript.src.replace(/assets\/[^/]*$/, "");
  root.classList.add("kiosk");
  if (terminal.printer) root.classList.add("printer");
  terminal.base = base;
  window.govsiteTerminal = terminal;
  /* Written, not appended: they run before the page's own scripts, which the terminal's must be ready for. */
  terminal.scripts.forEach(function (path) {
    document.write('<script defer src="' + base + path + '"><\/script>');
  });
})(document.documentElement, /*terminal*/{});
