"""Est: each obstacle as it was told, what was tried, what would get past it, the question to work on; tensions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.contracts.draft import Sentence, TitleNode, TitleRef
from pipeline.language.syntax import sentence_forms
from pipeline.restitution.material.kinship import MEMBERS_MAX, got_past, is_sure, objects
from pipeline.restitution.material.model import Group, Item
from pipeline.restitution.prose.accounts import account
from pipeline.restitution.prose.axis_templates import EST
from pipeline.restitution.prose.sequence import Part, Saying, chain
from pipeline.restitution.prose.stands_alone import is_understood, standing_words
from pipeline.restitution.prose.teller import Teller
from pipeline.restitution.prose.testimony import first_quote, taken, tension, told_note
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


def told_obstacle(teller: Teller, group: Group, n_quotes: int) -> list[Part]:
    """What is told of one obstacle: what is told, what was tried, what gets past it, what answers it."""
    teller.kept.update(item.item_id for item in group.members if _asks(item) or _is_way_through(item))
    sides = tension(teller, group) if n_quotes else []
    said = account(teller, group, EST, 0 if sides else n_quotes)
    if not said:
        return []
    return [*said, *sides, *_tried(teller, group), *_crossed(teller, group), *told_answers(teller, group.group_id)]


def told_lead(teller: Teller, group: Group) -> list[Sentence]:
    """The obstacle in one sentence, in the participants' words where they read well."""
    return chain(teller, account(teller, group, EST, 0)[:1])


def beside(teller: Teller, groups: Sequence[Group], n: int) -> list[Saying]:
    """Up to `n` other obstacles of a theme: ideas of its groups that no title covers, each told for itself."""
    found = [item for group in groups for item in strangers(teller, group) if item.confidence >= BESIDE_MIN]
    sayings: list[Saying] = []
    heard = list(teller.heard)
    for item in found:
        if len(sayings) == n:
            break
        node = standing_words(teller, item) if item.item_id not in teller.told else None
        if node is not None and not got_past(node.text) and not repeats(node.text, heard):
            sayings.append(taken(teller, Saying(item, node, EST)))
            heard.append(node.text)
    return sayings


def strangers(teller: Teller, group: Group) -> list[Item]:
    """The sure members of a group that are no kin of its title."""
    family = {item.item_id for item in teller.kin(group)}
    aside = teller.told | teller.kept | teller.tied_to_told | family
    return [i for i in group.members[:MEMBERS_MAX] if i.item_id not in aside and is_sure(i) and not objects(i)]


def _asks(item: Item) -> bool:
    return item.facet == "problematique" and item.text.rstrip().endswith("?")


def _is_way_through(item: Item) -> bool:
    """Whether an item says how the obstacle is passed: its facet, and words that say so."""
    says_so = _PASSED.search(item.text) or _WOULD_PASS.search(item.text)
    return item.facet == "traversee" and is_sure(item) and says_so is not None


def _tried(teller: Teller, group: Group) -> list[Sentence]:
    found = first_quote(teller, [item for item in group.members if _TRIED.search(item.text)])
    if found is None or not _TRIED.search(found[1].text):  # another sentence of it reads better: it tells no attempt
        return []
    template = teller.turn("tried", ("Une tentative a déjà eu lieu : {q}.", "Cela a déjà été essayé : {q}."))
    return [teller.say(template, [found[0].item_id], q=found[1])]


def _crossed(teller: Teller, group: Group) -> list[Part]:
    """What got, or would get, past the obstacle: members read as `traversee` whose words say so."""
    crossings = [item for item in teller.kin(group) if _is_way_through(item) and item.item_id not in teller.told]
    passed = first_quote(teller, [item for item in crossings if _PASSED.search(item.text)])
    if passed is not None:
        template = teller.turn("passed", ("Un passage a été trouvé : {q}.", "Ce frein a déjà été levé : {q}."))
        return [teller.say(template, [passed[0].item_id], q=passed[1])]
    passing = first_quote(teller, [item for item in crossings if _WOULD_PASS.search(item.text)])
    if passing is not None:
        template = teller.turn("passing", ("Un passage se dessine : {q}.", "Une prise existe : {q}."))
        return [teller.say(template, [passing[0].item_id], q=passing[1])]
    return [told for item in crossings[:1] if (told := told_note(teller, item, EST)) is not None]


