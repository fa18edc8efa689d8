"""The form of a phrase, and how our sentences take it in: a clause after « que », a noun phrase with its article, an
infinitive after « de », a wish as it is, and anything else after a colon, where every form is right.

When the parse is not certain, the form is `fragment`: a colon never makes a fault.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.language.lexicon.nouns import gender_of, is_noun
from pipeline.language.lexicon.verbs import is_infinitive
from pipeline.language.models.parsing import parse
from pipeline.language.syntax.predicates import hidden_verb, tagged
from pipeline.language.text.typography import decapitalized, elides, with_de

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CLAUSE, NOUN, INFINITIVE, QUESTION, WISH, FRAGMENT = "clause", "noun", "infinitive", "question", "wish", "fragment"
NOUN_WORDS_MAX = 8
_OPENS_A_FRAGMENT = re.compile(
    r"^(?:pas|plus|aucune?|rien|trop|peu|personne|jamais|toujours|zéro|encore|beaucoup|moins|tout|toutes?|tous|"
    r"chacune?|non|oui|ok|merci|bravo|si|et|mais|ou|donc|car|quand|comme|pour|avec|sans|d['’]accord|contre|\d+)\b",
    re.I,
)
_SUBJECTS_TOO = ("tout", "toute", "tous", "toutes", "personne", "rien", "trop", "beaucoup", "chacun", "chacune")
_DETERMINER = re.compile(
    r"^(?:l['’]|(?:le|la|les|un|une|des|du|ce|cet|cette|ces|son|sa|ses|leur|leurs|chaque|quelques|plusieurs|certains|"
    r"certaines|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\s|de l['’]|de la\s)",
    re.I,
)
_PRONOUN = re.compile(r"^(?:on|il|ils|elle|elles|ça|cela|c['’]|ce n['’]|cet?te?)\b", re.I)
SPEAKER = re.compile(
    r"\b(?:je|j['’]|moi|me|m['’]|mon|ma|mes|nous|notre|nos|tu|te|toi|vous|votre|vos)(?=\s|\b)", re.IGNORECASE
)
"""First and second persons: such words are quoted or follow a colon, never told in our own sentence."""
_SURELY_FINITE = re.compile(
    r"(?<!\bqui )(?<!\bque )(?<!\boù )(?<!\bdont )(?<!\bqu['’])(?<!\bqui n['’])\b(?:est|sont|ont|était|étaient|sera|"
    r"seront|va|vont|peut|peuvent|doit|doivent|veut|veulent|fait|font|vient|viennent|partent|manquent|restent|tiennent|savent|"
    r"n['’](?:a|est|ont|ose|y)|ne \w+ (?:pas|plus|jamais|rien))\b",
    re.I,
)
_PLURAL_CLAUSE = re.compile(
    r"^(?:les|des|ces|certain(?:e)?s|ils|elles)\s(?:(?!qui\b|que\b|dont\b|où\b)[\w’'-]+\s){1,4}"
    r"(?!agent|argent|client|accident|souvent|urgent|parent|content|récent|absent|présent|patient|permanent|fréquent)"
    r"\w{2,}[^m\W]ent\b",
    re.I,
)
"""A plural subject, then a verb in -ent: the parser takes many such verbs for nouns or adjectives."""
_RELATIVE = ("qui", "que", "qu'", "qu’", "dont", "où")
_INFINITIVE_END = re.compile(r"(?:er|ir|re|oir)$")
_NOT_INFINITIVE = frozenset(
    "cahier atelier papier chantier quartier hier premier dernier particulier régulier métier loyer foyer dossier fer "
    "mer hiver avenir plaisir désir loisir souvenir espoir soir pouvoir devoir savoir noir couloir territoire histoire "
    "maire secrétaire mémoire voire notre votre autre entre contre centre titre cadre ordre nombre membre chambre "
    "libre rencontre offre montre vivre lettre livre".split()
)
_ALWAYS_INFINITIVE = frozenset(
    "écrire réécrire inscrire décrire transcrire lire élire relire faire refaire mettre remettre transmettre permettre "
    "soumettre prendre apprendre comprendre reprendre entreprendre rendre vendre étendre entendre défendre attendre "
    "répondre perdre suivre poursuivre construire reconstruire produire réduire traduire conduire introduire joindre "
    "rejoindre atteindre éteindre connaître reconnaître combattre convaincre résoudre inclure conclure recevoir revoir "
    "prévoir concevoir".split()
)
"""Infinitives that are no other word, and that the parser may take for one at the head of a title."""


@dataclass(frozen=True)
class Phrase:
    """A phrase and its form.

    Attributes
    ----------
    noun : head of a noun phrase that comes without determiner ("" otherwise); it asks for an article.
    gender, number : of that noun (m, f; s, p), "" when unknown.
    low : the text as it stands inside a sentence, given by the lexicon.
    """

    text: str
    form: str
    noun: str = ""
    gender: str = ""
    number: str = ""
    low: str = ""


@lru_cache(maxsize=20_000)
def analyse(text: str) -> Phrase:
    """The form of a title or of a note's sentence, by spaCy's parse of it and a few French facts."""
    bare = text.strip().rstrip(".;,: \u00a0\u202f")
    if not bare or not any(character.isalpha() for character in bare):
        return Phrase(bare, FRAGMENT)
    if bare.endswith("?"):
        return Phrase(bare, QUESTION)
    if re.match(r"qu(?:e\s|['’])", bare, re.I):
        return Phrase(bare, WISH)
    return _analysed(bare, next(iter(parse([_uncased(bare)]))))


def _uncased(text: str) -> str:
    letters = [character for character in text if character.isalpha()]
    shouted = sum(character.isupper() for character in letters) > 0.7 * len(letters)
    low = text.lower() if shouted else decapitalized(text) if _DETERMINER.match(text) or _PRONOUN.match(text) else text
    return low.replace("’", "'")


def _analysed(bare: str, doc: Doc) -> Phrase:
    first = doc[0].lower_
    negated = first in ("ne", "n'", "n’")
    if any(_is_infinitive(doc, index) for index in ((1, 2) if negated else (0,))):
        return Phrase(bare, INFINITIVE)
    if SPEAKER.search(bare) or re.search(r"[;!\n]|\s[:–—]\s|\.\s", bare):
        return Phrase(bare, FRAGMENT)
    if _OPENS_A_FRAGMENT.match(bare) and first not in _SUBJECTS_TOO:
        return Phrase(bare, FRAGMENT)
    finite = [token for token in doc if _is_finite(token)]
    if finite and any(token.lower_ in _RELATIVE for token in doc[: finite[0].i]) and not _verb_follows(doc, finite[0]):
        return Phrase(bare, FRAGMENT)
    opens_a_clause = bool(_DETERMINER.match(bare) or _PRONOUN.match(bare) or first in _SUBJECTS_TOO or _is_name(doc[0]))
    if opens_a_clause and (
        _subject_before_verb(doc)
        or _SURELY_FINITE.search(bare)
        or _PLURAL_CLAUSE.match(bare)
        or (_DETERMINER.match(bare) and hidden_verb(doc) is not None)
    ):
        return Phrase(bare, CLAUSE)
    if _OPENS_A_FRAGMENT.match(bare):
        return Phrase(bare, FRAGMENT)
    if (
        any(_is_finite(token) for token in doc)
        or _SURELY_FINITE.search(bare)
        or len(bare.split()) > NOUN_WORDS_MAX
        or "," in bare
    ):
        return Phrase(bare, FRAGMENT)
    return _noun_phrase(bare, doc)


def _verb_follows(doc: Doc, relative: Token) -> bool:
    """Whether the main verb comes after the verb of the relative clause."""
    return any(token.i > relative.i and token.dep_ == "ROOT" and _is_finite(token) for token in doc)


def _is_name(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos_ == "PROPN"


def _is_infinitive(doc: Doc, index: int) -> bool:
    if index >= len(doc) or doc[index].lower_ in _NOT_INFINITIVE:
        return False
    token = doc[index]
    if token.lower_ in _ALWAYS_INFINITIVE:
        return True
    if index + 1 < len(doc) and token.lower_ in ("se", "s'", "s’", "y", "en"):
        return "Inf" in doc[index + 1].morph.get("VerbForm", [])
    return bool(_INFINITIVE_END.search(token.lower_)) and (
        "Inf" in token.morph.get("VerbForm", [])
        or (token.pos_ in ("VERB", "AUX") and token.lower_.endswith(("er", "ir")))
    )


def _subject_before_verb(doc: Doc) -> bool:
    for token in doc:
        is_subject = token.dep_ in ("nsubj", "nsubj:pass", "expl:subj", "expl:pass")
        if (is_subject or token.lower_ in ("on", "il", "ils")) and token.lower_ not in _RELATIVE:
            verb = token.head
            if verb.i > token.i and _is_main(verb) and _is_finite(verb):
                return True
    return False


def _is_main(verb: Token) -> bool:
    return verb.dep_ == "ROOT" or (
        verb.dep_ in ("cop", "aux", "aux:pass", "conj", "ccomp", "xcomp") and verb.head.dep_ == "ROOT"
    )


def _is_finite(verb: Token) -> bool:
    helpers = [child for child in verb.children if child.dep_ in ("cop", "aux", "aux:pass", "aux:tense")]
    return any("Fin" in token.morph.get("VerbForm", []) for token in (verb, *helpers))


def _noun_phrase(bare: str, doc: Doc) -> Phrase:
    if _DETERMINER.match(bare):
        return Phrase(bare, NOUN)
    head = doc[0]
    is_acronym = len(head.text) > 1 and head.text[1:] != head.text[1:].lower()
    if is_acronym or (head.pos_ not in ("NOUN", "PROPN") and not _is_noun_of(doc)):
        return Phrase(bare, FRAGMENT)
    if head.pos_ == "PROPN" and len(doc) > 1 and not (doc[1].pos_ in ("ADP", "ADJ") or doc[1].lower_ in ("du", "des")):
        return Phrase(bare, FRAGMENT)
    is_plural = head.lower_.endswith(("s", "x")) and "Sing" not in head.morph.get("Number", [])
    return Phrase(bare, NOUN, noun=head.lower_, gender=gender_of(head.lower_), number="p" if is_plural else "s")


def _is_noun_of(doc: Doc) -> bool:
    """Whether what the parser takes for a verb opens a noun phrase: `Manque de bus`."""
    return bool(
        doc[0].pos_ in ("VERB", "AUX")
        and is_noun(doc[0].lower_)
        and len(doc) > 1
        and doc[1].lower_ in ("de", "d'", "du", "des")
    )


_ARTICLE = re.compile(r"\b(le|un|du|au|ce|la|une|cette|ma|sa)\s+([a-zà-ÿœ-]+)")
_INSIDE = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Ý][a-zà-ÿ]+")
_PLURAL = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]+[sx] (?:qui|que|sans|en|trop|pas|pour|mal|peu)\b|[A-ZÀ-Ý][a-zà-ÿ]+[sx] d['’]")
_LOW = re.compile(r"\b[a-zà-ÿœ]+\b")


@dataclass(frozen=True)
class Lexicon:
    """What the words of the workshop teach about its own vocabulary.

    Attributes
    ----------
    genders : noun → m or f, by the determiners that people put before it; nouns they disagree on are left out.
    names : words that people write with a capital inside a sentence, and never without.
    commons : words that people write without a capital.
    """

    genders: dict[str, str]
    names: frozenset[str]
    commons: frozenset[str]

    def lowered(self, text: str) -> str:
        """`text` with its first letter in lower case, unless it opens on a name, a code or an acronym."""
        first = re.match(r"[^\W_]+", text)
        if first is None:
            return text
        word = first.group()
        if _DETERMINER.match(text) or _PRONOUN.match(text) or word in ("À", "A", "Y") or text[1:2] in ("'", "’"):
            return decapitalized(text)
        if re.match(r"[A-ZÀ-Ý]{2}|[A-ZÀ-Ý]\w*[A-ZÀ-Ý]|[A-ZÀ-Ý]$", word):
            return text
        if _PLURAL.match(text) or is_infinitive(word):
            return decapitalized(text)
        if word in self.names or (word.lower() not in self.commons and _opens_on_a_name(text)):
            return text
        return decapitalized(text)

    def phrase(self, text: str) -> Phrase:
        """A phrase with the genders that people use; a noun that needs a gender and has none becomes a fragment."""
        phrase = analyse(text)
        phrase = replace(phrase, low=self.lowered(phrase.text))
        if phrase.form != NOUN or not phrase.noun:
            return phrase
        if phrase.low[:1].isupper():  # a name, after all
            return replace(phrase, form=FRAGMENT, noun="")
        gender = self.genders.get(phrase.noun, phrase.gender)
        if phrase.number == "s" and not gender and not elides(phrase.low):
            return replace(phrase, form=FRAGMENT, noun="")
        return replace(phrase, gender=gender)


def learn(texts: Iterable[str]) -> Lexicon:
    """The lexicon of these texts."""
    votes: dict[str, Counter[str]] = {}
    names: set[str] = set()
    commons: set[str] = set()
    for text in texts:
        for determiner, noun in _ARTICLE.findall(text.lower()):
            votes.setdefault(noun, Counter())["m" if determiner in ("le", "un", "du", "au", "ce") else "f"] += 1
        names.update(_INSIDE.findall(text))
        commons.update(_LOW.findall(text))
    return Lexicon(
        {noun: max(found) for noun, found in votes.items() if len(found) == 1},
        frozenset(name for name in names if name.lower() not in commons),
        frozenset(commons),
    )


@lru_cache(maxsize=20_000)
def _opens_on_a_name(text: str) -> bool:
    """Whether the parser sees a name in the first word."""
    return bool(text[:1].isupper() and tagged(text)[0].pos_ == "PROPN")


def article(phrase: Phrase) -> str:
    """The article that a noun phrase lacks, with its space: `le `, `la `, `l’`, `les `, or "" when it has its own."""
    if not phrase.noun:
        return ""
    if phrase.number == "p":
        return "les "
    if elides(phrase.low):
        return "l’"
    return "la " if phrase.gender == "f" else "le "


def with_article(phrase: Phrase) -> str:
    """A noun phrase with its article: `le manque de bus`, `l’accueil des nouveaux`, `les horaires`."""
    return article(phrase) + phrase.low


def of_phrase(phrase: Phrase) -> str:
    """`de` and a noun phrase with its article: `du manque de bus`, `des horaires`; or `de` and an infinitive."""
    return with_de(phrase.low if phrase.form == INFINITIVE else with_article(phrase))
