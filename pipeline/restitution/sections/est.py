"""Est: each obstacle as it was told, what was tried, what would get past it, the question to work on; tensions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.contracts.draft import Sentence, TitleNode, TitleRef
from pipeline.language.syntax import sentence_forms
from pipeline.restitution.material.kinship import MEMBERS_MAX, got_past, is_sure, objects
from pipeline.restitution.material.model import Group, Item
from pipeline.restitution.prose.accounts import account
from pipeline.restitution.prose.frames import Frame
from pipeline.restitution.prose.phrases import voice, ways
from pipeline.restitution.prose.sayings import Part, Saying, taken
from pipeline.restitution.prose.sequence import chain
from pipeline.restitution.prose.stands_alone import is_understood, standing_words
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.prose.testimony import first_quote, tension, told_note
from pipeline.restitution.prose.titles import has_good_title
from pipeline.restitution.quoting.quotes import fits, repeats

BESIDE_MIN = 0.75
"""Confidence asked of an idea that is told beside a group rather than in it."""
_TRIED = re.compile(
    r"\bdéjà (?:été )?(?:essayé|tenté|testé|demandé)|\bon a (?:déjà )?essayé|\bavai(?:t|ent) (?:essayé|tenté)|"
    r"\bça existait\b",
    re.IGNORECASE,
)
_WOULD_PASS = re.compile(
    r"\b(?:il suffi(?:t|rait)|permett\w+|pourrai\w+|on peut|ça (?:marche|aide|débloque)|à condition)\b", re.IGNORECASE
)
_PASSED = re.compile(
    r"\b(?:depuis|on est passés?|on a (?:mis|pris|fait|acheté|trouvé|monté)|a fini par|a tenu)\b", re.IGNORECASE
)


def told_obstacle(telling: Telling, group: Group, n_quotes: int) -> list[Part]:
    """What is told of one obstacle: what is told, what was tried, what gets past it, what answers it."""
    telling.memory.kept.update(item.item_id for item in group.members if _asks(item) or _is_way_through(item))
    sides = tension(telling, group) if n_quotes else []
    said = account(telling, group, voice("est"), 0 if sides else n_quotes)
    if not said:
        return []
    return [*said, *sides, *_tried(telling, group), *_crossed(telling, group), *told_answers(telling, group.group_id)]


def told_lead(telling: Telling, group: Group) -> list[Sentence]:
    """The obstacle in one sentence, in the participants' words where they read well."""
    return chain(telling, account(telling, group, voice("est"), 0)[:1])


def beside(telling: Telling, groups: Sequence[Group], n: int) -> list[Saying]:
    """Up to `n` other obstacles of a theme: ideas of its groups that no title covers, each told for itself."""
    found = [item for group in groups for item in strangers(telling, group) if item.confidence >= BESIDE_MIN]
    sayings: list[Saying] = []
    heard = list(telling.memory.heard)
    for item in found:
        if len(sayings) == n:
            break
        node = standing_words(telling, item) if item.item_id not in telling.memory.told else None
        if node is not None and not got_past(node.text) and not repeats(node.text, heard):
            sayings.append(taken(telling.memory, Saying(item, node, voice("est"))))
            heard.append(node.text)
    return sayings


def strangers(telling: Telling, group: Group) -> list[Item]:
    """The sure members of a group that are no kin of its title."""
    family = {item.item_id for item in telling.kinship(group)}
    aside = telling.memory.said | telling.memory.tied_to_told | family
    return [i for i in group.members[:MEMBERS_MAX] if i.item_id not in aside and is_sure(i) and not objects(i)]


def _asks(item: Item) -> bool:
    return item.facet == "problematique" and item.text.rstrip().endswith("?")


def _is_way_through(item: Item) -> bool:
    """Whether an item says how the obstacle is passed: its facet, and words that say so."""
    says_so = _PASSED.search(item.text) or _WOULD_PASS.search(item.text)
    return item.facet == "traversee" and is_sure(item) and says_so is not None


def _tried(telling: Telling, group: Group) -> list[Frame]:
    found = first_quote(telling, [item for item in group.members if _TRIED.search(item.text)])
    if found is None or not _TRIED.search(found[1].text):  # another sentence of it reads better: it tells no attempt
        return []
    return [telling.tell(ways("est.tried"), [found[0].item_id], q=found[1])]


def _crossed(telling: Telling, group: Group) -> list[Part]:
    """What got, or would get, past the obstacle: members read as `traversee` whose words say so."""
    crossings = [
        item for item in telling.kinship(group) if _is_way_through(item) and item.item_id not in telling.memory.told
    ]
    passed = first_quote(telling, [item for item in crossings if _PASSED.search(item.text)])
    if passed is not None:
        return [telling.tell(ways("est.passed"), [passed[0].item_id], q=passed[1])]
    passing = first_quote(telling, [item for item in crossings if _WOULD_PASS.search(item.text)])
    if passing is not None:
        return [telling.tell(ways("est.passing"), [passing[0].item_id], q=passing[1])]
    return [told for item in crossings[:1] if (told := told_note(telling, item, voice("est"))) is not None]


def told_answers(telling: Telling, obstacle: str) -> list[Frame]:
    """What was said elsewhere that answers this obstacle: actions (Sud), then resources (Nord)."""
    named = telling.kinship.named_under.get(obstacle, ())
    groups = [telling.material.groups[answer] for answer in named]
    frames: list[Frame] = []
    for axis in ("sud", "nord"):
        chosen = [group for group in groups if group.axis == axis]
        if chosen:
            sources = [item.item_id for group in chosen for item in group.members]
            templates = ways(f"est.{'answers' if len(chosen) > 1 else 'answer'}_{axis}")
            frames.append(telling.tell(templates, sources, x=telling.titles.named_list(chosen)))
    return frames


def open_question(telling: Telling, groups: Sequence[Group]) -> list[Frame]:
    """One question to end a theme: one that someone asked, else that of its first obstacle."""
    asked = [
        item for group in groups for item in group.members if _asks(item) and item.item_id not in telling.memory.told
    ]
    for item in asked:
        found = first_quote(telling, [item])
        is_clear = found is not None and is_understood(found[1].text)
        if found is not None and is_clear and found[1].text.endswith("?") and fits(item, found[1], frozenset()):
            return [telling.tell(ways("est.asked"), [item.item_id], q=found[1])]
    for group in groups:
        if telling.kinship(group) and has_good_title(group) and (sentence := _made(telling, group)) is not None:
            return [sentence]
    return []


def _made(telling: Telling, group: Group) -> Frame | None:
    """The obstacle turned into a question, as the group has it, led in by words that vary."""
    if not group.question or sentence_forms.SPEAKER.search(group.question):
        return None
    sources = [item.item_id for item in group.members]
    words = telling.titles.lexicon.lowered(group.question.strip())
    node = TitleNode(words, TitleRef(group.group_id, "question"))
    return telling.tell(ways("est.question"), sources, x=node)
