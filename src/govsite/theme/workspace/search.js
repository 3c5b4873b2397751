/* One box for many sites: asks the index of every site of the workspace and puts the answers in one order. Loaded after the
   search page's own script, from the folder that lies beside the sites; without its list of sites the page searches its own.
   ES2017, no dependency, works from file://. */
(function (root) {
  "use strict";

  const search = root.GovsiteSearch;
  if (!search || !search.Engine) return;
  const PART_VERSION = 2;
  const LIST_VERSION = 1;
  const SLOT_SPAN = 0x400000;
  const STEP = 5;
  const here = document.currentScript.src.replace(/[^/]*$/, "");
  const Engine = search.Engine;
  const alone = root.govsiteSearch;
  const waiting = new Map();

  /* Parts of different sites have the same names: which one calls is told by its script element. */
  root.govsiteSearch = function (version, name, payload) {
    const take = waiting.get(document.currentScript);
    if (take) take(version === PART_VERSION ? "" : "version", payload);
    else alone(version, name, payload);
  };
  root.govsiteSites = function (version, label, sites) {
    const take = waiting.get(document.currentScript);
    if (take) take(version === LIST_VERSION ? "" : "version", { label: label, sites: sites });
  };

  function load(base, name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const done = (reason, payload) => {
        waiting.delete(script);
        script.remove();
        if (reason) reject(new search.PartError(reason, name));
        else resolve(payload);
      };
      waiting.set(script, done);
      script.onload = () => waiting.has(script) && done("broken");
      script.onerror = () => done("missing");
      script.src = base + name + ".js";
      document.head.appendChild(script);
    });
  }

  /* Values of all sites by id; the name is that of the first site that has it. */
  function uniteFacets(sites) {
    const facets = {};
    for (const site of sites)
      for (const facet of Object.keys(site.engine.index.manifest.facets)) {
        const known = (facets[facet] = facets[facet] || []);
        for (const value of site.engine.index.manifest.facets[facet])
          if (!known.some((one) => one[0] === value[0])) known.push(value);
      }
    return facets;
  }

  /* Stands in for the engine of one site. */
  class Sites {
    constructor(base) {
      this.own = new Engine(base);
      this.base = document.createElement("a");
      this.base.href = base;
      /* The list of the sites holds all their manifests: it comes with the first query, not with the page. */
      this.index = { open: () => Promise.resolve() };
    }

    open() {
      if (!this.opening) {
        this.opening = this.openAll();
        this.opening.catch(() => (this.opening = null));
      }
      return this.opening;
    }

    async openAll() {
      let listed = { label: "", sites: [] };
      try {
        listed = await load(here, "sites");
      } catch (error) {
        if (!(error instanceof search.PartError)) throw error;
      }
      this.sites = listed.sites.map((site) => this.site(site[0], site[1], site[2]));
      if (!this.sites.some((site) => site.isOwn)) this.sites = [{ place: "", name: "", engine: this.own, isOwn: true }];
      await Promise.all(this.sites.map((site) => site.engine.index.open()));
      const documents = this.sites.reduce((sum, site) => sum + site.engine.index.manifest.documents, 0);
      this.index.manifest = { documents: documents, facets: uniteFacets(this.sites) };
      if (root.govsiteSearchPage) root.govsiteSearchPage.words.site = listed.label;
    }

    /* A site whose manifest came with the list. */
    site(place, name, manifest) {
      const base = document.createElement("a");
      base.href = here + "../" + place + "/search/";
      const part = (wanted) => (wanted === "manifest" ? Promise.resolve(manifest) : load(base.href, wanted));
      return { place: place, name: name, engine: new Engine(base.href, part), isOwn: base.href === this.base.href };
    }

    async ask(query, options) {
      await this.open();
      const chosen = Object.assign({ sort: "relevance", filters: {} }, options);
      const filters = Object.assign({}, chosen.filters);
      delete filters.site;
      const parts = await Promise.all(
        this.sites.map((site) => askSite(site, query, { sort: chosen.sort, filters: filters }, this.sites.length > 1))
      );
      return new Answers(parts, chosen);
    }
  }

  /* One site's answer; a site that is not there does not silence the others. */
  async function askSite(site, query, options, lenient) {
    try {
      return { site: site, answer: await site.engine.ask(query, options) };
    } catch (error) {
      if (!lenient || !(error instanceof search.PartError)) throw error;
      return { site: site, failure: error };
    }
  }

  class Answers {
    constructor(parts, chosen) {
      this.every = parts.filter((part) => part.answer);
      this.broken = parts.filter((part) => !part.answer);
      if (!this.every.length) throw this.broken[0].failure;
      const asked = chosen.filters.site;
      this.chosen = chosen;
      this.parts = this.every.filter((part) => asked === undefined || part.site.place === asked);
      this.parsed = (this.every.find((part) => !part.answer.empty) || this.every[0]).answer.parsed;
      this.empty = this.every.every((part) => part.answer.empty);
    }

    get total() {
      return this.parts.reduce((sum, part) => sum + (part.answer.empty ? 0 : part.answer.total), 0);
    }

    get isExact() {
      return !this.broken.length && this.parts.every((part) => part.answer.empty || part.answer.isExact);
    }

    get failures() {
      return this.parts.reduce((all, part) => all.concat(part.answer.failures), this.broken.map((part) => part.site.place));
    }

    get failure() {
      const failed = this.parts.find((part) => part.answer.failure);
      return this.broken.length ? this.broken[0].failure : failed && failed.answer.failure;
    }

    /* [how good, date]: of a proved hit, or of the best that may still come from a site. */
    rank(key, date) {
      return this.chosen.sort === "date" ? [0, date] : [Math.floor(key / SLOT_SPAN), date];
    }

    bound(part) {
      const key = part.answer.queue[part.answer.left - 1];
      return this.rank(key, part.answer.year(key % SLOT_SPAN) + "~");
    }

    merge() {
      const hits = [];
      this.parts.forEach((part, at) => {
        if (part.answer.empty) return;
        part.answer.hits.forEach((hit, place) =>
          hits.push({ part: part, hit: hit, at: at, place: place, rank: this.rank(hit.rank, hit.published) })
        );
      });
      return hits.sort((a, b) => compare(b.rank, a.rank) || a.at - b.at || a.place - b.place);
    }

    /* As an answer of one site: hits are proved until nothing that is left anywhere can come before the last one wanted. */
    async page(from, count, show) {
      for (;;) {
        const merged = this.merge();
        const last = merged[from + count - 1];
        const open = this.parts.filter(
          (part) => !part.answer.empty && part.answer.left > 0 && (!last || compare(this.bound(part), last.rank) > 0)
        );
        if (!open.length) {
          const hits = merged.slice(from, from + count).map((one) => place(one.part.site, one.hit));
          if (show) hits.forEach((hit) => show(hit));
          return hits;
        }
        await Promise.all(open.map((part) => part.answer.page(0, part.answer.hits.length + STEP)));
      }
    }

    async countFacets(facets) {
      const counted = {};
      const parts = this.parts.filter((part) => !part.answer.empty);
      const own = facets.filter((facet) => facet !== "site");
      const found = await Promise.all(parts.map((part) => part.answer.countFacets(own)));
      for (const facet of own) {
        const values = new Map();
        for (const one of found)
          for (const value of one[facet]) {
            const known = values.get(value.id);
            values.set(value.id, { id: value.id, name: value.name, count: value.count + (known ? known.count : 0) });
          }
        const newest = (a, b) => b.id - a.id;
        const most = (a, b) => b.count - a.count || search.compare(a.id, b.id);
        counted[facet] = Array.from(values.values()).sort(facet === "year" ? newest : most);
      }
      counted.site = this.every
        .map((part) => ({ id: part.site.place, name: part.site.name, count: part.answer.empty ? 0 : part.answer.total }))
        .filter((site) => site.count && site.name);
      return counted;
    }
  }

  function compare(a, b) {
    return a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0);
  }

  /* A hit as the page of this site shows it: the site it is from, and its addresses as seen from here. */
  function place(site, hit) {
    if (hit.site !== undefined) return hit;
    hit.site = site.place;
    if (site.name) hit.issuer = hit.issuer && hit.issuer !== site.name ? site.name + " · " + hit.issuer : site.name;
    if (site.isOwn) return hit;
    const root = "../" + site.place + "/";
    hit.url = root + hit.url;
    hit.interpretations = hit.interpretations.map((one) => [one[0], root + one[1]]);
    hit.attachments.forEach((file) => (file[1] = root + file[1]));
    return hit;
  }

  search.FACETS = ["site"].concat(search.FACETS);
  search.Engine = Sites;
})(window);
