"use strict";
(function () {
  const { rows, sentences, rejects } = JSON.parse(document.getElementById("paroles").textContent);
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/œ/g, "oe").replace(/æ/g, "ae");
  const words = (text) => fold(text).match(/[\p{L}\p{N}_]+/gu) || [];
  const index = rows.map((row) => new Set(words(row.text)));
  const list = document.getElementById("resultats");
  const total = document.getElementById("total");

  function line(kind, text, name) {
    const element = document.createElement(kind);
    element.textContent = text;
    if (name) element.className = name;
    return element;
  }

  function search(query) {
    const wanted = [...new Set(words(query))];
    if (!wanted.length) return [];
    const scored = [];
    rows.forEach((row, at) => {
      const share = wanted.filter((word) => index[at].has(word)).length / wanted.length;
      if (share >= 0.5 || fold(row.text).includes(fold(query.trim()))) scored.push([-share, at]);
    });
    scored.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    return scored.slice(0, 30).map((pair) => rows[pair[1]]);
  }

  document.getElementById("q").addEventListener("input", (event) => {
    const found = search(event.target.value);
    const n = found.length;
    list.replaceChildren();
    if (!event.target.value.trim()) total.textContent = "";
    else if (n === 0) total.textContent = "Ces mots ne sont pas ici. Essayez un ou deux mots seulement.";
    else total.textContent = n === 1 ? "Une parole retrouvée" : n + " paroles retrouvées";
    for (const row of found) {
      const card = line("li", "", "carte axe-" + row.axis);
      card.append(line("p", row.text, "mots"));
      const details = line("p", "", "details");
      details.append(line("span", row.axis_name, "puce axe-" + row.axis), line("strong", row.group));
      details.append(line("span", row.source, "aide"));
      card.append(details, line("p", row.fate, "sort"));
      for (const at of row.places) {
        const place = line("figure", "", "phrase");
        place.append(line("figcaption", sentences[at][0]), line("blockquote", sentences[at][1]));
        card.append(place);
      }
      list.append(card);
    }
    left.open = n === 0 && Boolean(event.target.value.trim());
  });

  const left = document.getElementById("ecartes");
  left.hidden = rejects.length === 0;
  document.getElementById("ecartes-liste").append(...rejects.map((text) => line("li", text)));
})();
