
/* The offline edition switches every page to the terminal's face. Added to this file by govsite pack. */
(function (root, terminal) {
  "use strict";
  var base = document.currentScript.src.replace(/assets\/[^/]*$/, "");
  root.classList.add("kiosk");
  if (terminal.printer) root.classList.add("printer");
  terminal.base = base;
  window.govsiteTerminal = terminal;
  terminal.scripts.forEach(function (path) {
    var script = document.createElement("script");
    script.src = base + path;
    script.async = false;
    script.defer = true;
    document.head.appendChild(script);
  });
})(document.documentElement, /*terminal*/{});
