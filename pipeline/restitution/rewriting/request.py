"""What a language model is asked for a page, and what was shown for the one that stands.

It is shown the titles, the ideas in the order of their files with what stands around them, and what was counted. The
page that was answered stands through what people do next; only ideas or titles that it was not shown make it asked for
again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, groupby
from typing import Annotated, Any

from pydantic import Field

from pipeline.assistant.asking import WAITING, Answer, Assistant, Failure, Ids, Question, Short, Text, prompt_of
from pipeline.assistant.by_hand import PAGE
from pipeline.assistant.lock import is_order
from pipeline.axes import COMPASS_CODES, compass
from pipeline.contracts.draft import Block, Draft, FactNode, Sentence, TextNode
from pipeline.contracts.labels import CONTEXT_JOINT, PART_NAMES
from pipeline.language.text.folding import fold
from pipeline.restitution.prose.places import NUMBERED
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.lock import surroundings
from pipeline.restitution.quoting.quotes import QUOTABLE, is_chosen, masked
from pipeline.restitution.sections.positions import OF_POSITIONS
from pipeline.workshop.model import Group, Item, Material, may_tell

READING, WHOLE = "relecture", "la page"
"""The task of reading it again, and what it is called."""
COUNTED = ("votes", "avis")
"""Sections of ours whose counts a model is shown."""
OF_SHEET = ("atelier.toml",)
"""What a sentence rests on that tells a field of the sheet."""
SHOWN = ("titres", "reperes", "comptes")
"""What is kept of the marks of a page."""
PARTS_MAX, SENTENCES_MAX, UNDER_MAX = 320, 24, 8
"""Parts of a page, sentences of a part, and ideas of a group that a model is shown before those of others."""
WORDS_BRIEF, WORDS_FEW, WORDS_NO_TITLE, WORDS_PAGE, WORDS_TITLE = 450, 600, 1400, 350, 140
"""Words of a page: of the length `essentiel`; where little was said; without titles; beside titles, and for each."""
WORDS_SHARE, WORDS_MAX = 0.5, 3500
"""Of the words that were said, how many a page may have at most, and how many whatever was said."""
READ_AGAIN_MORE = 1.25
"""How much longer it may be once it was read again, which adds what it lacks."""
WORDS_SHOWN_MAX, HEADING_MAX, STARTS = 80, 240, 40
"""Words of an idea that a model is shown, characters of a heading, letters by which a heading that is cut is known."""
INDENT = "  "


class Told(Answer):
    """A sentence or a few, and the marks of what they rest on."""

    texte: Text
    appuis: Ids


class Part(Answer):
    """What is told under a title, an axis or in L'essentiel."""

    sous: Annotated[str, Field(max_length=12)]
    titre: Short = ""
    phrases: Annotated[list[Told], Field(max_length=SENTENCES_MAX)]


class Page(Answer):
    """Parts in any order."""

    parties: Annotated[list[Part], Field(max_length=PARTS_MAX)]


class Again(Told):
    """A sentence in the place of one, by its number, or one more, after one or last; where it goes, when that
    changes."""

    n: int | None = None
    apres: int | None = None
    sous: Annotated[str, Field(max_length=12)] = ""


class Mended(Answer):
    """What a page that was read again changes in it, and L'essentiel written anew, where it is."""

    phrases: Annotated[list[Again], Field(max_length=PARTS_MAX)]
    essentiel: list[Told] = Field(default_factory=list, max_length=SENTENCES_MAX)


