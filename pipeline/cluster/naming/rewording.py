"""Phrases reworded for their axis: a proposal as an infinitive (« il faudrait une navette » → « mettre en place une
navette »), an obstacle as the question that people asked, a disagreement as « Faut-il … ? », an object by its nature
(`médecin`, a lack → « manque de médecins »)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from pipeline.axes import EST
from pipeline.language.lexicon.nouns import (
    gender_of,
    infinitives_of_nouns,
    is_invariable,
    is_mass,
    is_noun,
    is_person,
    is_plural,
    verbs_of_objects,
)
from pipeline.language.lexicon.verbs import infinitive_of, infinitive_of_subjunctive
from pipeline.language.syntax.noun_phrases import (
    definite,
    first_noun,
    indefinite,
    is_lacking,
    is_people,
    noun_groups,
    tokens_of,
)
from pipeline.language.syntax.phrases import CLAUSE, INFINITIVE, NOUN, QUESTION, Phrase
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_lines, read_patterns, read_words
from pipeline.language.text.typography import decapitalized, elides, with_a, with_de, with_que
from pipeline.language.vocabulary.cues import DECRIED

if TYPE_CHECKING:
    from spacy.tokens import Doc


_WISH = read_patterns(__name__, "infinitive")["wish"]
_AGREED = re.compile(
    r"^(?:ok|d'accord|favorables?|opposée?s?) (?:pour|à|avec) (?P<what>(?:la |le |les |l').+)$", re.IGNORECASE
)
_DUTY = re.compile(
    r"^(?P<who>(?:l'|les? |la |nos |notre |chaque )\S+(?: \S+){0,3}?) (?:doi|devrai|pourrai)\w*t "
    r"(?P<what>\S+.+)$",
    re.IGNORECASE,
)
_INSTITUTIONS = "|".join(read_lines(__name__, "institutions"))
_ASKED = re.compile(
    rf"^(?:que |qu')(?P<who>(?:l'|les? |la |nos |notre |chaque )?(?:{_INSTITUTIONS})) "
    r"(?P<se>se |s')?(?P<verb>[^\s']+)(?P<rest>(?: (?!(?:lui|leur)\b).+)?)$",
    re.IGNORECASE,
)
"""Who may be asked to do something."""
_ARTICLES = "|".join(one if one.endswith("'") else f"{one} " for one in read_lines(__name__, "articles"))
_ARTICLE = re.compile(rf"^(?:{_ARTICLES}|\d)", re.IGNORECASE)
_INFINITIVE = re.compile(
    r"^(?:(?:ne pas |ne plus )?(?:se |s'|y |en |l'|les |la |le )?)\w+(?:er|ir|re|oir)\b", re.IGNORECASE
)
_TIMES = read_words(__name__, "times")
_REGULAR = re.compile(
    r"^(?!(?:ouvre|offre|couvre|souffre|accueille|cueille|recueille|découvre)$)[^\W\dè]{2,}(?<!el)(?<!ell)(?<!ett)[^\W\daéiouè]e$"
)
"""« je prête », whose infinitive only adds an r."""
_UNDEFINED = frozenset("un une des de d' du deux trois quatre cinq".split())
_OWN = (
    ("de mon ", "d'un "), ("de ma ", "d'une "), ("de mes ", "de "), ("mon ", "un "), ("ma ", "une "), ("mes ", "des "),
)  # fmt: skip
_KIN = re.compile(rf"\bm(?:on|a|es) (?:{'|'.join(sorted(read_words(__name__, 'kin')))})\b")


def as_action(phrase: Phrase, doc: Doc) -> Phrase:
    """The phrase turned into an infinitive when that is certain; otherwise the phrase as it is."""
    text = phrase.text
    if phrase.kind == INFINITIVE or _KIN.search(text):
        return phrase
    agreed = _AGREED.match(text)
    if agreed is not None:
        return Phrase(agreed["what"], NOUN)
    wish = _WISH.match(text)
    if wish is not None:
        return _from_wish(phrase, (wish["link"] or "").strip().lower(), wish["rest"])
    if phrase.kind != QUESTION and re.match(r"^(?:que |qu')", text, re.IGNORECASE):
        return _from_subjunctive(text)
    duty = _DUTY.match(text)
    if duty is not None and _may_be_asked(duty["who"]) and _INFINITIVE.match(duty["what"]):
        link = "d'" if elides(duty["what"]) else "de "
        return Phrase(f"demander {with_a(decapitalized(duty['who']))} {link}{duty['what']}", INFINITIVE)
    if phrase.kind == NOUN or re.match(r"^plus (?:de |d')", text):
        return _from_noun(phrase)
    return _from_present(phrase, doc) if phrase.kind in (CLAUSE, QUESTION) else phrase


def _from_wish(phrase: Phrase, link: str, rest: str) -> Phrase:
    for own, neutral in _OWN:
        rest = re.sub(rf"\b{own}", neutral, rest)
    if link in ("que", "qu'"):
        return _from_subjunctive(f"{link}{' ' if link == 'que' else ''}{rest}")
    first = fold(rest.split()[0])
    if _INFINITIVE.match(rest) and first not in ("notre", "votre", "leur"):
        return Phrase(rest, INFINITIVE)
    if re.match(r"^(?:une?|des|deux|trois|plusieurs) ", rest):
        return _from_noun(Phrase(rest, NOUN))
    if _ARTICLE.match(rest) or link in ("de", "d'"):
        return _from_noun(Phrase(f"{link}{' ' if link == 'de' else ''}{rest}" if link in ("de", "d'") else rest, NOUN))
    return phrase


def _may_be_asked(who: str) -> bool:
    return is_people(who) or _ASKED.match(f"que {who} fasse") is not None or _ASKED.match(f"qu'{who} fasse") is not None


_THAT_WE = re.compile(r"^qu(?:'|e l')on (?P<se>se |s')?(?P<verb>[^\s']+)(?P<rest> (?!lui |leur ).+)$", re.IGNORECASE)


def _from_subjunctive(text: str) -> Phrase:
    """« que le rectorat recrute des AESH » → « demander au rectorat de recruter des AESH »."""
    ours = _THAT_WE.match(text)
    does = infinitive_of_subjunctive(ours["verb"].lower()) if ours is not None else None
    is_ours = ours is not None and ours["se"] and re.search(r"\bno(?:s|tre)\b", ours["rest"])
    if ours is not None and does is not None and not is_ours:
        return Phrase(f"{ours['se'] or ''}{does}{ours['rest']}", INFINITIVE)
    match = _ASKED.match(text)
    verb = infinitive_of_subjunctive(match["verb"].lower()) if match is not None else None
    if match is None or verb is None:
        return Phrase(f"faire en sorte {decapitalized(text)}", INFINITIVE)
    does = f"{match['se'] or ''}{verb}{match['rest']}"
    return Phrase(f"demander {with_a(decapitalized(match['who']))} {with_de(does)}", INFINITIVE)


def _from_noun(phrase: Phrase) -> Phrase:
    text = decapitalized(phrase.text)
    for noun, infinitive in infinitives_of_nouns().items():
        match = re.match(
            rf"^(?:la |le |l'|une? )?{noun} (?P<of>de l'|de la |d'un |d'une |du |des |de |d')(?P<rest>.+)$",
            text,
            re.IGNORECASE,
        )
        if match is not None:
            return Phrase(f"{infinitive} {_object(match['of'].lower(), match['rest'], infinitive)}", INFINITIVE)
    if re.match(r"^(?:plus|davantage|moins) (?:de |d')", text, re.IGNORECASE):
        return Phrase(f"obtenir {text}", INFINITIVE)
    if DECRIED.search(re.split(r" (?:pour|afin|qui|que|qu'|où|dont)\b", text)[0]):
        return phrase
    article = _ARTICLE.match(text)
    bare = re.sub(
        r"^(?:petite?|grande?|vraie?|nouvelle|nouveau|simple|seule?)s? ", "", text[article.end() :] if article else text
    )
    noun = re.split(r"[\s']", bare)[0].lower()
    if noun in _TIMES or noun not in verbs_of_objects():
        return phrase
    if article is not None and article.group().lower().strip() not in _UNDEFINED:
        return phrase
    if article is None:
        determiner = _determiner(text, noun)
        if determiner is None:
            return phrase
        text = f"{determiner} {text}"
    elif article.group().lower() in ("de ", "d'"):
        text = ("des " if noun.endswith(("s", "x")) else "") + text[article.end() :]
    return Phrase(f"{verbs_of_objects()[noun]} {text}", INFINITIVE)


def _object(link: str, rest: str, infinitive: str) -> str:
    """The noun that followed `de`, with the article it has as an object."""
    if infinitive.endswith("gratuité"):
        return link + rest
    if link in ("de la ", "de l'", "d'un ", "d'une "):
        return link.split(" ", 1)[1] + rest if link.startswith("de ") else link[2:] + rest
    if link == "du ":
        return f"le {rest}"
    if link == "des ":
        return f"les {rest}"
    noun = re.split(r"[\s']", rest)[0]
    determiner = "des" if noun.endswith(("s", "x")) else {"f": "une", "m": "un"}.get(gender_of(noun))
    return f"{determiner} {rest}" if determiner else rest


def _determiner(text: str, noun: str) -> str | None:
    """`un`, `une` or `des` before a bare noun; None when its gender is not known for sure."""
    if noun.endswith(("s", "x")) and not is_invariable(noun):
        return "des"
    following = text.split()[1:2]
    agreed = following[0].lower() if following else ""
    if re.search(r"(?:ée|ive|elle|ante|euse|ale|aine|ière|ique fixe)$", agreed) and gender_of(noun) != "m":
        return "une"
    return {"f": "une", "m": "un"}.get(gender_of(noun))


def _from_present(phrase: Phrase, doc: Doc) -> Phrase:
    """« on met en commun… », « et si on décalait… ? », « je prête ma grange » → the infinitive of the verb."""
    match = re.match(
        r"^(?:et )?(?:si )?(?P<who>on|nous|je|j')\s*(?P<se>se |s'|nous )?(?P<rest>[^\s']+ .+?)(?:\s*\?)?$",
        phrase.text,
        re.IGNORECASE,
    )
    if match is None:
        return phrase
    verb = match["rest"].split()[0]
    if match["who"].lower() in ("je", "j'") and not match["se"] and _REGULAR.match(verb):
        return Phrase(f"{verb}r{_as_said(match['rest'][len(verb) :])}", INFINITIVE)
    tokens = [
        token for token in doc if token.text == verb and token.pos_ == "VERB" and "VerbForm=Fin" in str(token.morph)
    ]
    if (
        not tokens
        or not re.search(r"(?:er|ir|re|oir)$", infinitive_of(tokens[0].text))
        or verb.lower() in ("est", "a", "ai", "n'", "ne", "y", "en")
    ):
        return phrase
    infinitive = infinitive_of(tokens[0].text)
    pronoun = ("s'" if elides(infinitive) else "se ") if match["se"] and match["who"].lower() == "on" else ""
    return Phrase(f"{pronoun}{infinitive}{_as_said(match['rest'][len(verb) :])}", INFINITIVE)


def _as_said(rest: str) -> str:
    """What follows the verb, for anyone: without « volontiers », and « ma grange » told as « une grange »."""
    rest = re.sub(r"^ (?:volontiers|aussi|déjà|bien)\b", "", rest)
    for own, neutral in _OWN:
        rest = re.sub(rf"\b{own}", neutral, rest)
    return rest


_GESTURE = re.compile(
    r"^(?:(?:(?:mon geste,? )?c'est que|le matin|le soir|chaque matin|chaque soir),? )?"
    r"(?:je |j')(?P<never>ne |n')?(?P<se>me |m')?(?P<verb>[^\s']+)(?P<rest> .+)$",
    re.IGNORECASE,
)
_HIS = (("mon ", "son "), ("ma ", "sa "), ("mes ", "ses "))


def as_gesture(phrase: Phrase, doc: Doc) -> Phrase:
    """« j'écoute toujours jusqu'au bout » → « écouter toujours jusqu'au bout »; as it is when that is not certain."""
    match = _GESTURE.match(phrase.text)
    if match is None or phrase.kind == QUESTION:
        return phrase
    infinitive = _deed(match["verb"], doc)
    adverb = "jamais" if match["never"] else "toujours"
    is_habit = match["rest"].startswith(f" {adverb} ")
    if infinitive is None or (match["never"] and not is_habit):
        return phrase
    rest = match["rest"][len(adverb) + 1 :] if is_habit else match["rest"]
    for own, other in _HIS:
        rest = re.sub(rf"\b{own}", other, rest)
    if re.search(r"\b(?:je|me|moi|nous)\b|\b[jm]'", re.sub(r"«[^»]*»", "", rest), re.IGNORECASE):
        return phrase
    pronoun = ("s'" if elides(infinitive) else "se ") if match["se"] else ""
    never, always = ("ne jamais ", "") if match["never"] else ("", " toujours" if is_habit else "")
    return Phrase(f"{never}{pronoun}{infinitive}{always}{rest}", INFINITIVE)


