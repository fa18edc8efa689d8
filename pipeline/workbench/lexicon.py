"""Builds the lexicon of `pipeline/language/lexicon/data` from public ones: genders of nouns, verbs, homographs.

    python -m pipeline.workbench.lexicon LEXIQUE LEFFF

LEXIQUE is `Lexique383.txt` (Lexique 3.83, Boris New and Christophe Pallier, CC BY-SA 4.0), which tells how frequent
each word is. LEFFF is `lefff-3.4.mlex` (Lefff 3.4, Benoît Sagot, LGPL-LR), which has every form of every verb. The same
sources give the same files, byte for byte; NOTICE says where they are published, `LGPL-LR.txt` is that licence.
"""

from __future__ import annotations

import csv
import re
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import astuple, dataclass, field, replace
from itertools import product
from pathlib import Path

from pipeline.language.lexicon.verbs import Parts, corrected_forms, finite_forms, usual_parts
from pipeline.resources import PACKAGE

DATA = PACKAGE / "language" / "lexicon" / "data"
MADE_ON = "2026-11-26"
"""When what these files say last changed: the licence of Lefff asks for the date."""
NEVER_SHARE, ONLY_SHARE = 0.07, 0.95
"""Of the uses of a form that is a verb and something else: below the first it is no verb, from the second only one."""
GENDER_SHARE = 0.9
"""A noun with two genders has the one of so much of its uses, if any."""
SMOOTHED = 0.05
"""Uses in a million words that a form is given beyond those counted: what was never met is not impossible."""
_WORD = re.compile(r"[a-zà-ÿœ]+(?:-[a-zà-ÿœ]+)*")
_TAG = re.compile(r"([A-Z]+)([123]*)([sp]?)")
_FINITE = "PIFCSY"
_LEFFF_VERBS = ("v", "auxEtre", "auxAvoir")
_OTHER_KINDS = ("nc", "adj", "adv", "prep", "csu", "coo", "det", "pro", "prel", "pri")


@dataclass
class Sources:
    """What the two lexicons say.

    Attributes
    ----------
    genders : noun → gender (`m`, `f`, or an empty text for either) → uses in a million words.
    listed : noun → genders of Lefff.
    invariable : nouns in -s, -x or -z that are singular too.
    uses : form → (as a verb, as another word), in uses in a million words of books.
    lemmas : infinitive → uses in a million words.
    cells : infinitive → form → tags of Lefff, one letter of tense with a person and a number: `P3s`.
    participles : past participles.
    others : forms that Lefff lists as something else than a verb.
    """

    genders: dict[str, defaultdict[str, float]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(float)))
    listed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    invariable: set[str] = field(default_factory=set)
    uses: dict[str, list[float]] = field(default_factory=lambda: defaultdict(lambda: [0.0, 0.0]))
    lemmas: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    cells: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    participles: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)