@dataclass(frozen=True)
class Asked:
    """What a page rests on, as it was shown, found again in what is known now.

    Attributes
    ----------
    titles : mark → title. groups : title → the group of most of its ideas; None for a title of none.
    items, counts : mark → an idea that may still be told, or a count, or a field of the sheet, that is still true.
    counted : mark → the words in which a count was shown, with its meeting.
    axes : mark of a title → its axis, as it was shown.
    told : marks of titles that a person told in her own words since.
    meeting : what its sheet says of the meeting, and the titles that documents give themselves.
    stood : mark of an idea → the title under which it was shown, as it is called now.
    """

    titles: Mapping[str, str]
    groups: Mapping[str, Group | None]
    items: Mapping[str, Item]
    counts: Mapping[str, Sentence]
    counted: Mapping[str, str] = field(default_factory=dict)
    axes: Mapping[str, str] = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    meeting: tuple[str, ...] = ()
    stood: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def heard(self) -> tuple[str, ...]:
        """All that was shown."""
        shown = chain.from_iterable((masked(item), *around(item)) for item in self.items.values())
        return tuple(
            dict.fromkeys((*self.titles.values(), *self.meeting, *shown, *(one.text for one in self.counts.values())))
        )

    def name_of(self, under: str) -> str:
        """A part of the page, for people."""
        axes = {code: compass()[code].name for code in COMPASS_CODES}
        return {**PART_NAMES, **axes, **self.titles}.get(under, under)


def page_of(draft: Draft, telling: Telling, assistant: Assistant) -> tuple[Mapping[str, Any], Page | Failure]:
    """What was shown of the page that stands, and what was answered; of a new one, where there is something that it was
    not shown, and until that one is answered, of the last one that was."""
    titles = titles_of(telling.material)
    told = {key: one for key, one in telling.material.items.items() if may_tell(one) and not is_order(one.text)}
    known = {
        "consigne": [prompt_of(PAGE).sha256],
        "longueur": [telling.length],
        "idees": list(told),
    }
    last = assistant.kept.get(PAGE) or {}
    answered = list(_answered(last, assistant))
    named = frozenset(chain.from_iterable(last.get("titres", {}).values()))
    is_fresh = all(set(now) <= set(last.get(name, ())) for name, now in known.items())
    is_fresh &= not any(named.isdisjoint((one, group.group_id if group else one)) for one, group in titles.items())
    if is_fresh and answered and answered[0][0] is last:
        return answered[0]
    found: Page | Failure = Failure(WAITING)
    if not (is_fresh and assistant.wait(last["cle"])):
        marked = {f"p{n}": one for n, one in enumerate(_fitting([*told.values()], assistant.config.caracteres_max), 1)}
        question, record = _question(marked, titles, _marked_counts(draft), telling, tuple(told))
        found = assistant.ask(question)
        if isinstance(found, Page) or found.reason == WAITING:
            before = answered[0][0] if answered and isinstance(found, Failure) else {}
            last = {**known, **record, "cle": assistant.key_of(question), "avant": before}
            assistant.kept.put(PAGE, last)
    return answered[0] if answered and isinstance(found, Failure) else (last, found)


def _answered(last: Mapping[str, Any], assistant: Assistant) -> Iterator[tuple[Mapping[str, Any], Page]]:
    """The last page that was asked and the one before it, with their answers, where they have one."""
    for record in filter(None, (last, last.get("avant"))):
        if (answer := assistant.recall(record["cle"], Page)) is not None:
            yield record, answer


def _question(
    marked: Mapping[str, Item],
    titles: Mapping[str, Group | None],
    counted: Mapping[str, str],
    telling: Telling,
    items: tuple[str, ...],
) -> tuple[Question[Page], dict[str, Any]]:
    named = {f"t{n}": title for n, title in enumerate(titles, 1)}
    marks = {title: mark for mark, title in named.items()}
    axes = {mark: axis_of(title, titles, telling.material) for mark, title in named.items()}
    about = {**words_at_most(telling), **what_is_shown(named, axes, marked, counted, marks, telling)}
    of_group = {key: marks[one.title] for key, one in telling.material.groups.items() if one.title in marks}
    record = {
        "titres": {mark: [one, group.group_id if (group := titles[one]) else ""] for mark, one in named.items()},
        "axes": axes,
        "reperes": {mark: item.item_id for mark, item in marked.items()},
        "sous": {mark: of_group[item.group] for mark, item in marked.items() if item.group in of_group},
        "comptes": counted,
    }
    return Question(PAGE, about, Page, items), record


def words_at_most(telling: Telling, more: float = 1) -> dict[str, int]:
    """How long a page may be, where that is bounded; `more` times that."""
    said = (one.text for one in telling.material.items.values() if may_tell(one))
    words = words_wanted(telling.length, len(titles_of(telling.material)), said)
    return {"mots_au_plus": round(words * more)} if words is not None else {}


