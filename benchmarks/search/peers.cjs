/* MiniSearch and lunr over words cut by jieba: node peers.cjs MODULES DOCUMENTS.json QUERIES.json → JSON.
   DOCUMENTS: [[id, [word, …]], …]; QUERIES: [[text, [word, …]], …]. */
"use strict";
const fs = require("fs");
const path = require("path");
const zlib = require("zlib");

const [modules, documentsPath, queriesPath] = process.argv.slice(2);
const documents = JSON.parse(fs.readFileSync(documentsPath, "utf8"));
const queries = JSON.parse(fs.readFileSync(queriesPath, "utf8"));
const split = (text) => text.split(" ").filter((word) => word);

function measure(make, restore, ask) {
  const begun = Date.now();
  const written = make();
  const built = Date.now();
  const index = restore(written);
  const loaded = Date.now();
  const times = [];
  const found = queries.map((query) => {
    const start = process.hrtime.bigint();
    const hits = ask(index, query[1].join(" "));
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
    return hits;
  });
  return { build: built - begun, load: loaded - built, bytes: written.length, gzip: zlib.gzipSync(written, { level: 6 }).length, times, found };
}

const take = (name) => require(require.resolve(name, { paths: [path.dirname(modules)] }));
const MiniSearch = take("minisearch");
const options = { fields: ["text"], tokenize: split, searchOptions: { combineWith: "AND", prefix: true } };
const mini = measure(
  () => {
    const index = new MiniSearch(options);
    index.addAll(documents.map(([id, words]) => ({ id, text: words.join(" ") })));
    return JSON.stringify(index);
  },
  (written) => MiniSearch.loadJSON(written, options),
  (index, words) => index.search(words).map((hit) => hit.id)
);

const lunr = take("lunr");
const withLunr = measure(
  () =>
    JSON.stringify(
      lunr(function () {
        this.ref("id");
        this.field("text");
        this.pipeline.reset();
        this.searchPipeline.reset();
        this.tokenizer = (text) => split(String(text)).map((word) => new lunr.Token(word, {}));
        for (const [id, words] of documents) this.add({ id, text: words.join(" ") });
      })
    ),
  (written) => lunr.Index.load(JSON.parse(written)),
  (index, words) =>
    index
      .query((query) => split(words).forEach((word) => query.term(word, { presence: lunr.Query.presence.REQUIRED })))
      .map((hit) => hit.ref)
);

process.stdout.write(JSON.stringify({ MiniSearch: mini, "lunr + jieba": withLunr }));
