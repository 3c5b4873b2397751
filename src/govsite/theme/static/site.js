/* Enhancements only: every page is complete without this file. ES2017, no dependencies. */
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const one = (selector, from = document) => from.querySelector(selector);
  const on = (node, event, run) => node && node.addEventListener(event, run);
  const press = (button, is) => button.setAttribute("aria-pressed", String(is));
  const narrow = matchMedia("(max-width: 47.99em)");
  const say = (text) => { const box = one("#status"); box.textContent = ""; setTimeout(() => { box.textContent = text; }, 50); };

  /* Reading settings. */
  const modes = ["elder", "contrast", "size-1", "size-2"];
  const sizes = ["", "size-1", "size-2"];
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
    root.classList.toggle(button.dataset.mode);
    keepModes();
  }));
  all("[data-size]").forEach((button) => on(button, "click", () => {
    const next = (size() + 1) % sizes.length;
    root.classList.remove("size-1", "size-2");
    if (next) root.classList.add(sizes[next]);
    keepModes();
  }));
  showModes();
  on(window, "storage", (event) => {
    if (event.key !== "govsite-mode") return;
    const names = (event.newValue || "").split(" ");
    modes.forEach((name) => root.classList.toggle(name, names.includes(name)));
    showModes();
  });

  /* The menu of narrow screens. */
  const menu = one(".menu");
  on(menu, "click", () => {
    const open = menu.getAttribute("aria-expanded") !== "true";
    menu.setAttribute("aria-expanded", String(open));
    menu.closest("nav").classList.toggle("open", open);
  });
  on(one(".topnav"), "keydown", (event) => {
    if (event.key === "Escape" && menu.getAttribute("aria-expanded") === "true") { menu.click(); menu.focus(); }
  });

  /* Rows of links that scroll sideways: bring the current one into view. */
  all(".side ul, .topnav ul").forEach((list) => {
    const here = one("[aria-current]", list);
    if (here && list.scrollWidth > list.clientWidth) list.scrollLeft = here.offsetLeft - list.clientWidth / 3;
  });

  /* What the reader's own clock decides: a document's term, a notice's period. */
  const doc = one(".doc");
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  if (doc && doc.dataset.expires && doc.dataset.expires < today) {
    const banner = one("[data-banner=expires]");
    const state = one("[data-state]");
    banner.hidden = false;
    if (state) {
      const was = state.lastChild.textContent;
      all(".doc-head dd").filter((value) => value.textContent === was).forEach((value) => { value.textContent = banner.dataset.label; });
      state.lastChild.textContent = banner.dataset.label;
      state.className = "state state-void";
    }
  }
  if (doc && doc.dataset.until && doc.dataset.until < today) {
    all("[data-banner=until]").forEach((banner) => { banner.hidden = false; });
    all("[data-until-body], .toc").forEach((part) => part.remove());
  }

  /* Captions come up by themselves, but not from a folder, where browsers refuse to read them. */
  if (location.protocol !== "file:") all("track").forEach((node) => { node.track.mode = "showing"; });

  /* Tools of a document. */
  all("[data-print]").forEach((button) => on(button, "click", () => print()));
  all("[data-copy]").forEach((button) => on(button, "click", async () => {
    const link = one("link[rel=canonical]");
    const address = link ? link.href : location.href;
    try {
      await navigator.clipboard.writeText(address);
    } catch (e) {
      const field = document.createElement("textarea");
      field.value = address;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    say(button.dataset.copy);
    const before = button.textContent;
    button.textContent = button.dataset.copy;
    setTimeout(() => { button.textContent = before; }, 2000);
  }));

  /* Contents: closed on narrow screens; shows where the reader is. */
  const toc = one(".toc details");
  if (toc) {
    if (narrow.matches) toc.open = false;
    const links = new Map(all("a", toc).map((a) => [decodeURIComponent(a.hash.slice(1)), a]));
    const heads = Array.from(links.keys()).map((id) => document.getElementById(id)).filter(Boolean);
    let waiting = false;
    const mark = () => {
      waiting = false;
      const passed = heads.filter((head) => head.getBoundingClientRect().top < 120);
      const here = passed.length ? passed[passed.length - 1].id : "";
      links.forEach((a, id) => { if (id === here) a.setAttribute("aria-current", "location"); else a.removeAttribute("aria-current"); });
    };
    on(window, "scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(mark); } });
    mark();
  }
})();