def words_wanted(length: str, n_titles: int, said: Iterable[str]) -> int | None:
    """Words of a page of a length, by how many titles there are and what was said; None where it has no bound."""
    if length != "standard":
        return WORDS_BRIEF if length == "essentiel" else None
    asked = WORDS_PAGE + WORDS_TITLE * n_titles if n_titles else WORDS_NO_TITLE
    most = min(asked, WORDS_MAX, int(WORDS_SHARE * sum(len(one.split()) for one in said)))
    return max(WORDS_FEW, most)


def what_is_shown(
    named: Mapping[str, str],
    axes: Mapping[str, str],
    marked: Mapping[str, Item],
    counted: Mapping[str, str],
    placed: Mapping[str, str],
    telling: Telling,
) -> dict[str, Any]:
    """What a page is written from, and read again with.

    Parameters
    ----------
    named, axes, marked, counted : mark → title, its axis, idea, count in words or field of the sheet.
    placed : title → mark, of the titles under which it is said that a machine put ideas.
    """
    return {
        "titres": [
            {"id": mark, "titre": title, **_where(title, axes.get(mark, ""), telling.material)}
            for mark, title in named.items()
        ],
        "rencontres": meetings(telling.material),
        "paroles": list(_files(marked, placed, telling)),
        **{
            name: [{"id": mark, "texte": text} for mark, text in counted.items() if mark[0] == letter]
            for letter, name in (("f", "fiche"), ("c", "comptes"))
        },
    }


def _where(title: str, axis: str, material: Material) -> dict[str, str]:
    """The rubric of a person that heads a title in the document, and its axis where one is known."""
    rubric, axis = material.rubrics_given.get(title, ""), material.axes_given.get(title) or axis
    return {**({"rubrique": rubric} if rubric else {}), **({"axe": compass()[axis].name} if axis else {})}


def titles_of(material: Material) -> dict[str, Group | None]:
    """The titles of people that nobody told in her own words, with the group of most of their ideas, if any; under
    rubrics, in the order in which a person gave them."""
    groups = [one for axis in COMPASS_CODES for one in material.groups_of(axis) if not one.is_proposed]
    hers = titles_told(material)
    homes = {one.title: one for one in sorted(groups, key=material.is_home)}
    order: dict[str, Group | None] = {one.title: homes[one.title] for one in groups if one.title not in hers}
    order |= dict.fromkeys(title for title in material.empty_titles if title not in order)
    given = [one for one in material.axes_given if one in order] if material.rubrics else ()
    return {title: order[title] for title in dict.fromkeys([*given, *order]) if not is_order(title)}


def titles_told(material: Material) -> frozenset[str]:
    """The titles that a person told in her own words."""
    return frozenset(one.title for one in material.groups.values() if one.author_text)


def axis_of(title: str, titles: Mapping[str, Group | None], material: Material) -> str:
    """The axis that a person gave a title, else that of most of its ideas; "" where neither is known, or where she gave
    titles without axes: ideas that move would turn it."""
    group = titles.get(title) if material.is_on_axes else None
    return material.axes_given.get(title) or (group.axis if group is not None else "")


