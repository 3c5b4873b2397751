/* The search page: form, results, filters, paging, address, announcements. Every word comes from the page's island of
   words, every path from its data- attributes. ES2017; loaded with defer, starts when the page is parsed. */
(function () {
  "use strict";

  const PAGE = 10;
  const SNIPPET_BEFORE = 24;
  const SNIPPET = 120;
  const SENTENCE = 12;
  const NAMES = 5;
  const SLOW = 300;
  const FIRST_VALUES = 6;
  const WIDE = "(min-width: 60rem)";
  const AUTOMATIC_FILTERS = 20000;
  const AUTOMATIC_ISSUERS = 2000;

  const $ = (id) => document.getElementById(id);
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };

  /* What the address asks for; from the query string, or behind # where a file: page may not change that. */
  function readAddress() {
    const written = location.hash.indexOf("q=") === 1 ? location.hash.slice(1) : location.search;
    const given = new URLSearchParams(written);
    const state = { query: given.get("q") || "", sort: given.get("sort") === "date" ? "date" : "relevance", filters: {} };
    state.page = Math.max(1, parseInt(given.get("page"), 10) || 1);
    for (const facet of window.GovsiteSearch.FACETS) if (given.get(facet) !== null) state.filters[facet] = given.get(facet);
    return state;
  }

  function writeAddress(state) {
    const written = new URLSearchParams();
    written.set("q", state.query);
    if (state.sort === "date") written.set("sort", "date");
    for (const facet of Object.keys(state.filters)) written.set(facet, state.filters[facet]);
    if (state.page > 1) written.set("page", state.page);
    try {
      history.pushState(null, "", "?" + written);
    } catch (refused) {
      location.hash = written;
    }
  }

  /* Text with every hit of `words` (folded) in <mark>. */
  function markInto(element, text, words) {
    const folded = window.GovsiteSearch.foldWithPlaces(text);
    const marked = new Uint8Array(text.length);
    for (const word of words)
      for (let at = folded.text.indexOf(word); at >= 0; at = folded.text.indexOf(word, at + 1))
        marked.fill(1, folded.at[at], folded.at[at + word.length - 1] + 1);
    for (let at = 0; at < text.length; ) {
      let end = at + 1;
      while (end < text.length && (marked[end] === marked[at] || isTail(text, end))) end++;
      const piece = text.slice(at, end);
      element.appendChild(marked[at] ? make("mark", "", piece) : document.createTextNode(piece));
      at = end;
    }
  }

  function isTail(text, at) {
    const unit = text.charCodeAt(at);
    return unit >= 0xdc00 && unit < 0xe000;
  }

  /* The stretch of text around the first hit: {text, file}; where only title, keywords or names match, the summary or
     the first sentence, which no salutation is. The twin of index/snippet.py. */
  function cutSnippet(hit, words) {
    const places = hit.places.filter((place, at) => !at || at >= NAMES);
    const contains = (place) => words.some((word) => window.GovsiteSearch.fold(place.line).indexOf(word) >= 0);
    const isSentence = (place) => place.line.length >= SENTENCE && !/[:\uff1a]\s*$/.test(place.line);
    const text = places.slice(1);
    const place = places.find(contains) || (hit.summary ? places[0] : text.find(isSentence) || text.find((one) => one.line.trim()));
    if (!place) return { text: "" };
    const mapped = window.GovsiteSearch.foldWithPlaces(place.line);
    const hits = words.map((word) => mapped.text.indexOf(word)).filter((one) => one >= 0);
    const from = hits.length ? Math.max(0, mapped.at[Math.min.apply(null, hits)] - SNIPPET_BEFORE) : 0;
    const start = isTail(place.line, from) ? from - 1 : from;
    const end = isTail(place.line, start + SNIPPET) ? start + SNIPPET + 1 : start + SNIPPET;
    const shown = (start ? "…" : "") + place.line.slice(start, end) + (end < place.line.length ? "…" : "");
    return { text: shown, file: place.file };
  }

  class Page {
    constructor(box) {
      this.box = box;
      this.words = JSON.parse($("search-words").textContent);
      this.root = box.dataset.root;
      this.engine = new window.GovsiteSearch.Engine(box.dataset.index);
      this.turn = 0;
      this.engine.index.open().catch(() => 0);
      this.listen();
      this.show(readAddress());
    }

    say(key, facts) {
      return this.words[key].replace(/\{(\w+)\}/g, (whole, name) => (facts && name in facts ? facts[name] : whole));
    }

    listen() {
      this.box.querySelector("form").addEventListener("submit", (event) => {
        event.preventDefault();
        this.go({ query: $("search-query").value, sort: this.state.sort, filters: {}, page: 1 });
      });
      /* Who stops typing for a quarter of a second has the lists loaded before asking for them; not for a single
         character, nor for the letters of an input method. */
      const typed = $("search-query");
      typed.oninput = () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => /.[^ -~]$/.test(typed.value) && this.engine.ask(typed.value).then((answer) => answer.page(0, PAGE)).catch(() => 0), 250);
      };
      $("search-sort").addEventListener("change", (event) => this.change({ sort: event.target.value, page: 1 }));
      $("search-clear").addEventListener("click", () => this.change({ filters: {}, page: 1 }));
      $("search-filters").addEventListener("toggle", () => $("search-filters").open && this.showFacets());
      window.addEventListener("popstate", () => this.show(readAddress()));
      window.addEventListener("hashchange", () => this.show(readAddress()));
      document.addEventListener("keydown", (event) => {
        if (event.key !== "/" || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
        event.preventDefault();
        $("search-query").focus();
      });
    }

    change(some) {
      return this.go(Object.assign({}, this.state, some));
    }

    /* The address follows the answer: changing it sooner takes the browser a quarter of the time of the answer. */
    go(state) {
      const shown = this.show(state);
      const slow = new Promise((done) => setTimeout(done, SLOW));
      Promise.race([shown, slow]).then(() => this.state === state && writeAddress(state));
      return shown;
    }

    /* Show a state of the page. A later call overtakes an earlier one that still loads. */
    async show(state) {
      const turn = ++this.turn;
      this.state = state;
      $("search-query").value = state.query;
      $("search-sort").value = state.sort;
      $("search-problem").hidden = true;
      if (!state.query.trim()) return this.showNothing("");
      const status = $("search-status");
      status.textContent = "";
      this.box.setAttribute("aria-busy", "true");
      setTimeout(() => {
        if (turn === this.turn && this.box.hasAttribute("aria-busy")) status.textContent = this.say("loading");
      }, SLOW);
      try {
        const answer = await this.engine.ask(state.query, { sort: state.sort, filters: state.filters });
        const from = (state.page - 1) * PAGE;
        let words = null;
        const hits = await answer.page(from, PAGE, (hit) => {
          if (turn !== this.turn) return;
          words = words || this.beginHits(answer, from);
          $("search-hits").appendChild(this.drawHit(hit, words));
        });
        if (turn === this.turn) this.showAnswer(answer, hits);
      } catch (error) {
        if (turn === this.turn) this.showProblem(error);
      }
      if (turn === this.turn) this.box.removeAttribute("aria-busy");
      return undefined;
    }

    showNothing(text) {
      $("search-status").textContent = text;
      $("search-found").hidden = true;
      this.box.removeAttribute("aria-busy");
    }

    showProblem(error) {
      if (!(error instanceof window.GovsiteSearch.PartError)) throw error;
      this.showNothing("");
      $("search-problem").textContent = this.say(error.reason, { part: error.part });
      $("search-problem").hidden = false;
    }

    showAnswer(answer, hits) {
      this.answer = answer;
      if (answer.parsed.tooLong) return this.showNothing(this.say("too_long"));
      const filtered = Object.keys(this.state.filters).length > 0;
      if (!hits.length && !filtered && !answer.failures.length)
        return this.showNothing(this.say("none", { query: this.state.query.trim() }));
      const count = this.say(answer.isExact ? "total" : "about", { count: answer.total });
      const page = this.state.page > 1 ? " " + this.say("page", { page: this.state.page }) : "";
      $("search-status").textContent = hits.length ? count + page : this.say("none_filtered");
      if (!hits.length) this.beginHits(answer, 0);
      $("search-hits").style.minHeight = "";
      this.showFailures(answer);
      this.showPages(answer);
      const filters = $("search-filters");
      const small = this.engine.index.manifest.documents <= AUTOMATIC_FILTERS;
      if (filtered || (small && window.matchMedia(WIDE).matches && !this.touched)) filters.open = this.touched = true;
      $("search-clear").hidden = !filtered;
      /* The hits are painted first. */
      if (filters.open) requestAnimationFrame(() => setTimeout(() => this.showFacets()));
    }

    showFailures(answer) {
      if (!answer.failures.length) return;
      const reason = this.say(answer.failure.reason, { part: answer.failure.part });
      $("search-problem").textContent = this.say("skipped", { count: answer.failures.length, part: reason });
      $("search-problem").hidden = false;
    }

    /* Empty the list for hits from place `from` on; it stays as high as it was until they have come. */
    beginHits(answer, from) {
      const list = $("search-hits");
      $("search-found").hidden = false;
      list.style.minHeight = list.offsetHeight + "px";
      list.textContent = "";
      list.start = from + 1;
      return [].concat.apply([], answer.parsed.words.map((word) => word.ways.map((way) => way.text))).filter((text) => text);
    }

    drawHit(hit, words) {
      const item = make("li", "search-hit");
      const head = make("h3", "search-title");
      if (hit.kind === "question") head.appendChild(make("span", "search-answer", this.say("answers")));
      const link = make("a");
      link.href = this.root + hit.url;
      markInto(link, hit.title, words);
      head.appendChild(link);
      for (const interpretation of hit.interpretations) {
        const behind = make("a", "search-interpretation", this.say("interpretation"));
        behind.href = this.root + interpretation[1];
        behind.title = interpretation[0];
        head.appendChild(behind);
      }
      item.appendChild(head);
      const facts = make("p", "search-facts");
      const facets = this.engine.index.manifest.facets;
      const name = (facet) => (facets[facet].find((one) => one[0] === hit[facet]) || ["", ""])[1];
      for (const fact of [hit.docNo, hit.issuer, name("column"), hit.published]) {
        if (!fact) continue;
        const span = make("span");
        markInto(span, fact, words);
        facts.appendChild(span);
      }
      if (hit.validity) facts.appendChild(make("span", hit.inForce ? "search-valid" : "search-invalid", name("validity")));
      item.appendChild(facts);
      const snippet = cutSnippet(hit, words);
      const text = make("p", "search-snippet");
      if (snippet.file) {
        const file = make("a", "search-file", this.say("in_attachment") + " " + snippet.file[0]);
        file.href = this.root + snippet.file[1];
        text.appendChild(file);
      }
      markInto(text, snippet.text, words);
      if (snippet.text) item.appendChild(text);
      return item;
    }

    showPages(answer) {
      const nav = $("search-pages");
      const last = Math.max(1, Math.ceil(answer.total / PAGE));
      nav.textContent = "";
      nav.hidden = last === 1 && this.state.page === 1;
      const add = (key, page, possible) => {
        const button = make("button", "search-page", this.say(key));
        button.type = "button";
        button.disabled = !possible;
        button.addEventListener("click", () => this.turnTo(page));
        nav.appendChild(button);
      };
      add("previous", this.state.page - 1, this.state.page > 1);
      nav.appendChild(make("span", "search-at", this.say("page", { page: this.state.page })));
      add("next", this.state.page + 1, this.state.page < last);
    }

    async turnTo(page) {
      await this.change({ page: page });
      $("search-results").focus();
    }

    async showFacets() {
      const answer = this.answer;
      if (!answer || answer.empty) return;
      try {
        const later = this.state.filters.issuer === undefined && this.engine.index.manifest.documents > AUTOMATIC_ISSUERS;
        const facets = window.GovsiteSearch.FACETS.filter((facet) => facet !== "issuer" || !later);
        const counted = await answer.countFacets(facets);
        if (answer !== this.answer) return;
        const box = $("search-facets");
        box.textContent = "";
        for (const facet of facets) {
          const values = counted[facet];
          if (values.length > 1 || this.state.filters[facet] !== undefined) box.appendChild(this.drawFacet(facet, values));
        }
        if (later) box.appendChild(this.drawIssuers(answer));
      } catch (error) {
        this.showProblem(error);
      }
    }

    /* Issuers are many; on a large site they are counted when somebody opens them. */
    drawIssuers(answer) {
      const box = make("details", "search-facet");
      box.appendChild(make("summary", "", this.say("issuer")));
      box.addEventListener("toggle", async () => {
        if (box.lastChild.tagName === "FIELDSET") return;
        try {
          const counted = await answer.countFacets(["issuer"]);
          if (box.children.length < 2) box.appendChild(this.drawFacet("issuer", counted.issuer));
        } catch (error) {
          this.showProblem(error);
        }
      });
      return box;
    }

    drawFacet(facet, values) {
      const group = make("fieldset", "search-facet");
      group.appendChild(make("legend", "", this.say(facet)));
      const chosen = this.state.filters[facet];
      const shown = values.filter((value, at) => at < FIRST_VALUES || value.id === chosen);
      const draw = (value) => {
        const button = make("button", "search-value", value.name + " ");
        button.type = "button";
        button.appendChild(make("span", "search-count", String(value.count)));
        button.setAttribute("aria-pressed", String(value.id === chosen));
        button.addEventListener("click", () => this.choose(facet, value.id === chosen ? undefined : value.id));
        group.appendChild(button);
      };
      shown.forEach(draw);
      const rest = values.filter((value) => shown.indexOf(value) < 0);
      if (!rest.length) return group;
      const more = make("button", "search-more", this.say("more", { count: rest.length }));
      more.type = "button";
      more.addEventListener("click", () => {
        more.remove();
        rest.forEach(draw);
        group.querySelectorAll(".search-value")[shown.length].focus();
      });
      group.appendChild(more);
      return group;
    }

    choose(facet, value) {
      const filters = Object.assign({}, this.state.filters);
      delete filters[facet];
      if (value !== undefined) filters[facet] = value;
      return this.change({ filters: filters, page: 1 });
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const box = $("search");
    if (box && window.GovsiteSearch && window.GovsiteSearch.Engine) window.govsiteSearchPage = new Page(box);
  });
})();
