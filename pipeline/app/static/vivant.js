// À plusieurs : ce que les autres viennent de faire paraît sans recharger, sauf pendant que l'on écrit ou que l'on choisit.
"use strict";
(function () {
  const EVERY_MS = 2000;
  const at = (id) => document.getElementById(id);
  const isWriting = () => Boolean(document.activeElement && document.activeElement.closest("input:not([type=checkbox]), textarea, select, dialog"));
  const onTheirWay = new Set(); // her own acts and pages: news wait for them
  let isAsking = false, heard = null;

  function say(text) {
    if (at("autres").textContent === text) return;
    at("autres").textContent = text;
    clearTimeout(heard);
    if (text) heard = setTimeout(() => say(""), 9000);
  }

  async function show(seen) {
    const event = new CustomEvent("rosace:autre", { cancelable: true });
    if (!document.dispatchEvent(event)) return; // the wall takes only the columns that changed
    const here = location.pathname + location.search;
    const response = await fetch(here, { headers: { "Rosace-Veille": "oui" } });
    const html = await response.text();
    if (!response.ok || onTheirWay.size || isWriting() || at("page").dataset.actes !== seen || here !== location.pathname + location.search) return;
    document.dispatchEvent(new CustomEvent("htmx:beforeSwap", { detail: {} }));
    window.htmx.swap("#page", html, { swapStyle: "outerHTML" }, { select: "#page" });
  }

  async function ask() {
    const page = at("page");
    if (document.hidden || onTheirWay.size || isAsking || !page) return;
    isAsking = true;
    try {
      const seen = page.dataset.actes;
      const response = await fetch(page.dataset.atelier + "/vivant?depuis=" + seen);
      const now = await response.json();
      if (at("qui-est-la") && at("qui-est-la").textContent !== now.avec) at("qui-est-la").textContent = now.avec;
      if (onTheirWay.size || at("page").dataset.actes !== seen || String(now.n) === seen) return; // her own act is on its way, or done
      if (now.quoi) say(now.quoi);
      if (!isWriting()) await show(seen);
    } catch {
      say("Rosace ne répond plus. Ce qui est décidé est enregistré ; relancez Rosace.");
    } finally {
      isAsking = false;
    }
  }

  document.addEventListener("htmx:beforeSend", (event) => onTheirWay.add(event.detail.xhr));
  document.addEventListener("htmx:afterRequest", (event) => onTheirWay.delete(event.detail.xhr));
  document.addEventListener("rosace:acte", () => onTheirWay.add("mur"));
  document.addEventListener("rosace:fait", () => onTheirWay.delete("mur"));
  document.addEventListener("visibilitychange", ask);
  setInterval(ask, EVERY_MS);
})();
