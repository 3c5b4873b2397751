/* Answering: plan which lists to load, intersect, rank, verify against the texts, count for filters, cut snippets.
   No document is shown before its text proves the hit. ES2017, no dependency, touches no page. */
(function (root) {
  "use strict";

  const search = (root.GovsiteSearch = root.GovsiteSearch || {});
  const WHOLE_START = "\ue7fe";
  const WHOLE_END = "\ue7ff";
  const FIRST_SYLLABLE = 0xe000;
  const BATCH = 10;
  const MOST_TEXTS = 500;
  const MOST_AT_ONCE = 40;
  const LEAST_RATE = 0.25;
  const SLOT_SPAN = 0x400000;
  const FIELDS = "key url title docNo indexNo kind column topic domain issuer published validity inForce keywords summary"
    .split(" ")
    .concat("elements text attachments interpretations traditional rare pieces".split(" "));
  const FACETS = ["kind", "column", "year", "issuer", "topic", "validity", "domain"];
  /* How good a hit is; the twin of index/rank.py. */
  const EXACT = 6;
  const BEGINS = 5;
  const TITLE = 4;
  const KEYWORD = 3;
  const SEVERAL = 1;

  /* Grams to look up for `chars`: {cover: the fewest lists that touch every character, rest: lists that close the gaps
     between those}. Triples where both their pairs are common, else pairs. */
  function planGrams(chars, isCommon) {
    const pair = (at) => chars[at] + chars[at + 1];
    const ends = [];
    for (let at = 0; at + 1 < chars.length; at++)
      ends.push(at + 2 < chars.length && isCommon(pair(at)) && isCommon(pair(at + 1)) ? at + 3 : at + 2);
    const plan = { cover: [], rest: [] };
    let last = 0;
    for (let covered = 0; covered < chars.length; covered = last) {
      let best = 0;
      for (let at = 0; at < ends.length && at <= covered; at++) if (ends[at] >= ends[best]) best = at;
      if (best === covered && covered) {
        const joint = ends[covered - 1] > covered + 1 || covered < 2 || ends[covered - 2] <= covered ? covered - 1 : covered - 2;
        plan.rest.push(chars.slice(joint, ends[joint]).join(""));
      }
      last = ends[best];
      plan.cover.push(chars.slice(best, last).join(""));
    }
    return plan;
  }

  function intersect(a, b) {
    const slots = [];
    const classes = [];
    for (let x = 0, y = 0; x < a.slots.length && y < b.slots.length; ) {
      if (a.slots[x] === b.slots[y]) {
        slots.push(a.slots[x]);
        classes.push(Math.min(a.classes[x++], b.classes[y++]));
      } else if (a.slots[x] < b.slots[y]) x++;
      else y++;
    }
    return { slots: Int32Array.from(slots), classes: Uint8Array.from(classes) };
  }

  function unite(lists) {
    if (lists.length === 1) return lists[0];
    const best = new Map();
    for (const list of lists)
      list.slots.forEach((slot, at) => best.set(slot, Math.max(best.get(slot) || 0, list.classes[at])));
    const slots = Int32Array.from(best.keys()).sort();
    return { slots: slots, classes: Uint8Array.from(slots, (slot) => best.get(slot)) };
  }

  function toFlags(list, size) {
    const flags = new Uint8Array(size);
    for (const slot of list.slots) flags[slot] = 1;
    return flags;
  }

  function subtract(list, flags) {
    const kept = Int32Array.from(list.slots.keys()).filter((at) => !flags[list.slots[at]]);
    return { slots: kept.map((at) => list.slots[at]), classes: Uint8Array.from(kept, (at) => list.classes[at]) };
  }

  function countHits(line, word) {
    let hits = 0;
    for (let at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + 1)) hits++;
    return hits;
  }

  class Engine {
    constructor(base, load) {
      this.index = new search.Index(base, load);
      this.knowsTraditional = false;
    }

    async loadTraditional() {
      if (!this.knowsTraditional) search.useSimplified((await this.index.part("simplified")).join(""));
      this.knowsTraditional = true;
    }

    async loadPinyin() {
      if (this.syllables) return;
      const part = await this.index.part("pinyin");
      this.syllables = part[0].split(" ");
      this.whole = new Map(this.syllables.map((one, at) => [one, String.fromCharCode(FIRST_SYLLABLE + at)]));
      this.usual = new Map();
      for (const group of part[1] ? part[1].split(" ") : []) {
        const syllable = /^[a-z]*/.exec(group)[0];
        for (const char of group.slice(syllable.length)) this.usual.set(char, syllable);
      }
    }

    /* Everything a query asks for. Each word becomes ways to satisfy it: {text} or {units} (pinyin). */
    async understand(query) {
      const parsed = search.parseQuery(query);
      const groups = this.index.manifest.synonyms;
      for (const word of parsed.words) {
        word.ways = search.expandSynonyms(word.text, groups).map((text) => ({ text: text }));
        if (!/^[a-z]{2,24}$/.test(word.text)) continue;
        await this.loadPinyin();
        for (const units of search.parsePinyin(word.text, this.syllables)) word.ways.push({ units: units });
      }
      return parsed;
    }

    /* Documents that may contain `text`, and whether that is certain. */
    async findText(text) {
      const chars = Array.from(text);
      if (chars.length === 1) {
        const whole = this.index.manifest.everywhere.indexOf(text) >= 0;
        return { list: await (whole ? this.index.list(text) : this.index.listsOf(text)), certain: true };
      }
      const plan = planGrams(chars, (pair) => this.index.common.has(pair));
      let list = await this.findAll(plan.cover);
      if (list.slots.length > BATCH && plan.rest.length) list = intersect(list, await this.findAll(plan.rest));
      return { list: list, certain: plan.cover.length === 1 };
    }

    async findAll(grams) {
      const lists = await Promise.all(grams.map((gram) => this.index.list(gram)));
      return lists.sort((a, b) => a.slots.length - b.slots.length).reduce(intersect);
    }

    /* Documents one way may find, with an upper bound of their tiers instead of classes. */
    async findWay(way, alone) {
      const found = await (way.text ? this.findText(way.text) : this.findUnits(way.units));
      const good = found.list.classes.reduce((sum, one) => sum + (one > 1), 0);
      let bound = (one) => (one === 3 ? TITLE : one === 2 ? KEYWORD : one);
      if (alone && way.text && good > BATCH) bound = await this.boundByMarks(Array.from(way.text));
      else if (alone && way.text) bound = (one) => (one > 1 ? EXACT : one);
      const tiers = found.list.classes.map((one, at) => bound(one, found.list.slots[at]));
      return { list: { slots: found.list.slots, classes: tiers }, certain: found.certain };
    }

    /* Many titles match: the marks around whole titles and numbers tell which may begin with or be the word. */
    async boundByMarks(chars) {
      const marked = [WHOLE_START + chars[0], chars[chars.length - 1] + WHOLE_END].map((gram) => this.index.list(gram));
      const lists = await Promise.all(marked);
      const begins = toFlags(lists[0], this.index.manifest.scale);
      const ends = toFlags(lists[1], this.index.manifest.scale);
      return (one, slot) => {
        if (one < 2) return one;
        if (begins[slot] && ends[slot]) return EXACT;
        return one === 2 ? KEYWORD : begins[slot] ? BEGINS : TITLE;
      };
    }

    /* Pinyin: pairs of whole syllables where they stand side by side, initials where they do not. */
    async findUnits(units) {
      const marks = units.map((unit) => this.whole.get(unit) || "");
      const texts = marks.map((mark) => mark || " ").join("").split(" ").filter((one) => one.length > 1);
      if (units.length === 1 && marks[0]) texts.push(marks[0]);
      else if (marks.indexOf("") >= 0) texts.push(units.map((unit) => unit[0].toUpperCase()).join(""));
      const found = await Promise.all(texts.map((text) => this.findText(text)));
      return { list: found.map((one) => one.list).reduce(intersect), certain: false };
    }

    /* Candidates of a parsed query: {list: slots with an upper bound of their tiers, certain}. */
    async findCandidates(parsed) {
      const alone = parsed.words.length === 1;
      const found = await Promise.all(
        parsed.words.map(async (word) => {
          const ways = await Promise.all(word.ways.map((way) => this.findWay(way, alone)));
          return { list: unite(ways.map((way) => way.list)), certain: ways.every((way) => way.certain) };
        })
      );
      let list = found.map((one) => one.list).reduce(intersect);
      let certain = found.every((one) => one.certain);
      for (const word of parsed.excluded) {
        const away = await this.findText(word.text);
        certain = certain && away.certain;
        if (away.certain) list = subtract(list, toFlags(away.list, this.index.manifest.scale));
      }
      return { list: list, certain: certain };
    }

    /* Where neighbouring words of the query may stand side by side. */
    async boundAdjacent(parsed) {
      const words = parsed.words.map((word) => Array.from(word.text));
      const grams = words.slice(1).map((word, at) => words[at][words[at].length - 1] + word[0]);
      if (!grams.length) return null;
      const lists = await Promise.all(grams.map((gram) => this.index.list(gram)));
      return toFlags(lists.reduce(intersect), this.index.manifest.scale);
    }

    /* Ask: an Answer to page through, or null for a query without a word. sort: "relevance" or "date". */
    async ask(query, options) {
      const chosen = Object.assign({ sort: "relevance", filters: {} }, options);
      await this.index.open();
      let parsed = await this.understand(query);
      if (parsed.tooLong || !parsed.words.length || !this.index.pages.length) return new Answer(this, parsed, null, chosen);
      let found = await this.findCandidates(parsed);
      if (!this.knowsTraditional && (!found.list.slots.length || parsed.excluded.length) && /[^\0-\u2fff]/.test(query)) {
        await this.loadTraditional();
        const again = await this.understand(query);
        if (JSON.stringify(again) !== JSON.stringify(parsed)) found = await this.findCandidates((parsed = again));
      }
      const answer = new Answer(this, parsed, found, chosen);
      await answer.prepare();
      return answer;
    }
  }

  class Answer {
    constructor(engine, parsed, found, chosen) {
      this.engine = engine;
      this.index = engine.index;
      this.parsed = parsed;
      this.chosen = chosen;
      this.empty = !found;
      this.certain = !found || found.certain;
      this.all = found ? found.list : { slots: new Int32Array(0), classes: new Uint8Array(0) };
      this.hits = [];
      this.proving = new Map();
      this.misses = new Set();
      this.texts = this.good = 0;
      this.left = 0;
      this.failures = [];
    }

    async prepare() {
      const relevance = this.chosen.sort !== "date";
      const adjacent = relevance ? await this.engine.boundAdjacent(this.parsed) : null;
      const passes = await this.passFilters(FACETS);
      const queue = [];
      this.all.slots.forEach((slot, at) => {
        const key = () => this.key(slot, this.all.classes[at], adjacent && adjacent[slot]);
        if (passes(slot)) queue.push(relevance ? key() : slot);
      });
      this.queue = Float64Array.from(queue).sort();
      this.left = this.queue.length;
    }

    /* One number that sorts hits: answers to questions, tier, words side by side, in force, newer. */
    key(slot, tier, adjacent) {
      const answers = this.index.answers[slot] && tier >= KEYWORD ? 1 : 0;
      const inForce = this.index.withdrawn[slot] ? 0 : 1;
      return (((answers * 8 + tier) * 2 + (adjacent ? 1 : 0)) * 2 + inForce) * SLOT_SPAN + slot;
    }

    /* How many documents match; `certain` tells whether texts still have to prove it. */
    get total() {
      return this.hits.length + this.left;
    }

    get isExact() {
      return this.left === 0 || (this.certain && this.failures.length === 0);
    }

    year(slot) {
      const years = this.index.manifest.years;
      let at = years.length - 1;
      while (at > 0 && years[at][1] > slot) at--;
      return years.length ? years[at][0] : 0;
    }

    /* A test for slots against the chosen filters, among the properties named. */
    async passFilters(facets) {
      const wanted = facets.filter((facet) => this.chosen.filters[facet] !== undefined);
      const tests = await Promise.all(
        wanted.map(async (facet) => {
          const value = String(this.chosen.filters[facet]);
          if (facet === "year") return (slot) => String(this.year(slot)) === value;
          const code = (await this.index.values(facet)).findIndex((one) => one[0] === value);
          const codes = await this.index.cards(facet, this.all.slots);
          return (slot) => codes[slot] === code;
        })
      );
      return (slot) => tests.every((test) => test(slot));
    }

    /* Counts for some filters: {facet: [{id, name, count}]}, largest first; each under the other filters chosen. */
    async countFacets(facets) {
      const counted = {};
      const slots = this.all.slots.filter((slot) => !this.misses.has(slot));
      for (const facet of facets) {
        const passes = await this.passFilters(FACETS.filter((other) => other !== facet));
        const counts = new Map();
        if (facet === "year") {
          for (const slot of slots)
            if (passes(slot)) counts.set(this.year(slot), (counts.get(this.year(slot)) || 0) + 1);
          counted.year = Array.from(counts, (one) => ({ id: String(one[0]), name: String(one[0]), count: one[1] }))
            .filter((one) => one.id !== "0")
            .sort((a, b) => b.id - a.id);
          continue;
        }
        const values = await this.index.values(facet);
        const codes = values.length > 1 ? await this.index.cards(facet, this.all.slots) : [];
        for (const slot of values.length > 1 ? slots : [])
          if (passes(slot)) counts.set(codes[slot], (counts.get(codes[slot]) || 0) + 1);
        counted[facet] = Array.from(counts, (one) => ({ id: values[one[0]][0], name: values[one[0]][1], count: one[1] }))
          .filter((one) => one.id)
          .sort((a, b) => b.count - a.count || search.compare(a.id, b.id));
      }
      return counted;
    }

    /* Hits from place `from`, at most `count`, each proved by its text; fewer only at the end or after many misses.
       `show` is given each hit once nothing can come before it any more. What ranks lower than it promised goes back. */
    async page(from, count, show) {
      const most = this.texts + MOST_TEXTS;
      const queue = this.queue;
      while (this.hits.length < from + count && this.left) {
        const slot = queue[this.left - 1] % SLOT_SPAN;
        if (!this.proving.has(slot)) {
          if (this.texts >= most) break;
          const wanted = (from + count - this.hits.length) / Math.max(LEAST_RATE, this.good / this.texts || 1);
          const size = Math.min(this.left, MOST_AT_ONCE, Math.ceil(wanted));
          for (let at = this.left; at-- > this.left - size; ) {
            const next = queue[at] % SLOT_SPAN;
            if (!this.proving.has(next)) this.proving.set(next, this.prove(next));
          }
        }
        const hit = await this.proving.get(slot);
        let at = --this.left;
        if (!hit) continue;
        if (at && hit.rank < queue[at - 1]) {
          for (; at && hit.rank < queue[at - 1]; at--) queue[at] = queue[at - 1];
          queue[at] = hit.rank;
          this.left++;
        } else if (this.hits.push(hit) > from && show) show(hit);
      }
      return this.hits.slice(from, from + count);
    }

    /* The document in a slot with its rank, null where its text does not prove the hit or cannot be read. */
    async prove(slot) {
      this.texts++;
      const document = await this.read(slot);
      const judged = document && this.judge(document);
      if (!document) this.failures.push(slot);
      if (judged) {
        this.good++;
        document.rank = this.chosen.sort === "date" ? slot : judged.key;
        return document;
      }
      this.misses.add(slot);
      return null;
    }

    /* The document in a slot with its folded lines, null when its part cannot be read (the rest still answers). */
    async read(slot) {
      try {
        const entry = await this.index.text(slot);
        if (entry[19] === 1) await this.engine.loadTraditional();
        else if (entry[19]) search.useSimplified(entry[19]);
        const document = { slot: slot };
        FIELDS.forEach((name, at) => (document[name] = entry[at]));
        if (typeof document.key === "number") document.key = document.url.slice(0, document.key);
        await this.foldDocument(document);
        return document;
      } catch (error) {
        if (!(error instanceof search.PartError)) throw error;
        this.failure = error;
        return null;
      }
    }

    async foldDocument(document) {
      const facets = this.index.manifest.facets;
      const name = (facet) => (facets[facet].find((one) => one[0] === document[facet]) || ["", ""])[1];
      const lines = [document.summary, document.issuer, name("column"), name("topic"), name("domain")];
      const places = lines.concat(document.elements, document.text.split("\n")).map((line) => ({ line: line }));
      document.attachments.forEach((file) =>
        [file[0]].concat(file[2].split("\n")).forEach((line) => places.push({ line: line, file: file }))
      );
      for (let number = 0; number < document.pieces; number++)
        for (const piece of await this.index.piece(document.slot, number))
          for (const line of piece[1].split("\n")) places.push({ line: line, file: document.attachments[piece[0]] });
      const foldLine = (line) => search.fold(line).replace(/\n/g, "");
      document.places = places;
      document.folded = {
        title: foldLine(document.title),
        numbers: [document.docNo, document.indexNo].map(foldLine),
        keywords: document.keywords.map(foldLine),
        column: foldLine(name("column")),
        body: places.map((place) => search.fold(place.line)),
      };
    }

    /* Does the text really contain what was asked, and how good is it? {key} or null. */
    judge(document) {
      const folded = document.folded;
      const lines = [folded.title].concat(folded.numbers, folded.keywords, folded.body);
      if (this.parsed.excluded.some((word) => lines.some((line) => line.indexOf(word.text) >= 0))) return null;
      let tier = this.parsed.words.length > 1 ? TITLE : EXACT;
      for (const word of this.parsed.words) {
        const best = Math.max.apply(null, word.ways.map((way) => this.judgeWay(document, way)));
        if (best < 0) return null;
        tier = Math.min(tier, best);
      }
      const texts = this.parsed.words.map((word) => word.text);
      const together = texts.slice(1).every((word, at) => lines.some((line) => line.indexOf(texts[at] + word) >= 0));
      return { key: this.key(document.slot, tier, texts.length > 1 && together) };
    }

    judgeWay(document, way) {
      const folded = document.folded;
      if (way.units) return this.judgeUnits(document, way.units);
      const word = way.text;
      if (folded.title === word || folded.numbers.indexOf(word) >= 0) return EXACT;
      const place = folded.title.indexOf(word);
      if (place >= 0) return place ? TITLE : BEGINS;
      if (folded.numbers.concat(folded.keywords).some((line) => line.indexOf(word) >= 0)) return KEYWORD;
      const hits = folded.body.reduce((sum, line) => sum + countHits(line, word), 0);
      return hits > 1 ? SEVERAL : hits - 1;
    }

    judgeUnits(document, units) {
      const folded = document.folded;
      const lines = [folded.title].concat(folded.keywords, folded.column);
      const read = Array.from(lines.join("\n"), (char) => this.engine.usual.get(char) || "");
      for (const rare of document.rare ? document.rare.split(" ") : [])
        read[parseInt(rare, 10)] = rare.replace(/^\d+/, "");
      const line = (from, to) => search.findUnits(units, read.slice(from, to), this.engine.whole) >= 0;
      const title = Array.from(folded.title).length;
      const keywords = Array.from(lines.slice(0, -1).join("\n")).length;
      if (line(0, title)) return TITLE;
      if (line(title + 1, keywords)) return KEYWORD;
      return line(keywords + 1) ? 0 : -1;
    }
  }

  Object.assign(search, { Answer: Answer, Engine: Engine, FACETS: FACETS, planGrams: planGrams });
})(window);
