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
    preview.innerHTML = found.html;
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(check, 350);
  });
  check();
})();
