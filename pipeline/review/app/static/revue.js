"use strict";
(function () {
  const data = JSON.parse(document.getElementById("donnees").textContent);
  const KEY = "rosace-revue-" + data.identity;
  const list = document.getElementById("groupes");
  const name = document.getElementById("prenom");
  const VERDICTS = [["accept", "Accepter", "accepte"], ["revoir", "À revoir", "a_revoir"], ["reject", "Rejeter", "rejete"]];
  let acts = [];

  try {
    const kept = JSON.parse(localStorage.getItem(KEY) || "{}");
    acts = kept.acts || [];
    name.value = kept.name || "";
  } catch (error) {
    say("Ce navigateur ne garde rien : téléchargez vos décisions avant de fermer.");
  }

  function say(text) { document.getElementById("dit").textContent = text; }

  function save() {
    keep();
    draw();
  }

  function keep() {
    try {
      localStorage.setItem(KEY, JSON.stringify({ acts, name: name.value }));
    } catch (error) {
      say("Ce navigateur ne garde rien : téléchargez vos décisions avant de fermer.");
    }
  }

  function make(kind, text, cls) {
    const element = document.createElement(kind);
    if (text) element.textContent = text;
    if (cls) element.className = cls;
    return element;
  }

  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function act(op, target, before, after, told) {
    acts.push({
      decision_id: newId(), ts: new Date().toISOString().slice(0, 19) + "+00:00",
      author: name.value.trim() || "Relecture", op, target, before, after,
    });
    save();
    say(told);
  }

  function membersOf(group) {
    const members = {};
    members[group.id] = group.items.map((item) => item.id);
    return members;
  }

  // what the acts make of a group or an item, in order
  function titleOf(group) {
    return acts.filter((a) => a.op === "rename" && a.target.groups[0] === group.id).reduce((_, a) => a.after.title, group.title);
  }
  function stateOf(group) {
    const ops = Object.fromEntries(VERDICTS.map((row) => [row[0], row[2]]));
    return acts.filter((a) => ops[a.op] && a.target.groups && a.target.groups[0] === group.id).reduce((_, a) => ops[a.op], group.state);
  }
  function axisOf(item) {
    const isIts = (a) => a.op === "set_axis" && a.target.items[0].contribution_id === item.anchor.contribution_id && a.target.items[0].start === item.anchor.start;
    return acts.filter(isIts).reduce((_, a) => a.after.axis, item.axis);
  }

  function drawItem(item) {
    const row = make("li", "", "parole axe-" + axisOf(item));
    const body = make("div");
    body.append(make("p", item.shown.length > 600 ? item.shown.slice(0, 600) + " […]" : item.shown, "mots"));
    const line = make("p", "", "details");
    const label = make("label", "Axe de cette parole", "cache");
    const select = make("select");
    select.id = "axe-" + item.id;
    label.htmlFor = select.id;
    for (const [code, axis] of Object.entries(data.axes)) {
      const option = make("option", axis);
      option.value = code;
      option.selected = code === axisOf(item);
      select.append(option);
    }
    select.addEventListener("change", () => {
      act("set_axis", { items: [item.anchor] }, { value: item.axis }, { axis: select.value }, "C’est gardé : axe " + data.axes[select.value] + ".");
    });
    line.append(label, select);
    if (item.isDoubtful) line.append(make("span", "à relire", "etat etat-a_revoir"));
    const more = make("details");
    more.append(make("summary", "Contexte et source"), make("p", item.context), make("p", item.source, "source"));
    body.append(line, more);
    row.append(body);
    return row;
  }

  function drawGroup(group) {
    const card = make("li", "", "carte axe-" + group.axis);
    card.id = "groupe-" + group.id;
    const head = make("p", "", "entete");
    head.append(make("span", data.axes[group.axis], "puce axe-" + group.axis), make("span", data.states[stateOf(group)], "etat etat-" + stateOf(group)));
    if (group.isInDraft) head.append(make("span", "dans le brouillon", "position"));
    const form = make("form", "", "renommer");
    const label = make("label", "Titre du groupe", "cache");
    const field = make("input");
    field.defaultValue = titleOf(group);
    field.id = "titre-" + group.id;
    field.maxLength = 300;
    label.htmlFor = field.id;
    form.append(label, field, make("button", "Renommer", "discret"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const title = field.value.trim();
      if (title && title !== titleOf(group)) act("rename", { groups: [group.id] }, { members: membersOf(group), value: titleOf(group) }, { title }, "C’est gardé : le groupe s’appelle « " + title + " ».");
    });
    const verdict = make("div", "", "verdict");
    for (const [op, word, state] of VERDICTS) {
      const button = make("button", word);
      button.id = op + "-" + group.id;
      button.setAttribute("aria-label", word + " : " + titleOf(group));
      button.setAttribute("aria-pressed", String(stateOf(group) === state));
      button.addEventListener("click", () => act(op, { groups: [group.id] }, { members: membersOf(group), value: stateOf(group) }, {}, "C’est gardé : « " + titleOf(group) + " », " + data.states[state] + "."));
      verdict.append(button);
    }
    const words = make("details");
    words.id = "paroles-" + group.id;
    const n = group.items.length;
    words.append(make("summary", n === 1 ? "Lire la parole" : "Lire les " + n + " paroles"));
    const inside = make("ul", "", "paroles");
    words.append(inside);
    words.addEventListener("toggle", () => { if (words.open && !inside.children.length) inside.append(...group.items.map(drawItem)); });
    card.append(head, form, verdict, words);
    return card;
  }

  function draw() {
    const focus = document.activeElement && document.activeElement.id;
    const open = [...document.querySelectorAll("details[open]")].map((details) => details.id).filter(Boolean);
    const typed = [...list.querySelectorAll("input")].filter((field) => field.value !== field.defaultValue);
    list.replaceChildren(...data.groups.map(drawGroup));
    for (const id of open) { const details = document.getElementById(id); if (details) details.open = true; }
    for (const old of typed) { // a title being written when something else was decided
      const field = document.getElementById(old.id);
      if (field) field.value = old.value;
    }
    const isDone = (group) => ["accepte", "rejete"].includes(stateOf(group));
    const inDraft = data.groups.filter((group) => group.isInDraft);
    const counted = inDraft.length ? inDraft : data.groups;
    const done = counted.filter(isDone).length;
    document.getElementById("avancee-mots").textContent = done + (done > 1 ? " groupes relus sur " : " groupe relu sur ") + counted.length;
    const bar = document.getElementById("avancee");
    bar.max = counted.length || 1;
    bar.value = done;
    document.getElementById("annuler").disabled = acts.length === 0;
    document.getElementById("telecharger").disabled = acts.length === 0;
    if (focus && document.getElementById(focus)) document.getElementById(focus).focus();
  }

  document.getElementById("annuler").addEventListener("click", () => { acts.pop(); save(); say("C’est annulé."); });
  name.addEventListener("change", keep); // without drawing again: the next field may just have been entered
  document.getElementById("telecharger").addEventListener("click", () => {
    const text = acts.map((one) => JSON.stringify(one)).join("\n") + "\n";
    const link = make("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/jsonl" }));
    link.download = "mes-decisions-" + data.identity + ".jsonl";
    link.click();
    URL.revokeObjectURL(link.href);
    say("Le fichier est téléchargé : renvoyez-le à la personne qui vous a envoyé cette page.");
  });
  draw();
})();
