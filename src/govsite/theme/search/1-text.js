/* Texts and queries: folding, grams, query language, pinyin. Pure; the twin of hanzi/fold.py, hanzi/pinyin.py and
   index/query.py, held to them by tests/vectors/search.json. ES2017, no dependency. */
(function (root) {
  "use strict";

  const search = (root.GovsiteSearch = root.GovsiteSearch || {});

  /* The ranges of DROPPED_RANGES in hanzi/fold.py; a browser test compares every code point. */
  const DROPPED = new RegExp(
    "[\\u0000-\\u002f\\u003a-\\u0060\\u007b-\\u00a9\\u00ab-\\u00b4\\u00b6-\\u00b9\\u00bb-\\u00bf\\u00d7\\u00f7" +
      "\\u02b0-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u2000-\\u2bff\\u2e00-\\u2e7f\\u2fe0-\\u3004\\u3008-\\u3020" +
      "\\u302a-\\u3030\\u303d-\\u303f\\u3099-\\u309c\\u30a0\\u30fb\\u4dc0-\\u4dff\\ud800-\\uf8ff\\ufe00-\\ufe2f" +
      "\\ufeff\\ufff0-\\uffff\\u{1f000}-\\u{1fbff}\\u{e0000}-\\u{10ffff}]",
    "u"
  );
  const TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ";
  const BRACKETED_PINYIN = new RegExp(
    "[(（][a-zɡü" + TONED + "' ]{0,12}[" + TONED + "][a-zɡü" + TONED + "' ]{0,12}[)）]",
    "g"
  );
  const LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029";
  const DOC_NUMBER = /\s*([〔［[【(（﹝〈])\s*(\d{4}|[０-９]{4})\s*([〕］\]】)）﹞〉])\s*([\d０-９]+)\s*([号號])/g;
  const QUERY_PART = /([-－−])?(?:[\x22“”＂「]([^\x22“”＂」]*)[\x22“”＂」]?|([^\s\x22“”＂「]+))/g;
  const LONGEST_QUERY = 200;

  const simplified = new Map();
  let folds = [];
  const OTHER = "[^\\u4e00-\\u9fff\\da-z]";
  let folding = new RegExp(OTHER, "gu");

  /* Learn traditional characters and, in the second half, the simplified ones they fold to from now on. */
  function useSimplified(table) {
    const chars = Array.from(table);
    const half = chars.length / 2;
    if (chars.slice(0, half).every((char) => simplified.has(char))) return;
    for (let at = 0; at < half; at++) simplified.set(chars[at], chars[half + at]);
    folding = new RegExp(OTHER + "|[" + Array.from(simplified.keys()).join("") + "]", "gu");
    folds = [];
  }

  function foldChar(char) {
    const code = char.codePointAt(0);
    let folded = folds[code];
    if (folded === undefined) {
      folded = "";
      if (LINE_ENDS.indexOf(char) >= 0) folded = "\n";
      else
        for (const part of char.normalize("NFKD").toLowerCase())
          if (!DROPPED.test(part)) folded += simplified.get(part) || part;
      folds[code] = folded;
    }
    return folded;
  }

  /* Most characters fold to themselves and are not looked at one by one. */
  function fold(text) {
    return text.replace(BRACKETED_PINYIN, "").replace(folding, foldChar);
  }

  /* Fold and remember where each folded character came from: {text, at}; at has one entry more than text. */
  function foldWithPlaces(text) {
    const spans = [];
    text.replace(BRACKETED_PINYIN, (found, place) => spans.push([place, place + found.length]) && found);
    const at = [];
    let out = "";
    let place = 0;
    for (const char of text) {
      while (spans.length && place >= spans[0][1]) spans.shift();
      if (!spans.length || place < spans[0][0]) {
        const folded = foldChar(char);
        for (let unit = 0; unit < folded.length; unit++) at.push(place);
        out += folded;
      }
      place += char.length;
    }
    at.push(place);
    return { text: out, at: at };
  }

  /* Order by code points, as Python does: surrogate halves come after the rest of the basic plane. */
  function compare(a, b) {
    const rank = (unit) => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);
    const length = Math.min(a.length, b.length);
    for (let at = 0; at < length; at++)
      if (a.charCodeAt(at) !== b.charCodeAt(at)) return rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
    return a.length - b.length;
  }

  /* Read a query: {words: [{text, raw}], excluded: [...], tooLong}. Every word must be contained, as one stretch. */
  function parseQuery(query) {
    const parsed = { words: [], excluded: [], tooLong: Array.from(query).length > LONGEST_QUERY };
    if (parsed.tooLong) return parsed;
    const joined = query.replace(DOC_NUMBER, "$1$2$3$4$5");
    const seen = new Set();
    let match;
    QUERY_PART.lastIndex = 0;
    while ((match = QUERY_PART.exec(joined))) {
      const raw = match[2] === undefined ? match[3] : match[2];
      const text = fold(raw).replace(/\n/g, "");
      const excludes = match[1] !== undefined;
      if (!text || seen.has(excludes + text)) continue;
      seen.add(excludes + text);
      (excludes ? parsed.excluded : parsed.words).push({ text: text, raw: raw });
    }
    return parsed;
  }

  /* Words that mean the same as `word` for the site, itself first. groups: folded words. */
  function expandSynonyms(word, groups) {
    const found = [word];
    for (const group of groups) {
      const inside = group.filter((one) => word.indexOf(one) >= 0).sort((a, b) => b.length - a.length)[0];
      if (inside === undefined) continue;
      for (const other of group) {
        const swapped = word.replace(inside, () => other);
        if (found.indexOf(swapped) < 0) found.push(swapped);
      }
    }
    return found;
  }

  /* Ways to read Latin letters as pinyin: lists of units, whole syllables or beginnings of syllables. */
  function parsePinyin(word, syllables) {
    if (!/^[a-z]{2,24}$/.test(word)) return [];
    const whole = new Set(syllables);
    const initials = new Set(["zh", "ch", "sh"].concat(syllables.map((one) => one[0])));
    const begins = (part) => syllables.some((one) => one.length > part.length && one.startsWith(part));
    const memo = new Map();
    const read = (at) => {
      if (at === word.length) return [[0]];
      if (memo.has(at)) return memo.get(at);
      let ways = [];
      for (let end = at + 1; end <= Math.min(word.length, at + 6); end++) {
        const part = word.slice(at, end);
        const cost = whole.has(part) ? 1 : initials.has(part) || (end === word.length && begins(part)) ? 3 : 0;
        if (cost) for (const rest of read(end)) ways.push([rest[0] + cost, part].concat(rest.slice(1)));
      }
      ways.sort((a, b) => a[0] - b[0] || (a.slice(1).join(" ") < b.slice(1).join(" ") ? -1 : 1));
      ways = ways.filter((way) => way[0] <= ways[0][0] + 1).slice(0, 4);
      memo.set(at, ways);
      return ways;
    };
    const ways = read(0).map((way) => way.slice(1));
    const letters = word.split("");
    const partial = ways.some((way) => way.some((part) => !whole.has(part)));
    const known = ways.some((way) => way.length === letters.length);
    if ((partial || !ways.length) && !known && letters.every((one) => initials.has(one))) ways.push(letters);
    return ways;
  }

  /* Place in `read` (syllables, "" between) where the units fit, or -1. A whole syllable fits itself only. */
  function findUnits(units, read, whole) {
    const fits = (unit, syllable) => (whole.has(unit) ? unit === syllable : syllable.startsWith(unit));
    for (let at = 0; at + units.length <= read.length; at++)
      if (units.every((unit, offset) => read[at + offset] && fits(unit, read[at + offset]))) return at;
    return -1;
  }

  Object.assign(search, {
    compare: compare,
    expandSynonyms: expandSynonyms,
    findUnits: findUnits,
    fold: fold,
    foldWithPlaces: foldWithPlaces,
    parsePinyin: parsePinyin,
    parseQuery: parseQuery,
    useSimplified: useSimplified,
  });
})(window);
