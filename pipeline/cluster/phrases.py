"""What people wrote → phrases that could stand as a title: a clause, a noun phrase, an infinitive or a question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.language.typography import capitalized, decapitalized
from pipeline.language.words import content_stems, fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CLAUSE, NOUN, INFINITIVE, QUESTION, LACK, FRAGMENT = "clause", "noun", "infinitive", "question", "lack", "fragment"
LENGTH_MAX = 78
_WORDS_MAX = 14

_NOISE = re.compile(
    r"^[\s\-–—•*·>#→+]+|[\U0001F000-\U0001FAFF☀-➿]|[:;]-?[)(DP](?=\s|$)|\(\s*\d+[^)]*\)|[–-]\s*\d+\s+(?:gommettes?"
    r"|voix|votes?|points?)\b.*$"
    r"|\[[^\]]*\]|(?<=\w)\s*\.\.\.+$|…$"
)
_FILLER = re.compile(
    r"^(?:(?:euh|heu|ben|bah|bon|alors|donc|et puis|et|mais|puis|oui|non|voilà|en fait|du coup|enfin|moi|nous"
    r"|franchement"
    r"|aussi|surtout|ensuite|d'abord|après|attendez|oui alors|par exemple|ex|idem|bref|là|ah|oh|eh|par contre|et là"
    r"|parce que|car"
    r"|par ailleurs|d'ailleurs|en plus|de plus|sinon|depuis(?=,))(?:\s*[,:]\s*|\s+)(?=\S)"
    r"|(?:je (?:pense|trouve|crois|dirais|constate|vois|remarque) (?:que |qu')|il me semble (?:que |qu')"
    r"|à mon avis,? |pour moi,? |selon moi,? "
    r"|ce que je vois,? c'est (?:que |qu')|le problème,? c'est (?:que |qu')|le souci,? c'est (?:que |qu')|on (?:dit"
    r"|voit|constate|sait) (?:que |qu')"
    r"|c'est (?:vrai )?(?:que |qu')|il y a le fait (?:que |qu')"
    r"|il faut (?:avouer|dire|reconnaître|admettre) (?:que |qu')|le fait (?:que |qu')))",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"^(?:quand|lorsqu[e']) ?[^«]{8,}?,? (?P<told>je (?!\S+$)(?:[^«](?!\bje ))*(?:«[^»]*»)?)$", re.IGNORECASE
)
"""« quand je conduis quelqu'un, je coupe la radio »: the gesture stands alone."""
_ASIDE = re.compile(r",\s*(?:aussi|du coup|enfin|quoi|voilà|euh|hein),\s*", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?!»)|\s*[;\n•→]+\s*|\s+[–—]\s+|\s*/\s+")
_LABEL = re.compile(r"^(?P<label>[^:]{2,60}?)\s*:\s+(?P<rest>.+)$")
_TAIL = re.compile(
    r",?\s+(?:parce que?|car(?= (?:il|elle|on|je|les|la|le|l'|c'|ils|nous|ça|cela|ce)\b)|puisque?|alors que?"
    r"|pour que?|afin|sinon|mais|donc|si bien que?|tandis que?|ce qui|c'est"
    r"|et (?:que?|qu'|je|on|il|elle|ils|elles|ça|puis)"
    r"|surtout|comme|histoire de|au lieu|plutôt que)\b.*$"
    r"|,\s+.*$",
    re.IGNORECASE,
)
_ADJUNCT = re.compile(
    r"^(.{25,}(?<! fois)(?<! jours)(?<! jour))\s+(?:qui|où|dont|quand|lorsque?|avec|pour|sans|chez|depuis|dans|en|sur"
    r"|par|et)\s.*$",
    re.IGNORECASE,
)
_CUT_LIST = re.compile(r"\bentre (?:(?! et ).)+$")
"""« entre A », whose « et B » was cut off."""
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


def segments(text: str) -> list[str]:
    """The pieces of a text that may stand alone, cleaned of bullets, votes, fillers and final stops, in order."""
    found: list[str] = []
    flat = " ".join(text.replace("’", "'").split("\n" * 2))
    for sentence in _SENTENCE.split(flat):
        for piece in _unlabelled(_clean(sentence)):
            for variant in _variants(piece):
                if content_stems(variant) and variant not in found:
                    found.append(variant)
    return found


