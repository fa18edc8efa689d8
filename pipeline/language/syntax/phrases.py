"""What a piece of text is: a clause, a noun phrase, an infinitive, a question, a lack, or a mere fragment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.language.lexicon.verbs import is_finite, third_person
from pipeline.language.text.folding import fold
from pipeline.language.text.typography import capitalized, decapitalized

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CLAUSE, NOUN, INFINITIVE, QUESTION, LACK, FRAGMENT = "clause", "noun", "infinitive", "question", "lack", "fragment"

_DANGLING = frozenset(
    "de du des d' le la les l' un une à au aux et ou que qu' qui pour par sur sous dans en avec sans chez ne n' "
    "très trop "
    "si se s' me te son sa ses leur leurs notre nos ce cet cette ces est sont a ont être avoir fait faire comme "
    "mais donc "
    "entre vers dont où quand même tout tous toute toutes peut doit faut va vont".split()
)


@dataclass(frozen=True)
class Phrase:
    """A candidate: its words with the first letter in lower case unless it is a name's, and what it is."""

    text: str
    kind: str

    @property
    def title(self) -> str:
        """First letter capital."""
        return capitalized(self.text)


_LACK = re.compile(
    r"^(?:rien à |pas (?:assez )?(?:de |d')|pas un |pas une |trop peu (?:de |d')|peu (?:de |d')|plus (?:aucune? |un "
    r"|une |(?:de |d'))"
    r"|aucune? |manque (?:de |d')|absence (?:de |d')|trop (?:de |d')|rien pour |personne pour |zéro )",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"^(?:aucune?|plus aucune?|pas une?|plus une?|peu d|trop peu d)\S* (?:(?! qui | que | qu'| dont | où ).)*?"
    r" ?(?:\bne |\bn')",
    re.IGNORECASE,
)
"""« aucun agent ne répond » is a clause, not a lack that « il n'y a » could introduce."""
_PLACE = re.compile(r"\ba(?= [A-ZÀ-Ý][a-zà-ÿ])")
"""« a Vaugrelles » in a phrase without a verb: the accent was left out."""
_LISTED = re.compile(
    r"^[àa] (?!louer|vendre|savoir|noter|voir|lire|suivre|partir|définir|préciser)(?=\w)", re.IGNORECASE
)
"""The « À » of lists of proposals: « à expérimenter des outils »."""
_OPENINGS = re.compile(r"^(?:il|elle|on|ça|ce|c'|cela|je|j'|nous|vous|ils|elles|tu)\b|^(?:c'|j')", re.IGNORECASE)


_SUBORDINATE = re.compile(
    r"^(?:même si|si|quand|lorsque?|parce que?|comme|car|où|et|ou|ni|pour|avec|sans|dont|qui|alors|puisque?|malgré"
    r"|afin|pas trouvée?s?|en attendant|[àa] l'heure|au vu|compte tenu|dans le cadre|en effet|d'autant|aujourd'hui"
    r"|chez|depuis|selon|surtout|aussi|encore|the|you|we|thank|please)\b(?!.*\?$)",
    re.IGNORECASE,
)
"""Openings of what depends on something else, or is not French."""


def read(doc: Doc) -> Phrase | None:
    """What a parsed segment is, or None when it does not hold together as a phrase."""
    words = [token for token in doc if not token.is_space and not token.is_punct]
    if not words or (fold(words[-1].text) in _DANGLING and not doc.text.endswith("»")):
        return None
    if words[-1].pos_ in ("DET", "ADP", "SCONJ") and not doc.text.endswith("com com"):
        return None
    text = _first_letter(doc)
    first = words[0]
    if _SUBORDINATE.match(text):
        return None
    if text.endswith("?"):
        return Phrase(text, QUESTION)
    listed = _LISTED.match(text)
    if listed is not None and len(words) > 3 and _is_infinitive(words[1]):
        return Phrase(text[listed.end() :], INFINITIVE)
    if _LACK.match(text):
        return Phrase(text, CLAUSE) if _NEGATED.match(text) else Phrase(_PLACE.sub("à", text), LACK)
    if _is_infinitive(first):
        return Phrase(text, INFINITIVE)
    if _is_clause(doc):
        return Phrase(text, CLAUSE)
    if _is_bare_participle(doc) or _BARE_LIST.match(text):
        return Phrase(text, FRAGMENT)
    if first.pos_ in ("DET", "NOUN", "PROPN", "NUM", "ADJ") and fold(first.text) not in ("ce", "qui", "que"):
        has_verb = any(_is_finite(token) for token in doc)
        return Phrase(text, NOUN) if not has_verb or _relative_only(doc) else Phrase(text, FRAGMENT)
    return Phrase(text, FRAGMENT)


_BARE_LIST = re.compile(r"^[\w-]+(?:, [\w'-]+)+(?: et [\w'-]+)?$")
"""Words in a row after a label: « bois, pierre, cuisine »."""
_PARTICIPLE = re.compile(r"\w+(?:é|i|u|ert|is|it)(?:e?s?)$", re.IGNORECASE)


