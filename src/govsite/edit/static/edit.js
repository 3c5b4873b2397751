/* Problems beside the field and the preview, a moment after the last key. Nothing leaves this machine. */
(() => {
  "use strict";
  const form = document.querySelector("form");
  if (!form) return;
  const preview = document.getElementById("preview");
  let waiting = 0;
  let latest = 0;
  const add = (list, remark) => {
    const item = document.createElement("li");
    const small = document.createElement("small");
    item.className = remark.level;
    item.append(remark.message, small);
    small.textContent = remark.fix + " " + remark.code;
    list.append(item);
  };
  const overview = form.querySelector(".overview");
  const output = form.querySelector("output");
  /* A click leads to the field; in the text, to the line itself. */
  const show = (link) => {
    const control = document.querySelector(link.hash);
    if (!control) return;
    const line = Number(link.dataset.line);
    control.closest("details")?.setAttribute("open", "");
    control.scrollIntoView({ block: "center" });
    control.focus({ preventScroll: true });
    if (!line || !control.setSelectionRange) return;
    const lines = control.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    control.setSelectionRange(start, start + (lines[line - 1] || "").length);
    control.scrollTop = (control.scrollHeight * (line - 1)) / lines.length - control.clientHeight / 2;
  };
  const sum = (remarks) => {
    const list = overview.querySelector("ul");
    list.replaceChildren();
    remarks.forEach((remark) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const label = remark.field && form.querySelector('label[for="f-' + remark.field + '"]');
      link.href = "#" + (remark.field ? "f-" + remark.field : "r-");
      link.dataset.line = remark.line;
      link.textContent = label ? label.firstChild.textContent : overview.dataset.whole;
      item.className = remark.level;
      item.append(link, " " + remark.message);
      list.append(item);
    });
    overview.hidden = !remarks.length;
    const errors = remarks.filter((remark) => remark.level === "error").length;
    output.textContent = errors ? output.dataset.some.replace("{count}", errors) : output.dataset.none;
    output.className = errors ? "errors" : "clean";
  };
  overview.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    show(link);
  });
  const check = async () => {
    const turn = (latest += 1);
    const answer = await fetch("/check", { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!answer.ok || turn !== latest) return;
    const found = await answer.json();
    form.querySelectorAll(".remarks").forEach((list) => list.replaceChildren());
    found.remarks.forEach((remark) => {
      const list = form.querySelector('.remarks[data-field="' + remark.field + '"]') || form.querySelector('.remarks[data-field=""]');
      add(list, remark);
    });
    form.querySelectorAll("[name]").forEach((control) => {
      const list = document.getElementById("r-" + control.name);
      if (list) control.setAttribute("aria-invalid", String(Boolean(list.querySelector(".error"))));
    });
    sum(found.remarks);
    preview.innerHTML = found.html;
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(check, 350);
  });
  check();
})();
