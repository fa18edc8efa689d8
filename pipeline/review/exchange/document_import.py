"""Corrected document as decisions: titles, deletions, paragraphs and parts as a person corrected them, the order of
groups; what cannot come back is told line by line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from pipeline.contracts.draft import Draft
from pipeline.contracts.draft_files import fingerprint
from pipeline.contracts.labels import PART_NAMES, SOURCES_TITLE
from pipeline.errors import RefusedFileError
from pipeline.language.text.lists import either
from pipeline.language.text.typography import NO_BREAK, capitalized, counted
from pipeline.review.exchange.alignment import (
    DeliveredLine,
    DeliveredSentence,
    Piece,
    around_the_text,
    flat,
    in_common,
    is_too_long,
    is_word,
    kept,
    lines_of,
    pieces_of,
    tokens_of,
    written_as,
)
from pipeline.review.exchange.office_text import Paragraph, read_office
from pipeline.review.exchange.own_words import cited_in
from pipeline.review.log.decisions import ItemAnchor, Part
from pipeline.review.log.op import quoted
from pipeline.review.session import ImportPlan, Session, Wish
from pipeline.workshop.model import may_tell
from pipeline.workshop.records import Group, Item, Theme, hidden

_TITLE_WORDS_MAX = 25
_CUT = re.compile(r"\[\s*(?:…|\.{3})\s*\]")
_BETWEEN = re.compile(r"«\s*([^«»]+?)\s*»")
_SAME_MIN = 0.5
"""Share of its words that a document must have kept for its corrections to be told from another text."""
_PLACES_TOLD, _PLACE_TOLD = 5, 240
"""Places of a paragraph that is not as it was: how many are told, and signs of each."""
_UNTOLD = "¦"
"""Stands for words that nobody may show."""
Owner = tuple[str, str]
"""`group` or `part`, and which one."""
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


def plan_document(session: Session, path: Path, author: str, drafts: Sequence[Draft]) -> ImportPlan:
    """The acts that a corrected document asks for, against the draft that it was written from; nothing is recorded.

    `drafts` : the draft of today, then earlier ones. A document that does not say which is its own is of today.

    Raises RefusedFileError: it is no office document, or of none of these drafts.
    """
    office = read_office(path)
    mark = office.fingerprint
    draft = next((one for one in drafts if mark == fingerprint(one)), None) if mark else drafts[0]
    if draft is None:
        raise RefusedFileError(path.name, *_OLDER)
    (titles, cells), lines = around_the_text(draft), lines_of(draft)
    text = _text_of(office.paragraphs, draft, lines, titles)
    came, headings = [one.text for one in text], {n for n, one in enumerate(text) if one.is_heading}
    if is_too_long(lines, came):
        raise RefusedFileError(path.name, *_LONGER)
    pieces = pieces_of(lines, came, headings) if in_common(lines, came) >= _SAME_MIN else []
    if kept(pieces) < _SAME_MIN:
        raise RefusedFileError(path.name, *_OTHER)
    reader = _Reader(session, author, lines, came, pieces)
    reader.read()
    for one in office.paragraphs:
        if one.is_in_table and flat(one.text) not in cells | titles:  # pandoc puts captions there
            reader.lose("", f"case de tableau changée, {quoted(one.text)}")
    return reader.plan


def _text_of(
    paragraphs: Sequence[Paragraph], draft: Draft, lines: Sequence[DeliveredLine], titles: frozenset[str]
) -> list[Paragraph]:
    """The paragraphs of the text: neither tables, nor titles around it, nor the list of sources, nor the marks of
    sources that lost their links on the way through another program."""
    texts = [one for one in paragraphs if not one.is_in_table and flat(one.text) not in titles]
    texts = [one for one in texts if any(map(str.isalnum, one.text))]
    marks = either(source.mark for source in draft.sources)
    if not marks:
        return texts
    ends = [number for number, one in enumerate(texts) if one.text.strip() == SOURCES_TITLE]
    mark = re.compile(rf"\s*(?:{marks})(?![\w.]\w)")
    if any(mark.search(line.text) for line in lines):  # somebody's words look like one
        mark = re.compile(r"(?!)")
    return [replace(one, text=mark.sub("", one.text)) for one in texts[: ends[-1] if ends else None]]


def owner_of(line: DeliveredLine) -> Owner | None:
    """The group, or the part that a person may write, whose text a line is; None for headings, lists, annexes."""
    if line.is_annex or line.heading:
        return None
    if len(line.groups) == 1:
        return "group", line.groups[0]
    return ("part", line.key) if line.key in PART_NAMES else None


def _holds(text: str, parts: Sequence[str]) -> bool:
    at = 0
    for part in parts:
        before, after = (r"(?<!\w)" * part[0].isalnum(), r"(?!\w)" * part[-1].isalnum())
        found = re.compile(f"{before}{re.escape(part)}{after}").search(text, at)
        if found is None:
            return False
        at = found.end()
    return True


class _Reader:
    """Both texts, piece after piece, and the acts and the losses that were told so far.

    `gone` : row of a line → its sentences that were deleted. `owners` : of each paragraph that came, whose words it
    holds; `by_hand`, those whose words a person wrote. `hidden` : groups whose every sentence went.
    """

    def __init__(
        self,
        session: Session,
        author: str,
        lines: Sequence[DeliveredLine],
        came: Sequence[str],
        pieces: Sequence[Piece],
    ) -> None:
        self.session, self.state, self.author = session, session.state, author
        self.lines, self.came, self.pieces = lines, came, pieces
        self.plan = ImportPlan()
        self.asked: list[tuple[Wish, dict[str, Any]]] = []
        self.gone: dict[int, list[DeliveredSentence]] = {
            row: [one for one in lines[row].said if piece.is_gone(at + one.start, at + one.end)]
            for piece in pieces
            for row, at in piece.starts.items()
            if not lines[row].is_annex
        }
        annexes = {n for piece in pieces if any(lines[row].is_annex for row in piece.rows) for n in piece.numbers}
        self.text = flat(" ".join(text for number, text in enumerate(came) if number not in annexes))
        self.owners: list[Owner | None] = [None] * len(came)
        self.by_hand: set[Owner] = set()
        self.hidden: set[str] = set()

    def read(self) -> None:
        """Deletions, titles, what was written by hand, the order of groups."""
        self._read_owners()
        self._hide_groups()
        for row, sentences in self.gone.items():
            for one in sentences if self.hidden.isdisjoint(self.lines[row].groups) else ():
                self._read_deletion(self.lines[row], one)
        for piece in self.pieces:
            for row in piece.rows:
                if self.lines[row].heading:
                    self._read_heading(piece, row)
            self._read_text(piece)
        self._write_by_hand()
        self._read_order()

    def _read_owners(self) -> None:
        """Whose words each paragraph holds: those of the line that it is, or that it comes after, or of a part that a
        person added under a title of its name."""
        names = {flat(name).casefold(): key for key, name in PART_NAMES.items()}
        homes = {number: piece.rows[-1] for piece in self.pieces if piece.rows for number in piece.numbers}
        last: Owner | None = None
        for number, text in enumerate(self.came):
            if number in homes:
                line = self.lines[homes[number]]
                last = self.owners[number] = owner_of(line)
                if line.heading == "group" and len(line.groups) == 1:
                    last = ("group", line.groups[0])
            elif (key := names.get(flat(text).casefold().strip(" :"))) is not None:
                last = ("part", key)
            elif last is None:
                self.lose("", f"texte ajouté, {quoted(text)}")
            else:
                self.owners[number] = last
                self.by_hand.add(last)

    def _read_heading(self, piece: Piece, row: int) -> None:
        line, at = self.lines[row], piece.starts[row]
        now = piece.text if piece.rows == [row] else piece.said(piece.instead(at, at + len(line.words)))
        if tokens_alike(now, line.words):
            return
        group = self.state.groups.get(line.groups[0]) if line.heading == "group" else None
        theme = self.state.themes.get(line.theme) if line.heading == "theme" else None
        if now and (called := group or theme) is not None and len(now.split()) <= _TITLE_WORDS_MAX:
            self._rename(called, line.text, capitalized(now.strip(" ,;:.")))
        elif now:
            self.lose(line.section, f"{quoted(line.text)} devient {quoted(now)}")
        elif line.heading != "slot" and self.hidden.isdisjoint(line.groups):  # a place to fill in may be taken away
            self.lose(line.section, f"{quoted(line.text)} est effacé")

    def _rename(self, of: Group | Theme, shown: str, title: str) -> None:
        if flat(title) == flat(of.title):
            return
        wish = Wish("rename", groups=(of.group_id,)) if isinstance(of, Group) else Wish("rename", theme_id=of.theme_id)
        known = {flat(str(after["title"])) for asked, after in self.asked if asked == wish}
        if known - {flat(title)}:
            self.lose("", f"{quoted(of.title)} a reçu plusieurs titres, {quoted(title)} n'est pas pris")
        elif self.was_renamed(wish, shown):
            since = f"{quoted(of.title)} a reçu ce titre depuis, de quelqu'un d'autre"
            self.lose("", f"{since}, {quoted(title)} n'est pas pris")
        else:
            self.add(wish, title=title[:300])

    def _read_text(self, piece: Piece) -> None:
        """What changed in sentences that are still there is a person's own paragraph, or told; so is what was added."""
        rewritten: list[tuple[DeliveredLine, str]] = []
        wanted: list[str] = []
        for row, at in piece.starts.items():
            line = self.lines[row]
            wanted += line.words if line.heading else ()
            for one in line.said:
                if one in self.gone.get(row, ()):
                    continue
                wanted += line.words[one.start : one.end]
                now = piece.said(piece.instead(at + one.start, at + one.end))
                is_alike = tokens_alike(now, line.words[one.start : one.end])
                if piece.numbers and not is_alike and not piece.is_same(at + one.start, at + one.end):
                    rewritten.append((line, f"phrase récrite, {changed_words(one.sentence.text, now)}"))
        if not piece.numbers or not piece.rows or tokens_alike(piece.text, wanted):
            return
        last = self.lines[piece.rows[-1]]
        for line, told in rewritten or ((last, f"texte ajouté, {quoted(piece.text)}"),):
            if not line.heading and not self._is_by_hand(line):
                self.lose(line.section, told)

    def _is_by_hand(self, line: DeliveredLine) -> bool:
        """Whether what was changed in a line makes its whole paragraph a person's; it is then written as it came."""
        owner = owner_of(line)
        if owner is None or owner not in self.owners:
            return False
        self.by_hand.add(owner)
        return True

    def _write_by_hand(self) -> None:
        """The paragraphs of groups and the parts that a person wrote, each as it came; not a paragraph where what
        stands between « » was said by nobody."""
        delivered = flat(" ".join(line.text for line in self.lines if self._is_still_told(line)))
        for kind, key in sorted(self.by_hand):
            own = (text.strip() for text, owner in zip(self.came, self.owners, strict=True) if owner == (kind, key))
            text = "\n".join(filter(None, own))
            unsaid = [one for one in _BETWEEN.findall(text) if not self._is_said(one, delivered)]
            if kind == "group" and unsaid:
                title, why = self.state.groups[key].title, f"{quoted(unsaid[0])} n'est, à la lettre, dans aucune parole"
                self.lose("", f"le paragraphe de {quoted(title)} n'est pas pris{NO_BREAK}: {why}")
            elif kind == "group" and text != self.state.groups[key].author_text:
                self.add(
                    Wish("texte", groups=(key,), spans=self._cited(text)), self._changed((kind, key), text), text=text
                )
            elif kind == "part":
                was = getattr(self.state.parts.get(key), "text", "")
                if was and all(line.startswith("- ") for line in was.splitlines() if line.strip()):  # a list stays one
                    text = "\n".join(f"- {line}" for line in text.splitlines())
                if text != was:
                    self.add(Wish("ecrire", part=cast(Part, key)), self._changed((kind, key), text), text=text)

    def _cited(self, text: str) -> tuple[ItemAnchor, ...]:
        return cited_in(self.state, text, (one.sentence for line in self.lines for one in line.said))

    def _changed(self, owner: Owner, text: str) -> str:
        was = " ".join(line.text for line in self.lines if owner_of(line) == owner)
        told = changed_words(was, text)
        return f"{NO_BREAK}: {told}" if told else ""

    def _is_said(self, written: str, delivered: str) -> bool:
        """Whether words are of the text that was delivered, or somebody's, cuts `[…]` aside, in their order."""
        parts = list(filter(None, map(flat, _CUT.split(written))))
        return any(map(str.isalnum, "".join(parts))) and (
            _holds(delivered, [flat(written)]) or any(_holds(one, parts) for one in self.said)
        )

    def _is_still_told(self, line: DeliveredLine) -> bool:
        quoted_items = {key for one in line.said for key in one.sentence.quoted_items}
        return all(may_tell(self.state.items[key]) for key in quoted_items & self.state.items.keys())

    @cached_property
    def said(self) -> list[str]:
        """What people said and that may be told, as it was written and as it was corrected."""
        untold: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for item in self.state.items.values():
            untold[item.contribution_id] += item.masks if may_tell(item) else [(item.start, item.end)]
        texts = [hidden(one.text, 0, untold[key], _UNTOLD) for key, one in self.state.sources.items()]
        corrected = (item.shown_text for item in self.state.items.values() if may_tell(item))
        return list(map(flat, (*texts, *filter(None, corrected))))

    def _read_order(self) -> None:
        by_section: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for piece in self.pieces:
            for line in (self.lines[row] for row in piece.rows if piece.numbers):
                if line.heading == "group" and line.groups[0] in self.state.groups:
                    by_section[line.section].append((piece.numbers[0], line.groups[0]))
        for placed in by_section.values():
            if placed != sorted(placed):
                for rank, (_, key) in enumerate(sorted(placed)):
                    self.add(Wish("order", groups=(key,)), position=rank)

    # sentences that were deleted ----------------------------------------------------------------------------

    def _read_deletion(self, delivered: DeliveredLine, one: DeliveredSentence) -> None:
        if self._is_by_hand(delivered):
            return
        items = [self.state.items[key] for key in one.sentence.quoted_items if key in self.state.items]
        line = f"la phrase {quoted(one.sentence.text)} est effacée"
        if not items:
            self.lose(delivered.section, f"{line}{NO_BREAK}: elle ne porte ni citation ni groupe à elle seule")
        for item in items:
            if self.is_told(item):
                told = quoted(item.shown_text or item.text)
                self.lose(delivered.section, f"{line}{NO_BREAK}: {told} est encore ailleurs dans le texte")
            elif item.group_id is None and not item.is_hidden:
                self.add(Wish("hide", items=(item.item_id,)), value=True)
            elif item.group_id is not None and item.quote_choice != "bannie":
                self.add(Wish("quote", items=(item.item_id,)), " (sa phrase est effacée)", state="bannie")

    def _hide_groups(self) -> None:
        """Hide the groups whose every sentence went; those that another section names still are told, and left."""
        rows: dict[str, list[int]] = defaultdict(list)
        for row in self.gone:
            if len(self.lines[row].groups) == 1 and self.lines[row].said:
                rows[self.lines[row].groups[0]].append(row)
        for key, own in rows.items():
            group = self.state.groups.get(key)
            if group is not None and all(len(self.gone[row]) == len(self.lines[row].said) for row in own):
                self.hidden.add(key)
                if not group.is_hidden and ("group", key) not in self.by_hand:
                    self._hide_group(group, self.lines[own[0]].section)

    def _hide_group(self, group: Group, section: str) -> None:
        left = {
            self.lines[row].section
            for row, gone in self.gone.items()
            for one in self.lines[row].said
            if one not in gone
            and any(node.kind == "title" and node.ref.group_id == group.group_id for node in one.sentence.nodes)
        }
        if left:
            line = ", ".join(map(quoted, sorted(left)))
            self.lose(section, f"le paragraphe de {quoted(group.title)} est effacé, mais {line} en parle encore")
        else:
            self.add(Wish("hide", groups=(group.group_id,)), " (son paragraphe est effacé)", value=True)

    # acts and losses ----------------------------------------------------------------------------------------

    def add(self, wish: Wish, note: str = "", **after: Any) -> None:
        """Plan an act, once."""
        if (wish, after) not in self.asked:
            self.asked.append((wish, after))
            self.plan.add(self.state, self.session.propose(self.author, wish, **after), note)

    def lose(self, section: str, line: str) -> None:
        """Tell what does not come back."""
        self.plan.conflicts.append(f"{section}{NO_BREAK}: {line}." if section else f"{line[:1].upper()}{line[1:]}.")

    def was_renamed(self, wish: Wish, shown: str) -> bool:
        """Whether somebody else gave a group or a theme another title than the one that the document shows."""
        undone = self.session.log.undone()
        return any(
            one.op == "rename"
            and one.author != self.author
            and one.decision_id not in undone
            and (one.target.theme_id == wish.theme_id if wish.theme_id else wish.groups[0] in one.target.groups)
            and flat(str(one.before.value)) == flat(shown)
            for one in self.session.log.decisions
        )

    def is_told(self, item: Item) -> bool:
        """Whether the words of an item still stand somewhere in the text, as they were told."""
        told = (node for line in self.lines if not line.is_annex for one in line.said for node in one.sentence.words)
        return any(flat(written_as(node)) in self.text for node in told if node.ref.item_id == item.item_id)


def changed_words(was: str, now: str) -> str:
    """The words of a text that became others, each place with a few of those around."""
    one, other = (re.findall(r"(?!\s)\W*\w\S*(?:\s+\W+$)?", " ".join(text.split())) for text in (was, now))
    before, after = ([re.sub(r"\W", "", flat(word)) for word in words] for words in (one, other))  # signs aside
    places = [*SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes()]
    told = []
    for place in places[:_PLACES_TOLD]:
        (_, start, _, first, _), (_, _, end, _, last) = place[0], place[-1]
        ends = ("… " * (start > 0), " …" * (end < len(one)))
        both = (" ".join(words).join(ends) for words in (one[start:end], other[first:last]) if words)
        told.append(" devient ".join(quoted(words, _PLACE_TOLD) for words in both))
    left = counted(len(places) - len(told), "autre endroit", "autres endroits")
    return f"{NO_BREAK}; ".join([*told, *([left] if len(places) > len(told) else [])])


def tokens_alike(now: str, words: Sequence[str]) -> bool:
    """Whether a text holds some words, signs aside."""
    return [token.word for token in tokens_of(now) if is_word(token.word)] == list(filter(is_word, words))