def _is_bare_participle(doc: Doc) -> bool:
    """Whether a phrase opens on a participle whose noun was left behind: « ouverte le samedi par des bénévoles »."""
    if len(doc) < 2 or doc[0].pos_ not in ("ADJ", "VERB", "AUX") or not _PARTICIPLE.match(doc[0].text):
        return False
    return doc[1].pos_ in ("ADP", "NUM", "DET", "ADV") and fold(doc[1].text) not in ("de", "d'", "que", "qu'")


def _first_letter(doc: Doc) -> str:
    first = doc[0]
    is_name = first.pos_ == "PROPN" and first.dep_ in ("nsubj", "ROOT", "flat:name") and not first.text.isupper()
    return str(doc.text) if is_name else decapitalized(str(doc.text))


_NOT_INFINITIVES = frozenset(
    "premier dernier hier hiver cher atelier métier courrier papier loyer danger quartier foyer courir atelier "
    "chantier mer entre "
    "notre votre autre membre centre cadre offre titre livre chambre lettre octobre septembre novembre decembre "
    "heure histoire "
    "territoire affaire horaire maire annuaire formulaire memoire benevole soir espoir cahier pouvoir devoir avenir "
    "tiers escalier "
    "infirmier "
    "pompier fer ver enfer sentier calendrier dossier janvier fevrier plusieurs contre outre encore dire".split()
)


def _is_infinitive(token: Token) -> bool:
    word = fold(token.text)
    if word in ("ne", "se", "s'", "y", "en") and len(token.doc) > 2:
        others = [
            other for other in token.doc[1:4] if fold(other.text) not in ("pas", "plus", "se", "y", "en", "jamais")
        ]
        return bool(others) and _is_infinitive(others[0])
    if "VerbForm=Inf" in str(token.morph):
        return True
    if token.i + 1 >= len(token.doc) or word in _NOT_INFINITIVES or not word.endswith("er"):
        return False
    following = token.doc[token.i + 1]
    return following.pos_ in ("DET", "ADV", "PRON", "NOUN") or following.text.lower() in ("à", "en")


def _is_finite(token: Token) -> bool:
    if "VerbForm=Fin" not in str(token.morph):
        return False
    return token.pos_ == "AUX" or (token.pos_ == "VERB" and _may_be_verb(token.text.lower()))


_HIDDEN_VERB = re.compile(
    r"^(?:les|des|nos|leurs|ces|certaine?s|beaucoup de|\d+|deux|trois|quatre|cinq|plusieurs|\w+s)\b(?:(?! qu[ie']"
    r"| dont| où).)*?"
    r" (?!parent|agent|client|urgent|souvent|argent|accent|présent|absent|récent|content|adolescent|occident"
    r"|président|accident|patient"
    r"|incident|talent|vent|résident|excédent|différent|fréquent|permanent|compétent|équivalent|évident|cent|continent)"
    r"(?:\w{2,}(?<!m)ent|(?:dor|for|fer|ai|consom|expri|nom|esti|confir|gar|affir|assu|ani|ferm)ment)\b"
    r"|^(?:(?! qu[ie']| dont| où).)*(?<! pour)(?<! de)(?<! à)(?<! sans) (?:ne |n'|s'|se )\w"
    r"|^(?:le|la|l'|un|une|notre|son|ce|cette|chaque|\w+)\b(?:(?! qu[ie']| dont| où).)* (?:sert|reste|manque|passe"
    r"|part|ferme|coûte|tombe|vient|va|prend"
    r"|met|dure|marche|bloque|empêche|oblige|change|arrive|existe|devient|fait|donne|pèse|roule|tourne|finit|perd|vit"
    r"|dort|suit|dit|tient"
    r"|permet|sait|veut|peut|doit|est|a|sont|ont|vont|font)\b(?! de )",
    re.IGNORECASE,
)


def _may_be_verb(form: str) -> bool:
    """Whether a form that the small parser takes for a verb may be one: it takes « commun » for one."""
    return (
        third_person(form) is not None
        or is_finite(form)
        or re.search(r"(?:ai[st]?|ons|ez|ra|ront|aient)$", form) is not None
    )


def _is_clause(doc: Doc) -> bool:
    """A finite verb that has its subject before it, outside any relative clause; the small parser misses some."""
    if _HIDDEN_VERB.match(doc.text):
        return True
    for token in doc:
        if not _is_finite(token):
            continue
        head = token if token.pos_ == "VERB" and token.dep_ not in ("aux", "aux:pass", "cop") else token.head
        if head.dep_.startswith(("acl", "advcl")) and head.dep_ != "ROOT" and head.head.i < head.i:
            continue
        subjects = [
            child for child in (*head.children, *token.children) if child.dep_.startswith(("nsubj", "expl:subj"))
        ]
        if any(child.i < token.i for child in subjects) or _OPENINGS.match(doc.text):
            return True
    return False


def _relative_only(doc: Doc) -> bool:
    verbs = [token for token in doc if _is_finite(token)]
    marks = [token.i for token in doc if fold(token.text) in ("qui", "que", "qu'", "ou", "dont", "quand", "lorsque")]
    return bool(marks) and all(verb.i > min(marks) for verb in verbs) and min(marks) >= 2
