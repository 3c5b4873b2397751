/* The terminal's face (终端): bar, navigation that leaves no history, idle reset, QR for what lies outside. ES2017.
   Loaded in offline editions only; window.govsiteTerminal holds settings and words. */
(() => {
  "use strict";
  const T = window.govsiteTerminal;
  if (!T || window.top !== window) return;
  const root = document.documentElement;
  const STACK = "govsite-terminal-way";
  const COUNTDOWN = 15;
  const LOOK_AGAIN = 15 * 60;
  const isServed = location.protocol !== "file:";
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const one = (selector, from = document) => from.querySelector(selector);
  const make = (tag, words, ...inside) => { const node = Object.assign(document.createElement(tag), words); node.append(...inside); return node; };
  const word = (key, facts = {}) => T.words[key].replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? facts[name] : whole));
  const button = (text, run, className = "") => {
    const node = make("button", {type: "button", className}, text);
    node.addEventListener("click", run);
    return node;
  };
  const base = new URL(T.base, location.href).href;
  const inside = (url) => url.href.split(/[?#]/)[0].startsWith(base);
  const pathOf = (url) => decodeURIComponent(url.href.split(/[?#]/)[0].slice(base.length)) || T.home;
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const isOver = (path) => Boolean(T.until[path] && T.until[path] < today);
  const isHome = () => pathOf(location) === T.home;

  /* What was installed when: written by the install, or by the server. */
  let launcher = isServed ? base : base + T.home;
  window.govsiteCurrent = (current) => {
    T.current = current;
    if (!isServed) launcher = new URL("../../../index.html", base).href;
  };
  const asked = make("script", {src: new URL(isServed ? "current.js" : "../../../current.js", base).href});
  document.head.append(asked);

  /* A visit has one history entry: every step replaces the one before; the way back is our own list. */
  const readWay = () => { try { return JSON.parse(sessionStorage.getItem(STACK)) || []; } catch (e) { return []; } };
  const keepWay = (way) => { try { sessionStorage.setItem(STACK, JSON.stringify(way)); } catch (e) { /* then there is no way back */ } };
  const go = (href) => {
    const way = readWay();
    if (way[way.length - 1] !== location.href) way.push(location.href);
    keepWay(way.slice(-50));
    location.replace(href);
  };
  const goBack = () => {
    const way = readWay();
    let last = way.pop();
    while (last && last === location.href) last = way.pop();
    keepWay(way);
    location.replace(last || launcher);
  };
  const replaceState = history.replaceState.bind(history);
  history.pushState = (state, title, url) => {
    try { replaceState(state, title, url); } catch (e) { location.replace("#" + String(url).replace(/^[?#]/, "")); }
  };
  try { history.scrollRestoration = "manual"; } catch (e) { /* old browser */ }

  /* A sheet over the page. */
  let sheet = null;
  const closeSheet = () => { if (sheet) { sheet.remove(); sheet = null; root.classList.remove("k-covered"); } };
  const openSheet = (title, ...nodes) => {
    closeSheet();
    const close = button(word("close"), closeSheet, "k-main");
    const box = make("div", {className: "k-sheet"}, make("h2", {}, title), ...nodes, close);
    sheet = make("div", {className: "k-cover"}, box);
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-modal", "true");
    box.setAttribute("aria-label", title);
    sheet.addEventListener("click", (event) => { if (event.target === sheet) closeSheet(); });
    document.body.append(sheet);
    root.classList.add("k-covered");
    close.focus({preventScroll: true});
    return box;
  };
  const showCode = (title, text, address) => {
    const draw = window.govsite && window.govsite.qr;
    const code = draw && address ? draw(address) : null;
    const figure = make("div", {className: "k-code"});
    if (code) figure.append(code);
    openSheet(title, make("p", {}, text), figure, make("p", {className: "k-address"}, address || document.title));
  };
  const publicAddress = (path) => {
    if (path === undefined) {
      const canonical = one("link[rel=canonical]");
      return canonical ? canonical.href : "";
    }
    return T.address ? T.address + path.split("/").map(encodeURIComponent).join("/") : "";
  };
  const take = () => {
    const address = publicAddress();
    showCode(word("take"), word(address ? "take_text" : "no_address"), address);
  };

  /* An attachment as text and tables: a terminal has no Word. */
  const isNumber = /^[-+−]?[\d,，]*\.?\d+%?$/;
  const showPreview = (title, path) => {
    window.govsitePreview = ([blocks, cut]) => {
      const parts = blocks.map((block) => {
        if (typeof block === "string") return make("p", {}, block);
        const rows = block.map((cells) => {
          const isHeading = cells.length > 1 && cells[0] && cells.slice(1).every((cell) => !cell);
          if (isHeading) return make("tr", {}, make("td", {colSpan: cells.length}, cells[0]));
          return make("tr", {}, ...cells.map((cell) => make("td", {className: isNumber.test(cell) ? "k-number" : ""}, cell)));
        });
        return make("div", {className: "k-table"}, make("table", {}, make("tbody", {}, ...rows)));
      });
      const text = make("div", {className: "k-text"}, ...parts);
      if (cut) text.append(make("p", {}, make("strong", {}, word("preview_cut"))));
      const more = button(word("take"), () => showCode(title, word("file"), publicAddress(path)));
      openSheet(title, make("p", {className: "k-address"}, word("preview")), text, more).classList.add("k-paper");
    };
    document.head.append(make("script", {src: base + "preview/" + path.split("/").map(encodeURIComponent).join("/") + ".js"}));
  };

  const follow = (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    const url = new URL(link.getAttribute("href"), location.href);
    if (!/^(https?|file):$/.test(url.protocol)) showCode(word("contact"), link.textContent.trim(), url.href.replace(/^\w+:/, ""));
    else if (!inside(url)) showCode(link.textContent.trim() || word("outside"), word("outside"), url.href);
    else if (url.href.split("#")[0] === location.href.split("#")[0] && url.hash) location.replace(url.hash);
    else if (/\.html$/.test(url.pathname) || url.href === base) go(url.href);
    else if (T.previewed.indexOf(pathOf(url)) >= 0 && !isOver(pathOf(url))) showPreview(link.textContent.trim().slice(0, 60), pathOf(url));
    else if (/\.(png|jpe?g|gif|webp|svg)$/i.test(url.pathname) && !isOver(pathOf(url))) openSheet("", make("img", {src: url.href, alt: ""})).classList.add("k-paper");
    else showCode(link.textContent.trim().slice(0, 60), word("file"), publicAddress(pathOf(url)));
  };
  document.addEventListener("click", follow);
  document.addEventListener("auxclick", (event) => { if (event.target.closest && event.target.closest("a")) event.preventDefault(); });
  ["contextmenu", "dragstart", "drop"].forEach((name) => document.addEventListener(name, (event) => event.preventDefault()));
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const form = event.target;
    if (form.method !== "get") return;
    const url = new URL(form.getAttribute("action") || location.href, location.href);
    url.search = new URLSearchParams(new FormData(form)).toString();
    go(url.href);
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && /^[psounwtjhd]$/i.test(event.key)) event.preventDefault();
    if (event.altKey && /^Arrow|^Home$/.test(event.key)) event.preventDefault();
    if (event.key === "Escape") closeSheet();
  }, true);
  const print = window.print.bind(window);
  if (!T.printer) window.print = () => {};

  /* Every trace of the visitor goes; the page that comes next is home. */
  const clearTraces = () => {
    if (window.speechSynthesis) speechSynthesis.cancel();
    document.dispatchEvent(new Event("govsite:clear"));
    all("form").forEach((form) => form.reset());
    all("input, textarea").forEach((field) => { if (/checkbox|radio/.test(field.type)) field.checked = field.defaultChecked; else field.value = ""; });
    [() => sessionStorage.clear(), () => localStorage.clear()].forEach((run) => { try { run(); } catch (e) { /* no storage */ } });
    window.name = "";
    const selection = window.getSelection();
    if (selection) selection.removeAllRanges();
  };
  const finish = () => {
    clearTraces();
    window.scrollTo(0, 0);
    location.replace(launcher);
  };
  const isClean = () => isHome() && !readWay().length && !sheet && !/elder|contrast|airy|size-/.test(root.className) && window.scrollY < 40
    && !location.hash && !location.search && all("input, textarea").every((field) => /checkbox|radio|hidden/.test(field.type) || !field.value) && !root.classList.contains("k-typing");
  const isBusy = () => (window.speechSynthesis && speechSynthesis.speaking) || all("video, audio").some((media) => !media.paused && !media.ended);

  let last = Date.now();
  let counting = null;
  const touched = () => { last = Date.now(); if (counting) { counting.remove(); counting = null; } };
  ["pointerdown", "keydown", "wheel", "touchmove", "input", "pointermove"].forEach((name) =>
    document.addEventListener(name, (event) => { if (event.isTrusted) { if (!counting) last = Date.now(); else if (name !== "pointermove") touched(); } }, {capture: true, passive: true}));
  const count = (left) => {
    if (!counting) {
      const text = make("p", {className: "k-count"});
      text.setAttribute("role", "alert");
      counting = make("div", {className: "k-cover k-counting"}, make("div", {className: "k-sheet"}, make("h2", {}, word("still_there")), text,
        make("div", {className: "k-pair"}, button(word("go_on"), touched, "k-main"), button(word("finish"), finish))));
      document.body.append(counting);
    }
    one(".k-count", counting).textContent = word("counting", {seconds: left});
  };
  setInterval(() => {
    if (isBusy()) last = Date.now();
    const idle = (Date.now() - last) / 1000;
    if (isClean()) {
      if (idle > LOOK_AGAIN) finish();
      return;
    }
    if (idle >= T.idle + COUNTDOWN) finish();
    else if (idle >= T.idle) count(Math.ceil(T.idle + COUNTDOWN - idle));
  }, 500);

  /* How old the data are, by the terminal's own clock. */
  const dateLine = () => {
    const days = Math.round((Date.parse(today) - Date.parse(T.data_date)) / 864e5);
    const warning = days < -1 ? word("clock") : T.not_after && T.not_after < today ? word("expired", {date: T.not_after})
      : days > T.stale ? word("stale", {days}) : "";
    const line = make("p", {className: "k-date" + (warning ? " k-warning" : "")}, make("span", {}, word("data_date", {date: T.data_date})));
    if (warning) line.append(" ", make("strong", {}, warning));
    return line;
  };

  const press = (selector, own) => () => {
    const button = one(selector);
    if (button) button.click();
    own.setAttribute("aria-pressed", String(button && button.getAttribute("aria-pressed") === "true"));
  };
  const drawBar = () => {
    const bar = make("nav", {className: "k-bar"});
    bar.setAttribute("aria-label", word("bar"));
    const add = (key, run) => { const node = button(word(key), run); node.dataset.k = key; bar.append(node); return node; };
    add("home", () => (isHome() ? finish() : go(launcher)));
    add("back", goBack).disabled = !readWay().length;
    add("search", () => {
      const field = one("#search-query") || one(".find input");
      if (field) { field.scrollIntoView({block: "center"}); field.focus(); }
    });
    [["elder", "[data-mode=elder]"], ["contrast", "[data-mode=contrast]"]].forEach(([key, selector]) => {
      const node = add(key, () => {});
      node.addEventListener("click", press(selector, node));
      node.setAttribute("aria-pressed", String(root.classList.contains(key)));
    });
    if (root.classList.contains("voice")) add("read", () => one("[data-read]") && one("[data-read]").click());
    if (T.printer) add("print", () => print());
    add("take", take);
    document.body.append(make("div", {className: "k-foot"}, dateLine(), bar));
  };

  /* What the page says for the web and what the terminal changes. */
  const adaptPage = () => {
    all("form, input, textarea").forEach((field) => field.setAttribute("autocomplete", "off"));
    all(".entries li").forEach((item) => {
      const link = one(".entry-title a", item);
      if (link && isOver(pathOf(new URL(link.getAttribute("href"), location.href)))) all(".entry-summary", item).forEach((node) => node.remove());
    });
    const request = one(".request .form-end");
    if (request && !T.printer) request.before(make("p", {className: "banner k-note"}, word("no_printer")));
    if (request && T.request) request.append(button(word("online"), () => showCode(word("online"), word("outside"), T.request), "k-main"));
    if (T.feedback && /columns\/(yjzj|hygq)\//.test(location.href)) one("#main").prepend(button(word("feedback"), () => showCode(word("feedback"), word("outside"), T.feedback), "k-main k-wide"));
  };

  /* Lists whose last day has passed are not found either. */
  const adaptSearch = () => {
    const search = window.GovsiteSearch;
    if (!search || !search.Answer) return;
    const judge = search.Answer.prototype.judge;
    search.Answer.prototype.judge = function (document) { return isOver(document.url) ? null : judge.call(this, document); };
    if (!isServed) return;
    const ask = search.Engine.prototype.ask;
    search.Engine.prototype.ask = function (query, options) {
      const answer = ask.call(this, query, options);
      if (window.govsiteSearchPage && this === window.govsiteSearchPage.engine)
        answer.then((found) => fetch("/_/count/query").then(() => (found.total ? null : fetch("/_/count/empty")))).catch(() => {});
      return answer;
    };
  };

  Object.assign(T, {all, one, make, word, button, openSheet, closeSheet, finish, isServed, isOver, today});
  document.addEventListener("DOMContentLoaded", () => {
    adaptSearch();
    adaptPage();
    drawBar();
    const query = one("#search-query");
    if (query && !location.search && !location.hash) setTimeout(() => query.focus(), 0);
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
