/* The staff page (值守页): a long press on the upper left corner and the code. Nothing secret stands on it. ES2017. */
(() => {
  "use strict";
  const T = window.govsiteTerminal;
  if (!T || !T.make || !T.staff) return;
  const {make, word, one, button, openSheet, closeSheet} = T;
  const CORNER = 90;
  const HOLD = 3000;
  const TRIES = 5;
  const PAUSE = 60;
  let wrong = 0;
  let blockedUntil = 0;

  const bytes = (hex) => new Uint8Array(hex.match(/../g).map((pair) => parseInt(pair, 16)));
  const isRight = async (code) => {
    const [, rounds, salt, hash] = T.staff.split(":");
    const material = await crypto.subtle.importKey("raw", new TextEncoder().encode(code), "PBKDF2", false, ["deriveBits"]);
    const bits = await crypto.subtle.deriveBits({name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: Number(rounds)}, material, 256);
    return Array.from(new Uint8Array(bits), (byte) => byte.toString(16).padStart(2, "0")).join("") === hash;
  };

  const plain = (time) => String(time).replace("T", " ").replace(/(\.\d+)?([+-]\d\d:\d\d|Z)$/, "");
  const facts = async () => {
    let status = null;
    if (T.isServed) try { status = await (await fetch("/_/status.json")).json(); } catch (e) { /* shown as not checked */ }
    const current = T.current || {};
    const signature = status ? (status.fault ? word("fault", {code: status.fault}) : word("signed_now", {time: plain(status.verified)}))
      : word(T.current ? "signed_then" : "signed_not");
    const rows = [["edition", T.edition], ["date", T.data_date], ["signature", signature], ["installed", plain((status || {}).installed || current.since || "—")],
      ["key", (status || {}).key || current.key || "—"], ["until", T.not_after || "—"]];
    rows.push(["today", status ? word("counts", status.today) : word("no_counts")]);
    if (status) rows.push(["year", word("counts", status.year)]);
    return make("dl", {className: "k-facts"}, ...rows.map(([key, value]) => make("div", {}, make("dt", {}, word(key)), make("dd", {}, String(value)))));
  };
  const showPage = async () => {
    const list = await facts();
    openSheet(word("staff"), list, button(word("reload"), T.finish));
  };

  const askCode = () => {
    let code = "";
    const dots = make("p", {className: "k-dots"});
    const told = make("p", {className: "k-told"});
    told.setAttribute("role", "alert");
    const show = () => { dots.textContent = "●".repeat(code.length); };
    const enter = async () => {
      const left = Math.ceil((blockedUntil - Date.now()) / 1000);
      const given = code;
      code = "";
      show();
      if (left > 0) { told.textContent = word("wait", {seconds: left}); return; }
      if (await isRight(given)) { wrong = 0; closeSheet(); showPage(); return; }
      wrong++;
      if (wrong >= TRIES) { wrong = 0; blockedUntil = Date.now() + PAUSE * 1000; }
      told.textContent = blockedUntil > Date.now() ? word("wait", {seconds: PAUSE}) : word("wrong_code");
    };
    const pad = make("div", {className: "k-pad"});
    for (const digit of "123456789") pad.append(button(digit, () => { code = (code + digit).slice(0, 12); show(); }));
    pad.append(button(word("clear"), () => { code = ""; show(); }), button("0", () => { code = (code + "0").slice(0, 12); show(); }), button(word("enter"), enter, "k-main"));
    openSheet(word("code"), dots, told, pad);
  };

  let timer = 0;
  const stop = () => clearTimeout(timer);
  document.addEventListener("pointerdown", (event) => {
    stop();
    if (event.clientX < CORNER && event.clientY < CORNER) timer = setTimeout(askCode, HOLD);
  }, true);
  ["pointerup", "pointercancel", "scroll"].forEach((name) => document.addEventListener(name, stop, true));
  if (!one(".k-corner")) document.addEventListener("DOMContentLoaded", () => document.body.append(make("div", {className: "k-corner"})));
})();
