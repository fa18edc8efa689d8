"""The form of a phrase, and how our sentences take it in: a clause after « que », a noun phrase with its article, an
infinitive after « de », a wish after « que », and anything else after a colon, where every form is right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.language.parsing import load_parser, parse
from pipeline.language.typography import decapitalized, elides, with_de

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CLAUSE, NOUN, INFINITIVE, QUESTION, WISH, FRAGMENT = "clause", "noun", "infinitive", "question", "wish", "fragment"
_FRAGMENT_FIRST = re.compile(
    r"^(?:pas|plus|aucune?|rien|trop|peu|personne|jamais|toujours|zéro|encore|beaucoup|moins|tout|toutes?|tous|"
    r"non|oui|ok|merci|bravo|si|et|mais|ou|donc|car|quand|comme|pour|avec|sans|d['’]accord|contre|\d+)\b",
    re.I,
)
_DETERMINER = re.compile(
    r"^(?:l['’]|(?:le|la|les|un|une|des|du|ce|cet|cette|ces|mon|ma|mes|son|sa|ses|leur|leurs|notre|nos|votre|vos|"
    r"chaque|quelques|plusieurs|certains|certaines|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\s|de l['’]|de la\s)",
    re.I,
)
_FIRST_PERSON = re.compile(
    r"\b(?:je|j['’]|moi|me|m['’]|mon|ma|mes|nous|notre|nos|tu|te|toi|vous|votre|vos)(?=\s|\b)", re.I
)
_INFINITIVE_END = re.compile(r"(?:er|ir|re|oir)$")
_NOT_INFINITIVE = frozenset(
    "cahier atelier papier chantier quartier hier premier dernier particulier régulier métier loyer foyer dossier fer mer "
    "hiver avenir plaisir désir loisir souvenir espoir soir pouvoir devoir savoir noir couloir territoire histoire maire "
    "secrétaire mémoire voire notre votre autre entre contre centre titre cadre ordre nombre membre chambre libre rencontre "
    "offre montre vivre lettre livre".split()
)


@dataclass(frozen=True)
class Phrase:
    """A phrase and its form; `gender` (m, f) and `number` (s, p) are those of a noun phrase without determiner."""

    text: str
    form: str
    gender: str = ""
    number: str = ""

    @property
    def low(self) -> str:
        """The text with its first letter in lower case, unless that is a name or an acronym."""
        return lowered(self.text)


@lru_cache(maxsize=20_000)
def analyse(text: str) -> Phrase:
    """The form of a title or of a note's sentence, by spaCy's parse of it and a few French facts."""
    bare = text.strip().rstrip(".;,: \u00a0\u202f")
    if not bare:
        return Phrase(bare, FRAGMENT)
    if bare.endswith("?"):
        return Phrase(bare, QUESTION)
    doc = next(iter(parse([_uncased(bare)])))
    return _analysed(bare, doc)


def warm(texts: Iterable[str]) -> None:
    """Parse nothing yet: load the parser only when there is something to parse."""
    if any(True for _ in texts):
        load_parser()


def _uncased(text: str) -> str:
    letters = [c for c in text if c.isalpha()]
    shouted = bool(letters) and sum(c.isupper() for c in letters) > 0.7 * len(letters)
    return text.lower() if shouted else decapitalized(text)


def _analysed(bare: str, doc: Doc) -> Phrase:
    first = doc[0]
    if re.match(r"qu(?:e\s|['’])", bare, re.I):
        return Phrase(bare, WISH)
    if _is_infinitive(doc, 0) or (first.lower_ in ("ne", "n'", "n’") and any(_is_infinitive(doc, i) for i in (1, 2))):
        return Phrase(bare, INFINITIVE)
    if _FRAGMENT_FIRST.match(bare):
        return Phrase(
            bare,
            CLAUSE
            if _subject_before_verb(doc)
            and not _FIRST_PERSON.search(bare)
            and first.lower_ in ("tout", "toute", "tous", "personne", "rien", "trop", "beaucoup", "certains")
            else FRAGMENT,
        )
    if _subject_before_verb(doc):
        return Phrase(bare, FRAGMENT if _FIRST_PERSON.search(bare) else CLAUSE)
    root = next((token for token in doc if token.dep_ == "ROOT"), first)
    has_finite_root = "Fin" in root.morph.get("VerbForm") or any(
        "Fin" in child.morph.get("VerbForm") for child in root.children if child.dep_ in ("cop", "aux", "aux:pass")
    )
    if has_finite_root or re.search(r"[;!]|\s[:–—]\s|\.\s", bare):
        return Phrase(bare, FRAGMENT)
    return _noun_phrase(bare, doc)


def _is_infinitive(doc: Doc, index: int) -> bool:
    if index >= len(doc):
        return False
    token = doc[index]
    if token.lower_ in _NOT_INFINITIVE:
        return False
    if index + 1 < len(doc) and token.lower_ in ("se", "s'", "s’", "y", "en", "les", "le", "la", "l'", "l’", "leur"):
        return "Inf" in doc[index + 1].morph.get("VerbForm") and doc[index + 1].lower_ not in _NOT_INFINITIVE
    return bool(_INFINITIVE_END.search(token.lower_)) and (
        "Inf" in token.morph.get("VerbForm") or (token.pos_ in ("VERB", "AUX") and token.lower_.endswith(("er", "ir")))
    )


def _subject_before_verb(doc: Doc) -> bool:
    for token in doc:
        if token.dep_ in ("nsubj", "nsubj:pass", "expl:subj", "expl:pass") or token.lower_ in (
            "on",
            "il",
            "ils",
            "c'",
            "c’",
            "ça",
        ):
            head = token.head
            if head.i > token.i and _is_main(head) and _is_finite(head):
                return True
    return False


def _is_main(verb: Token) -> bool:
    return verb.dep_ == "ROOT" or (
        verb.dep_ in ("cop", "aux", "aux:pass", "conj", "ccomp", "xcomp") and verb.head.dep_ == "ROOT"
    )


def _is_finite(verb: Token) -> bool:
    return "Fin" in verb.morph.get("VerbForm") or any(
        "Fin" in child.morph.get("VerbForm")
        for child in verb.children
        if child.dep_ in ("cop", "aux", "aux:pass", "aux:tense")
    )


def _noun_phrase(bare: str, doc: Doc) -> Phrase:
    head = next((token for token in doc if token.pos_ in ("NOUN", "PROPN")), None)
    if head is None or head.i > 2:
        return Phrase(bare, FRAGMENT)
    if _DETERMINER.match(bare):
        return Phrase(bare, NOUN)
    gender = {"Masc": "m", "Fem": "f"}.get(next(iter(head.morph.get("Gender")), ""), "")
    number = {"Sing": "s", "Plur": "p"}.get(next(iter(head.morph.get("Number")), ""), "")
    if head.lower_.endswith(("s", "x")) and not number:
        number = "p"
    if head.pos_ == "PROPN" or not number or (number == "s" and not gender):
        return Phrase(bare, FRAGMENT)
    return Phrase(bare, NOUN, gender, number)


def lowered(text: str) -> str:
    """`text` with its first letter in lower case, unless it opens on a name, a code or an acronym."""
    first = re.match(r"[\w’'-]+", text)
    if first is None or len(first.group()) < 1:
        return text
    if re.match(r"[A-ZÀ-Ý]{2}|[A-ZÀ-Ý]\w*[A-ZÀ-Ý]", first.group()) or _opens_on_a_name(text):
        return text
    return decapitalized(text)


@lru_cache(maxsize=20_000)
def _opens_on_a_name(text: str) -> bool:
    if not text[:1].isupper():
        return False
    doc = next(iter(parse([text])))
    low = next(iter(parse([decapitalized(text)])))
    return doc[0].pos_ == "PROPN" and low[0].pos_ in ("PROPN", "X")


def with_article(phrase: Phrase) -> str:
    """A noun phrase with its article: `le manque de bus`, `l’accueil des nouveaux`, `les horaires`."""
    if not phrase.gender and not phrase.number:
        return phrase.low
    if phrase.number == "p":
        return f"les {phrase.low}"
    if elides(phrase.low):
        return f"l’{phrase.low}"
    return f"{'la' if phrase.gender == 'f' else 'le'} {phrase.low}"


def of_phrase(phrase: Phrase) -> str:
    """`de` and a noun phrase with its article: `du manque de bus`, `des horaires`; or `de` and an infinitive."""
    return with_de(phrase.low if phrase.form == INFINITIVE else with_article(phrase))
