"""Reports already written: "il a été évoqué que…", "les participants soulignent…": how they open, how many say so.

What is reported is the idea; the words that report it are told by whoever tells the idea, once.
"""

import re
from collections.abc import Iterable
from functools import cache

from pipeline.language.lexicon.nouns import CIVILITY
from pipeline.language.lexicon.verbs import REPORTING, third_person, told_forms
from pipeline.language.syntax.finite_verbs import subject_of
from pipeline.language.syntax.standing import LOST_MAX, judge
from pipeline.language.text.lists import either, read_lines, read_words

REPORT_SHARE_MIN, REPORT_SENTENCES_MIN = 0.3, 3
"""A document is a report from this share of reporting sentences on, and this many at least."""


_PRESENTS = either(REPORTING)
_PARTICIPLES, _FEELING, _SPEAKERS = (
    either(read_words(__name__, name)) for name in ("reported_participles", "feeling_presents", "reported_speakers")
)
_ADVERBS = r"(?:(?:aussi|également|ensuite|alors|notamment|encore|enfin|bien|souvent|tous|toutes|par ailleurs)\s+)*"
_SAID = rf"(?:{_PARTICIPLES})(?:e?s|e)?"
_FEELINGS = r"(?!(?:craint|demandé|dénoncé|déploré|regretté|réclamé|salué|souhaité)\b)"
"""What these tell is what was said: "les usagers ont salué l'équipe"."""
_NEUTRAL = re.compile(r"(?:évoqu|soulign|rappel|mentionn|abord|signal|relev|indiqu|précis|not[ée])\w*\W+(?:\w+\W+)?$")
_MEANS = (
    r"(?:(?:vien(?:t|nent|ons) d[e'’]|f(?:ait|ont|aisons)|t(?:ient|iennent|enons) à)\s*[a-zà-ÿ]+(?:er|ir|re)"
    r"|(?:re)?pren(?:d|nent) la parole|attir(?:e|ent) l['’]attention|pos(?:e|ent) (?:l[ae]|une|des|sa) questions?\b"
    r"|(?:en )?profit(?:e|ent) (?:[^.;:]{1,60}\s)?pour)"
)
"""« vient d'expliquer », « font remarquer », « tient à dire », « reprend la parole », « profite de ce point pour »."""
_SAYS = rf"(?:{_ADVERBS}(?:a|ont|avons)\s+{_ADVERBS}{_FEELINGS}{_SAID}|{_MEANS}|(?:{_PRESENTS}))"
_ASKS = r"(?:(?:a|ont)\s+)?(?:demand|souhait|réclam|exig)(?:ent|e?ons|[eé])"
_FEELS = rf"(?:{_ASKS}|{_FEELING})"
_IMPERSONAL = rf"(?:il|ce qui)\s+(?:a\s+(?:{_ADVERBS}été|fut)|est)\s+{_ADVERBS}{_SAID}"
_PEOPLE = (
    rf"(?:(?:l['’]|les?\s|la\s|une?\s|des\s|certain(?:e?s)\s|plusieurs\s|quelques\s|d['’]autres\s|tou(?:te)?s\sles\s)"
    rf"(?:{_SPEAKERS})|certain(?:e?s)|plusieurs|d['’]autres|beaucoup|tou(?:te)?s)"
)
_PROPER = r"[A-ZÀ-Þ][\w.’'-]*"
_NAMED = rf"(?-i:(?:{CIVILITY}\s+)?{_PROPER}(?:\s+{_PROPER}){{0,3}}(?:\s+\([^()]{{1,30}}\))?)"
_TO_WHOM = r"(?:(?:nous|leur|lui|y)\s+)?"
_NOUN_PHRASE = r"(?:la|le|les|une?|des|du)\s|l['’]"
_OPENING = re.compile(
    rf"\W*(?:(?P<nobody>{_IMPERSONAL})|{_PEOPLE}\s+{_TO_WHOM}{_SAYS}|"
    rf"(?P<one>(?:{_NAMED}|nous)\s+{_TO_WHOM}(?:{_SAYS}|(?P<asks>{_ASKS}))))\s+{_ADVERBS}"
    rf"(?:(?P<that>que\s|qu['’])|d(?:e\s|['’])(?=[a-zà-ÿ]+(?:er|ir|re)\b)|(?P<phrase>(?={_NOUN_PHRASE})))",
    re.IGNORECASE,
)
_OPENS = re.compile(rf"\W*{_IMPERSONAL}(?<!répondu)\b", re.IGNORECASE)
_ANY_REPORT = re.compile(rf"\b(?:{_IMPERSONAL}|{_PEOPLE}\s+{_SAYS})\b", re.IGNORECASE)
_BACKS = r"(?!soutien(?:t|nent)\s+(?!qu))"
"""« soutient le port » is told of somebody, « soutient que… » is what she says."""