NAMINGS_MAX = 2
"""How often one answer is named in the whole of Est: the same bus would otherwise come back under every obstacle."""


def told_answers(teller: Teller, obstacle: str, n_max: int = 2) -> list[Sentence]:
    """What was said elsewhere that answers this obstacle: actions (Sud), then resources (Nord)."""
    answers = teller.material.answers.get(obstacle, ())
    told = teller.material.groups[obstacle]
    groups = [teller.material.groups[answer] for answer in answers if answer in teller.material.groups]
    groups = [group for group in groups if teller.kinship.is_linked(told, group)]
    sentences: list[Sentence] = []
    for axis in ("sud", "nord"):
        chosen = [group for group in groups if group.axis == axis and _may_name(teller, group)][:n_max]
        if chosen:
            teller.turns.update(f"named {group.group_id}" for group in chosen)
            sources = [item.item_id for group in chosen for item in group.members]
            several = len(chosen) > 1
            template = teller.turn(f"answer_{axis}_{several}", ANSWERED[axis][several])
            sentences.append(teller.say(template, sources, x=teller.named_list(chosen)))
    return sentences


def _may_name(teller: Teller, group: Group) -> bool:
    return not group.is_unsure and bool(teller.kin(group)) and teller.turns[f"named {group.group_id}"] < NAMINGS_MAX


ANSWERED: dict[str, dict[bool, Sequence[str]]] = {
    "sud": {
        False: (
            "Une piste y répondrait : {x}.",
            "Une proposition permettrait d’avancer : {x}.",
            "Une action irait dans ce sens : {x}.",
        ),
        True: ("Des pistes y répondraient : {x}.", "Des propositions permettraient d’avancer : {x}."),
    },
    "nord": {
        False: ("Une ressource existe déjà : {x}.", "On pourrait s’appuyer sur ce qui existe : {x}."),
        True: ("Des ressources existent déjà : {x}.", "On pourrait s’appuyer sur ce qui existe : {x}."),
    },
}


def open_question(teller: Teller, groups: Sequence[Group]) -> list[Sentence]:
    """One question to end a theme: one that someone asked, else that of its first obstacle."""
    asked = [item for group in groups for item in group.members if _asks(item) and item.item_id not in teller.told]
    for item in asked:
        found = first_quote(teller, [item])
        is_clear = found is not None and is_understood(found[1].text)
        if found is not None and is_clear and found[1].text.endswith("?") and fits(item, found[1], frozenset()):
            return [teller.say(teller.turn("asked", _ASKED), [item.item_id], q=found[1])]
    for group in groups:
        if teller.kin(group) and teller.has_good_title(group) and (sentence := _made(teller, group)) is not None:
            return [sentence]
    return []


def _made(teller: Teller, group: Group) -> Sentence | None:
    """The obstacle turned into a question, as the group has it, led in by words that vary."""
    if not group.question or sentence_forms.SPEAKER.search(group.question):
        return None
    sources = [item.item_id for item in group.members]
    lead = teller.turn("question", _QUESTIONS)
    words = teller.lexicon.lowered(group.question.strip())
    node = TitleNode(words, TitleRef(group.group_id, "question"))
    return teller.say(f"{lead}{{x}}", sources, x=node)


_ASKED = ("Une question a été posée : {q}.", "Une question est venue : {q}.", "Reste une question : {q}.")
_QUESTIONS = (
    "Une question reste ouverte : ",
    "Reste cette question : ",
    "Une question est à reprendre ensemble : ",
    "Cette question demeure : ",
)
