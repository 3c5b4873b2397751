/* QR codes (ISO/IEC 18004): bytes, level M, versions 1 to 20, mask 3. Longer addresses get none. */
(() => {
  "use strict";
  const ECC = [0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
  const BLOCKS = [0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
  const MASK = 3;
  const aligns = (version) => (version > 1 ? Math.floor(version / 7) + 2 : 0);
  const room = (version) => {
    const n = aligns(version);
    const bits = (16 * version + 128) * version + 64 - (n ? (25 * n - 10) * n - 55 : 0) - (version > 6 ? 36 : 0);
    return bits >> 3;
  };

  /* Products in GF(256), and the remainder by Reed and Solomon. */
  const times = (a, b) => {
    let z = 0;
    for (let i = 7; i >= 0; i--) {
      z = (z << 1) ^ ((z >> 7) * 0x11d);
      z ^= ((b >> i) & 1) * a;
    }
    return z;
  };
  const divisor = (degree) => {
    const poly = new Array(degree).fill(0);
    poly[degree - 1] = 1;
    let base = 1;
    for (let i = 0; i < degree; i++) {
      for (let j = 0; j < degree; j++) poly[j] = times(poly[j], base) ^ (poly[j + 1] || 0);
      base = times(base, 2);
    }
    return poly;
  };
  const remainder = (data, poly) => {
    const rest = poly.map(() => 0);
    data.forEach((byte) => {
      const factor = byte ^ rest.shift();
      rest.push(0);
      poly.forEach((part, i) => { rest[i] ^= times(part, factor); });
    });
    return rest;
  };

  const words = (bytes, version) => {
    const capacity = room(version) - ECC[version] * BLOCKS[version];
    const bits = [];
    const put = (value, length) => { for (let i = length - 1; i >= 0; i--) bits.push((value >> i) & 1); };
    put(4, 4);
    put(bytes.length, version < 10 ? 8 : 16);
    bytes.forEach((byte) => put(byte, 8));
    put(0, Math.min(4, capacity * 8 - bits.length));
    put(0, (8 - (bits.length % 8)) % 8);
    for (let pad = 0xec; bits.length < capacity * 8; pad ^= 0xec ^ 0x11) put(pad, 8);
    const data = [];
    for (let i = 0; i < bits.length; i += 8) data.push(parseInt(bits.slice(i, i + 8).join(""), 2));
    return data;
  };
  const interleaved = (data, version) => {
    const count = BLOCKS[version];
    const long = data.length % count;
    const short = Math.floor(data.length / count);
    const poly = divisor(ECC[version]);
    let from = 0;
    const parts = [];
    for (let i = 0; i < count; i++) {
      const part = data.slice(from, from += short + (i >= count - long ? 1 : 0));
      parts.push([part, remainder(part, poly)]);
    }
    const out = [];
    for (let i = 0; i <= short; i++) parts.forEach(([part]) => { if (i < part.length) out.push(part[i]); });
    for (let i = 0; i < ECC[version]; i++) parts.forEach(([, ecc]) => out.push(ecc[i]));
    return out;
  };

  /* Rows of 0 and 1, or null where the text is too long. */
  const matrix = (text) => {
    const bytes = Array.from(new TextEncoder().encode(text));
    let version = 1;
    while (version < 21 && room(version) - ECC[version] * BLOCKS[version] < bytes.length + (version < 10 ? 2 : 3)) version++;
    if (version > 20) return null;
    const size = version * 4 + 17;
    const dark = Array.from({length: size}, () => new Array(size).fill(0));
    const fixed = Array.from({length: size}, () => new Array(size).fill(false));
    const set = (x, y, is) => { if (x >= 0 && y >= 0 && x < size && y < size) { dark[y][x] = +is; fixed[y][x] = true; } };
    for (let i = 0; i < size; i++) { set(6, i, i % 2 === 0); set(i, 6, i % 2 === 0); }
    [[3, 3], [size - 4, 3], [3, size - 4]].forEach(([x, y]) => {
      for (let dy = -4; dy <= 4; dy++) for (let dx = -4; dx <= 4; dx++) {
        const far = Math.max(Math.abs(dx), Math.abs(dy));
        set(x + dx, y + dy, far !== 2 && far !== 4);
      }
    });
    const n = aligns(version);
    const step = n ? Math.floor((version * 8 + n * 3 + 5) / (n * 4 - 4)) * 2 : 0;
    const places = n ? [6] : [];
    for (let at = size - 7; places.length < n; at -= step) places.splice(1, 0, at);
    places.forEach((x, i) => places.forEach((y, j) => {
      if ((i === 0 && j === 0) || (i === 0 && j === n - 1) || (i === n - 1 && j === 0)) return;
      for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) set(x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
    }));
    let rest = MASK;
    for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
    const format = ((MASK << 10) | rest) ^ 0x5412;
    for (let i = 0; i < 15; i++) {
      const is = (format >> i) & 1;
      set(8, i < 6 ? i : i < 8 ? i + 1 : size - 15 + i, is);
      set(i < 8 ? size - 1 - i : i === 8 ? 7 : 14 - i, 8, is);
    }
    set(8, size - 8, true);
    if (version > 6) {
      rest = version;
      for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
      const bits = (version << 12) | rest;
      for (let i = 0; i < 18; i++) {
        const a = size - 11 + (i % 3);
        const b = Math.floor(i / 3);
        set(a, b, (bits >> i) & 1);
        set(b, a, (bits >> i) & 1);
      }
    }
    const all = interleaved(words(bytes, version), version);
    let i = 0;
    for (let right = size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (let up = 0; up < size; up++) for (let j = 0; j < 2; j++) {
        const x = right - j;
        const y = ((right + 1) & 2) === 0 ? size - 1 - up : up;
        if (fixed[y][x]) continue;
        const bit = i < all.length * 8 ? (all[i >> 3] >> (7 - (i & 7))) & 1 : 0;
        dark[y][x] = bit ^ +((x + y) % 3 === 0);
        i++;
      }
    }
    return dark;
  };

  const svg = (text) => {
    const rows = matrix(text);
    if (!rows) return null;
    const space = "http://www.w3.org/2000/svg";
    const node = document.createElementNS(space, "svg");
    const path = document.createElementNS(space, "path");
    node.setAttribute("viewBox", "-4 -4 " + (rows.length + 8) + " " + (rows.length + 8));
    node.setAttribute("aria-hidden", "true");
    path.setAttribute("d", rows.map((row, y) => row.map((is, x) => (is ? "M" + x + " " + y + "h1v1h-1z" : "")).join("")).join(""));
    node.append(path);
    return node;
  };
  Object.assign(window.govsite = window.govsite || {}, {qr: svg, qrRows: matrix});
})();
