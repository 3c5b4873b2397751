/* Puts the reader's own settings on <html> before the first paint. Kept locally, sent nowhere. */
(function (root) {
  root.classList.add("js");
  if (window.speechSynthesis && window.SpeechSynthesisUtterance) root.classList.add("voice");
  if (window.name === "beside") root.classList.add("framed");
  try {
    (localStorage.getItem("govsite-mode") || "").split(" ").forEach(function (name) {
      if (/^(elder|contrast|airy|size-[12])$/.test(name)) root.classList.add(name);
    });
  } catch (e) { /* no storage here: the page simply starts in its standard look */ }
})(document.documentElement);
