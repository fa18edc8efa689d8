"""Reports already written: "il a été évoqué que…", "les participants soulignent…": how they open, how many say so.

What is reported is the idea; the words that report it are told by whoever tells the idea, once.
"""

import re
from collections.abc import Iterable

from pipeline.language.lexicon.nouns import CIVILITY
from pipeline.language.lexicon.verbs import REPORTING, third_person
from pipeline.language.syntax.finite_verbs import subject_of
from pipeline.language.syntax.standing import LOST_MAX, judge
from pipeline.language.text.lists import either, read_words

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
_OF_MANY = re.compile(rf"\W*(?:{_IMPERSONAL}|(?:{_PEOPLE}|nous)\s+{_TO_WHOM}(?:{_SAYS}|{_FEELS}))(?!\w)", re.IGNORECASE)
_BACKS = r"(?!soutien(?:t|nent)\s+(?!qu))"
"""« soutient le port » is told of somebody, « soutient que… » is what she says."""
_BEGINS = re.compile(rf"(?:s['’]y\s+|se\s+|y\s+)?{_TO_WHOM}{_BACKS}(?:{_SAYS}|{_FEELS})(?![\w-])", re.IGNORECASE)
_OPINIONS = either(read_words(__name__, "opinions"))
_OPINION = re.compile(
    rf"(?:ne\s+|n['’])?(?:est|sont|était)\s+(?:\w+\s+){{0,3}}?(?:{_OPINIONS})(?:e?s|e)?(?!\w)",
    re.IGNORECASE,
)
"""« n'est pas d'accord avec… », « est favorable à… »."""
_TO_CLAUSE = re.compile(
    r"(?:n['’]|ne\s)?\s*(?:(?:lui|leur|nous|se|y)\s|[sy]['’])?(?P<verb>[a-zà-ÿ]+)\s+(?:\w+\s+){0,2}?"
    r"(?:que\s|qu['’]|pourquoi\s|comment\s|s['’]il)",
    re.IGNORECASE,
)
"""« ne comprend pas pourquoi… », « admet que… »: what somebody thinks or says takes a clause, whatever the verb."""
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
    if _BEGINS.match(words) is not None or _OPINION.match(words) is not None:
        return True
    clause = _TO_CLAUSE.match(words)
    return clause is not None and third_person(clause["verb"].lower()) is not None


def tells_of_many(sentence: str) -> bool:
    """Whether a sentence tells what people without a name said: « Plusieurs habitants s'inquiètent… »."""
    return _OF_MANY.match(sentence) is not None


def reported_from(sentence: str) -> int:
    """Where what is reported begins in a sentence that reports; 0 when it reports nothing.

    "il a été souligné que les bus manquent" → at "les bus"; "il a été proposé de rouvrir la halle" → at "rouvrir". A
    clause in the subjunctive keeps its "que"; one whose subject is who speaks stays with her: "Mme Vidal dit qu'elle…".
    """
    found = _OPENING.match(sentence)
    if found is None:
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


def says_what_was_said(sentence: str) -> bool:
    """Whether a sentence only tells who said the one before: « Le maire le fait remarquer. »."""
    return _SAYS_IT.search(sentence) is not None


def is_report(texts: Iterable[str]) -> bool:
    """Whether texts are those of a report already written: enough of their sentences report what was said."""
    sentences = [sentence for text in texts for sentence in _SENTENCE.findall(text)]
    n_reporting = sum(_ANY_REPORT.search(sentence) is not None for sentence in sentences)
    return n_reporting >= REPORT_SENTENCES_MIN and n_reporting >= REPORT_SHARE_MIN * len(sentences)
