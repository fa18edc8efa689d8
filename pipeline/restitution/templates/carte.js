"use strict";
(function () {
  const data = JSON.parse(document.getElementById("donnees").textContent);
  const { axes, groups, places, texts } = data;
  const NONE = 65535, SIGNS = ["●", "■", "▲", "◆", "×"], GREY = "#c9c4b8", MANY = 6000, SHOWN = 300;
  const $ = (id) => document.getElementById(id);
  const unpack = (text) => {
    const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
    return new Uint16Array(bytes.buffer);
  };
  const xs = unpack(data.x), ys = unpack(data.y), axisOf = unpack(data.axis), groupOf = unpack(data.group), placeOf = unpack(data.place);
  const n = texts.length, canvas = $("carte"), pen = canvas.getContext("2d"), bubble = $("bulle");
  const shown = axes.map((_, at) => at < 4);
  const number = (value) => value.toLocaleString("fr-FR");
  const told = (count) => (count < 2 ? number(count) + " idée" : number(count) + " idées");

  // groups: their ideas, and where they stand (the middle of their ideas, and the top of most of them)
  const members = groups.map(() => []);
  for (let at = 0; at < n; at++) if (groupOf[at] !== NONE) members[groupOf[at]].push(at);
  const middle = (values) => values.sort((a, b) => a - b)[values.length >> 1] || 0;
  const centres = members.map((own) => [middle(own.map((at) => xs[at])), middle(own.map((at) => ys[at]))]);
  const tops = members.map((own) => own.map((at) => ys[at]).sort((a, b) => a - b)[own.length >> 3] || 0);
  const bySize = groups.map((_, at) => at).sort((a, b) => members[b].length - members[a].length || a - b);

  // cells of the plane, to find who is under the pointer
  const SIDE = 256, cells = new Uint32Array(SIDE * SIDE + 1), inCells = new Uint32Array(n);
  const cellOf = (at) => (ys[at] >> 8) * SIDE + (xs[at] >> 8);
  for (let at = 0; at < n; at++) cells[cellOf(at) + 1]++;
  for (let cell = 0; cell < SIDE * SIDE; cell++) cells[cell + 1] += cells[cell];
  const next = cells.slice();
  for (let at = 0; at < n; at++) inCells[next[cellOf(at)]++] = at;

  // the view: `scale` pixels for the whole side, the plane point (cx, cy) in the middle
  const view = { scale: 1, cx: 32768, cy: 32768 };
  let width = 0, height = 0, ratio = 1, found = null, chosen = -1, pointed = -1, waiting = false;
  const aspect = () => Math.max(1, Math.min(1.8, width / Math.max(1, height))); // a wide screen is filled
  const whole = () => Math.min(width / aspect(), height) * 0.94;
  const toX = (x) => ((x - view.cx) / 65536) * view.scale * aspect() + width / 2;
  const toY = (y) => ((y - view.cy) / 65536) * view.scale + height / 2;
  const fromX = (x) => view.cx + ((x - width / 2) / view.scale / aspect()) * 65536;
  const fromY = (y) => view.cy + ((y - height / 2) / view.scale) * 65536;
  const colors = axes.map((axis) => axis.color);
  const rgb = (color) => (255 << 24) | (parseInt(color.slice(5, 7), 16) << 16) | (parseInt(color.slice(3, 5), 16) << 8) | parseInt(color.slice(1, 3), 16);
  const inks = colors.map(rgb), dim = rgb(GREY);
  const isLit = (at) => (found === null || found[at] === 1) && (chosen < 0 || groupOf[at] === chosen);

  const room = new Int32Array(n);
  function visible() {
    let k = 0;
    const low = (value) => Math.max(0, Math.min(SIDE - 1, value >> 8));
    const left = low(fromX(-8)), right = low(fromX(width + 8)), top = low(fromY(-8)), bottom = low(fromY(height + 8));
    for (let row = top; row <= bottom; row++)
      for (let slot = cells[row * SIDE + left]; slot < cells[row * SIDE + right + 1]; slot++) if (shown[axisOf[inCells[slot]]]) room[k++] = inCells[slot];
    return room.subarray(0, k);
  }

  let image = null, pixels = null;
  function drawMany(kept, size) {
    const w = canvas.width, h = canvas.height;
    if (!image || image.width !== w || image.height !== h) {
      image = pen.createImageData(w, h);
      pixels = new Uint32Array(image.data.buffer);
    } else pixels.fill(0);
    const side = Math.max(1, Math.min(4, Math.round(size * ratio)));
    const kx = (view.scale * aspect() * ratio) / 65536, ky = (view.scale * ratio) / 65536;
    const ox = (width / 2) * ratio - view.cx * kx - side / 2, oy = (height / 2) * ratio - view.cy * ky - side / 2;
    const isDimmed = found !== null || chosen >= 0;
    const dots = (lit) => {
      for (let rank = 0; rank < kept.length; rank++) {
        const at = kept[rank];
        if (isDimmed && isLit(at) !== lit) continue;
        const x = Math.round(xs[at] * kx + ox), y = Math.round(ys[at] * ky + oy), ink = lit ? inks[axisOf[at]] : dim;
        if (x < 0 || y < 0 || x + side > w || y + side > h) continue;
        for (let dy = 0, start = y * w + x; dy < side; dy++, start += w) for (let dx = 0; dx < side; dx++) pixels[start + dx] = ink;
      }
    };
    if (isDimmed) dots(false);
    dots(true);
    pen.putImageData(image, 0, 0);
  }

  function drawFew(kept, size) {
    for (const lit of [false, true])
      for (let axis = 0; axis < axes.length; axis++) {
        pen.beginPath();
        for (const at of kept) if (axisOf[at] === axis && isLit(at) === lit) trace(axis, toX(xs[at]), toY(ys[at]), groupOf[at] === NONE ? size * 0.7 : size);
        pen.globalAlpha = lit ? 0.8 : 0.45;
        pen.fillStyle = lit ? colors[axis] : GREY;
        pen.fill();
      }
    pen.globalAlpha = 1;
  }

  function trace(axis, x, y, size) {
    if (axis === 0) { pen.moveTo(x + size, y); pen.arc(x, y, size, 0, 7); }
    else if (axis === 1) pen.rect(x - size * 0.85, y - size * 0.85, size * 1.7, size * 1.7);
    else if (axis === 2) { pen.moveTo(x, y - size * 1.15); pen.lineTo(x + size * 1.1, y + size * 0.8); pen.lineTo(x - size * 1.1, y + size * 0.8); pen.closePath(); }
    else if (axis === 3) { pen.moveTo(x, y - size * 1.25); pen.lineTo(x + size * 1.25, y); pen.lineTo(x, y + size * 1.25); pen.lineTo(x - size * 1.25, y); pen.closePath(); }
    else pen.rect(x - size * 0.5, y - size * 0.5, size, size);
  }

  function drawTitles() {
    const taken = [];
    pen.font = "600 12.5px 'Liberation Sans', Arial, Helvetica, sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    const order = chosen >= 0 ? [chosen] : bySize;
    for (const at of order) {
      if (taken.length > 30 || !shown[groups[at].axis] || !members[at].length) continue;
      const title = groups[at].title.length > 48 ? groups[at].title.slice(0, 46) + "…" : groups[at].title;
      const x = toX(centres[at][0]), y = toY(tops[at]) - 14, half = pen.measureText(title).width / 2 + 6;
      if (x < half || x > width - half || y < 12 || y > height - 12) continue;
      if (taken.some((box) => Math.abs(box[0] - x) < box[2] + half && Math.abs(box[1] - y) < 26)) continue;
      taken.push([x, y, half]);
      pen.strokeStyle = "rgba(255,255,255,.92)";
      pen.lineWidth = 4;
      pen.strokeText(title, x, y);
      pen.fillStyle = "#1f1f1f";
      pen.fillText(title, x, y);
    }
  }

  function draw() {
    waiting = false;
    const kept = visible(), size = Math.max(1.6, Math.min(7, (3.4 * Math.sqrt(view.scale / whole())) / Math.max(1, Math.log10(n / 300))));
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    if (kept.length > MANY) drawMany(kept, size * 1.3);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (kept.length <= MANY) drawFew(kept, size);
    drawTitles();
    if (pointed >= 0) {
      pen.beginPath();
      pen.arc(toX(xs[pointed]), toY(ys[pointed]), size + 4, 0, 7);
      pen.lineWidth = 2.5;
      pen.strokeStyle = "#1f1f1f";
      pen.stroke();
    }
  }

  function ask() { if (!waiting) { waiting = true; requestAnimationFrame(draw); } }

  function fit() {
    const before = whole();
    width = canvas.clientWidth;
    height = canvas.clientHeight;
    ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    view.scale = before > 0 ? (view.scale * whole()) / before : whole();
    ask();
  }

  function zoom(by, x, y) {
    const px = fromX(x), py = fromY(y);
    view.scale = Math.max(whole() * 0.8, Math.min(whole() * 200, view.scale * by));
    view.cx += px - fromX(x);
    view.cy += py - fromY(y);
    ask();
  }

  function all() {
    const own = extent(null);
    view.cx = own[0]; view.cy = own[1]; view.scale = whole();
    ask();
  }

  function extent(some) {
    let left = 65535, right = 0, top = 65535, bottom = 0;
    const each = (at) => { left = Math.min(left, xs[at]); right = Math.max(right, xs[at]); top = Math.min(top, ys[at]); bottom = Math.max(bottom, ys[at]); };
    if (some) some.forEach(each); else for (let at = 0; at < n; at++) each(at);
    return [(left + right) / 2, (top + bottom) / 2, Math.max(right - left, bottom - top)];
  }

  function under(x, y) {
    const px = fromX(x), py = fromY(y), reach = (12 / view.scale) * 65536, low = (value) => Math.max(0, Math.min(SIDE - 1, value >> 8));
    let best = -1, least = reach * reach;
    for (let row = low(py - reach); row <= low(py + reach); row++)
      for (let slot = cells[row * SIDE + low(px - reach)]; slot < cells[row * SIDE + low(px + reach) + 1]; slot++) {
        const at = inCells[slot], far = ((xs[at] - px) * aspect()) ** 2 + (ys[at] - py) ** 2;
        if (far < least && shown[axisOf[at]] && isLit(at)) { least = far; best = at; }
      }
    return best;
  }

  function line(kind, text, name) {
    const element = document.createElement(kind);
    element.textContent = text;
    if (name) element.className = name;
    return element;
  }

  const groupName = (at) => (groupOf[at] === NONE ? "Dans aucun groupe" : groups[groupOf[at]].title);

  function point(at) {
    if (at === pointed) return;
    pointed = at;
    bubble.hidden = at < 0;
    if (at >= 0) {
      bubble.replaceChildren(line("strong", texts[at]), line("span", axes[axisOf[at]].name + " · " + groupName(at)), line("span", places[placeOf[at]]));
      const x = toX(xs[at]), y = toY(ys[at]);
      bubble.style.left = Math.max(4, Math.min(x + 14, width - bubble.offsetWidth - 4)) + "px";
      bubble.style.top = Math.max(4, y + 14 + bubble.offsetHeight > height ? y - 14 - bubble.offsetHeight : y + 14) + "px";
    }
    ask();
  }

  function list(title, own) {
    $("choix").hidden = false;
    $("choix-titre").textContent = title;
    const lines = own.slice(0, SHOWN).map((at) => {
      const one = line("li", texts[at] + " ");
      one.append(line("small", axes[axisOf[at]].name + " · " + groupName(at) + " · " + places[placeOf[at]]));
      return one;
    });
    if (own.length > SHOWN) lines.push(line("li", "… et " + told(own.length - SHOWN) + " de plus."));
    $("choix-liste").replaceChildren(...lines);
  }

  function choose(group) {
    chosen = group;
    if (group < 0) $("choix").hidden = true;
    else {
      const own = members[group], place = extent(own);
      shown[groups[group].axis] = true;
      legend();
      view.cx = place[0]; view.cy = place[1];
      view.scale = Math.min(whole() * 12, Math.max(whole(), (whole() * 65536) / Math.max(1, place[2] * 3)));
      const sides = groups[group].sides;
      list(groups[group].title + " : " + told(own.length) + (sides && " (" + sides + ")"), own);
    }
    point(-1);
    count();
    ask();
  }

  // search
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/’/g, "'");
  let folded = null, typing = 0;
  function search() {
    const words = fold($("q").value).split(/\s+/).filter(Boolean);
    if (!words.length) { found = null; if (chosen < 0) $("choix").hidden = true; count(); ask(); return; }
    folded = folded || texts.map(fold);
    found = new Uint8Array(n);
    const own = [];
    for (let at = 0; at < n; at++) if (words.every((word) => folded[at].includes(word))) { found[at] = 1; own.push(at); }
    chosen = -1;
    if (own.length) list(told(own.length) + " pour « " + $("q").value.trim() + " »", own); else $("choix").hidden = true;
    count();
    ask();
  }

  function count() {
    let total = 0;
    for (let at = 0; at < n; at++) if (shown[axisOf[at]] && isLit(at)) total++;
    $("total").textContent = total === 0 && found ? "Aucune idée ne dit cela. Essayez un mot seulement." : told(total) + (total < 2 ? " montrée" : " montrées") + " sur " + number(n);
  }

  function legend() {
    const per = new Uint32Array(axes.length);
    for (let at = 0; at < n; at++) per[axisOf[at]]++;
    $("legende").replaceChildren(...axes.map((axis, at) => {
      const button = line("button", "");
      const sign = line("span", SIGNS[at], "signe");
      sign.style.color = axis.color;
      sign.setAttribute("aria-hidden", "true");
      button.append(sign, axis.name + " (" + number(per[at]) + ")");
      button.setAttribute("aria-pressed", String(shown[at]));
      button.addEventListener("click", () => {
        shown[at] = !shown[at];
        button.setAttribute("aria-pressed", String(shown[at]));
        point(-1);
        count();
        ask();
      });
      return button;
    }));
  }

  $("lignes").append(...bySize.filter((at) => members[at].length).map((at) => {
    const row = document.createElement("tr"), cell = document.createElement("td"), button = line("button", groups[at].title);
    button.addEventListener("click", () => { choose(at); $("choix-titre").focus(); });
    cell.append(button);
    row.append(cell, line("td", axes[groups[at].axis].name), line("td", number(members[at].length)));
    return row;
  }));

  // pointer
  let held = null, moved = 0;
  const at = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  const fingers = new Map();
  canvas.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, at(event));
    held = at(event);
    moved = 0;
    canvas.setPointerCapture(event.pointerId);
    canvas.classList.add("prise");
  });
  canvas.addEventListener("pointermove", (event) => {
    const here = at(event);
    if (fingers.size === 2 && fingers.has(event.pointerId)) {
      const [one, other] = [...fingers.values()], before = Math.hypot(one[0] - other[0], one[1] - other[1]);
      fingers.set(event.pointerId, here);
      const [two, three] = [...fingers.values()];
      zoom(Math.hypot(two[0] - three[0], two[1] - three[1]) / Math.max(1, before), (two[0] + three[0]) / 2, (two[1] + three[1]) / 2);
      moved = 99;
      return;
    }
    if (held) {
      view.cx += fromX(held[0]) - fromX(here[0]);
      view.cy += fromY(held[1]) - fromY(here[1]);
      moved += Math.abs(here[0] - held[0]) + Math.abs(here[1] - held[1]);
      held = here;
      fingers.set(event.pointerId, here);
      ask();
    } else point(under(...here));
  });
  const release = (event) => {
    fingers.delete(event.pointerId);
    if (held && moved < 6 && event.type === "pointerup") {
      const one = under(...held);
      point(one);
      if (one >= 0 && groupOf[one] !== NONE) choose(groupOf[one]); else if (one < 0) choose(-1);
    }
    held = null;
    canvas.classList.remove("prise");
  };
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("pointerleave", () => { if (!held) point(-1); });
  canvas.addEventListener("wheel", (event) => { event.preventDefault(); zoom(Math.exp(-event.deltaY * 0.0015), ...at(event)); }, { passive: false });

  // keyboard
  canvas.addEventListener("keydown", (event) => {
    const step = 0.15 * (65536 * Math.min(width, height)) / view.scale;
    const act = { ArrowLeft: () => { view.cx -= step; }, ArrowRight: () => { view.cx += step; }, ArrowUp: () => { view.cy -= step; }, ArrowDown: () => { view.cy += step; }, "+": () => zoom(1.4, width / 2, height / 2), "=": () => zoom(1.4, width / 2, height / 2), "-": () => zoom(1 / 1.4, width / 2, height / 2), 0: all, Escape: () => choose(-1) }[event.key];
    if (act) { event.preventDefault(); act(); ask(); }
  });
  $("plus").addEventListener("click", () => zoom(1.4, width / 2, height / 2));
  $("moins").addEventListener("click", () => zoom(1 / 1.4, width / 2, height / 2));
  $("tout").addEventListener("click", () => { choose(-1); all(); });
  $("fermer").addEventListener("click", () => { $("q").value = ""; found = null; choose(-1); });
  $("q").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(search, 150); });
  new ResizeObserver(fit).observe(canvas);
  legend();
  count();
  fit();
  all();
})();
