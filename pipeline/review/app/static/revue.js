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
  const shown = { brouillon: SHOWN, groupes: SHOWN, relire: 10, liens: 10, reste: SHOWN, noms: SHOWN };
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

  function parole(item, key) {
    const row = make("li", "", "parole axe-" + item.axis);
    const tick = make("input", "", "", { type: "checkbox", value: item.id, id: "coche-" + key + item.id, "aria-label": "Cocher : " + cut(item.shown, 120) });
    const body = make("div");
    body.append(...words(item, key + item.id), axes(item, key + item.id, false));
    if (item.isDoubtful) body.append(make("span", doubt(item), "etat etat-a_revoir"));
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
    form.append(label, title, make("button", "Renommer", "discret", { id: "renommer-" + group.id }));
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
  function groupCard(group) {
    const card = make("li", "", "carte axe-" + group.axis, { id: "groupe-" + group.id, "data-card": "", tabindex: "-1" });
    const head = make("p", "", "entete");
    head.append(chip(group.axis), badge(group.state));
    if (group.isInDraft && scope !== "brouillon") head.append(make("span", "dans le brouillon", "position"));
    const open = make("details", "", "voir", { id: "paroles-" + group.id });
    open.append(make("summary", group.members.size === 1 ? "Lire la parole, corriger" : "Lire les " + group.members.size + " paroles, corriger"));
    open.addEventListener("toggle", () => {
      if (!open.open || open.children.length > 1) return;
      const list = make("ul", "", "paroles");
      list.append(...review.itemsOf(group).map((item) => parole(item, group.id)));
      open.append(list, tools(group, list));
    });
    const sample = make("ul", "", "exemples");
    sample.append(...review.itemsOf(group).slice(0, 2).map((item) => make("li", cut(item.shown, 150))));
    const unsure = review.itemsOf(group).filter((item) => item.isDoubtful).length;
    const told = count(group.members.size, "parole") + " · " + (unsure ? "la machine hésite sur " + unsure : "la machine est sûre de toutes");
    card.append(head, renaming(group), make("p", told, "chiffres"), sample, verdicts(group), open);
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
      if (data.rose) side.append(make("img", "", "rose", { src: data.rose, alt: data.roseAlt }));
      const next = review.inDraft().find((group) => !["accepte", "rejete"].includes(group.state));
      const advice = "Relisez les groupes de ce brouillon, puis ce sur quoi la machine hésite. À la fin, téléchargez vos décisions et renvoyez le fichier.";
      side.append(make("h2", "La suite"), make("p", advice));
      if (next) side.append(button("commencer", "Relire les groupes", "", () => open("groupes"), "bouton"));
      const columns = make("div", "", "deux-colonnes");
      columns.append(article, side);
      return [columns];
    },
    groupes() {
      const [label, choice] = select("portee", "Montrer", [["brouillon", "les groupes du brouillon"], ["tous", "tous les groupes"]], scope);
      choice.addEventListener("change", () => { scope = choice.value; draw(); });
      const box = make("div", "", "filtres");
      box.append(make("div"));
      box.firstChild.append(label, choice);
      const rows = byAxis(scope === "brouillon" ? review.inDraft() : review.groups.values());
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
    reste() {
      const list = cards(review.weak(), (item) => parole(item, "s"), "Rien ici.", "paroles");
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
      const columns = make("div", "", "atelier"), left = make("div");
      left.append(...list);
      columns.append(left, box);
      return [...heading("Le reste", "Ce que personne d’autre n’a dit. Cochez pour créer un groupe ou rejoindre un groupe existant."), columns];
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
    const typed = [...document.querySelectorAll("#contenu input[id]:not([type=checkbox])")].filter((input) => input.value !== input.defaultValue).map((input) => [input.id, input.value]);
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
