/* The application (申请表). What is typed stays in the fields: it is not stored, not sent, and gone when the page is left.
   A terminal may empty the form at any time: document.dispatchEvent(new Event("govsite:clear")). */
(() => {
  "use strict";
  const box = document.querySelector(".request");
  const words = box.dataset;
  const all = (selector, from = box) => Array.from(from.querySelectorAll(selector));
  const one = (selector, from = box) => from.querySelector(selector);
  const check = one("#request-check");
  const clearing = one("[data-empty]");
  const fields = all(".field");
  const name = (field) => one("label, legend", field).firstChild.textContent.trim();
  const inputs = (field) => all("input, textarea", field);
  const isShown = (field) => field.offsetParent !== null;
  const isEmpty = (field) => inputs(field).every((input) => (/radio|checkbox/.test(input.type) ? !input.checked : !input.value.trim()));
  const say = (text) => window.govsite && window.govsite.say(text);

  /* The sheet for the printer always shows what the fields hold; those of the other kind of applicant stay empty. */
  const fill = () => {
    Array.from(document.querySelectorAll(".paper [data-from]")).forEach((cell) => {
      const node = document.getElementById(cell.dataset.from);
      const field = node.closest(".field");
      if (cell.dataset.option) {
        cell.textContent = isShown(field) && one(`[value="${cell.dataset.option}"]`, field).checked ? "☑" : "□";
      } else {
        cell.textContent = isShown(field) ? node.value.trim() : "";
      }
    });
  };

  /* 居民身份证: 17 digits and a check digit (GB 11643). */
  const isIdentityNumber = (text) => {
    if (!/^\d{17}[\dXx]$/.test(text)) return false;
    const sum = Array.from(text.slice(0, 17)).reduce((total, digit, i) => total + Number(digit) * (2 ** (17 - i) % 11), 0);
    return "10X98765432"[sum % 11] === text[17].toUpperCase();
  };
  const doubtful = (field) => {
    const number = one("#f-proof_no", field);
    return Boolean(number && /身份证/.test(document.getElementById("f-proof").value) && number.value.trim() && !isIdentityNumber(number.value.trim()));
  };

  const unmark = (field) => {
    field.classList.remove("lacks");
    all(".lack", field).forEach((node) => node.remove());
    inputs(field).forEach((input) => input.removeAttribute("aria-invalid"));
  };
  const mark = (field, text) => {
    unmark(field);
    field.classList.add("lacks");
    const note = Object.assign(document.createElement("p"), {className: "lack", textContent: text});
    field.append(note);
    inputs(field).forEach((input) => { if (!/radio|checkbox/.test(input.type)) input.setAttribute("aria-invalid", "true"); });
  };
  const look = () => {
    const found = fields.filter(isShown).map((field) => {
      unmark(field);
      if (field.hasAttribute("data-required") && isEmpty(field)) return [field, words.must];
      return doubtful(field) ? [field, words.doubt] : null;
    }).filter(Boolean);
    const list = one("ul", check);
    list.textContent = "";
    found.forEach(([field, text]) => {
      mark(field, text);
      const link = Object.assign(document.createElement("a"), {href: "#" + (field.id || inputs(field)[0].id), textContent: name(field) + "：" + text});
      link.addEventListener("click", (event) => { event.preventDefault(); inputs(field)[0].focus(); });
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    });
    check.hidden = !found.length;
    one("p", check).textContent = words.missing.replace("{count}", found.length);
    if (found.length) check.focus();
    return !found.length;
  };

  const empty = () => {
    fields.forEach((field) => {
      unmark(field);
      inputs(field).forEach((input) => { if (/radio|checkbox/.test(input.type)) input.checked = false; else input.value = ""; });
    });
    document.getElementById("request-find").value = "";
    check.hidden = true;
    calm();
    fill();
  };
  let sure = 0;
  const calm = () => { clearTimeout(sure); sure = 0; clearing.textContent = words.clear; };

  box.addEventListener("input", (event) => {
    const field = event.target.closest(".field");
    if (field && field.classList.contains("lacks")) unmark(field);
    fill();
  });
  one("[data-finish]").addEventListener("click", () => { fill(); if (look()) print(); });
  one("[data-anyway]").addEventListener("click", () => { fill(); print(); });
  clearing.addEventListener("click", () => {
    if (!sure) {
      clearing.textContent = words.sure;
      say(words.sure);
      sure = setTimeout(calm, 5000);
      return;
    }
    empty();
    say(words.cleared);
    inputs(fields[0])[0].focus();
  });
  window.addEventListener("beforeprint", fill);
  window.addEventListener("pagehide", empty);
  window.addEventListener("pageshow", empty); /* what a browser puts back when one returns */
  document.addEventListener("govsite:clear", empty);
})();
