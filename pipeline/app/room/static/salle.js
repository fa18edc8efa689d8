// La salle : ce qui est tapé part d'une file gardée sur l'appareil ; ce qui change paraît sans recharger.
"use strict";
(function () {
  const at = (id) => document.getElementById(id);
  const KEPT = "rosace-salle";
  const LETTERS = "abcdefghijklmnop";
  const CLOSED = "La salle est fermée : ces paroles ne sont pas parties. Copiez-les, ou effacez-les.";
  const LOST = "La salle ne répond plus : l’ordinateur est éteint, la salle fermée, ou le réseau perdu. Ce qui a été reçu est gardé.";
  let memory = [], isSending = false, timer = null, isClosed = false;

  let heard = null;
  function say(text) {
    at("dit").textContent = text;
    clearTimeout(heard);
    heard = setTimeout(() => { at("dit").textContent = ""; }, text.length > 20 ? 12000 : 2500);
  }

  function newKey() {
    const drawn = new Uint8Array(10);
    crypto.getRandomValues(drawn);
    return Array.from(drawn, (byte) => LETTERS[byte >> 4] + LETTERS[byte & 15]).join("");
  }

  // la file : rien n'en sort avant d'être reçu
  function queue() {
    try { return JSON.parse(localStorage.getItem(KEPT)) || memory; } catch (error) { return memory; }
  }
  function keep(items) {
    memory = items;
    try { localStorage.setItem(KEPT, JSON.stringify(items)); } catch (error) { /* private window: memory alone */ }
    showQueue();
  }
  function showQueue(why) {
    const box = at("attente");
    if (!box) return;
    const items = queue();
    box.hidden = !items.length;
    if (why !== undefined) at("pourquoi").textContent = why;
    at("file").textContent = "";
    items.forEach((item) => {
      const line = document.createElement("li");
      line.textContent = item.texte || (item.chemin === "/retirer" ? "une parole à retirer" : "");
      const erase = document.createElement("button");
      erase.type = "button";
      erase.className = "discret";
      erase.textContent = "Effacer";
      erase.addEventListener("click", () => drop(item));
      line.append(" ", erase);
      at("file").appendChild(line);
    });
  }
  function drop(item) { keep(queue().filter((one) => one.rang !== item.rang)); }

  async function send() {
    if (isSending) return;
    isSending = true;
    clearTimeout(timer);
    let wait = 0;
    while (!wait && queue().length) {
      const item = queue()[0];
      let response = null, said = {};
      try {
        response = await post(item.chemin, item);
        said = await response.json();
      } catch (error) { /* no network, or no server */ }
      if (response && response.ok) {
        drop(item);
        say("Reçu.");
        refresh("paroles");
      } else if (response && response.status === 401) {
        showQueue("Le code de la salle a changé : vos paroles partiront quand vous serez entré de nouveau.");
        const link = document.createElement("a");
        link.href = "/";
        link.textContent = " Entrer";
        at("pourquoi").append(link);
        wait = 15;
      } else if (response && [400, 403, 413, 422].includes(response.status)) {
        drop(item); // it can never be taken: it goes back to who typed it
        say(said.dit || "Cela n’a pas pu être pris.");
        if (item.texte && at("texte") && !at("texte").value) at("texte").value = item.texte;
      } else {
        wait = Number(response && response.headers.get("Retry-After")) || 3;
        showQueue((said && said.dit) || (isClosed ? CLOSED : "La salle ne répond pas : le réseau manque, ou elle est fermée. Vos paroles sont gardées ici, et partiront si elle répond."));
      }
    }
    isSending = false;
    if (wait) timer = setTimeout(send, wait * 1000);
  }

  function post(path, fields) {
    return fetch(path, {
      method: "POST", headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields).toString(),
    });
  }

  // ce qui change
  const late = new Set(), asked = new Map(), drawn = new WeakMap();
  async function refresh(topic) {
    if (asked.has(topic)) { asked.set(topic, true); return; } // one at a time: what was asked first never comes last
    asked.set(topic, false);
    await show(topic);
    const again = asked.get(topic);
    asked.delete(topic);
    if (again) refresh(topic);
  }
  async function show(topic) {
    for (const part of document.querySelectorAll("[data-quand='" + topic + "']")) {
      const isWriting = document.activeElement && part.contains(document.activeElement) && document.activeElement.matches("textarea, input");
      const busy = isWriting || [...part.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
      if (busy) { late.add(topic); continue; }
      try {
        const response = await fetch(part.dataset.source);
        if (response.status === 401) { location.href = "/"; return; }
        if (!response.ok) continue;
        const html = await response.text(); // what is ticked or open is read once all has come
        if (drawn.get(part) === html) continue; // drawn again, it would take away what is being clicked
        drawn.set(part, html);
        const ticks = [...part.querySelectorAll("input:checked")].map((one) => one.id), chosen = at("sous") && at("sous").selectedIndex > 0 && at("sous").value;
        const folds = [...part.querySelectorAll("details[id]")].map((one) => [one.id, one.open]);
        const focus = document.activeElement && part.contains(document.activeElement) && document.activeElement.value;
        part.innerHTML = html;
        folds.forEach(([id, isOpen]) => { if (at(id)) at(id).open = isOpen; });
        ticks.forEach((id) => { if (at(id)) at(id).checked = true; });
        if (chosen && at("sous")) at("sous").value = chosen;
        lock();
        if (focus) { const same = [...part.querySelectorAll("button")].find((one) => one.value === focus); if (same) same.focus(); }
      } catch (error) { /* the thread says when the room is back */ }
    }
  }
  function lock() { // what is being typed when typing ends can still be sent, and is then kept here
    if (at("champs")) at("champs").disabled = Boolean(at("saisie-close")) && !at("texte").value;
  }
  function listen() {
    const topics = new Set([...document.querySelectorAll("[data-quand]")].map((part) => part.dataset.quand));
    if (!topics.size || !window.EventSource) return;
    const thread = new EventSource(topics.has("mur") ? "/fil?mur" : "/fil");
    topics.forEach((topic) => thread.addEventListener(topic, () => refresh(topic)));
    let wasLost = false, lost = null;
    thread.onopen = () => { clearTimeout(lost); lost = null; close(false); if (wasLost) topics.forEach(refresh); wasLost = false; send(); };
    thread.onerror = () => { wasLost = true; lost = lost || setTimeout(() => close(true, LOST), 6000); if (thread.readyState === 2) setTimeout(listen, 3000); };
    thread.addEventListener("fermeture", () => { thread.close(); close(true); setTimeout(listen, 15000); });
    thread.addEventListener("fin", () => { thread.close(); topics.forEach(refresh); });
  }

  function close(isNow, told = "La salle est fermée. Ce qui a été reçu est gardé.") {
    if (isClosed === isNow) return;
    isClosed = isNow;
    document.body.classList.toggle("fermee", isNow);
    clearTimeout(heard);
    at("dit").textContent = isNow ? told : "";
    showQueue(isNow ? CLOSED : "");
  }
  if (at("copier")) at("copier").addEventListener("click", () => { // where the network is not enciphered, no other way is open
    const field = document.createElement("textarea");
    field.value = queue().map((item) => item.texte || "").filter(Boolean).join("\n");
    document.body.append(field);
    field.select();
    say(document.execCommand("copy") ? "Copié." : "La copie est refusée : sélectionnez le texte.");
    field.remove();
  });

  let pressed = null;
  document.addEventListener("click", (event) => {
    pressed = event.target.closest("button");
    const taken = event.target.closest(".emporter");
    if (!taken) return;
    taken.download = isClosed ? "mes-paroles.txt" : ""; // a room that is closed gives no file: the page makes it
    const told = [...document.querySelectorAll(".miennes .mots")].map((one) => [one, one.nextElementSibling].map((part) => part.innerText).join("\n"));
    taken.href = isClosed ? URL.createObjectURL(new Blob([told.join("\n\n")], { type: "text/plain" })) : "/paroles?garder";
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-file]")) {
      event.preventDefault();
      const fields = Object.fromEntries(new FormData(form));
      const path = form.getAttribute("action");
      if (path !== "/retirer" && !fields.texte.trim()) return;
      if (path === "/dire") fields.cle = newKey();
      keep([...queue(), { ...fields, chemin: path, rang: newKey() }]);
      if (path === "/dire") { form.elements.texte.value = ""; lock(); form.elements.texte.focus(); } else {
        form.querySelectorAll("textarea").forEach((field) => { field.defaultValue = field.value; });
        if (form.closest("details")) form.closest("details").open = false;
        if (document.activeElement) document.activeElement.blur();
      }
      send();
    } else if (form.matches("[data-acte]")) {
      event.preventDefault();
      const fields = new FormData(form);
      const button = event.submitter || pressed; // old browsers do not tell which
      if (button && button.form === form && button.name) fields.append(button.name, button.value);
      act(form.getAttribute("action"), fields, form);
    }
  });
  function act(path, fields, form) {
    post(path, fields).then(async (response) => {
      if (response.status === 401) { location.href = "/"; return; }
      const said = await response.json();
      say(said.fait ? "" : said.dit);
      if (said.fait && form && form.elements.avant) form.elements.avant.value = form.elements.titres.value;
      if (said.fait && fields.has("idee")) document.querySelectorAll("[name=idee]:checked").forEach((box) => { box.checked = false; });
    }).catch(() => say("La salle ne répond pas : recommencez dans un instant."));
  }

  // une parole glissée sous un titre, avec celles qui sont cochées si elle l'est
  let dragged = [];
  document.addEventListener("dragstart", (event) => {
    const box = event.target.querySelector && event.target.querySelector("[name=idee]");
    dragged = !box ? [] : box.checked ? [...document.querySelectorAll("[name=idee]:checked")].map((one) => one.value) : [box.value];
    if (box) event.dataTransfer.setData("text/plain", "");
  });
  const under = (event) => dragged.length && event.target.closest && event.target.closest("[data-sous]");
  document.addEventListener("dragover", (event) => { if (under(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    const there = under(event);
    if (!there) return;
    event.preventDefault();
    act("/acte", new URLSearchParams([["acte", "ranger"], ["sous", there.dataset.sous], ["idee", dragged.join(" ")]]));
    dragged = [];
  });
  document.addEventListener("focusout", () => { setTimeout(() => { const topics = [...late]; late.clear(); topics.forEach(refresh); }, 200); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) event.target.form.requestSubmit();
  });
  window.addEventListener("online", send);
  showQueue("");
  listen();
  send();
})();
