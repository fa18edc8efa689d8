"""Titles as our sentences take them, after a verb of their axis or a colon; words of people that are acts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.axes import SUD
from pipeline.contracts.draft import Node, TextNode
from pipeline.language.syntax.finite_verbs import has_main_verb
from pipeline.language.syntax.phrases import SPEAKER
from pipeline.language.text.typography import elides
from pipeline.restitution.nodes import listed
from pipeline.restitution.prose.forms import ACT, CLAIM, LACK, form_of
from pipeline.restitution.prose.telling import Telling

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


def taken_act(telling: Telling, node: Node, axis: str) -> Named | None:
    """Somebody's words as an act that our sentence may propose; None where it may not."""
    bare = EXPLAINED.split(_ASIDE.sub("", node.text), maxsplit=1)[0]
    if node.kind != "report" or axis not in (SUD, "ouest") or _STOPS.search(bare) or SPEAKER.search(bare):
        return None
    form, article = form_of(telling.lexicon, bare, axis)
    is_act = form == ACT and _IS.search(bare.split(" qu")[0]) is None and not has_main_verb(bare)
    return Named(form, article, node) if is_act else None


def together(parts: Sequence[Sequence[Node]]) -> list[Node]:
    """Parts of one enumeration, one that holds a comma or an « et » of its own last; set apart where several do, or
    one is long."""
    texts = [" ".join(node.text for node in part if node.kind in ("title", "report")) for part in parts]
    is_heavy = [re.search(r", | et | – ", text) is not None for text in texts]
    if sum(is_heavy) > 1 or any(len(text.split()) > LONG for text in texts):
        return listed(parts)
    return listed([parts[at] for at in sorted(range(len(parts)), key=is_heavy.__getitem__)], " et ", ", ")
