// Chercher dans les paroles et dire qui les dit, sans connexion. Mêmes règles que pipeline/review/finding.py ;
// l’infinitif des verbes conjugués est donné avec la page, qui n’a pas de lexique.
"use strict";
class Search {
  constructor(data) {
    Object.assign(this, data);
    this.stopped = new Set(data.stop);
    this.known = new Map(); // text → its stems, and its folded words behind spaces
  }

  fold(text) { return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/œ/g, "oe").replace(/æ/g, "ae"); }
  words(text) { return this.fold(text).match(/\p{L}+(?:-\p{L}+)*|\d+/gu) || []; }

  stem(word) {
    if (word.endsWith("aux") && word.length > 5) word = word.endsWith("eaux") ? word.slice(0, -1) : word.slice(0, -2) + "l";
    else if (word.length > 3 && /[sx]$/.test(word) && word[word.length - 2] !== "s") word = word.slice(0, -1);
    const ending = this.endings.find((one) => word.endsWith(one) && word.length - one.length >= 4);
    return !ending || (ending === "ent" && word.endsWith("ment")) ? word : word.slice(0, -ending.length);
  }
  stems(word) { return Object.hasOwn(this.forms, word) ? [this.stem(word), this.forms[word]] : [this.stem(word)]; }

  keys(text) {
    if (!this.known.has(text)) {
      const words = this.words(text);
      this.known.set(text, { stems: new Set(words.flatMap((word) => this.stems(word))), folded: words.map((word) => " " + word).join("") });
    }
    return this.known.get(text);
  }

  matcher(query) {
    const words = this.words(query), telling = words.filter((word) => !this.stopped.has(word));
    const asked = (telling.length ? telling : words).map((word) => [this.stems(word), " " + word]);
    return (text) => {
      const { stems, folded } = this.keys(text);
      return asked.every(([wanted, start]) => wanted.some((stem) => stems.has(stem)) || folded.includes(start));
    };
  }

  isOfKind(item, kind) {
    if (kind === "signaux") return !item.group && item.axis !== "hors_axe";
    if (kind === "hors_axe") return item.axis === "hors_axe";
    return kind !== "a_relire" || item.isDoubtful;
  }

  // the items wanted, and for each filter how many each of its values would leave
  find(items, wanted) {
    const holds = this.matcher(wanted.query), found = [];
    const counts = Object.fromEntries(["axe", ...this.columns.map(([key]) => key)].map((name) => [name, new Map()]));
    for (const item of items) {
      if (wanted.votes > item.votes || !this.isOfKind(item, wanted.kind) || !holds(item.shown)) continue;
      const failed = Object.entries(wanted.chosen).filter(([key, value]) => value && (item.known[key] || "") !== value).map(([key]) => key);
      if (wanted.axis && item.axis !== wanted.axis) failed.push("axe");
      if (!failed.length) found.push(item);
      for (const [name, count] of Object.entries(counts)) {
        const value = name === "axe" ? item.axis : item.known[name] || "";
        if (failed.every((one) => one === name)) count.set(value, (count.get(value) || 0) + 1);
      }
    }
    return { items: found, counts };
  }

  // column → [value, contributions of the group, contributions in all]
  whoSays(items) {
    const own = new Map(items.map((item) => [item.anchor.contribution_id, item.known]));
    const columns = this.columns.map(([key, name]) => {
      const counts = new Map();
      for (const known of own.values()) if (known[key]) counts.set(known[key], (counts.get(known[key]) || 0) + 1);
      const rows = [...counts].map(([value, n]) => [value, n, this.totals[key][value]]);
      return [name, rows.sort((a, b) => b[1] - a[1] || b[1] / b[2] - a[1] / a[2] || (a[0] < b[0] ? -1 : 1))];
    });
    return { isFew: own.size < this.few, columns: columns.filter(([, rows]) => rows.length) };
  }
}