def _fitting(ideas: Sequence[Item], characters_max: int) -> list[Item]:
    """As many ideas as there is room for, in order: what people chose or voted on, then some of each group, the surest
    first, and of what stands in none, the best worded."""
    ranks = Counter[str]()
    ranked: list[tuple[bool, int, float, int]] = []
    for at in sorted(range(len(ideas)), key=lambda at: (-round(ideas[at].strength, 2), at)):
        item = ideas[at]
        ranked.append((not (is_chosen(item) or item.votes), ranks[item.group] // UNDER_MAX, -item.worth, at))
        ranks[item.group] += bool(item.group)
    room, kept = characters_max, list[int]()
    for *_, at in sorted(ranked):
        room -= len(ideas[at].text) + len(ideas[at].context) // 4 + 12
        if room < 0:
            break
        kept.append(at)
    return [ideas[at] for at in sorted(kept)]


def _files(marked: Mapping[str, Item], marks: Mapping[str, str], telling: Telling) -> Iterator[dict[str, Any]]:
    """Ideas as their files are read: each file apart, a heading or a line above others once, what stands under it
    indented, the ideas of a contribution on one line.

    Parameters
    ----------
    marks : title → its mark.
    """
    numbers = {voice: n for n, voice in enumerate(dict.fromkeys(one.voice for one in marked.values() if one.voice), 1)}

    def file_of(pair: tuple[str, Item]) -> tuple[str, str, bool]:
        return pair[1].source, pair[1].date, pair[1].provenance in QUOTABLE

    for (source, date, is_quotable), some in groupby(marked.items(), key=file_of):
        lines, above = list[str](), list[str]()
        for _, card in groupby(some, key=lambda pair: (pair[1].contribution_id, pair[1].context, pair[1].table)):
            ideas = list(card)
            item = ideas[0][1]
            for heading in _new_below(above, [item.table, *item.context.split(CONTEXT_JOINT)]):
                told = f"{heading[:HEADING_MAX].rpartition(' ')[0]}…" if len(heading) > HEADING_MAX else heading
                lines.append(f"{INDENT * len(above)}{told} :")
                above.append(_letters(heading))
            voice = f"v{numbers[item.voice]}" if item.voice else ""
            who = " ".join(filter(None, [voice, f"({name})" if (name := _who(item, telling)) else ""]))
            said = [_line(mark, one, marks, telling) for mark, one in ideas]
            lead = "" if is_order(item.lead) else item.lead
            lines.append(f"{INDENT * len(above)}{' | '.join(filter(None, [who, lead, *said]))}")
            above.append(_letters(masked(item)))
        title = telling.material.documents.get(source, "")
        head = {"titre": title * (not is_order(title)), "date": date}
        about = {"fichier": source, **{name: text for name, text in head.items() if text}}
        yield {**about, "mots": "exacts" if is_quotable else "notés", "lignes": lines}


def _new_below(above: list[str], path: Sequence[str]) -> list[str]:
    """What of a path is still to be written below the open lines, those that it does not go on from closed: a heading
    of a path may be a line, and what stands between two of its headings may lack."""
    parts = [one for one in path if _letters(one) and not is_order(one)]
    for n in reversed(range(len(parts))):
        at = max((at for at, line in enumerate(above) if _is_line(parts[n], line)), default=-1)
        if at >= 0 and all(any(_is_line(one, line) for line in above[:at]) for one in parts[:n]):
            del above[at + 1 :]
            return parts[n + 1 :]
    above.clear()
    return parts


def _letters(text: str) -> str:
    return fold("".join(filter(str.isalnum, text)))


def _is_line(heading: str, line: str) -> bool:
    """Whether an open line, by its letters, is what stands under a heading: all of it, or, where that is cut, its
    first ones: questions that open alike are not the same."""
    letters = _letters(heading)
    return letters == line or (heading.endswith("…") and letters[:STARTS] == line[:STARTS])


def _line(mark: str, item: Item, marks: Mapping[str, str], telling: Telling) -> str:
    """An idea with its mark, the title where a machine put it, its side and its votes."""
    group = telling.material.groups.get(item.group)
    under = marks.get(group.title, "") if group is not None else ""
    side = item.stance if item.stance in ("pour", "contre", "nuance") else ""
    on = f"« {item.stance_on} »" if side and item.stance_on else ""
    head = [mark, f"[{under}]" * bool(under), side, on]
    return f"{' '.join(filter(None, [*head, *votes_of(item)]))} : {' '.join(masked(item).split()[:WORDS_SHOWN_MAX])}"


def votes_of(item: Item) -> list[str]:
    """The votes of an idea, by side."""
    votes = {"pour": item.votes, "contre": item.votes_against}
    return [f"({n} votes {side})" for side, n in votes.items() if n]


def _who(item: Item, telling: Telling) -> str:
    """Who says an idea, by her name where it may be told, or by her part; "" where the files give neither."""
    voice = "".join(node.text for node in telling.places.voice_of(item))
    numbered = NUMBERED.fullmatch(voice)
    return voice if not numbered else numbered["part"] or ""


def _counts(draft: Draft) -> dict[str, Sentence]:
    """What our sections count, in words, with the document and the day of a vote → the sentence, or the row of a
    table, that says it."""
    found: dict[str, Sentence] = {}
    for section in (one for one in draft.sections if one.key in COUNTED):
        above = ""
        for block in section.blocks:
            above = f"{block.value.text}\u00a0: " if block.kind == "heading" else above
            found |= _counts_of(block, above)
    return found


def _counts_of(block: Block, above: str) -> Iterator[tuple[str, Sentence]]:
    head = block.sentences[0].nodes if block.kind == "table" else ()
    for sentence in block.sentences[1 if head else 0 :]:
        if is_count(sentence):
            cells = zip(head[1:], sentence.nodes[1:], strict=False)
            row = f"{sentence.nodes[0].text} : {', '.join(f'{name.text} {cell.text}' for name, cell in cells)}"
            yield f"{above}{row if head else sentence.text}", sentence


def is_count(sentence: Sentence) -> bool:
    """Whether a sentence of ours says what was counted, voted or decided."""
    return sentence.sources == OF_POSITIONS or any(isinstance(node, FactNode) for node in sentence.nodes)


def _marked_counts(draft: Draft) -> dict[str, str]:
    """What our sections count, then what the sheet says, each with its mark."""
    told = {"c": _counts(draft), "f": _of_sheet(draft)}
    return {f"{letter}{n}": text for letter, texts in told.items() for n, text in enumerate(texts, 1)}


def _of_sheet(draft: Draft) -> dict[str, Sentence]:
    """The fields of the sheet in words, as the head of the document tells them → the sentence that says each."""
    texts = (f"{one.label} : {one.value}" for one in draft.header if one.state == "given" and not is_order(one.value))
    return {text: Sentence((TextNode(text),), OF_SHEET) for text in texts}


def number_of(mark: str) -> tuple[str, int]:
    """By what marks are in the order in which they were shown."""
    return mark[:1], int(mark[1:]) if mark[1:].isdigit() else 0


def found_again(record: Mapping[str, Any], draft: Draft, telling: Telling) -> Asked:
    material, titles, counts = telling.material, titles_of(telling.material), _counts(draft) | _of_sheet(draft)
    shown = {name: sorted(record[name].items(), key=lambda one: number_of(one[0])) for name in SHOWN}
    groups = {mark: (title, material.groups.get(group_id)) for mark, (title, group_id) in shown["titres"]}
    now = {mark: title if group is None else group.title for mark, (title, group) in groups.items()}
    found = {mark: title for mark, title in now.items() if title in titles}
    told = titles_told(material)
    items = {mark: material.items[key] for mark, key in shown["reperes"] if key in material.items}
    return Asked(
        found,
        titles,
        {mark: item for mark, item in items.items() if may_tell(item) and not is_order(item.text)},
        {mark: counts[text] for mark, text in shown["comptes"] if text in counts},
        dict(shown["comptes"]),
        record.get("axes", {}),
        frozenset(mark for mark, title in now.items() if title in told),
        (*(text for one in meetings(material) for text in one.values()), *_document_titles(material)),
        {mark: found[title] for mark, title in record.get("sous", {}).items() if title in found},
    )


def meetings(material: Material) -> list[dict[str, str]]:
    """What the sheet of each workshop says of its meeting, by name."""
    named = ("titre", "date", "lieu", "format_animation", "anime_par", "participants")
    told = [{name: str(row[name]) for name in named if row.get(name)} for row in material.workshops]
    return [{name: text for name, text in one.items() if not is_order(text)} for one in told]


def _document_titles(material: Material) -> Iterator[str]:
    return (title for title in material.documents.values() if not is_order(title))


def around(item: Item) -> tuple[str, ...]:
    """What stands around an idea, and says no more of it than where, when, to what question and by whom."""
    return tuple(one for one in surroundings(item) if not is_order(one))
