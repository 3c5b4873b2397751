/* Enhancements only: every page is complete without this file. ES2017, no dependencies. */
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const one = (selector, from = document) => from.querySelector(selector);
  const on = (node, event, run) => node && node.addEventListener(event, run);
  const press = (button, is) => button.setAttribute("aria-pressed", String(is));
  const say = (text) => { const box = one("#status"); box.textContent = ""; setTimeout(() => { box.textContent = text; }, 50); };

  /* Reading settings. */
  const modes = ["elder", "contrast", "airy", "size-1", "size-2"];
  const sizes = ["", "size-1", "size-2"];
  const tools = one(".tools");
  const size = () => Math.max(0, sizes.findIndex((name) => name && root.classList.contains(name)));
  const showModes = () => {
    all("[data-mode]").forEach((button) => press(button, root.classList.contains(button.dataset.mode)));
    all("[data-size]").forEach((button) => press(button, size() > 0));
  };
  const keepModes = () => {
    const names = modes.filter((name) => root.classList.contains(name));
    try { localStorage.setItem("govsite-mode", names.join(" ")); } catch (e) { /* kept for this page only */ }
    showModes();
  };
  all("[data-mode]").forEach((button) => on(button, "click", () => {
    const is = root.classList.toggle(button.dataset.mode);
    keepModes();
    if (tools) say(button.textContent.trim() + (is ? tools.dataset.on : tools.dataset.off));
    button.scrollIntoView({block: "nearest"});
  }));
  all("[data-size]").forEach((button) => on(button, "click", () => {
    const next = (size() + 1) % sizes.length;
    root.classList.remove("size-1", "size-2");
    if (next) root.classList.add(sizes[next]);
    keepModes();
    say(button.textContent.trim() + " A" + "+".repeat(next));
  }));
  showModes();
  on(window, "storage", (event) => {
    if (event.key !== "govsite-mode") return;
    const names = (event.newValue || "").split(" ");
    modes.forEach((name) => root.classList.toggle(name, names.includes(name)));
    showModes();
  });

  /* Reading aloud with the device's own voice: a piece at a time, the piece being read is marked. */
  const speech = window.speechSynthesis;
  const readers = root.classList.contains("voice") ? all("[data-read]") : [];
  let queue = null;
  const mark = (node) => { all(".reading").forEach((old) => old.classList.remove("reading")); if (node) node.classList.add("reading"); };
  const still = (why) => {
    queue = null;
    speech.cancel();
    mark(null);
    readers.forEach((button) => { press(button, false); button.textContent = button.dataset.word; });
    if (why) say(why);
  };
  const pieces = () => {
    const kinds = "h1, h2, h3, h4, p, li, dt, dd, th, td, caption, summary";
    return all("main :is(" + kinds + ")").filter((node) => node.offsetParent && !one(kinds, node) && node.textContent.trim()
      && !node.closest("nav, .vh, .doc-tools, .qr"));
  };
  const next = (button) => {
    const node = queue && queue.shift();
    if (!node) { if (queue) still(""); return; }
    const words = new SpeechSynthesisUtterance(node.textContent.replace(/\s+|¶/g, " "));
    words.lang = root.lang;
    words.rate = root.classList.contains("elder") ? .85 : 1;
    words.onstart = () => { mark(node); node.scrollIntoView({block: "center"}); };
    words.onend = () => next(button);
    words.onerror = (event) => { if (queue && !/cancel|interrupt/.test(event.error)) still(button.dataset.none); };
    speech.speak(words);
    if (!one(".reading")) setTimeout(() => { if (queue && !speech.speaking) still(button.dataset.none); }, 2500);
  };
  readers.forEach((button) => {
    button.dataset.word = button.textContent;
    on(button, "click", () => {
      if (queue) { still(""); return; }
      queue = pieces();
      readers.forEach((each) => { press(each, true); each.textContent = each.dataset.stop; });
      next(button);
    });
  });
  on(window, "pagehide", () => { if (queue) speech.cancel(); });

  /* The menu of narrow screens. */
  const menu = one(".menu");
  on(menu, "click", () => {
    const open = menu.getAttribute("aria-expanded") !== "true";
    menu.setAttribute("aria-expanded", String(open));
    menu.closest("nav").classList.toggle("open", open);
  });
  on(one(".topnav"), "keydown", (event) => {
    if (event.key === "Escape" && menu && menu.getAttribute("aria-expanded") === "true") { menu.click(); menu.focus(); }
  });

  /* Rows of links that scroll sideways: bring the current one into view. */
  all(".side ul, .topnav ul").forEach((list) => {
    const here = one("[aria-current]", list);
    if (here && list.scrollWidth > list.clientWidth) list.scrollLeft = here.offsetLeft - list.clientWidth / 3;
  });

  /* What the reader's own clock knows to be over. */
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  all(".now [data-until]").forEach((line) => { if (line.dataset.until < today) line.lastElementChild.textContent += line.dataset.over; });

  /* Captions come up by themselves, but not from a folder, where browsers refuse to read them. */
  if (location.protocol !== "file:") all("track").forEach((node) => { node.track.mode = "showing"; });

  /* Shown beside another page: links leave the frame. */
  if (root.classList.contains("framed")) all("a[href]:not([href^='#'])").forEach((a) => { a.target = "_top"; });

  window.govsite = Object.assign(window.govsite || {}, {say});
})();