def _clean(sentence: str) -> str:
    piece = " ".join(_NOISE.sub(" ", sentence).split())
    if piece.isupper() and len(piece) > 12:
        piece = piece.lower()
    previous = ""
    while piece != previous:
        previous = piece
        piece = _FILLER.sub("", piece).strip()
    piece = _ASIDE.sub(" ", piece)
    is_question, asks = piece.endswith("?"), re.search(r"[?]\s?»\W{0,4}$", piece) is not None
    piece = piece.strip(' .,;:!?…"“”«»-–—>')
    if piece.count("«") == piece.count("»") + 1:
        piece += " ? »" if asks else " »"
    if piece.count("(") != piece.count(")"):
        piece = re.sub(r"\s*\([^)]*$|\)", "", piece)
    return f"{piece} ?" if is_question and piece else piece


def _unlabelled(piece: str) -> list[str]:
    match = _LABEL.match(piece)
    if match is None:
        return [piece]
    label, rest = match["label"].strip(), match["rest"].strip()
    return [label, rest] if len(label.split()) > 1 else [rest]


def _variants(piece: str) -> list[str]:
    """The piece, without its brackets, and cut before what only adds to it."""
    variants = [piece]
    told = _WHEN.match(piece)
    if told is not None:
        variants.append(told["told"])
    bare = re.sub(r"\s*\([^)]*\)", "", piece)
    if bare != piece:
        variants.append(bare)
    shorter = bare
    for _ in range(4):
        pattern, by = (_TAIL, "") if _TAIL.search(shorter) else (_ADJUNCT, r"\1")
        if shorter.endswith("?") or (pattern is _ADJUNCT and len(shorter) <= LENGTH_MAX):
            break
        cut = pattern.sub(by, shorter).rstrip(" ,")
        if cut == shorter or len(cut) < 12:
            break
        shorter = cut
        variants.append(shorter)
    fitting = [
        variant for variant in variants if 8 <= len(variant) <= LENGTH_MAX and len(variant.split()) <= _WORDS_MAX
    ]
    whole = [variant for variant in fitting if variant == piece or not _CUT_LIST.search(variant)]
    return [variant for variant in whole if variant.count("«") == variant.count("»")]


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
    r"|afin|pas trouvée?s?"
    r"|en attendant|chez|depuis|selon|surtout|aussi|encore|the|you|we|thank|please)\b(?!.*\?$)",
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
    if first.pos_ in ("DET", "NOUN", "PROPN", "NUM", "ADJ") and fold(first.text) not in ("ce", "qui", "que"):
        has_verb = any(_is_finite(token) for token in doc)
        return Phrase(text, NOUN) if not has_verb or _relative_only(doc) else Phrase(text, FRAGMENT)
    return Phrase(text, FRAGMENT)


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
    return "VerbForm=Fin" in str(token.morph) and token.pos_ in ("VERB", "AUX")


_HIDDEN_VERB = re.compile(
    r"^(?:les|des|nos|leurs|ces|certaine?s|beaucoup de|\d+|deux|trois|quatre|cinq|plusieurs|\w+s)\b(?:(?! qu[ie']"
    r"| dont| où).)*?"
    r" (?!parent|agent|client|urgent|souvent|argent|accent|présent|absent|récent|content|adolescent|occident"
    r"|président|accident|patient"
    r"|incident|talent|vent|résident|excédent|différent|fréquent|permanent|compétent|équivalent|évident|cent|continent)"
    r"(?:\w{2,}(?<!m)ent|(?:dor|for|fer|ai|consom|expri|nom|esti|confir|gar|affir|assu|ani|ferm)ment)\b"
    r"|^(?:(?! qu[ie']| dont| où).)* (?:ne |n'|s'|se )\w"
    r"|^(?:le|la|l'|un|une|notre|son|ce|cette|chaque|\w+)\b(?:(?! qu[ie']| dont| où).)* (?:sert|reste|manque|passe"
    r"|part|ferme|coûte|tombe|vient|va|prend"
    r"|met|dure|marche|bloque|empêche|oblige|change|arrive|existe|devient|fait|donne|pèse|roule|tourne|finit|perd|vit"
    r"|dort|suit|dit|tient"
    r"|permet|sait|veut|peut|doit|est|a|sont|ont|vont|font)\b(?! de )",
    re.IGNORECASE,
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
