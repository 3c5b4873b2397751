/* The page of a document: term and period by the reader's clock, articles to cite, contents, side by side. */
(() => {
  "use strict";
  const root = document.documentElement;
  const doc = document.querySelector(".doc");
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const one = (selector, from = document) => from.querySelector(selector);
  const on = (node, event, run) => node && node.addEventListener(event, run);
  const make = (tag, words, ...inside) => { const node = Object.assign(document.createElement(tag), words); node.append(...inside); return node; };
  const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
  const say = (text) => window.govsite && window.govsite.say(text);
  const canonical = one("link[rel=canonical]");
  const address = () => (canonical ? canonical.href : location.href.split("#")[0]);

  const copy = async (text, back) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch (e) {
      const field = make("textarea", {value: text, className: "vh"});
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      back.focus();
    }
  };

  /* What the reader's own clock decides: a document's term, a notice's period. */
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  if (doc.dataset.expires && doc.dataset.expires < today) {
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
  if (doc.dataset.until && doc.dataset.until < today) {
    all("[data-banner=until]").forEach((banner) => { banner.hidden = false; });
    all("[data-until-body], .toc").forEach((part) => part.remove());
  }

  /* Tools. */
  all("[data-print]").forEach((button) => on(button, "click", () => print()));
  all("[data-copy]").forEach((button) => on(button, "click", async () => {
    const from = button.dataset.from && document.getElementById(button.dataset.from);
    await copy(from ? from.textContent.trim() : address(), button);
    say(button.dataset.copy);
    const before = button.dataset.word || (button.dataset.word = button.textContent);
    button.textContent = button.dataset.copy;
    setTimeout(() => { button.textContent = before; }, 2000);
  }));

  /* 第…条: a link to copy. */
  all(".prose [id^=tiao-]").forEach((article) => {
    const strong = one("strong", article);
    const name = strong ? strong.textContent.trim() : "";
    if (!name) return;
    const label = fill(doc.dataset.article, {name});
    const link = make("a", {className: "pilcrow", href: "#" + article.id, title: label}, "¶");
    link.setAttribute("aria-label", label);
    on(link, "click", () => { copy(address() + "#" + article.id, link); say(fill(doc.dataset.copied, {name})); });
    article.prepend(link);
  });

  /* Elements are folded on phones and in 长者模式, so that the text begins sooner; prints have them. */
  const elements = one(".doc-facts");
  if (elements && (matchMedia("(max-width: 47.99em)").matches || root.classList.contains("elder"))) elements.open = false;
  if (elements) elements.dataset.set = "";
  on(window, "beforeprint", () => { if (elements) elements.open = true; });

  /* Contents: closed on narrow screens; shows where the reader is. */
  const toc = one(".toc details");
  if (toc) {
    if (matchMedia("(max-width: 63.99em)").matches || root.classList.contains("elder")) toc.open = false;
    toc.dataset.set = "";
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

  /* Policy and explanation side by side; on narrow screens one at a time. */
  let close = null;
  const openBeside = (button) => {
    const words = doc.dataset;
    if (!one("[data-beside-sheet]")) {
      const sheet = make("link", {rel: "stylesheet", href: words.sheet});
      sheet.dataset.besideSheet = "";
      document.head.append(sheet);
    }
    const title = button.parentNode.querySelector("a").textContent.trim();
    const frame = make("iframe", {name: "beside", title, src: button.dataset.beside});
    const views = [[words.here, false], [words.other, true]].map(([text, other]) => {
      const tab = make("button", {type: "button", className: "beside-tab"}, text);
      on(tab, "click", () => show(other));
      return [tab, other];
    });
    const show = (other) => {
      root.classList.toggle("beside-other", other);
      views.forEach(([tab, is]) => tab.setAttribute("aria-pressed", String(is === other)));
    };
    const caption = make("strong", {}, button.firstChild.textContent + "：" + title);
    const end = make("button", {type: "button"}, words.close);
    const bar = make("div", {className: "beside-bar"}, caption, ...views.map(([tab]) => tab),
      make("a", {href: button.dataset.beside}, words.alone), end);
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", button.firstChild.textContent);
    const pane = make("div", {className: "beside-pane"}, frame);
    doc.before(bar);
    doc.append(pane);
    root.classList.add("beside");
    button.setAttribute("aria-pressed", "true");
    show(true);
    end.focus();
    bar.scrollIntoView();
    say(fill(words.opened, {title}));
    close = () => {
      bar.remove();
      pane.remove();
      root.classList.remove("beside", "beside-other");
      button.setAttribute("aria-pressed", "false");
      close = null;
      button.focus();
      say(words.closed);
    };
    on(end, "click", close);
  };
  all("[data-beside]").forEach((button) => {
    if (root.classList.contains("framed")) button.remove();
    else on(button, "click", () => { if (close) close(); else openBeside(button); });
  });
  on(document, "keydown", (event) => { if (event.key === "Escape" && close) close(); });

  /* The page's address as a QR code, for phones and at the foot of prints. */
  on(window, "load", () => {
    const foot = one("#address");
    const draw = window.govsite && window.govsite.qr;
    const svg = foot && draw && draw(foot.dataset.url);
    const box = one("#qr");
    const button = one("[data-qr]");
    if (!svg) { if (button) button.hidden = true; return; }
    foot.append(svg.cloneNode(true));
    box.prepend(svg);
    on(button, "click", () => { box.hidden = !box.hidden; button.setAttribute("aria-expanded", String(!box.hidden)); });
  });
})();
