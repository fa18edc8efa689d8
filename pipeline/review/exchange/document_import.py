"""Corrected document as decisions: titles, quotations, deletions, paragraphs and parts written by hand, the order of
groups; what cannot come back is told line by line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from pipeline.contracts.draft import Draft, NamedNode, WordsNode
from pipeline.contracts.draft_files import fingerprint
from pipeline.contracts.labels import PART_NAMES, SOURCES_TITLE
from pipeline.errors import RefusedFileError
from pipeline.language.text.typography import NO_BREAK, capitalized
from pipeline.review.exchange.alignment import (
    SAME_MIN,
    DeliveredLine,
    DeliveredSentence,
    aligned,
    captions,
    flat,
    in_common,
    is_too_long,
    lines_of,
    words_of_tables,
)
from pipeline.review.exchange.office_text import Paragraph, read_office
from pipeline.review.log.decisions import Part
from pipeline.review.log.state import ReviewState
from pipeline.review.session import ImportPlan, Session, Wish
from pipeline.workshop.records import Group, Item

_JOINTS = (
    ("de la ", "La "),
    ("de l'", "L’"),
    ("des ", "Les "),
    ("du ", "Le "),
    ("d'", ""),
    ("de ", ""),
    ("qu'", ""),
    ("que ", ""),
)
"""How a title begins after a preposition or « que », and how it begins by itself, the longest first."""
_WORDS_MAX = 25
_SIGNS = re.compile(r"[,;:.()«»]")


_CUT = re.compile(r"\s*(?:\[\.\.\.\]|\[…\]|\[\s*…\s*\])\s*")
_QUOTABLE = ("ecrit", "transcription")
_SHOWN = 90
Place = tuple[int, int]
"""A line, and a sentence of it."""
_OLDER = (
    "ce document a été écrit par une rédaction dont il ne reste rien, et ses corrections ne s'y distinguent plus",
    "Reportez-les dans le document d'aujourd'hui, puis reprenez celui-là ; ou décidez-les sur la page de relecture.",
)
_OTHER = (
    "ce n'est pas la restitution de cette relecture, ou presque tout y a été récrit",
    "Donnez restitution.docx ou restitution.odt de ce dossier de résultats, tels que vous les avez corrigés.",
)
_LONGER = (
    "il a bien plus de mots que la restitution qui a été écrite",
    "Ôtez-en ce qui n'en vient pas (annexes, autres documents), puis reprenez-le.",
)


def is_title(written: str, title: str) -> bool:
    """Whether what was written is a title, and not the rest of a sentence: no longer, nor cut by more signs."""
    return len(written.split()) <= _WORDS_MAX and len(_SIGNS.findall(written)) <= len(_SIGNS.findall(title))


def new_title(shown: str, title: str, written: str) -> str:
    """The title that was meant by what was written where a title was shown.

    Parameters
    ----------
    shown : what the sentence showed of `title`: `du médecin` for `Le médecin`.
    """
    written = " ".join(written.split()).strip(" ,;:.")
    if not written or flat(shown).casefold() == flat(title).casefold():
        return capitalized(written)
    before, after = next((pair for pair in _JOINTS if flat(shown).casefold().startswith(pair[0])), ("", ""))
    if after and not flat(title).casefold().startswith(flat(after).casefold()):
        after = ""  # « de la » was the title's own
    for joint, article in ((before, after), *_JOINTS):
        if joint and flat(written).casefold().startswith(joint):
            return capitalized(article + written[len(joint) :].lstrip())
    return capitalized(written)


def said_by(state: ReviewState, written: str, items: Iterable[Item]) -> Item | None:
    """The first of some items whose words hold what was written, word for word, cuts `[…]` aside; None without."""
    parts = [flat(part) for part in _CUT.split(written) if part.strip()]
    if not parts:
        return None
    pattern = re.compile(r"(?<!\w)" + r".*?".join(map(re.escape, parts)) + r"(?!\w)")
    for item in items:  # the exact span; for a transcription, as a person corrected it
        words = item.shown_text or state.sources[item.contribution_id].text[item.start : item.end]
        if pattern.search(flat(words)):
            return item
    return None


def why_not(state: ReviewState, item: Item) -> str:
    """Why an item cannot stand between « »; "" when it can."""
    if state.sources[item.contribution_id].provenance not in _QUOTABLE:
        return "c'est une note prise par quelqu'un, elle se rapporte et ne se cite pas"
    if item.is_hidden or not item.is_quotable:
        return "cette parole est masquée, ou à ne pas citer"
    return ""


def quoted(text: str) -> str:
    """A text between « », cut where it is long."""
    bare = " ".join(text.split())
    return f"«{NO_BREAK}{bare if len(bare) <= _SHOWN else bare[: _SHOWN - 1].rstrip() + '…'}{NO_BREAK}»"


def said(item: Item) -> str:
    """The words of an item, for a line of the plan."""
    return quoted(item.shown_text or item.text)


def plan_document(session: Session, path: Path, author: str, drafts: Sequence[Draft]) -> ImportPlan:
    """The acts that a corrected document asks for, against the draft that it was written from; nothing is recorded.

    Parameters
    ----------
    drafts : the draft of today, then earlier ones. A document that does not say which is its own is of today.

    Raises
    ------
    RefusedFileError : it is no office document, or of none of these drafts.
    """
    office = read_office(path)
    mark = office.fingerprint
    draft = next((one for one in drafts if mark == fingerprint(one)), None) if mark else drafts[0]
    if draft is None:
        raise RefusedFileError(path.name, *_OLDER)
    came, lines = _text_of(office.paragraphs, draft), lines_of(draft)
    if is_too_long(lines, came):
        raise RefusedFileError(path.name, *_LONGER)
    if in_common(lines, came) < SAME_MIN:
        raise RefusedFileError(path.name, *_OTHER)
    reader = _Reader(session, author, draft, came)
    if reader.there.kept < SAME_MIN:
        raise RefusedFileError(path.name, *_OTHER)
    reader.read()
    reader.read_tables(office.paragraphs)
    return reader.plan


def _text_of(paragraphs: Sequence[Paragraph], draft: Draft) -> list[Paragraph]:
    """The paragraphs of the text: neither tables, nor titles around it, nor the list of sources."""
    apart = captions(draft)
    whole = [one for one in paragraphs if not one.is_in_table and flat(one.text) not in apart]
    kept = _without_marks(whole, draft)
    ends = [number for number, one in enumerate(kept) if one.text.strip() == SOURCES_TITLE]
    return kept[: ends[-1]] if ends and draft.sources else kept


def _without_marks(paragraphs: list[Paragraph], draft: Draft) -> list[Paragraph]:
    """The same, without the marks of sources that lost their links on the way through another program."""
    marks = [re.escape(source.mark) for source in draft.sources]
    if not marks:
        return paragraphs
    mark = re.compile(rf"(?:{'|'.join(sorted(marks, key=len, reverse=True))})(?![\w.]\w)")
    if any(mark.search(line.text) for line in lines_of(draft)):
        return paragraphs  # somebody's words look like one
    return [replace(one, text=mark.sub("", one.text)) for one in paragraphs]


Owner = tuple[str, str]
"""`group` or `part`, and which one."""


def owner_of(line: DeliveredLine) -> Owner | None:
    """The group, or the part that a person may write, whose text a line is; None for headings, lists, annexes."""
    if line.is_annex or line.heading:
        return None
    if len(line.groups) == 1:
        return "group", line.groups[0]
    return ("part", line.key) if line.key in PART_NAMES else None


class _Reader:
    """Both texts, line after line, and the acts and the losses that were told so far.

    Attributes
    ----------
    gone : the sentences that were deleted.
    explained : words that came, which a title, a quotation or a told loss accounts for.
    titles : group or theme → the titles that were written for it; `shown`, the one that the document had.
    """

    def __init__(self, session: Session, author: str, draft: Draft, came: Sequence[Paragraph]) -> None:
        self.session, self.state, self.author, self.draft = session, session.state, author, draft
        self.plan = ImportPlan()
        self.lines = lines_of(draft)
        self.there = aligned(self.lines, came)
        self.gone = {
            (row, rank): said
            for row, line in enumerate(self.lines)
            for rank, said in enumerate(line.said)
            if not line.is_annex and self.there.is_gone(row, said)
        }
        self.explained: set[int] = set()
        self.owners = self._owned()
        self.by_hand: set[Owner] = set()
        self.titles: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        self.shown: dict[str, str] = {}

    def read(self) -> None:
        """Titles, quotations, deletions, what was written by hand, the order of groups, then what is left."""
        for row, line in enumerate(self.lines):
            if line.heading:
                self._read_heading(row)
            for rank, one in enumerate(line.said):
                if (row, rank) not in self.gone and not self.there.is_same(row, one.start, one.end):
                    self._read_sentence(row, one)
        self._rename()
        self._read_deletions()
        self._read_new_parts()
        self._read_added()
        self._write_by_hand()
        self._read_order()

    def _read_heading(self, row: int) -> None:
        line, there = self.lines[row], self.there
        if there.is_same(row, 0, len(line.words)) and there.paragraph_of(row) == line.words:
            return
        now = there.whole_paragraph(row)
        self.explained |= {at for at, token in enumerate(there.tokens) if token.paragraph == there.home(row)}
        group = self.state.groups.get(line.groups[0]) if line.heading == "group" else None
        if group is not None and now and is_title(now, now):
            self.titles["group", group.group_id][flat(now)] = capitalized(now.strip(" ,;:."))
            self.shown[group.group_id] = line.text
        elif line.heading == "theme" and now and line.theme in self.state.themes:
            self.titles["theme", line.theme][flat(now)] = now
            self.shown[line.theme] = line.text
        elif now:
            self.lose(line.section, f"{quoted(line.text)} devient {quoted(now)}")
        elif line.heading != "slot":  # a place to fill in that was taken away is no loss
            self.lose(line.section, f"{quoted(line.text)} est effacé")

    def _read_sentence(self, row: int, one: DeliveredSentence) -> None:
        """What changed in a sentence that is still there."""
        line, there = self.lines[row], self.there
        read: set[int] = set()
        for start, end, node in one.nodes:
            between = there.between(row, start, end)
            if not there.is_same(row, start, end):
                if between is None or not self._read_node(node, there.text(between), line.section):
                    continue
                self.explained |= set(there.range_between(row, start, end) or ())
            read |= set(range(start, end))
        left = [at for at in there.words_at(row, one.start, one.end) if at not in read]
        known = {at for at in there.places[row] if at is not None} | self.explained
        first, last = self._stretch(row, one, known)
        new = [at for at in range(first, last) if at not in known and there.tokens[at].is_word]
        if new or any(there.places[row][at] is None for at in left):
            self.explained |= set(range(first, last))
            now = there.text(there.tokens[first:last])
            if not self._is_by_hand(line):
                self.lose(line.section, f"phrase récrite, {quoted(one.sentence.text)} devient {quoted(now)}")

    def _stretch(self, row: int, one: DeliveredSentence, known: set[int]) -> tuple[int, int]:
        """From the first word of what a sentence has become to the last, with what was written on either side."""
        there = self.there
        first, last = there.bounds(row, one.start, one.end)
        home = there.home(row) if first == last else there.tokens[first].paragraph
        if first == last:  # another paragraph stands in its place
            first = last = next((at for at, token in enumerate(there.tokens) if token.paragraph == home), 0)
        taken = {at for places in there.places for at in places if at is not None} | known
        while first and there.tokens[first - 1].paragraph == home and first - 1 not in taken:
            first -= 1
        while last < len(there.tokens) and there.tokens[last].paragraph == home and last not in taken:
            last += 1
        return first, last

    def _read_node(self, node: object, now: str, section: str) -> bool:
        """Whether what stands in the place of a title or of people's words was read, or told."""
        if isinstance(node, NamedNode) and node.kind == "title":
            return self._read_title(node, now)
        return isinstance(node, WordsNode) and self._read_quotation(node, now, section)

    def _read_title(self, node: NamedNode, now: str) -> bool:
        group = self.state.groups.get(node.ref.group_id)
        if group is None or not now or node.ref.field:
            return False
        title = new_title(node.text, group.title, now)
        if not is_title(title, group.title):
            return False
        self.titles["group", group.group_id][flat(title)] = title
        self.shown[group.group_id] = node.text
        return True

    def _read_quotation(self, node: WordsNode, now: str, section: str) -> bool:
        item = self.state.items.get(node.ref.item_id)
        if item is None or (now.strip() and node.kind == "report"):
            return False
        if not now.strip() and self.is_told(item):
            self.lose(
                section, f"la citation {quoted(node.text)} est effacée, mais elle est encore ailleurs dans le texte"
            )
            return True
        if not now.strip():
            self.ban(item, "la citation est effacée")
            return True
        members = [self.state.items[key] for key in self.state.members.get(item.group_id or "", ())]
        chosen = said_by(self.state, now, (one for one in members if one is not item))
        if said_by(self.state, now, [item]):
            self.lose(section, f"citation coupée autrement, {quoted(now)}{NO_BREAK}: Rosace choisit où couper")
        elif chosen is None:
            is_known = said_by(self.state, now, self.state.items.values()) is not None
            why = "elle est d'un autre groupe" if is_known else "ces mots ne sont, à la lettre, dans aucune parole"
            self.lose(section, f"citation refusée, {quoted(now)}{NO_BREAK}: {why}")
        elif why := why_not(self.state, chosen):
            self.lose(section, f"citation refusée, {quoted(now)}{NO_BREAK}: {why}")
        else:
            self._choose(item, chosen)
        return True

    def _choose(self, before: Item, chosen: Item) -> None:
        if chosen.quote_choice != "choisie":
            line = f"citer {said(chosen)} plutôt que {said(before)}"
            self.add(Wish("quote", items=(chosen.item_id,)), line, state="choisie")
        if not self.is_told(before):
            self.ban(before, "remplacée")

    def _rename(self) -> None:
        for (kind, key), titles in self.titles.items():
            old = self.state.groups[key].title if kind == "group" else self.state.themes[key].title
            if len(titles) > 1:
                listed = ", ".join(map(quoted, titles.values()))
                self.lose("", f"{quoted(old)} a reçu plusieurs titres ({listed}), aucun n'est gardé")
                continue
            title = next(iter(titles.values()))
            if flat(title) == flat(old):
                continue
            if self.was_renamed(key, self.shown[key]):
                self.lose(
                    "",
                    f"{quoted(old)} a reçu ce titre depuis, de quelqu'un d'autre, {quoted(title)} n'est pas pris",
                )
                continue
            wish = Wish("rename", groups=(key,)) if kind == "group" else Wish("rename", theme_id=key)
            self.add(wish, f"{quoted(old)} devient {quoted(title)}", title=title[:300])

    def _owned(self) -> list[Owner | None]:
        """Whose words each paragraph that came holds: those of the line that it is, or that it comes after."""
        homes = {home: line for row, line in enumerate(self.lines) if (home := self.there.home(row)) is not None}
        owners: list[Owner | None] = []
        last: Owner | None = None
        for number in range(len(self.there.paragraphs)):
            line = homes.get(number)
            owner = last if line is None else owner_of(line)
            owners.append(owner)
            is_title = line is not None and line.heading == "group" and len(line.groups) == 1
            last = ("group", line.groups[0]) if line is not None and is_title else owner
        return owners

    def _is_by_hand(self, line: DeliveredLine) -> bool:
        """Whether what was changed in a line makes its whole paragraph a person's; it is then written as it came."""
        owner = owner_of(line)
        if owner is None or owner not in self.owners:
            return False
        self.by_hand.add(owner)
        return True

    def _read_new_parts(self) -> None:
        """Parts that a person added under a title of their name."""
        there, names = self.there, {flat(name).casefold(): key for key, name in PART_NAMES.items()}
        homes = {there.home(row) for row in range(len(self.lines))}
        owner: Owner | None = None
        for number, paragraph in enumerate(there.paragraphs):
            if number in homes:
                owner = None
                continue
            key = names.get(flat(paragraph.text).casefold().strip(" :"))
            if key is not None:
                owner = ("part", key)
                self.owners[number] = None
                self.explained |= self._words_of(number)
            elif owner is not None:
                self.owners[number] = owner
                self.by_hand.add(owner)

    def _words_of(self, number: int) -> set[int]:
        return {at for at, token in enumerate(self.there.tokens) if token.paragraph == number}

    def _write_by_hand(self) -> None:
        """The paragraphs of groups and the parts that a person wrote, each as it came."""
        for kind, key in sorted(self.by_hand):
            numbers = [number for number, owner in enumerate(self.owners) if owner == (kind, key)]
            lines = [self.there.paragraphs[number].text.strip() for number in numbers]
            text = "\n".join(filter(None, lines))
            if kind == "group" and text != self.state.groups[key].author_text:
                told = f"{quoted(self.state.groups[key].title)}{NO_BREAK}: paragraphe écrit à la main, {quoted(text)}"
                self.add(Wish("texte", groups=(key,)), told, text=text)
            elif kind == "part" and text != getattr(self.state.parts.get(key), "text", None):
                told = f"{quoted(PART_NAMES[key])}{NO_BREAK}: écrit à la main, {quoted(text)}"
                self.add(Wish("ecrire", part=cast(Part, key)), told, text=text)

    def _read_order(self) -> None:
        """The groups of an axis that stand in another order, all of them placed."""
        by_section: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for row, line in enumerate(self.lines):
            home = self.there.home(row)
            if line.heading == "group" and home is not None and line.groups[0] in self.state.groups:
                by_section[line.section].append((home, line.groups[0]))
        for section, placed in by_section.items():
            if placed != sorted(placed):
                for rank, (_, key) in enumerate(sorted(placed)):
                    told = f"{section}{NO_BREAK}: {quoted(self.state.groups[key].title)} passe en position {rank + 1}"
                    self.add(Wish("order", groups=(key,)), told, position=rank)

    def _read_added(self) -> None:
        """Words that nobody delivered, paragraph after paragraph: those of a group or of a part are its own."""
        there = self.there
        known = {at for row in there.places for at in row if at is not None} | self.explained
        added: dict[int, list[int]] = defaultdict(list)
        for at, token in enumerate(there.tokens):
            if at not in known and token.is_word:
                added[token.paragraph].append(at)
        for number, positions in added.items():
            owner = self.owners[number]
            if owner is not None:
                self.by_hand.add(owner)
                continue
            self.lose("", f"texte ajouté, {quoted(there.text(there.tokens[positions[0] : positions[-1] + 1]))}")

    def read_tables(self, paragraphs: Sequence[Paragraph]) -> None:
        """Tell the cells that hold something else than what was written in any."""
        known = words_of_tables(self.draft)
        for one in paragraphs:
            if one.is_in_table and flat(one.text) not in known:
                self.lose("", f"case de tableau changée, {quoted(one.text)}")

    # sentences that were deleted ----------------------------------------------------------------------------

    def _read_deletions(self) -> None:
        """The acts that deletions ask for; a deletion that no act can say is told."""
        done = self._hide_groups()
        for (row, _), one in self.gone.items():
            line = self.lines[row]
            if not set(line.groups) & done:
                self._read_deletion(line, one)

    def _read_deletion(self, delivered: DeliveredLine, one: DeliveredSentence) -> None:
        items = [self.state.items[key] for key in one.sentence.quoted_items if key in self.state.items]
        line = f"la phrase {quoted(one.sentence.text)} est effacée"
        if not items and not self._is_by_hand(delivered):
            self.lose(delivered.section, f"{line}{NO_BREAK}: elle ne porte ni citation ni groupe à elle seule")
        for item in items:
            if self.is_told(item):
                if not self._is_by_hand(delivered):
                    where = f"{line}{NO_BREAK}: {said(item)} est encore ailleurs dans le texte"
                    self.lose(delivered.section, where)
            elif item.group_id is None and not item.is_hidden:
                self.add(Wish("hide", items=(item.item_id,)), f"{said(item)}{NO_BREAK}: masquée", value=True)
            elif item.group_id is not None:
                self.ban(item, "sa phrase est effacée")

    def _hide_groups(self) -> set[str]:
        """Hide the groups whose every sentence went; those that another section names still are told, and left."""
        sentences: dict[str, list[Place]] = defaultdict(list)
        for row, line in enumerate(self.lines):
            if len(line.groups) == 1 and not line.is_annex:
                sentences[line.groups[0]] += [(row, rank) for rank in range(len(line.said))]
        done, rewritten = set(), self._rewritten()
        for key, places in sentences.items():
            group = self.state.groups.get(key)
            if group is not None and all(place in self.gone for place in places):
                done.add(key)
                if not group.is_hidden and ("group", key) not in rewritten:
                    self._hide_group(group, self.lines[places[0][0]].section)
        return done

    def _rewritten(self) -> set[Owner | None]:
        """The groups and the parts under whose title there are words that nobody delivered."""
        there = self.there
        known = {at for row in there.places for at in row if at is not None} | self.explained
        return {self.owners[one.paragraph] for at, one in enumerate(there.tokens) if at not in known and one.is_word}

    def _hide_group(self, group: Group, section: str) -> None:
        left = self._sections_that_name(group)
        if left:
            line = ", ".join(map(quoted, left))
            self.lose(section, f"le paragraphe de {quoted(group.title)} est effacé, mais {line} en parle encore")
        else:
            line = f"{quoted(group.title)}{NO_BREAK}: masqué, son paragraphe est effacé"
            self.add(Wish("hide", groups=(group.group_id,)), line, value=True)

    def _sections_that_name(self, group: Group) -> list[str]:
        sections = {
            line.section
            for row, line in enumerate(self.lines)
            for rank, one in enumerate(line.said)
            if not line.is_annex
            and (row, rank) not in self.gone
            and any(node.kind == "title" and node.ref.group_id == group.group_id for node in one.sentence.nodes)
        }
        return sorted(sections)

    # acts and losses ----------------------------------------------------------------------------------------

    def add(self, wish: Wish, line: str, **after: Any) -> None:
        """Plan an act, with the sentence that shows it; once."""
        if line not in self.plan.lines:
            self.plan.decisions.append(self.session.propose(self.author, wish, **after))
            self.plan.lines.append(line)

    def lose(self, section: str, line: str) -> None:
        """Tell what does not come back."""
        self.plan.conflicts.append(f"{section}{NO_BREAK}: {line}." if section else f"{line[:1].upper()}{line[1:]}.")

    def was_renamed(self, key: str, shown: str) -> bool:
        """Whether somebody else gave a group or a theme another title than the one that the document shows."""
        undone = self.session.log.undone()
        for decision in self.session.log.decisions:
            target, before = decision.target, str(decision.before.value or "")
            is_of_it = decision.op == "rename" and (key in target.groups or key == target.theme_id)
            if not is_of_it or decision.author == self.author or decision.decision_id in undone:
                continue
            if flat(new_title(shown, before, shown)) == flat(before):
                return True
        return False

    def is_told(self, item: Item) -> bool:
        """Whether the words of an item still stand somewhere in the text, as they were told."""
        return any(
            isinstance(node, WordsNode) and node.ref.item_id == item.item_id and self.there.is_same(row, start, end)
            for row, line in enumerate(self.lines)
            for one in line.said
            for start, end, node in one.nodes
            if not line.is_annex
        )

    def ban(self, item: Item, why: str) -> None:
        """Words that are not to be quoted any more."""
        if item.quote_choice != "bannie":
            line = f"{said(item)}{NO_BREAK}: à écarter des citations ({why})"
            self.add(Wish("quote", items=(item.item_id,)), line, state="bannie")