_BACKED = re.compile(_BACKS, re.IGNORECASE)
_OF_NOBODY = re.compile(rf"\W*{_IMPERSONAL}(?!\w)", re.IGNORECASE)
_MANY = re.compile(rf"\W*(?:{_PEOPLE}|nous)\s+", re.IGNORECASE)
_BODY = re.compile(rf"\W*(?:l[ea]s?\s+|l['’])(?:{either(read_words(__name__, 'reported_bodies'))})s?\s+", re.IGNORECASE)
_ACTS = read_words(__name__, "body_acts")
_DID = re.compile(
    rf"(?:a|ont)\s+{_ADVERBS}(?:{either({f'{one[:-2]}é' for one in _ACTS if one.endswith('er')})}|choisi|retenu)\b",
    re.IGNORECASE,
)
_CALLED_MAX = 4
"""Words by which a body is called, « le conseil d'administration extraordinaire »."""
_REFLEXIVE_VERBS = read_words(__name__, "reflexive_verbs")
_OF_ONESELF = either({f"{one[:-2]}é" for one in _REFLEXIVE_VERBS if one.endswith("er")} | {"dit", "plaint"})
_SAID_BEFORE = either(read_words(__name__, "feeling_participles"))
_EARLIER = (
    rf"(?:s['’](?:est|étai(?:en)?t|sont)\s+{_ADVERBS}(?:{_OF_ONESELF})(?:e?s|e)?"
    rf"|(?:n['’]|ne\s+)?(?:a|ont|avai(?:en)?t|aurai(?:en)?t)\s+(?:(?:pas|plus|jamais|déjà)\s+)*{_ADVERBS}"
    rf"(?:{_PARTICIPLES}|{_SAID_BEFORE})(?:e?s|e)?)"
)
"""« s'est étonné », « avait demandé », « n'avait pas compris »: what she said is never told without these words."""
_TOLD = re.compile(
    rf"(?:s['’]y\s+|se\s+|y\s+)?{_TO_WHOM}{_BACKS}(?:{_SAYS}|{_FEELS}|{_EARLIER})(?![\w-])", re.IGNORECASE
)
_VERB = re.compile(
    rf"(?:n['’]|ne\s+)?(?:(?P<oneself>se\s+|s['’](?:(?:en|y)\s+)?)|{_TO_WHOM})(?P<verb>[a-zà-ÿ]+)(?![\w-])",
    re.IGNORECASE,
)


@cache
def _forms(is_of_oneself: bool) -> set[str]:
    """Verbs that tell what somebody says, « regrettait », or with « se » before, « s'engage », « s'inquiétera »."""
    feelings = read_words(__name__, "feeling_presents") - {"fait"}
    return told_forms(_REFLEXIVE_VERBS, is_future=True) if is_of_oneself else told_forms(REPORTING | feelings)


@cache
def _acts() -> set[str]:
    return told_forms(_ACTS)


def _is_of_body(sentence: str) -> bool:
    """Whether a sentence tells what a body says or decides: « Le conseil municipal décide… »."""
    body = _BODY.match(sentence)
    if body is None:
        return False
    rest = sentence[body.end() :].split(" ", _CALLED_MAX + 1)
    return any(
        rest[n].lower() in _acts() or _DID.match(" ".join(rest[n:])) or _tells(" ".join(rest[n:]))
        for n in range(min(_CALLED_MAX, len(rest)))
    )


def _tells(words: str) -> bool:
    """Whether a stretch begins with a verb of saying or feeling, in any tense."""
    verb = _VERB.match(words)
    if verb is not None and verb["verb"].lower() in _forms(verb["oneself"] is not None):
        return _BACKED.match(words) is not None
    return _TOLD.match(words) is not None


