/* Registers: narrow a table by what was chosen. Boards: the print button. Nothing is kept, nothing is sent. */
(() => {
  "use strict";
  document.querySelectorAll(".board [data-print]").forEach((button) => button.addEventListener("click", () => print()));
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  document.querySelectorAll("tr[data-closes]").forEach((row) => {
    if (row.dataset.closes < today) {
      row.classList.add("ended");
      row.querySelector("[data-over]").hidden = false;
    }
  });
  document.querySelectorAll("[data-register]").forEach((register) => {
    const form = register.querySelector("form");
    if (!form) return;
    const rows = Array.from(register.querySelectorAll("tbody tr"));
    const values = rows.map((row) => row.dataset.values.split(";").map((part) => part.split(" ")));
    const answer = form.querySelector("output");
    const show = () => {
      const wanted = Array.from(form.querySelectorAll("fieldset")).map((set) => set.querySelector(":checked").value);
      let found = 0;
      rows.forEach((row, i) => {
        row.hidden = !wanted.every((value, n) => !value || values[i][n].includes(value) || values[i][n].includes("*"));
        if (!row.hidden) found += 1;
      });
      const chosen = wanted.some(Boolean);
      answer.textContent = !chosen ? "" : found ? form.dataset.found.replace("#", found) : form.dataset.none;
    };
    form.addEventListener("change", show);
    form.addEventListener("reset", () => setTimeout(show));
    form.addEventListener("submit", (event) => event.preventDefault());
    show();
  });
})();
