// Les fichiers choisis, leur taille, et la lecture que l’on suit. Sans ce fichier la page marche encore.
"use strict";
(function () {
  const PERIOD = 1000;

  for (const field of document.querySelectorAll("[data-depot]")) {
    const list = field.closest(".depot").querySelector("[data-choisis]");
    const limit = Number(field.dataset.limite) * 1024 * 1024;
    for (const kind of ["dragenter", "dragover"]) field.addEventListener(kind, () => field.classList.add("survol"));
    for (const kind of ["dragleave", "drop"]) field.addEventListener(kind, () => field.classList.remove("survol"));
    field.addEventListener("change", () => {
      const files = [...field.files];
      const isTooLarge = files.reduce((sum, file) => sum + file.size, 0) > limit;
      field.setCustomValidity(isTooLarge ? `${field.dataset.limite} Mo au plus par envoi : ajoutez-les en plusieurs fois.` : "");
      list.replaceChildren(...files.map((file) => Object.assign(document.createElement("li"), { textContent: file.name })));
      if (!isTooLarge && files.length && field.form.action.endsWith("/fichiers")) field.form.requestSubmit(); // chosen is added
      if (isTooLarge) list.append(Object.assign(document.createElement("li"), { className: "trop", textContent: field.validationMessage }));
    });
  }

  // what is typed in the sheet is kept when another form of the page, or a link, is used
  const sheet = document.getElementById("fiche");
  const isTyped = () => sheet && [...sheet.elements].some((field) => field.type !== "radio" && field.value !== field.defaultValue && "defaultValue" in field);
  document.addEventListener("submit", async (event) => {
    if (event.target === sheet || !isTyped()) return;
    event.preventDefault();
    const answer = await fetch(sheet.action, { method: "POST", body: new FormData(sheet) });
    (answer.ok ? event.target : sheet).submit();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && isTyped()) navigator.sendBeacon(sheet.action, new FormData(sheet));
  });

  // what was read of the files meanwhile: nothing that she is typing moves
  function fill(next) {
    for (const part of document.querySelectorAll("[data-lu]")) {
      const then = next.getElementById(part.id), field = part.querySelector("input:not([type=hidden]), textarea");
      const isHers = part.contains(document.activeElement) || (part.id.startsWith("dit-") && field.value !== field.defaultValue);
      if (then && !isHers && then.outerHTML !== part.outerHTML) part.replaceWith(document.adoptNode(then));
    }
    const [line, told] = [document.getElementById("regard"), next.getElementById("regard")];
    if (line && told) line.textContent = told.textContent;
    else if (line) line.remove();
  }

  async function follow() {
    try {
      const answer = await fetch(location.pathname, { headers: { "Rosace-Suit": "oui" } });
      const next = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = document.getElementById("avancee"), then = next.getElementById("avancee");
      if (document.getElementById("regard")) fill(next);
      if (then) {
        const wasRun = now.querySelector("a[href$='/avancee']");
        const held = document.activeElement && document.activeElement.textContent === "Arrêter";
        now.replaceWith(then);
        document.querySelector(".bandeau").replaceWith(next.querySelector(".bandeau")); // what is read may be reviewed
        document.title = next.title;
        if (held) (then.querySelector("button") || then.querySelector("h1")).focus();
        if (!("encours" in then.dataset)) {
          const heading = then.querySelector("h1");
          const isIdle = document.activeElement === document.body || held;
          if (heading && isIdle) heading.focus();
          else if (wasRun && !heading && !isTyped()) location.reload(); // what follows from the run is elsewhere on the page too
          return;
        }
      }
    } catch (error) {
      // Rosace was closed, or is busy: ask again
    }
    setTimeout(follow, PERIOD);
  }
  if (document.querySelector("#avancee[data-encours]")) setTimeout(follow, PERIOD);
})();