def read_sources(lexique: Path, lefff: Path) -> Sources:
    """Both lexicons; proper nouns, phrases and signs are left out."""
    sources = Sources()
    with lexique.open(encoding="cp1252", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            _add_lexique(sources, row)
    for line in lefff.read_text(encoding="utf-8").splitlines():
        form, kind, lemma, tag = line.split("\t")
        if _WORD.fullmatch(form) and _WORD.fullmatch(lemma) and form != "st":  # an abbreviation
            _add_lefff(sources, form, kind, lemma, tag)
    return sources


def _add_lexique(sources: Sources, row: dict[str, str]) -> None:
    form, kind = row["1_ortho"], row["4_cgram"]
    n_uses = float(row["10_freqlivres"].replace(",", "."))  # in films, half of the verbs are orders
    is_verb = kind in ("VER", "AUX")
    if is_verb:
        tags = row["11_infover"].split(";")
        finite = [tag for tag in tags if tag and not tag.startswith("par:")]
        has_participle = any(tag.startswith("par:") for tag in tags)
        sources.lemmas[row["3_lemme"]] += n_uses
        sources.uses[form][0] += n_uses * bool(finite) / (1 + has_participle)  # one count for both: half for each
        sources.uses[form][1] += n_uses * has_participle / (1 + bool(finite))
    else:
        sources.uses[form][1] += n_uses
    if kind == "NOM" and _WORD.fullmatch(form):
        _add_invariable(sources, form, row["6_nombre"] != "p")
        sources.genders[form][row["5_genre"]] += n_uses + SMOOTHED


def _add_lefff(sources: Sources, form: str, kind: str, lemma: str, tag: str) -> None:
    if kind == "nc":
        sources.listed[form].add("m" if "m" in tag else "f" if "f" in tag else "")
        _add_invariable(sources, form, "p" not in tag)
    if kind in _LEFFF_VERBS:
        match = _TAG.match(tag)
        for tense, person in product(*((match[1], match[2] or "-") if match else ("", ""))):
            if tense == "K":
                sources.participles.add(form)
            sources.cells[lemma][form].add(f"{tense}{person}{match[3] if match else ''}")
    elif kind in _OTHER_KINDS and not tag.startswith("K"):
        sources.others.add(form)


def _add_invariable(sources: Sources, noun: str, is_singular: bool) -> None:
    if is_singular and noun.endswith(("s", "x", "z")):
        sources.invariable.add(noun)


def genders(sources: Sources) -> dict[str, str]:
    """Noun → `m`, `f`, or `e` (either, as `élève`); plurals that their singular tells are left out."""
    found = {}
    for noun in sources.genders.keys() | sources.listed.keys():
        gender = _gender(sources.genders.get(noun, {}), sources.listed.get(noun, set()))
        if gender:
            found[noun] = gender
    return {
        noun: gender
        for noun, gender in found.items()
        if noun in sources.invariable or not any(found.get(singular) == gender for singular in _singulars(noun))
    }


def _gender(counted: Mapping[str, float], listed: set[str]) -> str:
    known = {gender: n for gender, n in counted.items() if gender}
    best = max(known, key=lambda gender: known[gender], default="")
    if best and known[best] >= GENDER_SHARE * sum(counted.values()):
        return best
    if len(listed) == 1:
        return next(iter(listed)) or "e"
    return "" if listed or best or not counted else "e"


def _singulars(noun: str) -> Iterator[str]:
    if noun.endswith(("s", "x")):
        yield noun[:-1]
    if noun.endswith("aux"):
        yield f"{noun[:-2]}l"


def verb_lines(sources: Sources) -> Iterator[str]:
    """A verb a line, the most frequent first: its infinitive, its parts when they are not regular, corrections."""
    for infinitive in sorted(sources.cells, key=lambda verb: (-sources.lemmas[verb], verb)):
        forms = sources.cells[infinitive]
        if "W-" not in forms.get(infinitive, ()):
            continue
        wanted = {form for form, tags in forms.items() if any(tag[0] in _FINITE for tag in tags)}
        parts = _parts(infinitive, forms)
        shorter = [
            replace(parts, nous=nous, future=future) for nous, future in product((parts.nous, ""), (parts.future, ""))
        ]
        parts = min(shorter, key=lambda one: len(finite_forms(one) ^ wanted))
        made = finite_forms(parts)
        corrections = [*(f"+{form}" for form in sorted(wanted - made)), *(f"-{form}" for form in sorted(made - wanted))]
        told = [infinitive] if parts == usual_parts(infinitive) else [part or "." for part in astuple(parts)]
        yield " ".join([*told, *corrections])


def _parts(infinitive: str, forms: dict[str, set[str]]) -> Parts:
    usual = usual_parts(infinitive)
    found = []
    for cell, expected in zip(("P3s", "P3p", "P1p", "F3s", "S3s", "S3p"), astuple(usual)[1:], strict=True):
        fitting = sorted(form for form, tags in forms.items() if cell in tags)
        found.append(expected if expected in fitting else (fitting or [""])[0])
    return Parts(infinitive, *found)


def homographs(sources: Sources, forms: Set[str]) -> dict[str, str]:
    """Form that is another word too, or a participle → `never` a verb, `also` one; left out when little else."""
    found = {}
    for form in forms:
        as_verb, as_other = sources.uses.get(form, (0.0, 0.0))
        is_participle = form in sources.participles
        if form not in sources.others and not as_other and not is_participle:
            continue
        share = (as_verb + SMOOTHED * (as_verb > 0)) / (as_verb + as_other + SMOOTHED)
        if share < ONLY_SHARE or is_participle:
            found[form] = "never" if share < NEVER_SHARE and as_other else "also"
    return found


def main(lexique: Path, lefff: Path) -> None:
    sources = read_sources(lexique, lefff)
    nouns = genders(sources)
    _write("nouns", "Genders of French nouns: m, f, or e for either.", _by_class(nouns))
    invariable = dict.fromkeys(sources.invariable, "invariable")
    _write("invariable_nouns", "French nouns in -s, -x or -z that are singular too.", _by_class(invariable))
    lines = list(verb_lines(sources))
    _write("verbs", "French verbs, the most frequent first (see `verb_lines` in pipeline/workbench/lexicon.py).", lines)
    forms = {form for line in lines for form in (line.partition(" ")[0], *corrected_forms(line))}
    told = "Finite forms and infinitives that are other words: `never` verbs, or `also` verbs."
    _write("homographs", told, _by_class(homographs(sources, forms)))


def _by_class(classes: dict[str, str]) -> Iterator[str]:
    for name in sorted(set(classes.values())):
        words = " ".join(sorted(word for word in classes if classes[word] == name))
        yield from textwrap.wrap(
            f"{name}: {words}", 118, subsequent_indent=" ", break_long_words=False, break_on_hyphens=False
        )


def _write(name: str, title: str, lines: Iterable[str]) -> None:
    text = "\n".join(
        (
            f"# {title}",
            "# Derived from Lexique 3.83 (Boris New and Christophe Pallier, http://www.lexique.org, CC BY-SA 4.0) and",
            "# from Lefff 3.4 (Benoît Sagot, http://alpage.inria.fr/~sagot/lefff-en.html, LGPL-LR), changed: cut and",
            f"# merged by pipeline/workbench/lexicon.py, {MADE_ON}. What Lexique says is under CC BY-SA 4.0, what",
            "# Lefff says under LGPL-LR (LGPL-LR.txt, a folder up), both without any warranty. See NOTICE.",
            *lines,
        )
    )
    (DATA / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
