"""Words of people that are acts, and how our sentences propose them together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.axes import OUEST, SUD
from pipeline.contracts.draft import Node, TextNode, WordsNode
from pipeline.language.syntax import phrases
from pipeline.language.syntax.finite_verbs import has_main_verb, has_sure_main_verb
from pipeline.language.text.typography import elides
from pipeline.restitution.nodes import listed
from pipeline.restitution.plan.showing import head_of

_PRONOUN = re.compile(r"(?:on|ils?|elles?|ça|ce|chacun|personne|tout) |c['’]", re.IGNORECASE)
_ADVERB = re.compile(r"(?:mieux|bien) (?=\w)", re.IGNORECASE)
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


def is_act(node: WordsNode, axis: str) -> bool:
    """Whether somebody's words are an act that our sentence may propose."""
    bare = EXPLAINED.split(_ASIDE.sub("", node.text), maxsplit=1)[0]
    if node.kind != "report" or axis not in (SUD, OUEST) or _STOPS.search(bare) or phrases.SPEAKER.search(bare):
        return False
    head = head_of(bare)
    return _is_infinitive(bare) and _IS.search(head) is None and not has_main_verb(head)


def _is_infinitive(text: str) -> bool:
    """Whether words are an infinitive, of which no piece says something with a verb of its own."""
    kind, found = phrases.analyse(text).kind, _ADVERB.match(text)
    is_one = kind == phrases.INFINITIVE or (
        found is not None and phrases.analyse(text[found.end() :]).kind == phrases.INFINITIVE
    )
    is_one &= kind != phrases.QUESTION and re.search(r"[?!;]", text) is None
    return is_one and not any(_says(piece.strip()) for piece in text.split(",")[1:])


def _says(piece: str) -> bool:
    """Whether what follows a comma has a verb of its own."""
    return has_sure_main_verb(piece) or _PRONOUN.match(piece) is not None or piece.startswith("et ")


def proposed(node: Node) -> list[Node]:
    """An act after what proposes it: « de fermer », « d’ouvrir »."""
    return [TextNode("d’" if elides(node.text) else "de "), node]


def together(parts: Sequence[Sequence[Node]]) -> list[Node]:
    """Parts of one enumeration, one that holds a comma or an « et » of its own last; set apart where several do, or
    one is long."""
    texts = [" ".join(node.text for node in part if node.kind in ("title", "report")) for part in parts]
    is_heavy = [re.search(r", | et | – ", text) is not None for text in texts]
    if sum(is_heavy) > 1 or any(len(text.split()) > LONG for text in texts):
        return listed(parts)
    return listed([parts[at] for at in sorted(range(len(parts)), key=is_heavy.__getitem__)], " et ", ", ")
