/* The on-screen keyboard (屏幕键盘): pinyin whose suggestions all find something, digits, document numbers. ES2017. */
(() => {
  "use strict";
  const T = window.govsiteTerminal;
  if (!T || !T.make) return;
  const {make, word, one, button} = T;
  const root = document.documentElement;
  const TYPED = "input[type=search], input[type=text], input[type=tel], input[type=number], input[type=email], input:not([type]), textarea";
  const ROWS = {
    pinyin: ["qwertyuiop", "asdfghjkl", "zxcvbnm"],
    digits: ["1234567890", "-/.,:@", "ABCDEFX"],
    number: ["1234567890", "〔〕（）年号第", "示政发办字函令"],
  };
  const SHOWN = 9;
  const TRIED = 24;
  let field = null;
  let mode = "pinyin";
  let letters = "";
  let board = null;
  let from = 0;
  let turn = 0;
  let lexicon = null;
  let spelled = null;

  /* "zheng wu 政务" … heaviest first; then "a啊阿 ai爱…" for names and addresses. */
  window.govsiteWords = (lines, characters) => {
    lexicon = lines.map((line) => {
      const parts = line.split(" ");
      const text = parts.pop();
      return {text, units: parts, first: parts[0][0]};
    });
    spelled = (characters || "").split(" ").filter(Boolean).map((group) => {
      const syllable = group.match(/^[a-z]+/)[0];
      return {syllable, characters: Array.from(group.slice(syllable.length))};
    });
  };
  const load = (path) => new Promise((done, failed) => {
    const script = make("script", {src: new URL(path, T.base).href, onload: done, onerror: failed});
    document.head.append(script);
  });
  let loading = null;
  const ready = () => (lexicon ? Promise.resolve() : (loading = loading || load(T.lexicon)));

  /* Do the letters spell the beginning of these syllables, each by itself or by its first letters? Units used, or 0. */
  const spells = (typed, units) => {
    const step = (at, unit) => {
      if (at === typed.length) return unit;
      if (unit === units.length) return 0;
      const syllable = units[unit];
      let length = 0;
      while (length < syllable.length && typed[at + length] === syllable[length]) length++;
      for (; length > 0; length--) {
        const used = step(at + length, unit + 1);
        if (used) return used;
      }
      return 0;
    };
    return step(0, 0);
  };
  const suggest = (typed) => {
    const whole = [];
    const begun = [];
    for (const entry of lexicon) {
      if (entry.first !== typed[0]) continue;
      const used = spells(typed, entry.units);
      if (used) (used === entry.units.length ? whole : begun).push(entry.text);
    }
    return whole.concat(begun);
  };
  const characters = (typed) => {
    const exact = [];
    const begun = [];
    for (const group of spelled) {
      if (group.syllable === typed) exact.push(...group.characters);
      else if (group.syllable.startsWith(typed)) begun.push(...group.characters);
    }
    return exact.concat(begun);
  };

  /* For searching, a suggestion counts only if what stands there and the suggestion together find something. */
  let engine = null;
  const openEngine = () => {
    if (engine) return engine;
    const got = window.GovsiteSearch && window.GovsiteSearch.Engine ? Promise.resolve() : load(T.engine);
    engine = got.then(() => new window.GovsiteSearch.Engine(new URL("search/", T.base).href));
    return engine;
  };
  const finds = async (query) => {
    const asked = await (await openEngine()).ask(query);
    return !asked.empty && (await asked.page(0, 1)).length > 0;
  };
  const isSearch = () => field && field.type === "search";
  const extend = async (text) => {
    const before = field.value.trim();
    if (!isSearch()) return field.value + text;
    if (!before) return (await finds(text)) ? text : null;
    if (await finds(before + text)) return before + text;
    return (await finds(before + " " + text)) ? before + " " + text : null;
  };

  const put = (value) => {
    field.value = value;
    field.dispatchEvent(new Event("input", {bubbles: true}));
  };
  const type = (text) => put(field.value + text);
  const submit = () => {
    if (letters && isSearch()) type((field.value.trim() ? " " : "") + letters);
    const form = isSearch() && field.form;
    const held = field;
    hide();
    if (form) form.requestSubmit ? form.requestSubmit() : one("button", form).click();
    else held.blur();
  };

  const key = (text, run, className = "") => {
    const node = button(text, run, className);
    node.tabIndex = -1;
    return node;
  };
  const press = (char) => {
    if (mode === "pinyin" && /[a-z]/.test(char)) {
      if (letters.length < 24) letters += char;
      from = 0;
      return showSuggestions();
    }
    return type(char);
  };
  const erase = () => {
    if (letters) {
      letters = letters.slice(0, -1);
      from = 0;
      return showSuggestions();
    }
    return put(Array.from(field.value).slice(0, -1).join(""));
  };

  const showSuggestions = async () => {
    const mine = ++turn;
    const strip = one(".k-suggest", board);
    one(".k-letters", board).textContent = letters;
    if (!letters) {
      strip.replaceChildren(make("span", {className: "k-hint"}, word(isSearch() ? "hint" : "hint_form")));
      return;
    }
    await ready();
    const search = isSearch();
    const found = search ? suggest(letters) : suggest(letters).filter((text) => Array.from(text).length > 1).slice(0, 40).concat(characters(letters));
    const shown = [];
    let next = from;
    if (search) {
      while (shown.length < SHOWN && next < found.length && next < from + TRIED) {
        const text = found[next++];
        const value = await extend(text);
        if (mine !== turn) return;
        if (value !== null) shown.push([text, value]);
      }
    } else {
      for (; next < found.length && shown.length < SHOWN * 2; next++) shown.push([found[next], field.value + found[next]]);
    }
    if (mine !== turn || !board) return;
    const nodes = shown.map(([text, value]) => key(text, () => { put(value); letters = ""; from = 0; showSuggestions(); }, "k-word"));
    if (!shown.length) nodes.push(make("span", {className: "k-hint"}, word("none")));
    if (next < found.length) nodes.push(key(word("more"), () => { from = next; showSuggestions(); }, "k-more"));
    else if (from) nodes.push(key(word("more"), () => { from = 0; showSuggestions(); }, "k-more"));
    if (search) nodes.push(key(word("letters", {letters}), submit, "k-more"));
    strip.replaceChildren(...nodes);
    strip.dataset.ready = letters;
  };

  const draw = () => {
    board.replaceChildren();
    const tabs = make("div", {className: "k-tabs"});
    Object.keys(ROWS).forEach((name) => {
      const tab = key(word(name), () => { mode = name; letters = ""; draw(); });
      tab.setAttribute("aria-pressed", String(name === mode));
      tabs.append(tab);
    });
    tabs.append(make("span", {className: "k-letters"}));
    board.append(tabs, make("div", {className: "k-suggest"}));
    ROWS[mode].forEach((row, at) => {
      const line = make("div", {className: "k-row"});
      for (const char of row) { const node = key(char, () => press(char), "k-key"); node.dataset.key = char; line.append(node); }
      if (at === 2) line.append(key(word("delete"), erase, "k-key k-long k-delete"));
      board.append(line);
    });
    board.append(make("div", {className: "k-row"},
      key(word("clear"), () => { letters = ""; put(""); showSuggestions(); }, "k-key k-long"),
      key(word("space"), () => type(" "), "k-key k-space"),
      key(word("done"), () => { const held = field; hide(); held.blur(); }, "k-key k-long"),
      ...(isSearch() ? [key(word("find"), submit, "k-key k-long k-main k-find")] : [])));
    one(".k-suggest", board).hidden = one(".k-letters", board).hidden = mode !== "pinyin";
    if (mode === "pinyin") showSuggestions();
  };
  const hide = () => {
    if (!board) return;
    board.remove();
    board = null;
    letters = "";
    turn++;
    root.classList.remove("k-typing");
  };
  const show = (target) => {
    field = target;
    letters = "";
    from = 0;
    mode = /tel|number/.test(target.type) ? "digits" : "pinyin";
    if (!board) {
      board = make("div", {className: "k-board"});
      board.setAttribute("role", "group");
      board.setAttribute("aria-label", word("board"));
      board.addEventListener("pointerdown", (event) => event.preventDefault());
      board.addEventListener("mousedown", (event) => event.preventDefault());
      document.body.append(board);
      root.classList.add("k-typing");
    }
    draw();
    ready().catch(() => {});
    setTimeout(() => { if (board) field.scrollIntoView({block: "center"}); }, 60);
  };
  document.addEventListener("focusin", (event) => {
    if (event.target.matches && event.target.matches(TYPED) && !event.target.readOnly) {
      event.target.inputMode = "none";
      show(event.target);
    } else if (board && !board.contains(event.target)) hide();
  });
  document.addEventListener("pointerdown", (event) => {
    if (board && !board.contains(event.target) && event.target !== field) { hide(); if (field) field.blur(); }
  });
})();
