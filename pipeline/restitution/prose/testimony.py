"""What people said about a group: short quotations from different tables, and notes told as reported speech."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.contracts.draft import WordsNode
from pipeline.language.text.words import content_stems
from pipeline.restitution.material.model import Group, Item
from pipeline.restitution.prose.details import detail
from pipeline.restitution.prose.frames import Frame
from pipeline.restitution.prose.phrases import Voice, ways
from pipeline.restitution.prose.places import place_key
from pipeline.restitution.prose.sayings import Saying, taken
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.prose.titles import Titles, subject
from pipeline.restitution.quoting.quotes import CUT, quote, ranked, repeats
from pipeline.restitution.quoting.spans import candidates
from pipeline.restitution.quoting.unfit import holds_marks, holds_personal_data, points_back

REPORT_WORDS_MAX = 34
NOTE_WORDS_MIN = 3
ECHO_STEMS_MIN = 2
_FIRST_PERSON = re.compile(r"\b(?:je|j['’]|moi|mon|ma|mes)(?=\W)", re.IGNORECASE)
"""A note that says « je » has an author whom the sentence would lose."""


def testimony(
    telling: Telling, group: Group, voice: Voice, n: int, known: Sequence[str], beside: Item | None = None
) -> list[Saying]:
    """Up to `n` more sayings of a group's kin: quotations first, then a note where quotations are few.

    Parameters
    ----------
    known : texts already told about the group; what only repeats them is left out.
    beside : the idea just told: its table's note of it, or the post-it that the note is of, says it again.
    """
    family = [item for item in telling.kinship(group) if beside is None or not _echoes(item, beside)]
    sayings: list[Saying] = []
    seen = list(known)
    for item, node in ranked(family, telling.memory.said, known, subject(group)):
        if len(sayings) == n:
            break
        if item.item_id not in telling.memory.told and not repeats(node.text, seen):
            sayings.append(taken(telling.memory, _unnamed(telling, item, node, group, voice)))
            seen.append(node.text)
    if n and len(sayings) < n:
        sayings.extend(_notes(telling, group, family, voice, seen))
    return sayings


def _echoes(item: Item, other: Item) -> bool:
    """Whether a note and a post-it of one table share two words of subject: the same thing, most probably."""
    if place_key(item) != place_key(other) or (item.provenance == "note") == (other.provenance == "note"):
        return False
    return len(set(content_stems(item.text)) & set(content_stems(other.text))) >= ECHO_STEMS_MIN


def _unnamed(telling: Telling, item: Item, node: WordsNode, group: Group, voice: Voice) -> Saying:
    """What is said of a name without the name, which was just given: `neuf réparateurs du samedi`."""
    added = detail(telling.titles, item, group) if voice.detail else None
    return Saying(item, added or node, voice, is_detail=added is not None)


def _notes(telling: Telling, group: Group, family: Sequence[Item], voice: Voice, known: Sequence[str]) -> list[Saying]:
    """The first note that adds to what is known."""
    for item in family:
        if item.item_id in telling.memory.said | telling.memory.tied_to_told or repeats(item.text, known):
            continue
        node = note_node(telling.titles, item)
        if node is not None:
            return [taken(telling.memory, _unnamed(telling, item, node, group, voice))]
    return []


def told_note(telling: Telling, item: Item, voice: Voice) -> Saying | None:
    """A note as a saying; None when it is no note, or cannot be told in a sentence."""
    node = note_node(telling.titles, item)
    return None if node is None else taken(telling.memory, Saying(item, node, voice))


def note_node(titles: Titles, item: Item) -> WordsNode | None:
    """The first sentence of a note, when short enough and without personal data, as a report node."""
    if item.provenance != "note" or not item.is_quotable:
        return None
    hides = holds_marks if item.axis == "nord" else holds_personal_data
    spans = [s for s in candidates(item, REPORT_WORDS_MAX) if not hides(item.source_text[s[0] : s[1]])]
    if not spans:
        return None
    start, end = min(spans, key=lambda span: (span[0], span[0] - span[1]))
    label = _LABEL.match(item.source_text[start:end])
    node = titles.report(item, (start + label.end() if label is not None else start, end))
    is_short = len(node.text.split()) < NOTE_WORDS_MIN
    unfit = node.text.startswith(CUT) or points_back(node.text) or _FIRST_PERSON.search(node.text) is not None
    return None if is_short or unfit else node


_LABEL = re.compile(
    r"(?:(?:proposition|idée|piste|constat|frein|demande|question|remarque|exemple|besoin|projet)s?)\s*:\s*(?=\S)",
    re.IGNORECASE,
)
"""What a note-taker writes before an idea to say what it is: our sentence says it."""


def first_quote(
    telling: Telling, items: Sequence[Item], matter: frozenset[str] = frozenset()
) -> tuple[Item, WordsNode] | None:
    """The first of these items that can be quoted and was not told."""
    for item in items:
        node = quote(item, subject=matter)
        if node is not None and item.item_id not in telling.memory.told:
            return item, node
    return None


def tension(telling: Telling, group: Group) -> list[Frame]:
    """A disagreement with both its sides, never added up; [] when one side is silent or cannot be quoted."""
    sides = {
        stance: [item for item in group.members if item.stance == stance and item.status == "sur"]
        for stance in ("pour", "contre")
    }
    pro, con = (first_quote(telling, sides[stance], subject(group)) for stance in ("pour", "contre"))
    if pro is None or con is None or repeats(pro[1].text, [con[1].text]):
        return []
    return [telling.tell(ways("told.tension"), [pro[0].item_id, con[0].item_id], q1=pro[1], q2=con[1])]
