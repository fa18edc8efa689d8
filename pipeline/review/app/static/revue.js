// Les écrans de la relecture sans connexion. Rien ne part d’ici : les décisions restent dans ce navigateur.
"use strict";
(function () {
  const data = JSON.parse(document.getElementById("donnees").textContent);
  const KEY = "rosace-revue-" + data.identity;
  const NOT_KEPT = "Ce navigateur ne garde rien : téléchargez vos décisions avant de fermer.";
  const BUTTONS = [["accept", "Accepter", "a", "oui"], ["revoir", "À revoir", "r", ""], ["reject", "Rejeter", "x", ""]];
  const SHOWN = 60; // cards of a list drawn at once
  const at = (id) => document.getElementById(id);
  const name = at("prenom");
  const say = (text) => { at("dit").textContent = text; };
  const shown = { brouillon: SHOWN, groupes: SHOWN, relire: 10, liens: 10, paroles: SHOWN, noms: SHOWN };
  const search = new Search(data.search), wanted = { query: "", kind: "signaux", axis: "", votes: 0, chosen: {} };
  let tab = "brouillon", scope = "brouillon", review;

  // keeping -------------------------------------------------------------------------------------------------

  function load() {
    let acts = [];
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) || "{}");
      acts = kept.acts || [];
      name.value = kept.name || "";
    } catch (error) { say(NOT_KEPT); }
    review = new Review(data, acts);
  }

  function keep() {
    try { localStorage.setItem(KEY, JSON.stringify({ acts: review.acts, name: name.value })); } catch (error) { say(NOT_KEPT); }
  }

  function act(op, target, before, after, told) {
    review.add(name.value.trim() || "Relecture", op, target, before, after);
    say("C’est gardé : " + told);
    keep();
    draw();
  }

  // pieces --------------------------------------------------------------------------------------------------

  function make(kind, text, cls, attributes) {
    const element = document.createElement(kind);
    if (text) element.textContent = text;
    if (cls) element.className = cls;
    for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
    return element;
  }
  function button(id, text, key, press, cls, attributes) {
    const made = make("button", text + (key ? " " : ""), cls, { type: "button", id, ...(attributes || {}) });
    if (key) { made.append(make("kbd", "", "", { "aria-hidden": "true", "data-touche": key[0] })); made.dataset.key = key; }
    made.addEventListener("click", press);
    return made;
  }
  function field(kind, id, label, attributes) {
    const element = make(kind, "", "", { id, ...(attributes || {}) });
    return [make("label", label, "", { for: id }), element];
  }
  function select(id, label, options, chosen) {
    const [title, list] = field("select", id, label);
    for (const [value, text] of options) list.append(new Option(text, value, value === chosen, value === chosen));
    return [title, list];
  }
  const cut = (text, limit) => (text.length > limit ? text.slice(0, limit) + " […]" : text);
  const count = (n, one, many) => n + " " + (n < 2 ? one : many || one + "s");
  const chip = (axis) => make("span", data.axes[axis], "puce axe-" + axis);
  const badge = (state) => make("span", data.states[state], "etat etat-" + state);
  const quoted = (text) => "« " + cut(text, 60) + " »";
  const line = (...elements) => { const row = make("div", "", "ligne"); row.append(...elements); return row; };
  const titles = (groups) => groups.map((group) => [group.id, cut(group.title, 70)]);
  const byAxis = (groups) => [...groups].sort((a, b) => Object.keys(data.axes).indexOf(a.axis) - Object.keys(data.axes).indexOf(b.axis));

  function words(item, id, isAskedFirst = false) {
    const more = make("details", "", "voir", { id: "voir-" + id });
    more.append(make("p", item.source, "source"));
    const asked = item.asked ? [make("p", cut(item.asked, 300), "question")] : [];
    if (!isAskedFirst) more.prepend(...asked);
    more.append(talk(item, id, { items: [item.anchor] }, {}));
    more.prepend(make("summary", isAskedFirst ? "Source" : "Contexte et source"));
    return [...(isAskedFirst ? asked : []), make("p", cut(item.shown, 600), "mots"), more];
  }
  function axes(item, id, isLeaning) {
    const row = make("div", "", "axes", { role: "group", "aria-label": "Axe de cette parole" });
    for (const [code, axis] of Object.entries(data.axes)) {
      const isHere = code === item.axis;
      row.append(button("axe-" + code + "-" + id, axis, isLeaning ? code[0] + (isHere ? " a" : "") : "", () =>
        act("set_axis", { items: [item.anchor] }, { value: item.axis }, { axis: code }, "axe " + axis + " pour " + quoted(item.shown) + "."),
      "choix axe-" + code + (isHere && isLeaning ? " penche" : ""), isLeaning ? {} : { "aria-pressed": String(isHere) }));
    }
    return row;
  }
  function ticked(box) { return [...box.querySelectorAll("input[type=checkbox]:checked")].map((tick) => review.items.get(tick.value)); }
  function anchors(items) { return items.map((item) => item.anchor); }

  function doubt(item) { return "à relire" + (item.doubt ? "\u00a0: " + item.doubt : ""); }

  function talk(one, id, target, before) { // a word to the others who review
    const box = make("div", "", "commentaires");
    for (const comment of one.comments) {
      const told = make("p", comment.text + " ");
      told.prepend(make("strong", comment.author), "\u00a0: ");
      box.append(told);
    }
    const [label, text] = field("textarea", "mot-" + id, "Un mot aux autres qui relisent", { rows: "2", maxlength: "2000" });
    box.append(label, text, button("commenter-" + id, "Commenter", "", () => {
      const said = text.value.trim();
      if (!said) { say("Écrivez d’abord un commentaire."); return; }
      text.value = "";
      act("commenter", target, before, { text: said }, "votre commentaire.");
    }));
    return box;
  }

  function parole(item, key) {
    const row = make("li", "", "parole axe-" + item.axis);
    const tick = make("input", "", "", { type: "checkbox", value: item.id, id: "coche-" + key + item.id, "aria-label": "Cocher : " + cut(item.shown, 120) });
    const body = make("div");
    body.append(...words(item, key + item.id), axes(item, key + item.id, false));
    const details = make("p", "", "details");
    if (item.isDoubtful) details.append(make("span", doubt(item), "etat etat-a_revoir"));
    if (item.comments.length) details.append(make("span", count(item.comments.length, "commentaire"), "position"));
    if (key === "s" && item.group) details.append(make("span", review.groups.get(item.group).title, "aide"));
    if (details.children.length) body.append(details);
    row.append(tick, body);
    return row;
  }

  // a group -------------------------------------------------------------------------------------------------

  function verdicts(group) {
    const row = make("div", "", "verdict");
    for (const [op, word, key, cls] of BUTTONS) {
      const isOn = group.state === VERDICTS[op];
      const done = isOn ? "rouvrir" : op; // by the button alone: a key pressed twice undoes nothing
      row.append(button(op + "-" + group.id, word, isOn ? "" : key, () =>
        act(done, { groups: [group.id] }, { members: review.membersOf(group), value: group.state }, {}, quoted(group.title) + ", " + data.states[VERDICTS[done]] + "."),
      cls, { "aria-pressed": String(isOn), "aria-label": word + " : " + group.title }));
    }
    return row;
  }
  function renaming(group) {
    const form = make("form", "", "renommer");
    const [label, title] = field("input", "titre-" + group.id, "Titre du groupe", { maxlength: "300", value: group.title });
    label.className = "cache";
    label.dataset.key = "t";
    form.append(label, title, make("button", "Renommer", "discret", { id: "renommer-" + group.id }));
    if (review.hasDoubtfulTitle(group)) title.setAttribute("aria-describedby", "doute-" + group.id);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const wanted = title.value.trim();
      if (wanted && wanted !== group.title) act("rename", { groups: [group.id] }, { members: review.membersOf(group), value: group.title }, { title: wanted }, "le groupe s’appelle " + quoted(wanted) + ".");
    });
    return form;
  }
  function tools(group, list) {
    const box = make("fieldset", "", "outils");
    box.append(make("legend", "Avec les paroles cochées"));
    const need = (then) => () => { const items = ticked(list); if (items.length) then(items); else say("Cochez d’abord une ou plusieurs paroles."); };
    const [newLabel, newTitle] = field("input", "separer-titre-" + group.id, "Nouveau groupe", { maxlength: "300", placeholder: "son titre" });
    box.append(newLabel, line(newTitle, button("separer-" + group.id, "Séparer", "", need((items) => {
      const title = newTitle.value.trim();
      if (!title) { say("Donnez d’abord un titre."); return; }
      newTitle.value = "";
      act("split", { groups: [group.id], items: anchors(items) }, { members: review.membersOf(group), value: group.title }, { title }, quoted(title) + " avec " + count(items.length, "parole") + ".");
    }))));
    const others = review.siblings(group);
    const [moveLabel, moveTo] = select("destination-" + group.id, "Déplacer vers", [["", "les signaux faibles"], ...titles(others)]);
    box.append(moveLabel, line(moveTo, button("deplacer-" + group.id, "Déplacer", "", need((items) => {
      const to = review.groups.get(moveTo.value);
      act("move", { items: anchors(items) }, { members: to ? review.membersOf(to) : {}, value: group.title }, to ? { group_id: to.id } : {}, count(items.length, "parole") + " vers " + (to ? quoted(to.title) : "les signaux faibles") + ".");
    }))));
    if (others.length) box.append(...merging(group, others));
    return box;
  }
  function merging(group, others) {
    const [label, other] = select("avec-" + group.id, "Fusionner ce groupe avec", titles(others));
    const preview = make("div", "", "apercu", { id: "apercu-" + group.id, role: "status" });
    return [label, line(other, button("fusionner-" + group.id, "Aperçu", "", () => {
      const with_ = review.groups.get(other.value);
      const [titleLabel, title] = field("input", "titre-fusion-" + group.id, "Titre du groupe réuni", { maxlength: "300", value: group.title });
      const sides = make("div", "", "cote-a-cote");
      for (const one of [group, with_]) {
        const side = make("section");
        side.append(make("h3", one.title), make("p", count(one.members.size, "parole"), "chiffres"));
        const rows = make("ul", "", "exemples");
        rows.append(...review.itemsOf(one).slice(0, 8).map((item) => make("li", cut(item.shown, 160))));
        side.append(rows);
        sides.append(side);
      }
      preview.replaceChildren(make("p", "Ensemble : " + count(group.members.size + with_.members.size, "parole") + ". Rien n’est fait tant que vous n’avez pas confirmé.", "aide"), sides, titleLabel,
        line(title, button("confirmer-" + group.id, "Fusionner", "", () =>
          act("merge", { groups: [group.id, with_.id] }, { members: review.membersOf(group, with_), value: group.title }, { title: title.value.trim() || group.title }, quoted(title.value) + " réunit les deux groupes."), "bouton"),
        button("renoncer-" + group.id, "Ne pas fusionner", "", () => preview.replaceChildren())));
      title.focus();
    })), preview];
  }
  function who(group) {
    const { isFew, columns } = search.whoSays(review.itemsOf(group));
    const box = make("details", "", "qui", { id: "qui-" + group.id }), tables = make("div", "", "tableaux");
    box.append(make("summary", "Qui le dit\u202f?"));
    if (isFew) box.append(make("p", "Petits nombres\u00a0: à si peu de contributions, un écart peut tenir au hasard.", "avis"));
    box.append(make("p", "Les contributions du groupe, parmi toutes celles de l’atelier qui ont la même réponse. Ce qui n’est pas renseigné n’est pas compté.", "aide"), tables);
    for (const [title, rows] of columns) {
      const table = make("table"), body = make("tbody"), head = make("thead"), first = make("tr");
      first.append(make("th", "Réponse", "cache", { scope: "col" }), make("th", "Ici", "", { scope: "col" }), make("th", "En tout", "", { scope: "col" }));
      head.append(first);
      for (const [value, n, total] of rows.slice(0, 12)) {
        const row = make("tr");
        row.append(make("th", cut(value, 60), "", { scope: "row" }), make("td", String(n)), make("td", String(total)));
        body.append(row);
      }
      table.append(make("caption", title), head, body);
      tables.append(table);
    }
    return columns.length ? box : "";
  }
  function titleDoubt(group) { // the count of a group is not told of other members
    if (!review.hasDoubtfulTitle(group)) return [];
    const told = make("p", "", "doute");
    const doubt = group.counted === [...group.members].sort().join() ? group.titleDoubt : "titre à vérifier";
    told.append(make("span", doubt, "etat etat-a_revoir", { id: "doute-" + group.id }));
    return [told];
  }
  function groupCard(group) {
    const card = make("li", "", "carte axe-" + group.axis, { id: "groupe-" + group.id, "data-card": "", tabindex: "-1" });
    const head = make("p", "", "entete");
    head.append(chip(group.axis), badge(group.state));
    if (group.comments.length) head.append(make("span", count(group.comments.length, "commentaire"), "position"));
    if (group.isInDraft && scope !== "brouillon") head.append(make("span", "dans le brouillon", "position"));
    const open = make("details", "", "voir", { id: "paroles-" + group.id });
    open.append(make("summary", group.members.size === 1 ? "Lire la parole, corriger" : "Lire les " + group.members.size + " paroles, corriger"));
    open.addEventListener("toggle", () => {
      if (!open.open || open.children.length > 1) return;
      const list = make("ul", "", "paroles");
      list.append(...review.itemsOf(group).map((item) => parole(item, group.id)));
      open.append(list, tools(group, list), who(group), talk(group, group.id, { groups: [group.id] }, { members: review.membersOf(group) }));
    });
    const sample = make("ul", "", "exemples");
    sample.append(...review.itemsOf(group).slice(0, 2).map((item) => make("li", cut(item.shown, 150))));
    const unsure = review.itemsOf(group).filter((item) => item.isDoubtful).length;
    const told = count(group.members.size, "parole") + " · " + (unsure ? "la machine hésite sur " + unsure : "la machine est sûre de toutes");
    card.append(head, renaming(group), ...titleDoubt(group), make("p", told, "chiffres"), sample, verdicts(group), open);
    return card;
  }

  // screens -------------------------------------------------------------------------------------------------

  function cards(rows, drawRow, empty, cls) {
    const list = make("ul", "", cls || "cartes une");
    list.append(...rows.slice(0, shown[tab]).map(drawRow));
    if (!rows.length) list.append(make("li", empty, "vide"));
    const more = rows.length > shown[tab] ? [button("suite-liste", "Voir la suite (" + (rows.length - shown[tab]) + ")", "", () => { shown[tab] += SHOWN; draw(); })] : [];
    return [list, ...more];
  }
  const heading = (title, lead) => [make("h1", title), make("p", lead, "chapeau")];

  // the filters of the search, whose counts follow; `fill` shows what they leave and returns these counts
  function filtering(fill) {
    const box = make("div", "", "filtres", { role: "search" }), lists = [];
    const place = (cls, ...elements) => { const one = make("div", "", cls); one.append(...elements); box.append(one); };
    const update = () => {
      const counts = fill();
      for (const [list, name, names] of lists) {
        const chosen = name === "axe" ? wanted.axis : wanted.chosen[name] || "";
        const values = Object.keys(names).filter((value) => counts[name].has(value) || value === chosen);
        list.replaceChildren(new Option("tout", ""), ...values.map((value) => new Option(names[value] + " (" + (counts[name].get(value) || 0) + ")", value, false, value === chosen)));
      }
    };
    const listen = (element, event, set) => element.addEventListener(event, () => { set(element.value); shown.paroles = SHOWN; update(); });
    const [label, query] = field("input", "chercher", "Chercher", { type: "search", value: wanted.query });
    listen(query, "input", (value) => { wanted.query = value; });
    place("large", label, query);
    const [kindLabel, kind] = select("montrer", "Montrer", Object.entries(data.search.kinds), wanted.kind);
    listen(kind, "change", (value) => { wanted.kind = value; });
    place("", kindLabel, kind);
    const choices = [["axe", "Axe", data.axes], ...data.search.columns.map(([key, name]) => [key, name, Object.fromEntries(Object.keys(data.search.totals[key]).sort((a, b) => a.localeCompare(b, "fr", { numeric: true })).map((value) => [value, value]))])];
    choices.forEach(([key, name, names], rank) => {
      const [title, list] = field("select", "filtre-" + rank, name);
      listen(list, "change", (value) => { if (key === "axe") wanted.axis = value; else wanted.chosen[key] = value; });
      lists.push([list, key, names]);
      place("", title, list);
    });
    const [votesLabel, votes] = field("input", "votes", "Votes, au moins", { type: "number", min: "0", value: wanted.votes || "" });
    listen(votes, "input", (value) => { wanted.votes = Number(value) || 0; });
    place("etroit", votesLabel, votes);
    update();
    return box;
  }

  const SCREENS = {
    brouillon() {
      const article = make("article", "", "brouillon", { "aria-label": "Brouillon de la restitution" });
      article.append(make("h1", "Le brouillon, en une page"));
      for (const section of data.draft) {
        const part = make("section", "", "partie");
        part.append(make("h2", section.title), ...section.paragraphs.map(({ lead, text }) => { const told = make("p"); told.append(...(lead ? [make("strong", lead)] : []), text); return told; }));
        article.append(part);
      }
      const side = make("aside", "", "cote", { "aria-label": "La rose et la suite" });
      if (data.rose.heart) side.append(make("img", "", "coeur", { src: data.rose.heart, alt: data.rose.heartTold }));
      const next = review.inDraft().find((group) => !["accepte", "rejete"].includes(group.state));
      const advice = "Relisez les groupes de ce brouillon, puis ce sur quoi la machine hésite. À la fin, téléchargez vos décisions et renvoyez le fichier.";
      side.append(make("h2", "La suite"), make("p", advice));
      if (next) side.append(button("commencer", "Relire les groupes", "", () => open("groupes"), "bouton"));
      const columns = make("div", "", "deux-colonnes");
      const told = make("div");
      told.append(article);
      if (data.rose.whole) {
        const rose = make("figure", "", "rose", { tabindex: "0", role: "group", "aria-label": "La rose de l’atelier" });
        rose.append(make("img", "", "", { src: data.rose.whole, alt: data.rose.told }));
        told.append(rose);
      }
      columns.append(told, side);
      return [columns];
    },
    groupes() {
      const [label, choice] = select("portee", "Montrer", [["brouillon", "les groupes du brouillon"], ["tous", "tous les groupes"], ["titres", "ceux dont le titre est à revoir"]], scope);
      choice.addEventListener("change", () => { scope = choice.value; draw(); });
      const box = make("div", "", "filtres");
      box.append(make("div"));
      box.firstChild.append(label, choice);
      const all = scope === "brouillon" ? review.inDraft() : [...review.groups.values()];
      const rows = byAxis(scope === "titres" ? all.filter((group) => review.hasDoubtfulTitle(group)) : all);
      return [...heading("Les groupes", "Un groupe rassemble des paroles qui disent la même chose. Lisez, corrigez le titre, puis acceptez ; ou laissez « à revoir » à quelqu’un d’autre."), box, ...cards(rows, groupCard, "Aucun groupe.")];
    },
    relire() {
      return [...heading("À relire", "La machine hésite sur ces paroles ; celles qui changent le plus le brouillon viennent d’abord. Dites sur quel axe va chacune."), ...cards(review.doubtful(), (item) => {
        const card = make("li", "", "carte axe-" + item.axis, { id: "relire-" + item.id, "data-card": "", tabindex: "-1" });
        card.append(...words(item, "r" + item.id, true), make("p", doubt(item), "aide"), axes(item, "r" + item.id, true));
        return card;
      }, "Il n’en reste aucune : merci.")];
    },
    liens() {
      return [...heading("Liens", "Ce qui répond à un obstacle, s’oppose à une proposition ou l’appuie. Dites si le lien est juste : un lien faux n’apparaît pas dans le texte."), ...cards(review.bundles(), (pairs) => {
        const { link, ends } = pairs[0];
        const id = link.from_item + "-" + link.to_item;
        const card = make("li", "", "lien", { id: "lien-" + id, "data-card": "", tabindex: "-1" });
        const end = (item) => { const group = review.groups.get(item.group); const bout = make("p", "", "bout axe-" + item.axis); bout.append(make(group ? "strong" : "span", cut(group ? group.title : item.shown, 160))); return bout; };
        const target = { links: pairs.map((pair) => ({ from_item: pair.ends[0].anchor, to_item: pair.ends[1].anchor, kind: link.kind })) };
        const row = make("div", "", "verdict");
        for (const [state, word, key, cls] of [["juste", "Juste", "a", "oui"], ["faux", "Faux", "x", ""]]) {
          const isOn = pairs.every((pair) => pair.link.state === state);
          row.append(button(state + "-" + id, word, key, () => act("link", target, {}, { state }, "lien " + state + "."), cls, { "aria-pressed": String(isOn) }));
        }
        card.append(end(ends[0]), make("span", data.linkKinds[link.kind], "fleche"), end(ends[1]), row);
        return card;
      }, "Aucun lien.", "liste-liens")];
    },
    paroles() {
      const columns = make("div", "", "atelier"), left = make("div"), total = make("p", "", "total", { role: "status" });
      let list = [];
      const fill = () => {
        const found = search.find(review.items.values(), wanted);
        total.textContent = count(found.items.length, "parole");
        list = cards(found.items, (item) => parole(item, "s"), "Aucune parole ne répond à cette recherche. Essayez un mot de moins, ou un filtre de moins.", "paroles");
        left.replaceChildren(...list);
        return found.counts;
      };
      const filters = filtering(fill);
      const box = make("fieldset", "", "outils gestes");
      const [label, title] = field("input", "creer-titre", "Créer un groupe", { maxlength: "300", placeholder: "son titre" });
      const [axisLabel, axis] = select("creer-axe", "sur l’axe", Object.entries(data.axes).filter(([code]) => code !== "hors_axe"));
      const [toLabel, to] = select("ajouter-a", "Ajouter à un groupe", titles(byAxis(review.groups.values())));
      const need = (then) => () => { const items = ticked(list[0]); if (items.length) then(items); else say("Cochez d’abord une ou plusieurs paroles."); };
      box.append(make("legend", "Avec les paroles cochées"), label, title, axisLabel, line(axis, button("creer", "Créer", "", need((items) => {
        const wanted = title.value.trim();
        if (!wanted) { say("Donnez d’abord un titre."); return; }
        title.value = "";
        act("create", { items: anchors(items) }, {}, { title: wanted, axis: axis.value }, quoted(wanted) + " avec " + count(items.length, "parole") + ".");
      }))), toLabel, line(to, button("ajouter", "Ajouter", "", need((items) => {
        const group = review.groups.get(to.value);
        act("move", { items: anchors(items) }, { members: review.membersOf(group) }, { group_id: group.id }, count(items.length, "parole") + " dans " + quoted(group.title) + ".");
      }))));
      columns.append(left, box);
      return [...heading("Les paroles", "Toutes les paroles, à commencer par les signaux faibles\u00a0: ce que personne d’autre n’a dit. Les accents et les accords ne comptent pas. Cochez pour créer un groupe ou rejoindre un groupe existant."), filters, total, columns];
    },
    noms() {
      return [...heading("Noms à vérifier", "Ces mots ressemblent à des noms de personnes. Un nom masqué n’apparaît ni dans la restitution, ni dans ses annexes, ni dans « Retrouver ma parole »."), ...cards(data.names, (found) => {
        const card = make("li", "", "carte", { id: "nom-" + found.name, "data-card": "", tabindex: "-1" });
        card.append(make("h2", found.name), ...found.places.map((text) => make("p", text, "mots")));
        const said = review.names.get(found.name);
        if (said) card.append(make("p", said, "etat etat-accepte"));
        const row = make("div", "", "verdict");
        const mask = (value, told) => () => act("mask", { items: [found.anchor] }, {}, { value, text: found.name }, told);
        row.append(button("masquer-" + found.name, "Masquer partout", "x", mask(true, quoted(found.name) + " est masqué partout.")), button("garder-" + found.name, "Ce n’est pas un nom", "a", mask(false, quoted(found.name) + " est gardé.")));
        card.append(row);
        return card;
      }, "Aucun nom à vérifier.")];
    },
  };

  function open(wanted) {
    tab = wanted;
    say("");
    draw();
    window.scrollTo(0, 0);
    at("contenu").focus({ preventScroll: true });
  }

  function draw() {
    const all = () => [...document.querySelectorAll("#contenu [data-card]")];
    const focus = document.activeElement && document.activeElement.id;
    const card = document.activeElement && document.activeElement.closest("[data-card]");
    const rank = card ? all().indexOf(card) : -1;
    const opened = [...document.querySelectorAll("#contenu details[open]")].map((details) => details.id).filter(Boolean);
    const typed = [...document.querySelectorAll("#contenu input[id]:not([type=checkbox]), #contenu textarea[id]")].filter((input) => input.value !== input.defaultValue).map((input) => [input.id, input.value]);
    const y = window.scrollY;
    at("contenu").replaceChildren(...SCREENS[tab]());
    for (const id of opened) { const details = at(id); if (details) { details.open = true; details.dispatchEvent(new Event("toggle")); } }
    for (const [id, value] of typed) { const input = at(id); if (input) input.value = value; }
    frame();
    window.scrollTo(0, y);
    const next = all()[Math.min(rank, all().length - 1)];
    const target = (focus && at(focus)) || (rank >= 0 ? next : null);
    if (target) target.focus({ preventScroll: true });
  }

  function frame() {
    const groups = review.inDraft();
    const done = groups.filter((group) => ["accepte", "rejete"].includes(group.state)).length;
    at("avancee-mots").textContent = done + (done > 1 ? " groupes" : " groupe") + " du brouillon " + (done > 1 ? "relus" : "relu") + " sur " + groups.length;
    at("avancee").max = groups.length || 1;
    at("avancee").value = done;
    at("annuler").disabled = !review.undoable();
    at("retablir").disabled = !review.redoable();
    at("telecharger").disabled = review.acts.length === 0;
    at("compte-decisions").textContent = count(review.nStanding(), "décision gardée", "décisions gardées") + " dans ce navigateur.";
    for (const each of document.querySelectorAll(".onglets [data-tab]")) {
      if (each.dataset.tab === tab) each.setAttribute("aria-current", "page"); else each.removeAttribute("aria-current");
    }
    at("compte-relire").textContent = review.doubtful().length;
    at("compte-noms").textContent = [...review.names.values()].filter((said) => !said).length;
  }

  function reverse(op, told) {
    const one = op === "undo" ? review.undoable() : review.redoable();
    if (!one) return;
    review.add(name.value.trim() || "Relecture", op, { decision_id: one.decision_id }, {}, {});
    say(told);
    keep();
    draw();
  }

  at("annuler").addEventListener("click", () => reverse("undo", "C’est annulé."));
  at("retablir").addEventListener("click", () => reverse("redo", "C’est rétabli."));
  for (const each of document.querySelectorAll(".onglets [data-tab]")) each.addEventListener("click", () => open(each.dataset.tab));
  name.addEventListener("change", keep); // without drawing again: the next field may just have been entered
  at("telecharger").addEventListener("click", () => {
    const text = review.acts.map((one) => JSON.stringify(one)).join("\n") + "\n";
    const link = make("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/jsonl" }));
    link.download = "mes-decisions-" + data.identity + ".jsonl";
    link.click();
    URL.revokeObjectURL(link.href);
    say("Le fichier est téléchargé : renvoyez-le à la personne qui vous a envoyé cette page.");
  });
  load();
  draw();
})();