def _deed(verb: str, doc: Doc) -> str | None:
    """The infinitive of a verb of the first person; None when it is not certain."""
    if _REGULAR.match(verb):
        return f"{verb}r"
    found = [
        infinitive_of(token.text)
        for token in doc
        if token.text == verb and token.pos_ == "VERB" and "Tense=Pres" in str(token.morph)
    ]
    return found[0] if found and re.search(r"(?:er|ir|re|oir)$", found[0]) else None


LACK_WORDS = 6
"""Words of what is lacking, in a question, at most."""
FIRST_PERSON = re.compile(r"\b(?:je|moi|mon|ma|mes|me)\b|\b[jm]'", re.IGNORECASE)
_IMPERFECT = re.compile(
    rf"\b(?!{'|'.join(sorted(read_words(__name__, 'not_imperfect')))})\w+(?<!r)(?:ait|aient)\b", re.IGNORECASE
)
_COMPOUND = re.compile(
    rf"\b(?:{'|'.join(sorted(read_words(__name__, 'have_forms')))}) (?:déjà |bien |pas |jamais |tout )?"
    rf"(?:{'|'.join(sorted(read_words(__name__, 'short_participles')))}|\w+ées?|\w{{2,}}és?)\b",
    re.IGNORECASE,
)
"""With « avoir »: with « être », most are states."""


