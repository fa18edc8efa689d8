// L’état de la relecture sans connexion : les actes, rejoués dans l’ordre sur ce que la machine a lu.
// Mêmes règles que pipeline/review/log/ops.py ; le fichier téléchargé y est rejoué à l’import.
"use strict";
const VERDICTS = { accept: "accepte", revoir: "a_revoir", reject: "rejete", rouvrir: "machine" };

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function placeOf(anchor) { return anchor.contribution_id + "|" + anchor.start; }

class Review {
  constructor(data, acts) {
    this.data = data;
    this.acts = acts;
    this.replay();
  }

  // acts --------------------------------------------------------------------------------------------------

  add(author, op, target, before, after) {
    const id = newId();
    if (op === "split" || op === "create") after.group_id = "g-" + id.slice(0, 12);
    const ts = new Date().toISOString().slice(0, 19) + "+00:00";
    const act = { decision_id: id, ts, author, op, target, before, after };
    this.acts.push(act);
    this.replay();
    return act;
  }

  undoneIds() {
    const undone = new Set();
    for (const act of this.acts) {
      if (act.op === "undo") undone.add(act.target.decision_id);
      if (act.op === "redo") undone.delete(act.target.decision_id);
    }
    return undone;
  }

  undoable() {
    const undone = this.undoneIds();
    return this.acts.filter((act) => act.op !== "undo" && act.op !== "redo" && !undone.has(act.decision_id)).pop();
  }

  redoable() {
    const undone = this.undoneIds();
    for (const act of [...this.acts].reverse()) {
      if (act.op !== "undo" && act.op !== "redo") return undefined;
      const id = act.target.decision_id;
      if (act.op === "undo" && undone.has(id)) return this.acts.find((one) => one.decision_id === id);
    }
    return undefined;
  }

  nStanding() {
    const undone = this.undoneIds();
    return this.acts.filter((act) => act.op !== "undo" && act.op !== "redo" && !undone.has(act.decision_id)).length;
  }

  // state -------------------------------------------------------------------------------------------------

  replay() {
    this.items = new Map(this.data.items.map((item) => [item.id, { ...item, comments: [...item.comments] }]));
    this.groups = new Map(this.data.groups.map((group) => [group.id, { ...group, comments: [...group.comments], members: new Set() }]));
    this.links = this.data.links.map((link) => ({ ...link }));
    this.names = new Map(this.data.names.map((name) => [name.name, ""]));
    this.byPlace = new Map([...this.items.values()].map((item) => [placeOf(item.anchor), item]));
    for (const item of this.items.values()) if (item.group) this.groups.get(item.group).members.add(item.id);
    for (const group of this.groups.values()) group.counted = [...group.members].sort().join();
    const undone = this.undoneIds();
    for (const act of this.acts) if (!undone.has(act.decision_id)) this.apply(act);
  }

  apply(act) {
    const { op, target, after } = act;
    const items = (target.items || []).map((anchor) => this.byPlace.get(placeOf(anchor))).filter(Boolean);
    const groups = (target.groups || []).map((id) => this.groups.get(id)).filter(Boolean);
    if (VERDICTS[op]) groups.forEach((group) => { group.state = VERDICTS[op]; });
    if (op === "rename") groups.forEach((group) => { group.title = after.title; group.titleDoubt = ""; });
    if (op === "set_axis") items.forEach((item) => this.setAxis(item, after.axis));
    if (op === "mask") this.names.set(after.text, after.value ? "masqué" : "gardé");
    if (op === "commenter") [...items, ...groups].forEach((one) => one.comments.push({ decision_id: act.decision_id, author: act.author, ts: act.ts, text: after.text }));
    if (op === "move") items.forEach((item) => this.put(item, after.group_id || null));
    if (op === "merge") {
      const [kept, ...others] = groups;
      for (const other of others) {
        kept.comments.push(...other.comments);
        [...other.members].forEach((id) => this.put(this.items.get(id), kept.id));
      }
      if (after.title && after.title !== kept.title) kept.titleDoubt = "";
      if (after.title) kept.title = after.title;
    }
    if (op === "split" || op === "create") {
      const axis = op === "split" ? groups[0].axis : after.axis;
      const isInDraft = op === "split" && groups[0].isInDraft;
      this.groups.set(after.group_id, { id: after.group_id, axis, title: after.title, state: "machine", isInDraft, comments: [], members: new Set() });
      items.forEach((item) => this.put(item, after.group_id));
    }
    if (op === "link") {
      const wanted = new Set(target.links.map((link) => placeOf(link.from_item) + " " + placeOf(link.to_item)));
      for (const link of this.links) {
        const ends = [link.from_item, link.to_item].map((id) => placeOf(this.items.get(id).anchor)).join(" ");
        if (wanted.has(ends)) link.state = after.state;
      }
    }
  }

  setAxis(item, axis) {
    if (item.group && this.groups.get(item.group).axis !== axis) this.take(item);
    item.axis = axis;
    item.isDoubtful = false;
  }

  take(item) { // out of its group; an empty group goes away
    if (!item.group) return;
    const group = this.groups.get(item.group);
    group.members.delete(item.id);
    if (group.members.size === 0) this.groups.delete(group.id);
    item.group = null;
  }

  put(item, groupId) {
    if (item.group === groupId || (groupId === null && item.axis === "hors_axe")) return;
    if (groupId) this.groups.get(groupId).members.add(item.id);
    this.take(item);
    item.group = groupId;
    const axis = groupId ? this.groups.get(groupId).axis : item.axis;
    if (axis !== item.axis) { item.axis = axis; item.isDoubtful = false; }
  }

  // what the screens show ---------------------------------------------------------------------------------

  itemsOf(group) { return [...group.members].map((id) => this.items.get(id)); }
  membersOf(...groups) { return Object.fromEntries(groups.map((group) => [group.id, [...group.members]])); }
  siblings(group) { return [...this.groups.values()].filter((other) => other.axis === group.axis && other.id !== group.id); }
  inDraft() {
    const found = [...this.groups.values()].filter((group) => group.isInDraft);
    return found.length ? found : [...this.groups.values()];
  }
  hasDoubtfulTitle(group) { return Boolean(group.titleDoubt) && !["accepte", "rejete"].includes(group.state); }
  doubtful() {
    const effect = (item) => { const group = this.groups.get(item.group); return item.isCited ? 0 : group && group.isInDraft ? 1 : 2; };
    return [...this.items.values()].filter((item) => item.isDoubtful).sort((a, b) => effect(a) - effect(b));
  }

  bundles() { // links by pair of groups, as on the page
    const found = new Map();
    for (const link of this.links) {
      const ends = [this.items.get(link.from_item), this.items.get(link.to_item)];
      const key = link.kind + " " + ends.map((item) => item.group || item.id).join(" ");
      if (!found.has(key)) found.set(key, []);
      found.get(key).push({ link, ends });
    }
    const weight = (pairs) => { const group = this.groups.get(pairs[0].ends[1].group); return group && group.isInDraft ? 0 : 1; };
    return [...found.values()].sort((a, b) => weight(a) - weight(b) || b.length - a.length);
  }
}
