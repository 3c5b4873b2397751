/* The catalog page: table or cards, and a filter (which shows cards, as the table's merged cells must stay whole). */
(() => {
  "use strict";
  const catalog = document.querySelector(".catalog");
  const all = (selector) => Array.from(catalog.querySelectorAll(selector));
  const field = catalog.querySelector("#catalog-filter");
  const count = catalog.querySelector("#filter-count");
  const cards = all(".catalog-cards > li");
  const texts = cards.map((card) => card.textContent.toLowerCase());
  const wide = matchMedia("(min-width: 48em)");
  let as = "";
  const show = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const way = words.length ? "cards" : as;
    let found = 0;
    cards.forEach((card, i) => {
      card.hidden = !words.every((word) => texts[i].includes(word));
      if (!card.hidden) found += 1;
    });
    catalog.classList.toggle("as-cards", way === "cards");
    catalog.classList.toggle("as-table", way === "table");
    const plain = wide.matches && !document.documentElement.classList.contains("elder") ? "table" : "cards";
    all("[data-as]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.as === (way || plain))));
    count.textContent = words.length ? count.dataset.text + found : "";
  };
  all("[data-as]").forEach((button) => button.addEventListener("click", () => {
    as = button.dataset.as;
    field.value = "";
    show();
  }));
  field.addEventListener("input", show);
  show();
})();
