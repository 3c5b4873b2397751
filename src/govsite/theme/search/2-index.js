/* Reading the index: parts loaded by script elements, directory, lists, cards, texts. The twin of index/parts.py,
   index/codes.py and index/grams.py. ES2017, no dependency; works from file:// and under script-src 'self'. */
(function (root) {
  "use strict";

  const search = (root.GovsiteSearch = root.GovsiteSearch || {});
  const FORMAT_VERSION = 2;
  const ALPHABET = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at))
    .filter((char) => "\x22\\<".indexOf(char) < 0)
    .join("");
  const BASE = ALPHABET.length;
  const STOPPERS = 60;
  const ESCAPE_ONES = 16;
  const ESCAPE_BITS = 22;
  const KEPT_PARTS = 300;
  const CARD_BLOCK = 2048;
  const DIGITS = new Uint8Array(128);
  Array.from(ALPHABET).forEach((char, at) => (DIGITS[char.charCodeAt(0)] = at));
  const waiting = {};
  const queued = document.createDocumentFragment();

  /* What every part calls. A part nobody asked for is ignored. */
  root.govsiteSearch = function (version, name, payload) {
    if (waiting[name]) waiting[name](version, payload);
  };

  /* Why a part cannot be used: reason "missing" (cannot be loaded), "broken" (cut short), "version". */
  class PartError extends Error {
    constructor(reason, name) {
      super(reason + " " + name);
      this.reason = reason;
      this.part = name;
    }
  }

  /* Load one part from `base` (ends with a slash) by a script element; those asked for together are put into the page
     together, which costs the browser less. */
  function injectPart(base, name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const done = (reason, payload) => {
        delete waiting[name];
        script.remove();
        if (reason) reject(new PartError(reason, name));
        else resolve(payload);
      };
      waiting[name] = (version, payload) => done(version === FORMAT_VERSION ? "" : "version", payload);
      script.onload = () => waiting[name] && done("broken");
      script.onerror = () => done("missing");
      script.src = base + name + ".js";
      queued.appendChild(script);
      if (queued.childNodes.length < 2) Promise.resolve().then(() => document.head.appendChild(queued));
    });
  }

  function readNumbers(text) {
    const numbers = [];
    let rest = 0;
    for (let at = 0; at < text.length; at++) {
      const digit = DIGITS[text.charCodeAt(at)];
      if (digit < STOPPERS) {
        numbers.push(rest * STOPPERS + digit);
        rest = 0;
      } else rest = rest * (BASE - STOPPERS) + digit - STOPPERS + 1;
    }
    return numbers;
  }

  /* Bits of a list: thirteen in two characters, six in a last single one. */
  class BitReader {
    constructor(text) {
      this.text = text;
      this.place = 0;
      this.held = 0;
      this.count = 0;
    }

    fill() {
      const left = this.text.length - this.place;
      if (left < 1) throw new PartError("broken", "list");
      const high = DIGITS[this.text.charCodeAt(this.place)];
      const pair = left > 1;
      this.held = pair ? high * BASE + DIGITS[this.text.charCodeAt(this.place + 1)] : high;
      this.count = pair ? 13 : 6;
      this.place += 2;
    }

    bit() {
      if (!this.count) this.fill();
      return (this.held >> --this.count) & 1;
    }

    bits(width) {
      let value = 0;
      while (width > 0) {
        if (!this.count) this.fill();
        const taken = Math.min(width, this.count);
        this.count -= taken;
        value = value * (1 << taken) + ((this.held >> this.count) & ((1 << taken) - 1));
        width -= taken;
      }
      return value;
    }
  }

  /* Read a list: {slots: ascending, counted from `border`, classes: 3 title, 2 keywords, 1 several times, 0 once}. */
  function readList(text, scale, border) {
    if (!text) return { slots: new Int32Array(0), classes: new Uint8Array(0) };
    const reader = new BitReader(text);
    let zeros = 0;
    while (!reader.bit()) zeros++;
    const count = (1 << zeros) + reader.bits(zeros);
    const limit = Math.floor(Math.floor((scale * 11) / 16) / count);
    const width = limit ? 31 - Math.clz32(limit) : 0;
    const list = { slots: new Int32Array(count), classes: new Uint8Array(count) };
    let slot = (border || 0) - 1;
    for (let at = 0; at < count; at++) {
      let run = 0;
      while (run < ESCAPE_ONES && reader.bit()) run++;
      slot += 1 + (run === ESCAPE_ONES ? reader.bits(ESCAPE_BITS) : run * (1 << width) + reader.bits(width));
      list.slots[at] = slot;
      list.classes[at] = !reader.bit() ? 0 : !reader.bit() ? 3 : reader.bit() ? 2 : 1;
    }
    return list;
  }

  const nameGram = (gram) => Array.from(gram, (char) => char.codePointAt(0).toString(16)).join("-");
  const writeSymbols = (text) =>
    text.replace(/[0-z]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0x2d0));

  /* What a gram part says of one first character: rests of grams, each with its list behind. */
  function readHead(payload, char) {
    const at = payload.indexOf("<" + writeSymbols(char));
    return at < 0 ? "" : payload.slice(at + 1 + char.length).split("<", 1)[0];
  }

  /* One list behind the other; slots of the first lie below those of the second. */
  function joinLists(a, b) {
    if (!a.slots.length) return b;
    if (!b.slots.length) return a;
    const length = a.slots.length + b.slots.length;
    const list = { slots: new Int32Array(length), classes: new Uint8Array(length) };
    list.slots.set(a.slots);
    list.slots.set(b.slots, a.slots.length);
    list.classes.set(a.classes);
    list.classes.set(b.classes, a.slots.length);
    return list;
  }

  /* Last place in `firsts` (ascending) that does not come after `gram`, -1 if none. */
  function findPlace(firsts, gram) {
    let low = -1;
    for (let high = firsts.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if (search.compare(firsts[middle], gram) <= 0) low = middle;
      else high = middle;
    }
    return low;
  }

  /* Of `firsts`, those whose stretch may hold grams from `low` to `high`. */
  function findRange(firsts, low, high) {
    return firsts.slice(Math.max(0, findPlace(firsts, low)), findPlace(firsts, high) + 1);
  }

  /* One index at `base`. `load(name)` may be given instead of script injection, as tests do. */
  class Index {
    constructor(base, load) {
      this.fetchPart = load || ((name) => injectPart(base, name));
      this.parts = new Map();
      this.codes = {};
    }

    /* A part by name; the oldest are forgotten. A failure may be tried again. */
    part(name) {
      let held = this.parts.get(name);
      if (!held) {
        held = this.fetchPart(name);
        held.catch(() => this.parts.delete(name));
      } else this.parts.delete(name);
      this.parts.set(name, held);
      if (this.parts.size > KEPT_PARTS) this.parts.delete(this.parts.keys().next().value);
      return held;
    }

    open() {
      if (!this.opening) {
        this.opening = this.fetchPart("manifest").then((manifest) => {
          this.manifest = manifest;
          this.pages = manifest.pages ? manifest.pages.split(" ") : [];
          const newest = manifest.newest;
          this.newest = newest[2] ? newest[2].split(" ") : [];
          this.readMain = (written) => readList(written, manifest.scale);
          this.readNew = (written) => readList(written, newest[1], newest[0]);
          this.common = new Set(manifest.common ? manifest.common.split(" ") : []);
          this.withdrawn = this.flags(manifest.withdrawn);
          this.answers = this.flags(manifest.answers);
          return this;
        });
        this.opening.catch(() => (this.opening = null));
      }
      return this.opening;
    }

    flags(written) {
      const flags = new Uint8Array(this.manifest.scale);
      for (const slot of readList(written, this.manifest.scale).slots) flags[slot] = 1;
      return flags;
    }

    async page(first) {
      return (await this.part("d/" + nameGram(first))).split(" ");
    }

    /* The parts that hold the grams between two, from the first to the last one: [folder, first gram] of each. */
    async partsOf(low, high) {
      const found = findRange(this.newest, low, high).map((first) => ["n", first]);
      const pages = await Promise.all(findRange(this.pages, low, high).map((page) => this.page(page)));
      for (const firsts of pages) for (const first of findRange(firsts, low, high)) found.push(["g", first]);
      return found;
    }

    /* Read the lists that `pick` finds in parts between two grams. */
    async lists(low, high, pick) {
      const char = Array.from(low)[0];
      const parts = await this.partsOf(low, high);
      const payloads = await Promise.all(parts.map((part) => this.part(part[0] + "/" + nameGram(part[1]))));
      const lists = [];
      payloads.forEach((payload, at) => {
        const read = parts[at][0] === "g" ? this.readMain : this.readNew;
        (readHead(payload, char).match(pick) || []).forEach((found) => lists.push(read(found.replace(/^.?[^ -~]+/, ""))));
      });
      return lists;
    }

    async list(gram) {
      const rest = writeSymbols(Array.from(gram).slice(1).join(""));
      const entry = new RegExp((rest ? "(?:^|[ -~])" + rest : "^") + "[ -~]+");
      return (await this.lists(gram, gram, entry)).reduceRight(joinLists, readList(""));
    }

    /* All lists of grams that begin with one character, joined: the best class of each slot. */
    async listsOf(char) {
      const best = new Int8Array(this.manifest.scale).fill(-1);
      let count = 0;
      for (const list of await this.lists(char, char + "\u{10ffff}", /[ -~]+/g))
        list.slots.forEach((slot, one) => {
          if (best[slot] < 0) count++;
          if (best[slot] < list.classes[one]) best[slot] = list.classes[one];
        });
      const list = { slots: new Int32Array(count), classes: new Uint8Array(count) };
      for (let slot = best.length; slot-- > 0; )
        if (best[slot] >= 0) {
          list.slots[--count] = slot;
          list.classes[count] = best[slot];
        }
      return list;
    }

    /* The entry of a slot (see extract.py), undefined where there is none. */
    async text(slot) {
      const number = slot >> 1;
      const payload = await this.part("t/" + (number >> 8) + "/" + (number & 255));
      return payload[payload.indexOf(slot) + 1];
    }

    piece(slot, number) {
      return this.part("x/" + slot + "-" + number);
    }

    /* Codes of one property for all slots of the blocks that contain `slots`: a typed array by slot, 65535 none. */
    async cards(facet, slots) {
      const facets = ["kind", "column", "topic", "validity", "domain"];
      const held = this.codes[facet] || { codes: new Uint16Array(this.manifest.scale).fill(65535), read: new Set() };
      const codes = (this.codes[facet] = held).codes;
      const blocks = Array.from(new Set(Array.from(slots, (slot) => Math.floor(slot / CARD_BLOCK))));
      await Promise.all(
        blocks.map(async (block) => {
          if (held.read.has(block)) return;
          const card = await this.part("c/" + block);
          const written = facet === "issuer" ? await this.part("i/" + block) : card[1 + facets.indexOf(facet)];
          const gaps = readNumbers(card[0]);
          const width = Math.round(written.length / gaps.length);
          let slot = block * CARD_BLOCK - 1;
          gaps.forEach((gap, at) => {
            slot += gap + 1;
            codes[slot] = 0;
            for (let digit = 0; digit < width; digit++)
              codes[slot] = codes[slot] * BASE + DIGITS[written.charCodeAt(at * width + digit)];
          });
          held.read.add(block);
        })
      );
      return codes;
    }

    /* [id, name] of each value of a property, in the order of its codes. */
    async values(facet) {
      if (facet !== "issuer") return this.manifest.facets[facet];
      return (await this.part("i/values")).map((issuer) => [issuer, issuer]);
    }
  }

  Object.assign(search, { Index: Index, PartError: PartError, readList: readList });
})(window);
