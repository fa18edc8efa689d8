// À plusieurs : ce que les autres viennent de faire paraît sans recharger, sauf pendant que l'on écrit ou que l'on choisit.
"use strict";
(function () {
  const EVERY_MS = 2000;
  const at = (id) => document.getElementById(id);
  const isWriting = () => Boolean(document.activeElement && document.activeElement.closest("input:not([type=checkbox]), textarea, select, dialog"));
  let isBusy = false, isAsking = false, heard = null;

  function say(text) {
    if (at("autres").textContent === text) return;
    at("autres").textContent = text;
    clearTimeout(heard);
    if (text) heard = setTimeout(() => say(""), 9000);
  }

  function show() {
    const event = new CustomEvent("rosace:autre", { cancelable: true });
    if (!document.dispatchEvent(event)) return; // the wall takes only the columns that changed
    window.htmx.ajax("GET", location.pathname + location.search, { target: "#page", select: "#page", swap: "outerHTML show:none", headers: { "Rosace-Veille": "oui" } });
  }

  async function ask() {
    const page = at("page");
    if (document.hidden || isBusy || isAsking || !page) return;
    isAsking = true;
    try {
      const seen = page.dataset.actes;
      const response = await fetch("/vivant?depuis=" + seen);
      const now = await response.json();
      if (at("avec") && at("avec").textContent !== now.avec) at("avec").textContent = now.avec;
      if (isBusy || at("page").dataset.actes !== seen || String(now.n) === seen) return; // her own act is on its way, or done
      if (now.quoi) say(now.quoi);
      if (!isWriting()) show();
    } catch {
      say("Rosace ne répond plus. Ce qui est décidé est enregistré ; relancez « rosace review ».");
    } finally {
      isAsking = false;
    }
  }

  for (const start of ["htmx:beforeRequest", "rosace:acte"]) document.addEventListener(start, () => { isBusy = true; });
  for (const end of ["rosace:fait", "htmx:afterSettle", "htmx:sendError", "htmx:sendAbort", "htmx:responseError"]) document.addEventListener(end, () => { isBusy = false; });
  document.addEventListener("visibilitychange", ask);
  setInterval(ask, EVERY_MS);
})();