def tells_past(text: str) -> bool:
    """Whether a text is a tale of the past: imperfect, or a compound past."""
    return _IMPERFECT.search(text) is not None or _COMPOUND.search(text) is not None


def as_asked(phrase: Phrase) -> str | None:
    """The question that people asked themselves about an obstacle; None when they asked none."""
    text = decapitalized(phrase.text).rstrip(" ?")
    if FIRST_PERSON.search(text) or "(" in text:
        return None
    is_open = phrase.kind == QUESTION and re.match(r"^qui |^où |^quel|^que faire|^à qui ", text, re.IGNORECASE)
    return _close(text[0].upper() + text[1:]) if is_open or text.lower().startswith("comment ") else None


def question_of_lack(text: str) -> str | None:
    """The question about the first thing that a phrase says is lacking: « pas de médecin scolaire »."""
    told = text.replace("’", "'")
    tokens = tokens_of(told)
    lacking = [one for one in noun_groups(told, tokens) if is_lacking(one, tokens) and is_noun(tokens[one.head].low)]
    whole = [one for one in lacking if one.head == lacking[0].head and one.end - one.first <= LACK_WORDS]
    return question_of(EST, LACKING, whole[-1].text, tokens[whole[-1].head].low) if whole else None


def without_what_is(phrase: Phrase) -> Phrase:
    """« c'est quoi, un voisin ? » → « qu'est-ce qu'un voisin ? »."""
    asked = re.match(r"^c'est quoi,? (?P<what>.+?) ?\?$", phrase.text, re.IGNORECASE)
    if asked is None:
        return phrase
    return Phrase(f"qu'est-ce {with_que(asked['what'])} ?", QUESTION)