_OPINIONS = either(read_words(__name__, "opinions"))
_OPINION = re.compile(
    rf"(?:ne\s+|n['’])?(?:y\s+)?(?:est|sont|était)\s+(?:\w+\s+){{0,3}}?(?:{_OPINIONS})(?:e?s|e)?(?!\w)",
    re.IGNORECASE,
)
"""« n'est pas d'accord avec… », « est favorable à… »."""
_TO_CLAUSE = re.compile(
    r"(?:n['’]|ne\s)?\s*(?:(?:lui|leur|nous|se|y)\s|[sy]['’])?(?P<verb>[a-zà-ÿ]+)\s+(?:\w+\s+){0,2}?"
    r"(?:que\s|qu['’]|pourquoi\s|comment\s|s['’]il)",
    re.IGNORECASE,
)
"""« ne comprend pas pourquoi… », « admet que… »: what somebody thinks or says takes a clause, whatever the verb."""
_TELLS_THEM = re.compile(
    r"(?:a\s+)?(?:assur|inform|prévien|prévenu|averti|rassur|alert)\w*\s+(?:[\w’'-]+\s+){1,8}?(?:que\s|qu['’])",
    re.IGNORECASE,
)
"""« assure les riverains et le conseil que… »."""
_UNANSWERED = re.compile(
    r"n['’](?:a|ont|avai(?:en)?t)\s+(?:pas|jamais|rien)\s+(?:encore\s+)?répondu\b"
    r"|ne\s+répond(?:ent|ait|aient)?\s+(?:pas|jamais|plus)\b",
    re.IGNORECASE,
)
"""« n'a pas répondu à l'invitation »: who is not there says nothing."""
_SAYS_IT = re.compile(rf"\b(?:le\s+|l['’])(?:{_SAYS})\W*$", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]{12,}")
_SUBJUNCTIVE = re.compile(
    r"(?:[^\s,;]+\s+){1,6}(?:soi(?:t|ent)|ai(?:t|ent)|fasse|fassent|puisse|puissent|vienne|viennent)\b", re.IGNORECASE
)


def opens_report(text: str) -> bool:
    """Whether "il" stands for nobody at the head of a text ("il a été proposé de…"), and answers nothing."""
    return _OPENS.match(text) is not None


def begins_with_saying(words: str) -> bool:
    """Whether a stretch begins with a verb by which minutes tell what somebody says: « demande si… »."""
    if _UNANSWERED.match(words) is not None:
        return False
    if _tells(words) or _TELLS_THEM.match(words) is not None or _OPINION.match(words) is not None:
        return True
    clause = _TO_CLAUSE.match(words)
    return clause is not None and third_person(clause["verb"].lower()) is not None


def says_besides(sentence: str) -> bool:
    """Whether a sentence tells beside its verb that something is said: « présente le plan en précisant que… »."""
    gerunds = _GERUND.findall(_FIRST.split(sentence, maxsplit=1)[0])
    return any(f"{stem.lower()}ait" in _forms(is_of_oneself=False) for stem in gerunds)


_FIRST = re.compile(r"(?<=[a-zà-ÿ»)])[.!?…]\s")
_GERUND = re.compile(r"\ben\s+([^\W\d_]+)ant\s+(?:\w+\s+)?(?:qu|l|si\b|un|des\b)", re.IGNORECASE)


def tells_of_many(sentence: str) -> bool:
    """Whether a sentence tells what people without a name, or a body, said: « Plusieurs habitants s'inquiètent… »."""
    many = _MANY.match(sentence)
    if _is_of_body(sentence):
        return True
    return _OF_NOBODY.match(sentence) is not None or (many is not None and _tells(sentence[many.end() :]))


def reported_from(sentence: str) -> int:
    """Where what is reported begins in a sentence that reports; 0 when it reports nothing.

    "il a été souligné que les bus manquent" → at "les bus"; "il a été proposé de rouvrir la halle" → at "rouvrir". A
    clause in the subjunctive keeps its "que"; one whose subject is who speaks stays with her: "Mme Vidal dit qu'elle…".
    """
    found = _OPENING.match(sentence)
    if found is None or gives_to_others(sentence):
        return 0
    said = sentence[found.end() :]
    if found["nobody"] is None and (subject_of(said) == "back" or judge(said).lost > LOST_MAX):
        return 0  # it needs who speaks
    if found["phrase"] is not None:
        if found["one"] is not None:
            return 0
        return found.end() if _NEUTRAL.search(sentence[: found.end()].lower()) else 0
    if found["that"] and (found["asks"] or _SUBJUNCTIVE.match(sentence, found.end())):
        return found.start("that")
    return found.end()


def gives_to_others(sentence: str) -> bool:
    """Whether a sentence opens by giving what it says to others: « On nous dit que… », « Ils répondent que… »."""
    return _OF_OTHERS.match(sentence) is not None


_OF_OTHERS = re.compile(rf"\W*(?:{'|'.join(read_lines(__name__, 'of_others'))})\b", re.IGNORECASE)


def says_what_was_said(sentence: str) -> bool:
    """Whether a sentence only tells who said the one before: « Le maire le fait remarquer. »."""
    return _SAYS_IT.search(sentence) is not None


def is_report(texts: Iterable[str]) -> bool:
    """Whether texts are those of a report already written: enough of their sentences report what was said."""
    sentences = [sentence for text in texts for sentence in _SENTENCE.findall(text)]
    n_reporting = sum(_ANY_REPORT.search(sentence) is not None for sentence in sentences)
    return n_reporting >= REPORT_SENTENCES_MIN and n_reporting >= REPORT_SHARE_MIN * len(sentences)
