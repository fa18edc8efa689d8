"""A corrected document as decisions: titles, quotations and deletions; what cannot come back is told line by line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.contracts.draft import Draft, TitleNode, WordsNode
from pipeline.contracts.draft_files import fingerprint
from pipeline.contracts.labels import SOURCES_TITLE
from pipeline.errors import RefusedFileError
from pipeline.language.text.typography import NO_BREAK
from pipeline.review.exchange.cells import ImportPlan
from pipeline.review.exchange.document.alignment import SAME_MIN, in_common, is_too_long
from pipeline.review.exchange.document.correcting import Correcting, quoted, said
from pipeline.review.exchange.document.deletions import read_deletions
from pipeline.review.exchange.document.delivered import Said, captions, flat, lines_of, words_of_tables
from pipeline.review.exchange.document.new_titles import is_title, new_title
from pipeline.review.exchange.document.office_text import Paragraph, read_office
from pipeline.review.exchange.document.quotations import said_by, why_not
from pipeline.review.log.state import Item
from pipeline.review.session import Session, Wish

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

    Parameters
    ----------
    drafts : the draft of today, then earlier ones. A document that does not say which is its own is of today.

    Raises
    ------
    RefusedFileError : it is no office document, or of none of these drafts.
    """
    office = read_office(path)
    told = office.fingerprint
    draft = next((one for one in drafts if told == fingerprint(one)), None) if told else drafts[0]
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


class _Reader(Correcting):
    """The lines that were delivered, one after the other.

    Attributes
    ----------
    explained : words that came, which a title, a quotation or a told loss accounts for.
    titles : group or theme → the titles that were written for it; `shown`, the one that the document had.
    """

    def __init__(self, session: Session, author: str, draft: Draft, came: Sequence[Paragraph]) -> None:
        super().__init__(session, author, draft, came)
        self.explained: set[int] = set()
        self.titles: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        self.shown: dict[str, str] = {}

    def read(self) -> None:
        """Titles, quotations, deletions, then what is left."""
        for row, line in enumerate(self.lines):
            if line.heading:
                self._read_heading(row)
            for rank, one in enumerate(line.said):
                if (row, rank) not in self.gone and not self.there.is_same(row, one.start, one.end):
                    self._read_sentence(row, one)
        self._rename()
        read_deletions(self)
        self._tell_added()

    def _read_heading(self, row: int) -> None:
        line, there = self.lines[row], self.there
        if there.is_same(row, 0, len(line.words)) and there.paragraph_of(row) == line.words:
            return
        now = there.whole_paragraph(row)
        self.explained |= {at for at, token in enumerate(there.tokens) if token.paragraph == there.home(row)}
        if line.heading == "theme" and now and line.theme in self.state.themes:
            self.titles["theme", line.theme][flat(now)] = now
            self.shown[line.theme] = line.text
        elif now:
            self.lose(line.section, f"{quoted(line.text)} devient {quoted(now)}")
        elif line.heading != "slot":  # a place to fill in that was taken away is no loss
            self.lose(line.section, f"{quoted(line.text)} est effacé")

    def _read_sentence(self, row: int, one: Said) -> None:
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
            self.lose(line.section, f"phrase récrite, {quoted(one.sentence.text)} devient {quoted(now)}")

    def _stretch(self, row: int, one: Said, known: set[int]) -> tuple[int, int]:
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
        if isinstance(node, TitleNode):
            return self._read_title(node, now)
        return isinstance(node, WordsNode) and self._read_quotation(node, now, section)

    def _read_title(self, node: TitleNode, now: str) -> bool:
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
            told = f"citer {said(chosen)} plutôt que {said(before)}"
            self.add(Wish("quote", items=(chosen.item_id,)), told, state="choisie")
        if not self.is_told(before):
            self.ban(before, "remplacée")

    def _rename(self) -> None:
        for (kind, key), found in self.titles.items():
            old = self.state.groups[key].title if kind == "group" else self.state.themes[key].title
            if len(found) > 1:
                told = ", ".join(map(quoted, found.values()))
                self.lose("", f"{quoted(old)} a reçu plusieurs titres ({told}), aucun n'est gardé")
                continue
            title = next(iter(found.values()))
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

    def _tell_added(self) -> None:
        """Words that nobody delivered, paragraph after paragraph."""
        there = self.there
        known = {at for row in there.places for at in row if at is not None} | self.explained
        added: dict[int, list[int]] = defaultdict(list)
        for at, token in enumerate(there.tokens):
            if at not in known and token.is_word:
                added[token.paragraph].append(at)
        for found in added.values():
            self.lose("", f"texte ajouté, {quoted(there.text(there.tokens[found[0] : found[-1] + 1]))}")

    def read_tables(self, paragraphs: Sequence[Paragraph]) -> None:
        """Tell the cells that hold something else than what was written in any."""
        known = words_of_tables(self.draft)
        for one in paragraphs:
            if one.is_in_table and flat(one.text) not in known:
                self.lose("", f"case de tableau changée, {quoted(one.text)}")
