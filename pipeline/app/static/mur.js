// Le mur : glisser, porter au clavier, cocher plusieurs cartes. Chaque geste est un acte du même registre, envoyé à la même
// adresse que les boutons ; seules les colonnes qui ont changé reviennent. Sans ce fichier, les boutons suffisent.
"use strict";
(function () {
  const wall = () => document.getElementById("mur");
  const at = (id) => document.getElementById(id);
  const columns = () => [...document.querySelectorAll("[data-colonne]")];
  const columnOf = (element) => element && element.closest("[data-colonne]");
  const cardsOf = (column) => [...column.querySelectorAll(".post-it")];
  const cards = () => [...document.querySelectorAll(".post-it")];
  const boxes = (root) => [...root.querySelectorAll("input[type=checkbox]")];
  const ticked = () => boxes(at("contenu")).filter((box) => box.checked);
  const tickedCards = () => ticked().filter((box) => box.name === "item");
  const tickedGroups = () => ticked().filter((box) => box.name === "group");
  const titleOf = (column) => { const field = column.querySelector("[data-title]"); return field ? field.value.trim() : "aucun titre"; };
  let isSending = false, acted = [], following = null; // a card that was judged leaves the eye on the next proposed one of its column
  let laid = null; // the list of titles that was opened for her: the hand stays on the card
  let dragged = null; // what is being dragged: { cards } (checkboxes of cards) or { group } (its id)

  // an act, and what comes back ------------------------------------------------------------------------------

  function known() {
    return columns().map((column) => column.dataset.colonne + ":" + column.dataset.marque).join(",");
  }

  async function act(fields) {
    if (isSending) return;
    isSending = true;
    const body = new URLSearchParams(fields);
    acted = fields.filter(([name]) => name === "item" || name === "group").flatMap(([, ids]) => [ids, ...ids.split(" ")]);
    body.set("retour", location.pathname + location.search);
    try {
      const response = await fetch(at("page").dataset.atelier + "/acte", { method: "POST", body, headers: { "Rosace-Connu": known() } });
      patch(await response.text());
    } catch {
      location.reload();
    } finally {
      [isSending, acted] = [false, []];
    }
  }

  function patch(html) {
    const found = new DOMParser().parseFromString(html, "text/html");
    const isRefused = Boolean(found.querySelector(".message.erreur")), isTold = Boolean(found.querySelector(".message"));
    const focus = document.activeElement && document.activeElement.id;
    const card = document.activeElement && document.activeElement.closest(".post-it");
    const place = card && [columnOf(card).dataset.colonne, cardsOf(columnOf(card)).indexOf(card)];
    const kept = ticked().filter((box) => isRefused || !box.value.split(" ").some((id) => acted.includes(id))).map((box) => box.id), stood = new Map(cards().map((card) => [card.id, columnOf(card).id]));
    const typed = [...document.querySelectorAll("#contenu [data-title]")].filter((field) => field.value !== field.defaultValue && field === document.activeElement);
    patchColumns(found, isRefused, typed[0]);
    for (const part of [".bandeau", ".annonce", ".avancee-mur", ".pied p", "#vos-titres > summary"]) {
      const old = document.querySelector(part), now = found.querySelector(part);
      if (old && now && old.innerHTML !== now.innerHTML) old.replaceChildren(...[...now.childNodes].map((node) => document.adoptNode(node)));
      if (old && window.htmx) window.htmx.process(old);
    }
    for (const box of ticked()) box.checked = kept.includes(box.id);
    for (const id of kept) if (at(id)) at(id).checked = true;
    if (isTold) for (const card of cards()) card.classList.toggle("venue", stood.has(card.id) && stood.get(card.id) !== columnOf(card).id);
    wall().classList.add("vif");
    told();
    rove();
    if (document.activeElement && document.activeElement !== document.body) return;
    const column = place && at("colonne-" + place[0]);
    const next = column && cardsOf(column)[Math.min(place[1], cardsOf(column).length - 1)];
    const target = followed() || (focus && at(focus)) || next;
    following = null;
    if (target && target.classList.contains("post-it")) focusCard(target);
    else if (target) target.focus({ preventScroll: true });
  }

  // the next card of the column where one was judged, wherever the other cards went
  function followed() {
    const column = following && at(following.column), card = following && at(following.card);
    return column && (card && columnOf(card) === column ? card : proposed(column)[0] || cardsOf(column)[0]);
  }

  // columns keep their place while the wall is open, though their weight changes; a new one comes after the one that it follows
  function patchColumns(found, isRefused, typed) {
    const sent = [...found.querySelectorAll("[data-colonne]")], wanted = sent.map((column) => column.id);
    for (const now of sent.filter((column) => !column.hasAttribute("data-connue"))) {
      const old = at(now.id), fresh = document.adoptNode(now);
      if (old) swap(old, fresh, typed);
      else {
        const before = wanted.slice(0, wanted.indexOf(now.id)).reverse().map(at).find(Boolean);
        if (before) before.after(fresh);
        else at("colonnes-du-mur").prepend(fresh);
      }
    }
    for (const column of columns()) if (!wanted.includes(column.id)) column.remove();
    const list = at("destination"), chosen = list.value;
    list.replaceChildren(...[...found.getElementById("destination").childNodes].map((node) => document.adoptNode(node)));
    if ([...list.options].some((option) => option.value === chosen)) list.value = chosen;
    if (!isRefused && document.activeElement !== at("nouveau-titre")) at("nouveau-titre").value = "";
  }

  function swap(old, fresh, typed) {
    const open = [...old.querySelectorAll("details[open]")].map((details) => details.id);
    const field = typed && old.contains(typed) ? typed : null;
    const written = field && [field.value, field.selectionStart];
    const rank = new Map(cardsOf(old).map((card, at) => [card.id, at])), now = cardsOf(fresh); // the eye finds cards where they were
    const order = now.filter((card) => rank.has(card.id)).sort((one, other) => rank.get(one.id) - rank.get(other.id));
    now.forEach((card, at) => { if (!rank.has(card.id)) order.splice(at ? order.indexOf(now[at - 1]) + 1 : 0, 0, card); });
    const height = old.scrollTop;
    fresh.classList.toggle("large", old.matches(".large"));
    fresh.style.width = old.style.width; // as she drew it
    const isLast = (card) => Number(card.classList.contains("proposee") === (old.dataset.colonne !== "aucun"));
    fresh.querySelector(".cartes-mur").append(...order.sort((one, other) => isLast(one) - isLast(other)));
    old.replaceWith(fresh);
    fresh.scrollTop = height;
    for (const id of open) if (at(id)) at(id).open = true;
    if (field && at(field.id)) {
      at(field.id).value = written[0];
      at(field.id).focus({ preventScroll: true });
      at(field.id).setSelectionRange(written[1], written[1]);
    }
  }

  // what is ticked -------------------------------------------------------------------------------------------

  function told() {
    const line = at("n-cochees");
    if (!line) return;
    const cards = tickedCards().length, groups = tickedGroups().length;
    const parts = [];
    if (cards) parts.push(cards + " carte" + (cards > 1 ? "s" : "") + " cochée" + (cards > 1 ? "s" : ""));
    if (groups) parts.push(groups + " colonne" + (groups > 1 ? "s" : "") + " cochée" + (groups > 1 ? "s" : ""));
    const text = parts.join(", ") || "Cochez ou glissez des cartes.";
    if (line.textContent !== text) line.textContent = text;
    line.classList.toggle("oui", parts.length > 0);
    [at("cochees").hidden, at("colonnes").hidden] = [!cards, !groups];
    for (const card of document.querySelectorAll(".post-it.proposee")) if (!shown.has(placeOf(card))) watch.observe(card);
    count();
  }

  // a card that is taken takes those that are ticked with it
  function taken(card) {
    const own = boxes(card)[0];
    return own.checked ? tickedCards() : [own];
  }

  const idsOf = (found) => [...new Set(found.flatMap((box) => box.value.split(" ")))];
  const items = (found) => idsOf(found).map((id) => ["item", id]);

  function carry(found, key) {
    if (!found.length) return;
    const sources = [...new Set(found.map((box) => columnOf(box)))], from = sources[0];
    const isGiven = sources.length === 1 && from.hasAttribute("data-donnee"); // taken away from a title: it learns
    if (isGiven && key === "aucun") act([["op", "refuser"], ...items(found), ["group", from.dataset.colonne]]);
    else act([["op", "move"], ...items(found), ["group_id", key], ...(isGiven ? [["group", from.dataset.colonne]] : [])]);
  }

  // those that are ticked, with one key: under a title, under none; yes and no to the title that they are proposed under
  function judge(button, card) {
    const key = columnOf(card).dataset.colonne, here = tickedCards().filter((box) => columnOf(box) === columnOf(card));
    if (button.value === "aucun") act([["op", "move"], ...items(tickedCards()), ["group_id", "aucun"]]);
    else if (button.name === "vers") carry(tickedCards(), button.value);
    else act([["op", button.name === "non" ? "refuser" : "prendre"], ...items(here), ["group_id", key], ["group", key]]);
  }

  async function open(found) {
    if (!found.length) return;
    const text = found.length === 1 ? found[0].closest("li").querySelector("[id^=mots-]").textContent.replace(/^\d+×? fois[\s ]:/, "").trim() : "";
    const title = await ask("Nouvelle colonne", found.length > 1 ? found.length + " cartes y seront rangées." : "La carte y sera rangée.", "Créer", text.slice(0, 80));
    if (!title) return;
    act(created(found, title));
  }

  // a column made of cards: a title like those that are typed, on the axis of the wall
  const created = (found, title) => [["op", "titres"], ...items(found), ["titles", title], ["axis", wall().dataset.mur === "tous" ? "" : wall().dataset.mur]];

  async function join(keys) {
    const titles = keys.map((key) => titleOf(at("colonne-" + key)));
    const title = await ask("Réunir " + keys.length + " colonnes", titles.map((one) => "« " + one + " »").join(" et "), "Réunir", titles[0]);
    if (title) act([["op", "merge"], ...keys.map((key) => ["group", key]), ["title", title]]);
  }

  function ask(heading, help, yes, value) {
    const box = at("dialogue"), field = at("dialogue-champ");
    at("dialogue-titre").textContent = heading;
    at("dialogue-aide").textContent = help;
    at("dialogue-oui").textContent = yes;
    field.value = value;
    box.returnValue = "";
    box.showModal();
    field.select();
    return new Promise((done) => box.addEventListener("close", () => done(box.returnValue === "oui" ? field.value.trim() : ""), { once: true }));
  }

  // typed titles: their columns are shown, the field is put away, unless something was refused
  async function addTitles(fields) {
    const had = columns().map((column) => column.id);
    await act(fields);
    const fresh = columns().find((column) => column.hasAttribute("data-donnee") && !had.includes(column.id));
    if (!fresh) return;
    at("nouveaux-titres").value = "";
    at("vos-titres").open = false;
    reveal(fresh, "nearest", "start");
    focusCard(fresh.querySelector(".post-it"));
  }

  // forms of the wall: the same fields, without leaving the wall ----------------------------------------------

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!wall() || !wall().contains(form) || !form.action.endsWith("/acte")) return;
    event.preventDefault();
    event.stopPropagation();
    const button = event.submitter, card = form.closest(".post-it");
    if (card && boxes(card)[0].checked && tickedCards().length > 1) { judge(button, card); return; }
    if (button && button.id === "creer" && tickedCards().length && !at("nouveau-titre").value.trim()) { open(tickedCards()); return; }
    if (button && button.id === "reunir" && tickedGroups().length > 1) { join(tickedGroups().map((box) => box.value)); return; }
    const fields = [...new FormData(form, button)].filter(([name]) => name !== "retour");
    const field = form.querySelector("[data-title]");
    if (field) field.defaultValue = field.value; // sent: leaving the field does not send it again
    if (button && button.id === "creer" && tickedCards().length) {
      act(created(tickedCards(), at("nouveau-titre").value.trim()));
      return;
    }
    if (button && button.id === "deplacer" && tickedCards().length) { carry(tickedCards(), at("destination").value); return; }
    if (form.id === "titres") addTitles(fields);
    else if (form.matches(".tout-prendre")) acceptShown(columnOf(form), fields, event.submitter);
    else act(fields);
  }, true);

  // what was on the screen: only that is accepted at once, and what comes next is where something never was ------

  const SEEN = "rosace-vues " + at("page").dataset.atelier, shown = new Set(JSON.parse(localStorage.getItem(SEEN) || "[]")), placeOf = (card) => columnOf(card).dataset.colonne + " " + card.id;
  const watch = new IntersectionObserver((seen) => {
    for (const one of seen) if (one.isIntersecting && columnOf(one.target) && isWhole(one.target)) { shown.add(placeOf(one.target)); watch.unobserve(one.target); }
    localStorage.setItem(SEEN, JSON.stringify([...shown])); // she comes back tomorrow to what she had seen
    count();
  }, { threshold: 0.5 });
  const isWhole = (card) => { const words = card.querySelector(".mots"); return words.scrollHeight <= words.clientHeight + 2; }; // from afar, words are cut
  const proposed = (column) => [...column.querySelectorAll(".post-it.proposee")];
  const never = (column) => proposed(column).filter((card) => !shown.has(placeOf(card)));

  function count() {
    for (const button of document.querySelectorAll("[data-tout]")) {
      const column = columnOf(button), left = never(column).length, all = proposed(column).length;
      button.querySelector("[data-combien]").textContent = left === all ? "Voir" : left ? "Voir la suite" : button.dataset.tout;
      button.querySelector(".compte").textContent = left && left < all ? all - left + (all - left > 1 ? " lues sur " : " lue sur ") + all : all + (all > 1 ? " cartes" : " carte");
      button.title = left ? left + (left > 1 ? " jamais montrées, plus bas" : " jamais montrée, plus bas") : "";
    }
    const link = document.querySelector("[data-ensuite]"), to = nextColumn();
    if (!link || !to) return;
    const n = never(to).length, isLeft = to.dataset.colonne === "aucun";
    const text = (isLeft ? "À placer, " : "« " + titleOf(to) + " », ") + (n ? n + (n > 1 ? " cartes" : " carte") + " à voir" : isLeft ? "à laisser hors des titres" : "à accepter");
    link.hash = to.id;
    if (link.textContent !== text) link.textContent = text;
  }

  // the title with the most cards that nobody judged; then what came since under the others; then what is to be placed
  function nextColumn() {
    const open = columns().filter((column) => proposed(column).length && column.querySelector("[data-tout]"));
    const isBegun = (column) => cardsOf(column).length > proposed(column).length; // what came since waits until the others are seen
    const rank = (column) => [column.hasAttribute("data-donnee") ? Number(isBegun(column)) : column.dataset.colonne === "aucun" ? 3 : 2, -proposed(column).length];
    return open.sort((one, other) => rank(one)[0] - rank(other)[0] || rank(one)[1] - rank(other)[1])[0];
  }

  function next() {
    const button = document.querySelector("[data-ensuite], #mur-relu");
    if (button && button.id === "mur-relu") button.focus();
    else if (button) button.click();
  }

  async function acceptShown(column, fields, button) {
    const left = never(column)[0]; // a title is accepted whole, once all of it was shown: what is accepted is counted
    if (left) { spread(column); shown.add(placeOf(left)); focusCard(left); reveal(left, "start"); count(); return; }
    const isByKey = button.matches("[data-par-touche]");
    await act(fields);
    if (isByKey) next(); // the hand stays on the key
  }

  document.addEventListener("change", (event) => {
    if (!wall() || event.target.type !== "checkbox") return;
    if (event.target.name === "item") { // a card stands for its whole stack
      const rest = event.target.closest(".post-it");
      if (rest && boxes(rest)[0] === event.target) for (const box of boxes(rest).slice(1)) box.checked = false;
      else if (rest) boxes(rest)[0].checked = false;
    }
    told();
  });

  // from the card that was ticked last to another of its column, or a whole column, as in any list
  let last = null;
  function tick(card, isOn = true) {
    if (boxes(card)[0].checked !== isOn) boxes(card)[0].click();
    last = card.id;
  }
  function tickTo(card) {
    const all = cardsOf(columnOf(card)), start = all.indexOf(at(last)), end = all.indexOf(card), isOn = start < 0 ? !boxes(card)[0].checked : boxes(at(last))[0].checked;
    for (const one of all.slice(Math.min(start < 0 ? end : start, end), Math.max(start, end) + 1)) tick(one, isOn);
    last = card.id;
    focusCard(card);
  }
  const tickAll = (column) => { for (const card of cardsOf(column)) tick(card); };

  document.addEventListener("mousedown", (event) => {
    if (wall() && event.shiftKey && event.target.closest(".post-it")) event.preventDefault(); // no words are selected
  });
  document.addEventListener("click", (event) => {
    const card = wall() && event.target.closest(".post-it");
    if (event.target.id === "toute-colonne") tickAll(columnOf(at(last)) || columnOf(ticked()[0]));
    if (!card || event.target.closest("button, summary, a, .voir")) return;
    if (event.shiftKey && last !== card.id) { event.preventDefault(); setTimeout(() => tickTo(card)); } // once the browser has put its own tick back
    else if (event.target === boxes(card)[0]) last = card.id;
    else if (event.ctrlKey || event.metaKey) tick(card, !boxes(card)[0].checked);
  });

  // where one card may go: her titles, the likeliest first, on the card itself, where a figure chooses
  function fill(list) {
    const near = list.dataset.likeliest.split(" "), rank = (option) => (near.includes(option.value) ? near.indexOf(option.value) : near.length);
    const all = [...at("destination").options].filter((option) => option.value !== "aucun");
    list.querySelector("div").replaceChildren(...all.filter((option) => option.value !== columnOf(list).dataset.colonne).sort((one, other) => rank(one) - rank(other)).map((option, place) => {
      const button = document.createElement("button"), key = document.createElement("kbd");
      [button.name, button.value, button.textContent] = ["vers", option.value, option.text];
      [key.ariaHidden, key.dataset.touche, button.dataset.key] = ["true", place + 1, place + 1];
      if (place < 9) button.prepend(key);
      return button;
    }));
  }

  document.addEventListener("toggle", (event) => {
    const list = event.target;
    if (!wall() || !list.matches(".sous") || !list.open) return;
    fill(list);
    if (list !== laid) list.querySelector("button").focus({ preventScroll: true });
    reveal(list.closest(".post-it"));
    laid = null;
  }, true);

  // the mouse ------------------------------------------------------------------------------------------------

  document.addEventListener("dragstart", (event) => {
    if (!wall() || !event.target.closest) return;
    const card = event.target.closest(".post-it"), handle = event.target.closest(".poignee");
    dragged = card ? { cards: taken(card) } : handle ? { group: columnOf(handle).dataset.colonne } : null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    document.body.classList.add("glisse");
  });

  const zoneOf = (target) => target.closest && target.closest("[data-colonne], [data-nouvelle]");

  function accepts(zone) {
    if (!zone || !dragged) return false;
    if (zone.hasAttribute("data-nouvelle")) return Boolean(dragged.cards);
    if (dragged.group) return zone.dataset.colonne !== dragged.group && zone.dataset.colonne !== "aucun";
    return dragged.cards.some((box) => columnOf(box) !== zone);
  }

  function light(zone) {
    for (const lit of document.querySelectorAll(".vise")) if (lit !== zone) lit.classList.remove("vise");
    if (zone) zone.classList.add("vise");
  }

  document.addEventListener("dragover", (event) => {
    const zone = dragged && zoneOf(event.target);
    if (!accepts(zone)) { light(null); return; }
    event.preventDefault();
    light(zone);
  });

  document.addEventListener("drop", (event) => {
    const zone = dragged && zoneOf(event.target), what = dragged;
    if (!accepts(zone)) return;
    event.preventDefault();
    dragged = null;
    light(null);
    document.body.classList.remove("glisse");
    if (zone.hasAttribute("data-nouvelle")) open(what.cards);
    else if (what.group) join([zone.dataset.colonne, what.group]);
    else carry(what.cards, zone.dataset.colonne);
  });

  document.addEventListener("dragend", () => {
    dragged = null;
    light(null);
    document.body.classList.remove("glisse");
  });

  // the keyboard ---------------------------------------------------------------------------------------------

  // one card is reached by Tab, the others by the arrows
  function rove(current) {
    const here = current || document.querySelector(".post-it[tabindex='0']") || document.querySelector(".post-it");
    for (const card of document.querySelectorAll(".post-it[tabindex='0']")) if (card !== here) card.tabIndex = -1;
    for (const inner of document.querySelectorAll(".post-it > .haut > input:not([tabindex]), .post-it .ouvrir:not([tabindex])")) inner.tabIndex = -1;
    if (here) here.tabIndex = 0;
  }

  // where the whole wall is in sight, its columns are scrolled and the page stays
  function reveal(element, block = "nearest", inline = "nearest") {
    const top = scrollY, frame = at("colonnes-du-mur").getBoundingClientRect(), isInSight = frame.top >= 0 && frame.bottom <= innerHeight;
    element.scrollIntoView({ block, inline });
    if (isInSight) scrollTo(scrollX, top);
  }

  function focusCard(card) {
    if (!card) return;
    rove(card);
    card.focus({ preventScroll: true });
    const list = columnOf(card).dataset.colonne === "aucun" && card.querySelector(".sous");
    if (list && !list.open) { laid = list; list.open = true; } // a card to place shows where it may go: one key
    reveal(card);
  }

  // the column that is looked at is as wide as the wall: all its cards at a glance
  function spread(column) {
    for (const one of columns()) one.classList.toggle("large", one === column && (one.matches(".large") || one.scrollHeight > one.clientHeight));
    reveal(column, "nearest", "start");
  }

  function beside(column, step) {
    const all = columns();
    for (let rank = all.indexOf(column) + step; rank >= 0 && rank < all.length; rank += step) return all[rank];
    return null;
  }

  function arrow(key, card, isCarrying) {
    const column = columnOf(card), all = cardsOf(column), rank = all.indexOf(card);
    if (key === "ArrowUp" || key === "ArrowDown") {
      focusCard(all[rank + (key === "ArrowUp" ? -1 : 1)]);
      return true;
    }
    let other = beside(column, key === "ArrowLeft" ? -1 : 1);
    if (isCarrying) {
      if (other) carry(taken(card), other.dataset.colonne);
      return true;
    }
    while (other && !cardsOf(other).length) other = beside(other, key === "ArrowLeft" ? -1 : 1);
    if (other) {
      const top = card.getBoundingClientRect().top;
      focusCard(cardsOf(other).find((one) => one.getBoundingClientRect().bottom > top) || cardsOf(other).at(-1));
    }
    return true;
  }

  // what may go together among what is to be placed
  function pack(card) {
    const all = cardsOf(columnOf(card)).filter((one) => one === card || (card.dataset.avec && one.dataset.avec === card.dataset.avec));
    for (const one of all) tick(one);
    focusCard(card);
  }

  // the card that one stands on, unless others are ticked; the eye comes back to its column
  let from = null;
  function choose(id, card) {
    from = card && { card: card.id, column: columnOf(card).id };
    if (card && !tickedCards().length) boxes(card)[0].click();
    at(id).focus();
  }

  function letter(key, card) {
    const list = card && card.querySelector(".sous[open]");
    if (list && !list.querySelector("button")) fill(list); // a figure typed before the browser says that the list is open
    if ("-+".includes(key)) zoom(key === "+" ? 1 : -1);
    else if (key === "n" && !card && !tickedCards().length) { at("vos-titres").open = true; at("nouveaux-titres").focus(); }
    else if ("mpn".includes(key) && (card || tickedCards().length)) choose({ m: "destination", p: "position", n: "nouveau-titre" }[key], card);
    else if (key === "e") next();
    else if (key === "b" && card) pack(card);
    else if (key === "s" && card && card.querySelector(".sous[open]")) card.querySelector(".sous button").focus();
    else if (/^[axhs1-9]$/.test(key) && card && card.querySelector(/\d/.test(key) ? `.sous[open] [data-key="${key}"]` : `[data-key="${key}"]`)) { // a list that is closed chooses nothing
      const rest = cardsOf(columnOf(card)).filter((one) => one === card || one.classList.contains("proposee")), rank = rest.indexOf(card);
      following = { card: (rest[rank + 1] || rest[rank - 1] || card).id, column: columnOf(card).id };
      card.querySelector(`[data-key="${key}"]`).click();
    }
    else if (/^[1-9]$/.test(key) && card && card.querySelector(".sous")) card.querySelector(".sous summary").click();
    else if (key === "x" && card && columnOf(card).hasAttribute("data-donnee")) carry(taken(card), "aucun");
    else if (key === "v" && card && columnOf(card).querySelector("[data-tout]")) {
      const button = columnOf(card).querySelector("[data-tout]");
      button.toggleAttribute("data-par-touche", true);
      button.click();
      button.toggleAttribute("data-par-touche", false);
    }
    else if (key === "f" && card && columnOf(card).querySelector("[name=group][form]")) columnOf(card).querySelector("[name=group][form]").click();
    else if (key === "t" && card && columnOf(card).querySelector("[data-title]")) columnOf(card).querySelector("[data-title]").focus();
    else return false;
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (!wall() || event.altKey || event.target.closest("dialog")) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "a" && event.target.closest(".post-it")) { event.preventDefault(); tickAll(columnOf(event.target)); }
    if (event.ctrlKey || event.metaKey) return;
    const done = { destination: "deplacer", position: "positionner" }[event.target.id];
    if (done && event.key === "Enter") { event.preventDefault(); following = from; at(done).click(); event.target.blur(); }
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const card = event.target.closest(".post-it");
    let isDone = false;
    const list = event.target.closest(".sous[open]");
    if (list && event.key === "Escape") { list.open = false; card.focus(); isDone = true; }
    else if (list && /^Arrow(Up|Down)$/.test(event.key)) { (event.target[event.key === "ArrowUp" ? "previousElementSibling" : "nextElementSibling"] || event.target).focus(); isDone = true; }
    else if (card && event.key.startsWith("Arrow")) isDone = arrow(event.key, card, event.shiftKey);
    else if (card && event.target === card && event.key === " ") {
      if (event.shiftKey) tickTo(card);
      else tick(card, !boxes(card)[0].checked);
      isDone = true;
    }
    else if (card && event.target === card && event.key === "Enter") { card.querySelector(".ouvrir").click(); isDone = true; }
    else if (event.key === "Escape" && ticked().length) { for (const box of ticked()) box.checked = false; told(); isDone = true; }
    else if (!document.body.classList.contains("sans-touches")) isDone = letter(event.key.toLowerCase(), card);
    if (isDone) { event.preventDefault(); event.stopImmediatePropagation(); }
  }, true);

  document.addEventListener("focusin", (event) => {
    const card = wall() && event.target.closest(".post-it");
    if (card && card.tabIndex !== 0) rove(card);
  });

  document.addEventListener("click", (event) => {
    if (wall() && event.target.closest(".evitement")) { event.preventDefault(); focusCard(document.querySelector(".post-it")); }
    const link = event.target.closest("[data-ensuite]"), there = link && at(link.hash.slice(1));
    if (there) { event.preventDefault(); spread(there); focusCard(never(there)[0] || proposed(there)[0]); } // what comes next
    const side = event.target.closest("[data-position]"), card = side && side.closest(".post-it");
    if (card) { if (!boxes(card)[0].checked) boxes(card)[0].click(); at("position").focus(); }
    if (event.target.closest("[data-paquet]")) pack(event.target.closest(".post-it"));
  });

  // how large cards are: kept in this browser
  const SIZES = ["petites", "moyennes", "grandes"], STORE = "rosace-cartes";
  const size = () => localStorage.getItem(STORE) || "moyennes";
  const sized = () => { for (const one of SIZES) document.body.classList.toggle("cartes-" + one, one === size()); };
  function zoom(step) {
    localStorage.setItem(STORE, SIZES[Math.min(2, Math.max(0, SIZES.indexOf(size()) + step))]);
    sized();
    watch.disconnect();
    told();
    if (document.activeElement.closest(".post-it")) reveal(document.activeElement);
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-taille]");
    if (button) zoom(Number(button.dataset.taille));
  });

  // what cards are coloured by: kept in this browser, where this wall tells it apart
  function colour() {
    const kept = localStorage.getItem("rosace-couleurs"), list = at("couleurs");
    if (list && [...list.options].some((option) => option.value === kept)) list.value = kept;
    if (list) wall().dataset.couleurs = list.value;
  }
  document.addEventListener("change", (event) => {
    if (event.target.id !== "couleurs") return;
    localStorage.setItem("rosace-couleurs", event.target.value);
    colour();
  });

  // undo and redo keep the columns in place
  document.addEventListener("click", (event) => {
    const button = wall() && event.target.closest("#defaire, #refaire, #annuler-cet-acte");
    if (!button || button.disabled) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act([...new FormData(button.form, button)].filter(([name]) => name !== "retour"));
  }, true);

  function begin() {
    if (!wall()) return;
    wall().classList.add("vif");
    sized();
    colour();
    told();
    rove();
    const wanted = location.hash && at(location.hash.slice(1));
    if (wanted && wall().contains(wanted)) reveal(wanted, "nearest", "start");
  }
  document.addEventListener("htmx:afterSettle", begin);
  begin();
})();
