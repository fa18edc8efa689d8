// Touches du clavier, cartes, et le fil du regard après chaque acte. Sans ce fichier la page marche encore.
"use strict";
(function () {
  const STORE = "rosace-touches";
  const areKeysOn = () => localStorage.getItem(STORE) !== "non";
  const inField = (element) => element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const cards = () => [...document.querySelectorAll("#contenu [data-card]")];
  let isBusy = false; // an act is on its way: keys wait, so that none falls on a card that is about to change
  let kept = null; // the card that had the focus before an act, and its rank

  function show() {
    document.body.classList.add("vif");
    document.body.classList.toggle("sans-touches", !areKeysOn());
    const box = document.getElementById("touches-actives");
    if (box) box.checked = areKeysOn();
  }

  function currentCard() {
    return document.activeElement && document.activeElement.closest("[data-card]");
  }

  function move(step) {
    const all = cards();
    if (!all.length) return false;
    const at = all.indexOf(currentCard());
    const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    return true;
  }

  function press(selector, root) {
    const button = root && root.querySelector(selector);
    if (!button || button.disabled) return false;
    button.click();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".geste input")) { // the button beside it, not the first of its form
      event.preventDefault();
      event.target.parentElement.querySelector("button").click();
    }
    if (event.key === "Enter" && event.target.matches("[data-title]")) {
      event.preventDefault();
      event.target.form.querySelector("[value=rename]").click();
    }
    if (event.key === "Escape" && event.target.matches("[data-title]")) {
      event.target.value = event.target.defaultValue;
      event.target.blur();
    }
    const key = event.key.toLowerCase(), isSearch = key === "/"; // to go and write is safe at any time
    if (event.ctrlKey || event.metaKey || event.altKey || (isBusy && !isSearch) || !areKeysOn() || inField(event.target)) return;
    if (event.repeat && !/^[jk]$/.test(key)) return; // a key held down decides once
    let done = false;
    if (isSearch) {
      const field = document.querySelector("[data-search]");
      if (field) { field.focus(); done = true; }
    } else if (/^[0-9]$/.test(key)) {
      done = press(`#onglet-${key === "0" ? 10 : key}`, document);
    } else if (/^[a-z?]$/.test(key)) {
      done = press(`[data-key~="${key}"]`, currentCard() || cards()[0]);
      if (!done && (key === "j" || key === "k")) {
        done = move(key === "j" ? 1 : -1);
      } else if (!done) {
        done = press(`[data-key-global="${key}"]`, document);
      }
    }
    if (done) event.preventDefault();
  });

  document.addEventListener("click", (event) => { // a title of the text is reworded where it is
    const link = event.target.closest("[data-renommer]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const field = document.getElementById(link.dataset.renommer);
    field.closest("details").open = true;
    field.select();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copies]");
    if (!button) return;
    document.getElementById(button.dataset.copies).select();
    navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value).then(() => { button.textContent = "Copié"; });
  });

  document.addEventListener("change", (event) => { // a filter is asked for as soon as it is chosen
    if (event.target.matches("[data-auto]")) event.target.form.requestSubmit();
    if (event.target.id !== "touches-actives") return;
    localStorage.setItem(STORE, event.target.checked ? "oui" : "non");
    show();
  });

  // a button whose work is long says so, and is not pressed twice
  let working = null;
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || event.target.method !== "post" || event.target.action.endsWith("/acte")) return;
    working = [button, button.innerHTML];
    setTimeout(() => { [button.disabled, button.textContent] = [true, "En cours…"]; });
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  for (const end of ["htmx:afterRequest", "htmx:afterSettle", "htmx:sendError", "htmx:sendAbort"]) {
    document.addEventListener(end, () => {
      isBusy = false;
      if (working && working[0].isConnected && end !== "htmx:afterSettle") [working[0].disabled, working[0].innerHTML] = [false, working[1]];
    });
  }

  // a title that was typed is kept: by its own button, by a verdict, and by leaving the field or the page
  const isTyped = (field) => field && field.isConnected && field.value.trim() && field.value !== field.defaultValue;
  function sendTitle(field) {
    const form = new FormData(field.form);
    form.set("op", "rename");
    navigator.sendBeacon(document.getElementById("page").dataset.atelier + "/acte", form);
    field.defaultValue = field.value;
  }

  document.addEventListener("focusout", (event) => {
    const field = event.target.closest("[data-title]"), next = event.relatedTarget;
    if (!isTyped(field) || isBusy || !document.hasFocus() || (next && next.form === field.form)) return;
    if (next && next.closest("a")) sendTitle(field);
    else field.form.querySelector('[value="rename"]').click();
  });
  window.addEventListener("pagehide", () => [...document.querySelectorAll("[data-title]")].filter(isTyped).forEach(sendTitle));

  document.addEventListener("htmx:beforeRequest", () => { isBusy = true; });

  // what is being written in other forms than the one sent must not vanish
  function unsent(sent) {
    const fields = document.querySelectorAll("#contenu input[id]:not([type=hidden]):not([type=checkbox]), #contenu textarea[id]");
    const isKept = (field) => field.value !== field.defaultValue && field.form !== sent;
    return [...fields].filter(isKept).map((field) => [field.id, field.value]);
  }

  document.addEventListener("htmx:beforeSwap", (event) => {
    const source = event.detail.requestConfig && event.detail.requestConfig.elt;
    const card = currentCard();
    const page = document.getElementById("page"), active = document.activeElement;
    kept = {
      path: page && page.dataset.path,
      id: active ? active.id : "",
      caret: active ? active.selectionStart : null,
      card: card ? card.id : "",
      rank: card ? cards().indexOf(card) : -1,
      open: [...document.querySelectorAll("details[open]")].map((details) => details.id).filter(Boolean),
      y: window.scrollY,
      ticked: [...document.querySelectorAll("#contenu input[type=checkbox]:checked")].map((box) => box.id).filter(Boolean),
      isUndone: !(source && source.closest && source.closest("form:not(.annuler), a")), // nothing of hers was sent
      typed: unsent(source && source.closest ? source.closest("form") : null),
    };
  });

  // as soon as the page is swapped: later, it would take the eye from where a person went meanwhile
  document.addEventListener("htmx:afterSwap", () => {
    show();
    const page = document.getElementById("page");
    if (!kept || !page) return;
    if (page.dataset.path !== kept.path) {
      window.scrollTo(0, 0);
      document.getElementById("contenu").focus({ preventScroll: true });
    } else {
      for (const id of kept.open) {
        const details = document.getElementById(id);
        if (details) details.open = true;
      }
      for (const [id, value] of kept.typed) {
        const field = document.getElementById(id);
        if (field) field.value = value;
      }
      if (kept.isUndone || document.querySelector(".message.erreur")) { // what was refused can be asked again as it was
        for (const id of kept.ticked) {
          const box = document.getElementById(id);
          if (box) box.checked = true;
        }
      }
      const same = (kept.id && document.getElementById(kept.id)) || (kept.card && document.getElementById(kept.card));
      const next = cards()[Math.min(kept.rank, cards().length - 1)];
      const target = same && !same.disabled ? same : kept.rank >= 0 ? next : null;
      if (target) target.focus({ preventScroll: true });
      if (target && target === same && Number.isInteger(kept.caret)) target.setSelectionRange(kept.caret, kept.caret);
      window.scrollTo(0, kept.y);
      if (target) target.scrollIntoView({ block: "nearest" });
    }
    const told = document.querySelector(".annonce:has(.erreur, p + p)");
    if (told && getComputedStyle(told).position === "static") told.scrollIntoView({ block: "nearest" });
    kept = null;
  });

  show();
})();