def as_debate(phrase: Phrase) -> str | None:
    """A disagreement as a question: « Faut-il … ? », or « … : pour ou contre ? »."""
    text = decapitalized(phrase.text).rstrip(" ?")
    if phrase.kind == QUESTION:
        return _close(text[0].upper() + text[1:])
    if phrase.kind == INFINITIVE:
        return _close(f"Faut-il {text}")
    if phrase.kind == NOUN:
        return _close(f"{text[0].upper()}{text[1:]} : pour ou contre")
    return None


def _close(question: str) -> str:
    return f"{question.strip()} ?"


@cache
def _forms() -> Mapping[tuple[str, str], tuple[str, str]]:
    """(axis, nature) → what a title tells, and the question, "" where there is none."""
    found = {}
    for line in read_lines(__name__, "templates"):
        names, _, forms = line.partition(": ")
        axis, _, nature = names.partition(" ")
        title, _, question = forms.partition(" | ")
        found[axis, nature] = title, question
    return found


LACKING = "manque"
"""The nature of a lack."""
_IMPROVED = frozenset({"acces", "information", "coordination", "participation"})
"""Natures whose nouns one improves: access, information."""
_PEOPLE_ONLY = frozenset({("sud", "former"), ("sud", "associer")})
"""Actions that are done with people."""
_EITHER = frozenset({("est", "manque"), ("sud", "financer")})
"""Of people as well as of things."""


