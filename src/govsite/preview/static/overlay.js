/* The reviewer's overlay. Put into pages by the preview server only; lives in a shadow tree, so that neither the page's
   rules reach it nor its rules the page. ES2017. */
(() => {
  "use strict";
  const self = document.currentScript;
  const page = self.dataset.page;
  if (window.top !== window) return;
  const base = self.dataset.terminal ? "/.govsite/terminal/" : "/";
  const OPEN = "govsite-overlay-open";
  const make = (tag, words, ...inside) => { const node = Object.assign(document.createElement(tag), words); node.append(...inside.filter((part) => part !== "")); return node; };
  const button = (text, run, words = {}) => { const node = make("button", Object.assign({type: "button"}, words), text); node.addEventListener("click", run); return node; };
  const held = {get: () => { try { return sessionStorage.getItem(OPEN) === "1"; } catch (e) { return false; } },
    set: (open) => { try { sessionStorage.setItem(OPEN, open ? "1" : ""); } catch (e) { /* it starts folded away */ } }};
  const pathOf = (link) => {
    const url = new URL(link.href, location.href);
    return url.origin === location.origin && url.pathname.startsWith(base) ? decodeURIComponent(url.pathname.slice(base.length)) : "";
  };
  const address = (path) => base + path.split("/").map(encodeURIComponent).join("/");

  if (self.dataset.terminal) {  // the terminal's face is shown as it is, with a way back
    const host = make("div", {id: "govsite-overlay"});
    const root = host.attachShadow({mode: "open"});
    const style = make("link", {rel: "stylesheet", href: "/.govsite/overlay.css"});
    fetch("/.govsite/page", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({page, links: []})})
      .then((answer) => answer.json())
      .then((facts) => root.append(style, button(facts.words.look_terminal_close, (event) => { event.stopPropagation(); location.href = "/" + page.split("/").map(encodeURIComponent).join("/"); }, {className: "chip top"})));
    document.documentElement.append(host);
    return;
  }

  /* Read before the page's own scripts add their buttons: this script stands at the end and does not wait for the others. */
  const nodes = Array.from(document.querySelectorAll("main p,main li,main h1,main h2,main h3,main h4,main h5,main h6,main tr,main pre"));
  const words = nodes.map((node) => node.textContent.replace(/\s+/g, ""));
  const links = Array.from(document.querySelectorAll("a[href]"));
  const targets = Array.from(new Set(links.map(pathOf).filter((path) => path.endsWith(".html"))));
  fetch("/.govsite/page", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({page, links: targets})})
    .then((answer) => answer.json()).then(show);

  function show(facts) {
    const w = facts.words;
    const host = make("div", {id: "govsite-overlay"});
    const root = host.attachShadow({mode: "open"});
    const worst = facts.counts.length ? facts.counts[0].severity : "";
    const here = facts.problems.filter((one) => one.rank < 2);
    const tone = here.length ? here.map((one) => one.severity).sort((a, b) => ["error", "warning", "notice"].indexOf(a) - ["error", "warning", "notice"].indexOf(b))[0] : "";
    const chip = button("", () => turn(true), {className: "chip", title: w.key});
    chip.setAttribute("aria-expanded", "false");
    chip.append(make("span", {className: "dot " + (tone || (facts.note ? "error" : ""))}), make("span", {}, w.title));
    if (facts.draft) chip.append(make("span", {className: "draft"}, w.draft));
    chip.append(make("span", {}, here.length ? w.here.replace("{number}", here.length) : facts.note ? "!" : w.clean));

    chip.setAttribute("aria-label", w.open + "：" + chip.textContent);

    const rowOf = (row, place, all) => {
      const text = row.href ? make("a", {href: address(row.href)}, row.text) : make("span", {className: row.tone}, row.text);
      return make("li", {}, row.label && !(place && all[place - 1].label === row.label) ? make("span", {className: "label"}, (row.back ? "← " : "→ ") + row.label) : "", text, row.note ? make("span", {className: row.href ? "side " + row.tone : row.tone || "side"}, row.note) : "");
    };
    const problemOf = (one) => {
      const box = make("article", {className: "problem " + one.severity, tabIndex: -1});
      box.append(make("p", {className: "kind"}, one.word + " " + one.code), make("p", {}, one.message));
      const list = make("dl", {});
      const more = make("dl", {});
      [["fix", one.fix, list], ["why", one.why, more], ["basis", one.basis, more]].forEach(([name, text, into]) => { if (text) into.append(make("dt", {}, w[name]), make("dd", {}, text)); });
      box.append(list);
      if (more.childElementCount) box.append(make("details", {}, make("summary", {}, w.more), more));
      if (one.place) box.append(make("p", {className: "path"}, one.href ? make("a", {href: address(one.href)}, one.place) : one.place));
      if (one.target) box.append(button(w.jump, () => { reveal(one.target); }));
      one.box = box;
      return box;
    };
    const group = (title, found, open) => {
      if (!found.length) return "";
      const box = make("details", {open}, make("summary", {}, title + "（" + found.length + "）"));
      box.append(make("div", {className: "problems"}, ...found.map(problemOf)));
      return box;
    };

    /* Which element shows which block of the source: the same words, in the same order. */
    const place = () => {
      const wanted = {heading: /^H[1-6]$/, text: /^(P|LI|DD|TD)$/, row: /^TR$/, code: /^PRE$/};
      const found = [];
      let from = 0;
      facts.blocks.forEach(([first, last, kind, text]) => {
        for (let at = from; at < nodes.length; at += 1) {
          if (words[at] === text && wanted[kind].test(nodes[at].tagName)) { found.push([first, last, nodes[at]]); from = at + 1; break; }
        }
      });
      facts.problems.forEach((one) => {
        const hit = one.line && found.find(([first, last]) => one.line >= first && one.line <= last);
        if (hit) one.target = hit[2];
      });
    };
    place();

    const marks = make("div", {className: "marks"});
    const marked = [];
    facts.problems.filter((one) => one.target).forEach((one) => {
      let known = marked.find((each) => each.node === one.target);
      if (!known) { known = {node: one.target, problems: []}; marked.push(known); }
      known.problems.push(one);
    });
    const colours = {error: "#b3261e", warning: "#c77700", notice: "#3b5b7a"};
    const heaviest = (problems) => ["error", "warning", "notice"].find((name) => problems.some((one) => one.severity === name));
    marked.forEach((each) => {
      const severity = heaviest(each.problems);
      each.node.style.outline = "3px solid " + colours[severity];
      each.node.style.outlineOffset = "3px";
      each.button = button(String(each.problems.length), () => { turn(true); const box = each.problems[0].box; box.scrollIntoView({block: "center"}); box.classList.add("flash"); box.focus(); setTimeout(() => box.classList.remove("flash"), 1500); }, {className: severity, title: each.problems.map((one) => one.message).join("\n")});
      each.button.setAttribute("aria-label", w.mark.replace("{number}", each.problems.length) + "：" + each.button.title);
      marks.append(each.button);
    });
    const settle = () => {
      const edge = document.documentElement.clientWidth;
      marked.forEach((each) => {
        const box = each.node.getBoundingClientRect();
        each.button.style.top = Math.max(0, box.top + scrollY - 16) + "px";
        each.button.style.left = Math.max(4, Math.min(edge - 40, box.right + scrollX - 20)) + "px";
        each.button.hidden = !box.width;
      });
    };
    const reveal = (node) => { if (innerWidth <= 640) turn(false); node.scrollIntoView({block: "center"}); settle(); };

    const looks = make("div", {className: "looks"});
    ["phone", "elder", "print"].forEach((name) => looks.append(button(w["look_" + name], (event) => look(name, event.currentTarget))));
    looks.append(button(w.look_terminal, () => { location.href = "/.govsite/terminal/" + page.split("/").map(encodeURIComponent).join("/"); }));

    const body = make("div", {className: "body"});
    if (facts.note) body.append(make("p", {className: "note", role: "alert"}, facts.note));
    if (facts.draft) body.append(make("p", {className: "draft-line"}, w.draft + "：" + w.draft_note));
    if (facts.title) body.append(make("div", {}, make("h2", {}, facts.title), facts.file ? make("p", {className: "path"}, w.source + "：" + facts.file) : ""));
    body.append(make("section", {}, make("h2", {}, w.look), looks));
    const own = facts.problems.filter((one) => one.rank === 0);
    own.sort((a, b) => Boolean(a.target) - Boolean(b.target));  // those without a place in the text come first
    body.append(...[group(w.everywhere, facts.problems.filter((one) => one.rank === 1), true), group(w.problems, own, true)].filter(Boolean));
    facts.sections.forEach((part) => body.append(make("section", {}, make("h2", {}, part.title), make("ul", {className: "rows"}, ...part.rows.map(rowOf)))));
    const rest = group(w.elsewhere, facts.problems.filter((one) => one.rank === 2), false);
    if (rest) body.append(rest);
    body.append(make("p", {className: "counts"}, w.whole, ...(worst ? facts.counts.map((one) => make("span", {className: one.severity}, one.text)) : [w.clean])), make("p", {className: "path"}, w.duties, " ", w.key));

    const close = button(w.close, () => turn(false));
    const panel = make("aside", {className: "panel", hidden: true}, make("div", {className: "head"}, make("strong", {}, w.bar), close), body);
    panel.setAttribute("aria-label", w.bar);
    function turn(open, quiet) {
      panel.hidden = !open;
      chip.hidden = open;
      chip.setAttribute("aria-expanded", String(open));
      held.set(open);
      if (!quiet) (open ? close : chip).focus();
    }

    /* The page once more, in a frame that has the size or the rules of something else. */
    function look(name, opener) {
      const frame = make("iframe", {src: location.href, title: w["look_" + name], className: name});
      const cover = make("div", {className: "frame"});
      cover.setAttribute("role", "dialog");
      cover.setAttribute("aria-modal", "true");
      cover.setAttribute("aria-label", w["look_" + name]);
      const leave = () => { cover.remove(); opener.focus(); };
      const end = button(w["look_close"], leave);
      const bar = make("div", {className: "bar"});
      ["phone", "elder", "print"].forEach((other) => {
        const choice = button(w["look_" + other], () => { if (other !== name) { cover.remove(); look(other, opener); } });
        choice.setAttribute("aria-pressed", String(other === name));
        bar.append(choice);
      });
      bar.append(end);
      cover.append(bar, frame);
      cover.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); leave(); } });
      frame.addEventListener("load", () => {
        const inner = frame.contentDocument;
        inner.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); });
        if (name === "elder") inner.documentElement.classList.add("elder");
        if (name === "print") asPaper(inner);
      });
      root.append(cover);
      end.focus();
    }
    function asPaper(inner) {
      inner.querySelectorAll("link[media=print]").forEach((link) => { link.media = "all"; });
      const turnRules = (rules) => Array.from(rules).forEach((rule) => {
        if (!(rule instanceof inner.defaultView.CSSMediaRule)) return;
        const text = rule.media.mediaText;
        if (/\bprint\b/.test(text)) rule.media.mediaText = "all";
        else if (/\bscreen\b/.test(text)) rule.media.mediaText = "not all";
      });
      Array.from(inner.styleSheets).forEach((sheet) => { try { turnRules(sheet.cssRules); } catch (e) { /* not readable */ } });
      inner.documentElement.style.background = "#fff";
      inner.body.style.padding = "14mm";
    }

    /* Links to drafts say so. */
    if (facts.drafts.length) {
      const names = new Set(facts.drafts);
      const sheet = make("style", {}, "a[data-govsite-draft]::after{content:\"" + w.draft + "\";display:inline-block;margin-inline-start:.4em;padding:0 .4em;border-radius:.25em;background:#8a5300;color:#fff;font-size:.8em;line-height:1.5}@media print{a[data-govsite-draft]::after{content:none}}");
      document.head.append(sheet);
      links.forEach((link) => { if (names.has(pathOf(link))) link.setAttribute("data-govsite-draft", ""); });
    }

    root.append(make("link", {rel: "stylesheet", href: "/.govsite/overlay.css"}), marks, chip, panel);
    document.documentElement.append(host);
    document.addEventListener("keydown", (event) => {
      if (event.altKey && event.shiftKey && event.code === "KeyR") { event.preventDefault(); turn(panel.hidden); }
    });
    panel.addEventListener("keydown", (event) => { if (event.key === "Escape") turn(false); });
    turn(held.get() || Boolean(facts.note), true);
    settle();
    addEventListener("resize", settle);
    addEventListener("load", settle);
    new ResizeObserver(settle).observe(document.body);
    host.dataset.ready = "1";
  }
})();
