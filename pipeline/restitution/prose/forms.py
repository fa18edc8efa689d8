"""What a title is in a sentence of ours (a noun phrase, an act, a claim…; one of no sure form follows a colon), and
what brings it in; words of people that are acts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.axes import OUEST, SUD
from pipeline.contracts.draft import Node, TextNode
from pipeline.language.lexicon.nouns import is_noun
from pipeline.language.syntax import phrases
from pipeline.language.syntax.finite_verbs import has_main_verb, has_sure_main_verb
from pipeline.language.syntax.function_words import DETERMINER
from pipeline.language.syntax.workshop_lexicon import Lexicon
from pipeline.language.text.typography import elides
from pipeline.restitution.nodes import listed
from pipeline.restitution.plan.showing import head_of, may_be_claim
from pipeline.restitution.prose.telling import Telling

THING, ACT, CLAIM, LACK, QUESTION, WORDS = "thing", "act", "claim", "lack", "question", "words"
"""What a title is in a sentence: a noun phrase, an infinitive, a clause, what there is too much or not enough of, a
question, or words that only a colon may bring."""
_LACK = re.compile(
    r"(?:encore )?(?:(?:(?:pas|plus) (?:assez |ou presque pas )?|trop (?:peu )?|moins |peu |beaucoup )d(?:e\b|['’])"
    r"|(?:rien|aucune?)\b)",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:on|ils?|elles?|ça|ce|chacun|personne|tout) |c['’]", re.IGNORECASE)
_SOME = re.compile(r"de (?!plus|moins|quel)\w+[sx] \w", re.IGNORECASE)
_US = re.compile(r"\b(?:nous|vous|ma|mon)\b", re.IGNORECASE)
_NEGATED = re.compile(r"\bne\b|\bn['’]", re.IGNORECASE)
RELATIVE = re.compile(r"(?:qui|que|dont|où)\b|qu['’]", re.IGNORECASE)
_FREE = re.compile(r"(?:ce (?:qu['’]|qu[ei]\b)|(?:ceux|celles) qui\b)", re.IGNORECASE)
_ADVERB = re.compile(r"(?:mieux|bien) (?=\w)", re.IGNORECASE)
_SINGULAR = {"m": "un ", "f": "une "}
_INDEFINITE = re.compile(r"(?:une?|des|plus de) ", re.IGNORECASE)


def form_of(lexicon: Lexicon, title: str, axis: str) -> tuple[str, str]:
    """What a title is in a sentence, and the article that it lacks there."""
    found = lexicon.phrase(title)
    if found.kind == phrases.QUESTION:
        return (QUESTION, "") if "?" not in title[:-1] else (WORDS, "")
    if re.search(r"[?!;]", title):
        return WORDS, ""
    if found.kind == phrases.INFINITIVE or _is_act(lexicon, title):
        return (WORDS if any(_says(piece.strip()) for piece in title.split(",")[1:]) else ACT), ""
    if _LACK.match(title):
        is_told = not _is_denied(title) and not has_sure_main_verb(title)
        return ((THING if axis == SUD else LACK) if is_told else WORDS), ""
    return _statement(lexicon, found, title, axis)


def _statement(lexicon: Lexicon, found: phrases.Phrase, title: str, axis: str) -> tuple[str, str]:
    """What a title is that is no question, no act and no lack."""
    first, *others = (piece.strip() for piece in title.split(","))
    if _FREE.match(title):
        return (CLAIM if any(map(_PRONOUN.match, others)) else THING), ""
    if found.kind == phrases.CLAUSE:
        is_sure = has_sure_main_verb(title) or _is_denied(title) or _PRONOUN.match(title) is not None
        return (CLAIM if is_sure and not others else WORDS), ""
    is_lack = axis != SUD and any(map(_LACK.match, others))
    if _is_denied(title) or has_sure_main_verb(first) or is_lack or any(map(_says, others)):
        return WORDS, ""
    if DETERMINER.match(title) or _SOME.match(title):
        return _thing(lexicon, first), ""
    return (WORDS, "") if others else _bare(found, axis)


def _is_denied(title: str) -> bool:
    """Whether a verb of its own is denied."""
    return _NEGATED.search(RELATIVE.split(title)[0]) is not None


def _thing(lexicon: Lexicon, first: str) -> str:
    """What words with their article are: a thing, told by a relative if by a verb."""
    if RELATIVE.search(first):
        return WORDS if may_be_claim(RELATIVE.split(first)[0]) else THING
    is_thing = _SOME.match(first) or lexicon.phrase(first).kind == phrases.NOUN
    return THING if is_thing and not may_be_claim(first) and not _US.search(first) else WORDS


def _says(piece: str) -> bool:
    """Whether what follows a comma has a verb of its own."""
    return has_sure_main_verb(piece) or _PRONOUN.match(piece) is not None or piece.startswith("et ")


def _is_act(lexicon: Lexicon, title: str) -> bool:
    match = _ADVERB.match(title)
    return match is not None and lexicon.phrase(title[match.end() :]).kind == phrases.INFINITIVE


def _bare(found: phrases.Phrase, axis: str) -> tuple[str, str]:
    """A noun phrase with no article of its own."""
    is_pair = found.number == "s" and phrases.is_bare_pair(" ".join(found.text.split()[:3]))
    is_verb = found.noun.endswith(("ons", "ez")) and not is_noun(found.noun)  # « Laissons la place »
    if found.kind != phrases.NOUN or not found.noun or is_verb or is_pair or may_be_claim(found.text):
        return WORDS, ""
    if axis != SUD or elides(found.low):
        return THING, "des " if found.number == "p" else phrases.article(found)
    return THING, "des " if found.number == "p" else _SINGULAR.get(found.gender, "")


_NO = re.compile(r"(?:pas|plus|rien|aucune?)\b", re.IGNORECASE)
_ASIDE = re.compile(r" ?\([^()]*\)")
_STOPS = re.compile(r"[.;:!?…\n\[\]>]|\bétant\b|\b(?:l[ae]s?|leur|lui|se) \w+ \w+(?:er|ir|re)\b", re.IGNORECASE)
"""What no clause of ours holds: another sentence, a cut, a verb after its object."""
EXPLAINED = re.compile(r"[^\S\n]:[^\S\n](?=[^.;:!?…\n\[\]>]+$)")
"""What comes between an act and how it would be done, which ends our sentence."""
_IS = re.compile(r"\b(?:est|sont|sera|serait)\b|^(?:proposer|suggérer)\b|^(?:en )?avoir \w+é\b", re.IGNORECASE)
"""In words that begin as an act: they are the subject of this verb; the verb is that of our own sentence; or the act is
done."""
LONG = 12
"""Words of one thing, from which two fill a sentence."""


@dataclass(frozen=True)
class Named:
    """A title, or words, as our sentences take them: their form, the article that they lack, how widely they were
    said."""

    form: str
    article: str
    node: Node
    spread: tuple[Node, ...] = ()

    @property
    def low(self) -> str:
        """Its words with its article."""
        return f"{self.article}{self.node.text}"

    @property
    def there(self) -> str:
        """What brings a lack: `il n’y a `, `il y a `."""
        return "il n’y a " if _NO.match(self.low) else "il y a "

    def after(self, joint: str) -> list[Node]:
        """It, after what joins it: `de`, `que`, `le fait`, `l’idée`."""
        word = {ACT: "de", CLAIM: "que", LACK: f"qu’{self.there}".strip()}.get(self.form, "")
        elided = f"{word[:-1]}’" if word in ("de", "que") and elides(self.low) else f"{word} " if word else ""
        before = f"{joint} " if joint and word else ""
        return [TextNode(f"{before}{elided}{self.article}"), self.node, *self.spread]


def taken_in(telling: Telling, node: Node, axis: str) -> Named | None:
    """Somebody's words as an act that our sentence may propose, or a thing that it may suggest; None where it may
    not."""
    bare = EXPLAINED.split(_ASIDE.sub("", node.text), maxsplit=1)[0]
    if node.kind != "report" or axis not in (SUD, OUEST) or _STOPS.search(bare) or phrases.SPEAKER.search(bare):
        return None
    form, article = form_of(telling.lexicon, bare, axis)
    is_act = form == ACT and _IS.search(head_of(bare)) is None and not has_main_verb(head_of(bare))
    is_thing = form == THING and axis == SUD and ":" not in node.text and _INDEFINITE.match(f"{article}{bare}")
    return Named(form, article, node) if is_act or is_thing else None


def together(parts: Sequence[Sequence[Node]]) -> list[Node]:
    """Parts of one enumeration, one that holds a comma or an « et » of its own last; set apart where several do, or
    one is long."""
    texts = [" ".join(node.text for node in part if node.kind in ("title", "report")) for part in parts]
    is_heavy = [re.search(r", | et | – ", text) is not None for text in texts]
    if sum(is_heavy) > 1 or any(len(text.split()) > LONG for text in texts):
        return listed(parts)
    return listed([parts[at] for at in sorted(range(len(parts)), key=is_heavy.__getitem__)], " et ", ", ")