def of_nature(axis: str, nature: str | None, phrase: str, head: str) -> str | None:
    """What a title says of an object, in lower case; None when its nature has no form that takes it.

    Parameters
    ----------
    phrase : a noun phrase without article.
    head : its noun, in lower case.
    """
    whole = definite(phrase, head)
    form, _ = _forms().get((axis, nature or ""), ("", ""))
    if whole is None or not form or _says_it_already(nature, head) or not _fits(axis, nature, head):
        return None
    if "{verb}" in form:
        verb, some = verbs_of_objects().get(head), indefinite(phrase, head)
        is_fit = verb is not None and some is not None and (nature != "organiser" or verb == nature)
        return f"{verb} {some}" if is_fit else None
    return _filled(form, phrase, head, whole)


def question_of(axis: str, nature: str | None, phrase: str, head: str = "") -> str | None:
    """The question to work on about an object, without its mark; None when its nature or its grammar gives none."""
    noun = head or first_noun(phrase).lower()
    whole = definite(phrase, noun)
    _, form = _forms().get((axis, nature or ""), ("", ""))
    if whole is None or not form or not _fits(axis, nature, noun):
        return None
    if _says_it_already(nature, noun):
        return f"comment améliorer {whole}" if nature in _IMPROVED else None
    return _filled(form, phrase, noun, whole)


def _filled(form: str, phrase: str, head: str, whole: str) -> str:
    return form.format(
        le=whole, de=with_de(_counted(phrase, head)).replace("’", "'"), du=with_de(whole).replace("’", "'"),
        au=with_a(whole),
    )  # fmt: skip


def _fits(axis: str, nature: str | None, head: str) -> bool:
    return is_person(head) if (axis, nature) in _PEOPLE_ONLY else (axis, nature) in _EITHER or not is_person(head)


def _says_it_already(nature: str | None, head: str) -> bool:
    """Whether a noun tells the nature by itself: « le coût du prix » says nothing more than « le prix »."""
    known = read_words(__name__, "nouns_of_natures")
    return any(f"{nature}:{form}" in known for form in (head, head.removesuffix("s")))


def _counted(phrase: str, head: str) -> str:
    """A noun alone in the plural, when one counts it: one lacks doctors."""
    if phrase != head or is_mass(head) or is_plural(head) or head.endswith(("s", "x", "z")):
        return phrase
    if not is_person(head):
        return phrase
    return f"{head}x" if head.endswith("eau") else f"{head}s"
