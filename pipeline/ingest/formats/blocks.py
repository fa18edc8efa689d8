"""Documents as blocks (headings, paragraphs, bullets), and blocks → entries under the outline that they stand in."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import dropwhile, groupby, pairwise, takewhile, zip_longest

from pipeline.ingest.formats.markup import ARROW, plain, title_of_box, without_struck, without_tags
from pipeline.ingest.formats.records import Entry, Position
from pipeline.ingest.formats.turns import opens_turn
from pipeline.ingest.headers import day_of
from pipeline.ingest.segmentation.formulas import AGENDA
from pipeline.ingest.segmentation.lines_and_sentences import QUANTITY, WAITING, cut_width, is_over, is_rest_of_pair
from pipeline.ingest.structure import (
    bare_heading,
    context_of,
    frame_of_heading,
    gives_floor,
    is_session,
    named_group,
    named_table,
)
from pipeline.ingest.votes import (
    announces_vote,
    calls_to_vote,
    is_decision,
    is_in_roll,
    result_of,
    sides_named,
    votes_of_table,
)
from pipeline.language.lexicon.spelling import SHORT, is_known
from pipeline.language.lexicon.verbs import is_infinitive
from pipeline.language.syntax.finite_verbs import has_sure_main_verb, has_verb
from pipeline.language.text.days import one_day
from pipeline.language.text.folding import fold

BULLET = re.compile(
    rf"^(\s*)(?!{QUANTITY})"
    r"\\?(?:-{1,2}|[−–—*•\uf0b7\uf0a7\uf0d8●○▪■◦‣⁃·►➢➤→✓✔☐☑+]|\(?\d{1,3}\\?[.)]|[a-z]\))[ \t\u00a0\u202f]+(?=\S)"
)
LOWEST = 20
"""The level of what merely stands as a heading: a line over a list, a line in capitals."""
NAME_LEVEL, TABLE_LEVEL, DAY_LEVEL = 21, 19, 18
"""The levels of a label that names what follows (`Titre : …`), of a line that names a table, of one that names the day
of a meeting among others."""
_TABLE_WORDS_MAX = 25
_MARKDOWN_HEADING = re.compile(r"^(#{1,12})\s+(.*?)\s*#*\s*$")
_WIKI_HEADING = re.compile(r"^(={2,6})\s*([^=].*?)\s*\1\s*$")
_UNDERLINE = re.compile(r"^(?:[=_*~#-]{3,}|[|:+=-](?:[ |:+=-]+)[|:+=-]|(?:[*_-] ){2,}[*_-])\s*$")
_HARD_BREAK = re.compile(r" {2,}$|\s*\\$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN_WORD = re.compile(r"(?P<head>[^\W\d_]+)[-\u2010\u00ad]$")
RESULT = "resultat_de_vote"
STRUCK = "barre"
FRONT_MATTER, BOX = "métadonnées en tête du fichier", "le titre d'un encadré"


@dataclass(slots=True)
class Block:
    """`kind` is `heading`, `paragraph` or `bullet`; `level` counts from 1; `place` names it for people.

    A paragraph has the level of the bullets among which it is indented, 1 where it is not.

    `title` : that of the column or of the row of a table that it stands in. `voice` : whose words it is. `raw` : its
    first line with its signs of markup. `is_apart` : a blank line stands before it; `is_ruled` : a rule does.
    `is_past_list` : the list that the label above introduced is over. `ends_line` : its
    last line ends where its author wanted, by a hard break of Markdown.

    `day` : when it was posted, in ISO form.

    `of` : the place that stands before the name of who speaks: `Lannec, Lucie Morin`.

    `frame`, `why` : what kind of passage it is, and what tells so; `asked` : the question that was put to those who
    speak there; `is_opening` : it opens a turn; `is_heading_of_turn` : and ends the parts before, as the heading that
    it is; `is_rest` : it goes on with the turn before (`pipeline.ingest.frames`).

    `voices` : of the choices that were put to the vote there; `votes` : those of an idea. `struck` : what was struck
    among its words.
    """

    kind: str
    level: int
    text: str
    place: str
    title: str = ""
    voice: str | None = None
    raw: str = ""
    is_apart: bool = False
    is_ruled: bool = False
    is_past_list: bool = False
    ends_line: bool = False
    frame: str = ""
    why: str = ""
    asked: str = ""
    is_heading_of_turn: bool = False
    is_opening: bool = False
    is_rest: bool = False
    voices: tuple[Position, ...] = ()
    votes: int | None = None
    struck: str = ""
    day: str = ""


def blocks_of_text(text: str, is_markdown: bool) -> list[Block]:
    """Blocks of a plain or Markdown note. Lines that were wrapped by hand are joined again."""
    lines = (without_tags(text, " ") if "<" in text else text).split("\n")
    blocks = _front_matter(lines)
    tables = _tables(lines, is_markdown)
    width, is_spaced = cut_width(lines), _is_spaced(lines)
    can_continue, is_apart, is_ruled, before = False, True, False, ""
    for number, line in enumerate(lines, start=1):
        hard_break = _HARD_BREAK.search(line) if is_markdown else None
        line = line[: hard_break.start()] if hard_break else line
        bare = line.strip()
        for block in tables.get(number, ()):
            block.raw, block.is_apart, is_apart, is_ruled = f"|{block.text}|", is_apart, False, False
            blocks.append(block)
        if not bare or _UNDERLINE.match(bare):
            is_ruled |= _is_rule(bare, blocks if can_continue else [])
            can_continue, is_apart = can_continue and is_spaced and not bare, True
            continue
        title = title_of_box(bare) if is_markdown else None
        if title is not None:  # « !!! note "Pour mémoire" »: a title, and no heading of what follows the box
            blocks += [Block("paragraph", 1, title, f"ligne {number}", frame="titre", why=BOX, raw=bare)] * bool(title)
            can_continue, is_apart = False, True
            continue
        block = take_struck(_block_of_line(line, f"ligne {number}", is_markdown))
        block.raw, block.is_apart, block.is_ruled = bare, is_apart, is_ruled
        is_apart = is_ruled = False
        block.ends_line = hard_break is not None
        if not block.text:
            continue  # a comment, a tag
        if can_continue and _continues(blocks[-1], block, before, line, width):
            blocks[-1].text = _joined(blocks[-1].text, block.text, text)
            blocks[-1].struck = ", ".join(filter(None, (blocks[-1].struck, block.struck)))
        else:
            blocks.append(block)
        blocks[-1].ends_line = block.ends_line
        can_continue, before = block.kind != "heading" and not (block.ends_line or block.frame), line
    _name_series(blocks)
    promote(blocks)
    return blocks


_SPACED, _CUT_SHARE, _CUT_MIN = 0.9, 0.2, 5


def _is_spaced(lines: list[str]) -> bool:
    """Whether a blank line follows each line that an editor cut, as in what was read from the picture of a page."""
    told = [n for n, line in enumerate(lines) if line.strip()]
    n_apart = sum(after - n > 1 for n, after in pairwise(told))
    cut = sum(lines[n].strip()[-1] not in ".!?…:;" and lines[after].strip()[0].islower() for n, after in pairwise(told))
    return n_apart > _SPACED * (len(told) - 1) and cut >= max(_CUT_MIN, _CUT_SHARE * len(told))


def _is_rule(bare: str, above: list[Block]) -> bool:
    """Whether a line without words is a rule; under a paragraph, it makes it a heading."""
    if above and bare and bare[0] in "=-" and above[-1].kind == "paragraph":
        above[-1].kind, above[-1].level = "heading", 1 if bare[0] == "=" else 2
    return bool(bare) and not above


_ROW, _RULE = re.compile(r"^\s*\|.*\|\s*$"), re.compile(r"^(?=.*-)[\s|:+-]+$")
_CELLS = re.compile(r"(?<!\\)\|")


def _tables(lines: list[str], is_markdown: bool) -> dict[int, list[Block]]:
    """The blocks that tables make, by the number of the line of their first row, which lines become blank: votes, or a
    block for each row."""
    found: dict[int, list[Block]] = {}
    for has_bar, numbers in groupby(range(len(lines)), lambda n: "|" in lines[n]):
        table = [*numbers] if has_bar else []
        is_ruled = len(table) > 1 and _RULE.match(lines[table[1]]) is not None
        if not table or not (is_ruled or all(_ROW.match(lines[n]) for n in table)):
            continue
        told = {n: lines[n].strip().removeprefix("|").removesuffix("|") for n in table}
        rows = {
            n: [plain(cell.strip(), is_markdown) for cell in _CELLS.split(line)]
            for n, line in told.items()
            if not _RULE.match(line)
        }
        is_titled = len(table) > 1 and table[1] not in rows and not any(map(str.isdigit, told[table[0]]))
        places = [f"ligne {n + 1}" for n in rows]
        found[table[0] + 1] = vote_blocks([*rows.values()], places) or [
            Block("paragraph", 1, text, place, frame="titre", why="les titres d'un tableau")
            if is_titled and n == table[0]
            else take_struck(Block("bullet", 1, text, place))
            for (n, cells), place in zip(rows.items(), places, strict=True)
            if (text := _of_row(cells))
        ]
        lines[table[0] : table[-1] + 1] = [""] * len(table)
    return found


def _of_row(cells: list[str]) -> str:
    first, *others = [cell for cell in cells if cell] or [""]
    return f"{first} : {', '.join(others)}" if others else first


def vote_blocks(rows: list[list[str]], places: list[str]) -> list[Block]:
    """The blocks of a table of votes, none for another."""
    return [
        Block("bullet", 1, one.text, places[one.row], votes=one.votes)
        if one.votes is not None
        else Block("paragraph", 1, one.text, places[one.row], frame=RESULT, why="un tableau", voices=one.voices)
        for one in votes_of_table(rows)
    ]


_OF_FRONT = re.compile(r"\s*(?:$|#|-\s|[\w-]+\s*:|\s+\S|[\]})>|])")


_BARE = re.compile(r"(?P<key>[A-Za-z][\w-]*)\s*:\s+(?P<value>\S.*)")
_KEYS = {"title", "author", "authors", "category", "tags", "slug", "summary", "layout"}
"""Keys of front matters that no marks set apart."""


def _front_matter(lines: list[str]) -> list[Block]:
    """The block of the front matter of a note, keys and their values, whose lines become blank."""
    head = [*takewhile(bool, (_BARE.fullmatch(line.strip()) for line in lines))]
    if sum(one["key"].lower() in _KEYS for one in head if one) > 1 and not "".join(lines[len(head) :][:1]).strip():
        lines[: len(head)] = [""] * len(head)
        text = "\n".join(f"{one['key'].lower()}: {one['value']}" for one in head if one)
        return [Block("paragraph", 1, text, "ligne 1", frame="entete", why=FRONT_MATTER)]
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() in ("---", "...")), 0)
    if not end or lines[0].strip() != "---" or not all(map(_OF_FRONT.match, lines[1:end])):
        return []
    text = "\n".join(line.strip() for line in lines[1:end] if line.strip())
    lines[: end + 1] = [""] * (end + 1)
    return [Block("paragraph", 1, text, "ligne 1", frame="entete", why=FRONT_MATTER)] if text else []


def promote(blocks: list[Block]) -> None:
    """Paragraphs that stand as headings become headings, the lowest ones."""
    for at, block in enumerate(blocks):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if block.kind == "heading" and gives_floor(block.text):
            block.level = LOWEST  # « Le Président reprend la parole » : of the point under which it stands
        elif block.kind == "paragraph" and not block.frame and _is_pseudo_heading(block, following):
            block.kind, block.level = "heading", TABLE_LEVEL if _names_table(block.text) else LOWEST
            if block.text.endswith(":"):
                _close_list(blocks[at + 1 :])


_OF_SERIES = re.compile(r"(?:#+\s*)?(?P<rank>\d+)\s*[-.)–]\s*(?P<word>[^\W\d_]{4,})\s+\D{0,3}\d")
_SERIES_MIN = 2


def _name_series(blocks: list[Block]) -> None:
    """What is numbered as headings are, `10- Délibération N°111`, is one where the mark was forgotten; all are of one
    level."""
    told: dict[str, dict[str, list[Block]]] = {}
    for block in blocks:
        if block.kind != "bullet" and not block.frame and (found := _OF_SERIES.match(block.raw)):
            told.setdefault(fold(found["word"]), {}).setdefault(found["rank"], []).append(block)
    for ranks in told.values():
        levels = Counter(block.level for same in ranks.values() for block in same if block.kind == "heading")
        for same in ranks.values() if levels.total() >= _SERIES_MIN else ():
            for block in [one for one in same if one.kind == "heading"] or same[-1:]:  # an agenda names them first
                block.kind, block.level = "heading", levels.most_common(1)[0][0]


def _close_list(below: list[Block]) -> None:
    """Mark the paragraph that follows the list that a label introduces, and introduces no other."""
    past = [*dropwhile(lambda one: one.kind == "bullet", below)]
    is_past = 0 < len(past) < len(below) and past[0].kind == "paragraph" and past[0].is_apart
    if is_past and not (len(past) > 1 and past[1].kind == "bullet"):
        past[0].is_past_list = True


def take_struck(block: Block) -> Block:
    """A block without what is struck in its words; one of nothing else, which says nothing."""
    kept, block.struck = without_struck(block.text)
    if block.struck and not any(map(str.isalpha, kept)):
        block.kind = "paragraph" if block.kind == "heading" else block.kind
        block.text, block.struck, block.frame, block.why = block.struck, "", STRUCK, "du texte barré"
    else:
        block.text = kept
    return block


def _block_of_line(line: str, place: str, is_markdown: bool) -> Block:
    bare = line.strip()
    indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    heading = _MARKDOWN_HEADING.match(bare)
    if heading:
        return Block("heading", len(heading.group(1)), plain(heading.group(2), is_markdown), place)
    wiki = _WIKI_HEADING.match(bare)
    if wiki:
        return Block("heading", 7 - len(wiki.group(1)), wiki.group(2), place)
    if bare.startswith(">" if is_markdown else "> "):
        line = bare = bare.lstrip("> ")
        indent += 2 * (BULLET.match(line) is not None)  # « > - un bac » answers the item above
    bullet = BULLET.match(line)
    if bullet and not (re.match(r"\s*[a-z]\)", line) and "(" in line):
        text = re.sub(r"^(?:[-*•]\s+)*(?:\[[ xX]\]\s+)?", "", line[bullet.end() :].strip())
        return Block("bullet", 1 + indent // 2, plain(text, is_markdown), place)
    return Block("paragraph", 1 + indent // 2, plain(bare, is_markdown), place)


def _continues(previous: Block, block: Block, before: str, line: str, width: int) -> bool:
    if block.kind != "paragraph":
        return previous.kind == block.kind == "bullet" and is_rest_of_pair(previous.text, block.text)
    if block.frame or ARROW.match(block.raw):
        return False  # « -> un abri » follows from the line before, and is another
    if is_in_roll(previous.text) and is_in_roll(block.text):
        return False  # « Mme Roux : pour », over « M. Prat : contre »
    is_indented = line[:1] in " \t" and previous.kind == "bullet"
    *words, last = previous.text.split()
    is_open = last[-1] not in ".!?…:;"
    is_long = bool(width) or is_indented or len(previous.text) > 60
    waits = len(words) > 1 and last.lower() in WAITING  # « l'accès de la »
    is_broken = _BROKEN_WORD.search(last) is not None and block.text[:1].isalpha()
    goes_on = (block.text[:1].islower() and is_long) or waits or is_broken or is_over(before, line, width)
    is_rest = (is_open and goes_on) or (is_indented and bool(width))
    return is_rest and not opens_turn(line)


def _joined(before: str, after: str, document: str) -> str:
    """Two lines as one: a word that was cut between them is whole again where the document or the dictionary knows it,
    « amé- / nagement »; another hyphen stays, « lui- / même »."""
    broken, tail = _BROKEN_WORD.search(before), _WORD.match(after)
    if broken is None or tail is None:
        return f"{before} {after}"
    whole, compound = f"{broken['head']}{tail[0]}".lower(), f"{broken['head']}-{tail[0]}".lower()
    told = _words_of(document)
    is_word = whole in told or (len(whole) > SHORT and is_known(whole))
    is_cut = is_word and compound not in told and after[0].islower()
    return f"{before[: broken.end('head')]}{'' if is_cut else '-'}{after}"


@lru_cache(maxsize=1)
def _words_of(document: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(document))


def _names_table(text: str) -> bool:
    return named_table(bare_heading(text))[0] is not None


HEADING_WORDS_MAX = 12
_NOT_ENDS = tuple(".!;,…")
_CODE = re.compile(r"<[^<>]+>|[{}]|\[[^\[\]]*\]$|://")
"""`<nom><lien>`, `tags: []`: what is written for a machine, or left out."""
_WITHIN = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"|\([^()]*\)")
_CAPITAL_WORDS_MAX = 8


_RECITAL = re.compile(r"(?:considérant|vu)\s+(?:l[ea]s?\s|l['’]|qu['’e])", re.IGNORECASE)
"""What an act says before it decides: `Considérant la volonté…`."""


def may_head(text: str, n_words_max: int = HEADING_WORDS_MAX) -> bool:
    """Whether a line may be the heading of what follows: few words that no stop ends, neither code, nor a recital, a
    result or the sides of a vote, nor a sentence, which at most introduces a list (`Nous demandons :`), but a question
    may."""
    n_words = sum(any(map(str.isalnum, word)) for word in text.split())
    if not 0 < n_words <= n_words_max or text.endswith(_NOT_ENDS):
        return False
    if _CODE.search(text) or _RECITAL.match(text):
        return False
    is_of_vote = announces_vote(text) or calls_to_vote(text) or is_decision(text) or len(sides_named(text)) > 1
    if is_of_vote or gives_floor(text):
        return False
    result = result_of(text)
    if result is not None and (result.is_of_point or result.is_bare):
        return False
    first, *_ = (*_WORD.findall(text), "")
    is_titled = text.endswith("?") or bool(frame_of_heading(text)) or is_infinitive(first.lower())
    return is_titled or not has_sure_main_verb(_WITHIN.sub(" ", text))


def _is_pseudo_heading(block: Block, following: Block | None) -> bool:
    text = block.text
    if following is None or not any(map(str.isalpha, text)):
        return False
    if len(text.split()) <= _TABLE_WORDS_MAX and text[-1:] not in ".!" and _names_table(text):
        return True
    is_over_list, n_words = following.kind == "bullet", len(text.split())
    if following.kind == "heading" or not may_head(text):
        return False
    if text[-1:] in ":?":
        return is_over_list or (n_words <= _SHORT_MAX and text.endswith(":")) or _is_in_capitals(text)
    is_set_off = block.is_apart and text[:1].isupper() and not (has_verb(text) or one_day(text))
    return (is_over_list and (n_words <= _SHORT_MAX or is_set_off)) or _is_in_capitals(text)


_SHORT_MAX = 6


def _is_in_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(text.split()) <= _CAPITAL_WORDS_MAX and len(letters) > 3 and all(c.isupper() for c in letters)


# what blocks stand under -------------------------------------------------------------------------------------------

_LABEL_WORDS_MAX = 12
_STOPS = tuple(".!?…:»")
_END = " :\u00a0\u202f"


def entries_of_blocks(blocks: list[Block]) -> list[Entry]:
    """One entry per paragraph or bullet.

    Context: the two nearest headings that say something (a title that stands over the whole document is left out),
    then the bullet that introduces this one. A heading `Table 3 : …` gives its table to what follows.
    """
    levels = [block.level for block in blocks if block.kind == "heading" or block.is_heading_of_turn]
    outline = Outline(title_level(levels), _days_over_the_same(blocks))
    entries: list[Entry] = []
    bullets: list[tuple[int, str]] = []
    n_lists = n_in_list = 0
    before: Block | None = None  # whose words may go on
    closing = _closing(blocks)
    for block, following in zip_longest(blocks, blocks[1:]):
        is_bullet = block.kind == "bullet"
        least = 0 if is_bullet else 1 if block.kind == "paragraph" else LOWEST  # a label has none but bullets under it
        bullets = [one for one in bullets if least <= one[0] < block.level]
        n_in_list = n_in_list if is_bullet else 0
        if block.kind == "heading":
            outline.open(block.level, block.text)
            before = None
            continue
        outline.close_before(block, block is closing)
        goes_on = before is not None and block.is_rest and _go_on(entries, before, block)
        before = block if block.text else None
        if goes_on or not block.text:
            continue  # a name alone, whose words follow
        context = context_of(outline.headings, block.title, block.asked, *(text for _, text in bullets[-1:]))
        if _hands_on(block, following, bullets):
            continue  # a label: it lives on as the context of what it introduces
        entry = Entry(block.place, block.text, context, block.voice, frame=block.frame or "parole", asked=block.asked)
        entry.positions, entry.votes = block.voices, block.votes
        outline.place(entry, block.day)
        if is_bullet:
            n_lists, n_in_list = n_lists + (not n_in_list), n_in_list + 1
            entry.list_key, entry.rank = f"liste {n_lists}", n_in_list
        entries.append(entry)
    return entries


def _days_over_the_same(blocks: list[Block]) -> frozenset[str]:
    """Headings that name an undated day and tell apart the same heading below: `Vendredi`, `Dimanche`, each over
    `Propositions`."""
    above: list[Block] = []
    days: dict[str, set[str]] = {}
    for block in (one for one in blocks if one.kind == "heading"):
        above = [one for one in above if one.level < block.level]
        undated = [one.text for one in above if not bare_heading(one.text) and not day_of(one.text)]
        if bare := bare_heading(block.text):
            days.setdefault(bare, set()).update(undated[-1:])
        above.append(block)
    return frozenset().union(*(told for told in days.values() if len(told) > 1))


_CLOSES = re.compile(
    r"\W*(?:(?:en |pour |la )?conclu(?:sion|re)\b(?!\s*:)|(?:un grand |encore )?merci\b"
    r"|nous (?:vous |tenons à )?remerci|rendez-vous\b|à bientôt)",
    re.IGNORECASE,
)
_CLOSING_MAX = 4


def _closing(blocks: list[Block]) -> Block | None:
    """The first of the last paragraphs of a document of several parts that is of no part: it stands after a rule, or
    concludes."""
    found = None
    for block in reversed(blocks[-_CLOSING_MAX:]):
        if block.kind != "paragraph" or block.voice:
            break
        found = block if block.is_ruled or _CLOSES.match(block.text) else found
    return found if sum(block.kind == "heading" for block in blocks) > 1 else None


def _go_on(entries: list[Entry], before: Block, block: Block) -> bool:
    """Give the last entry the words that go on with its turn; False for a bullet, or when it is of somebody else."""
    if block.kind == "bullet" or not entries or entries[-1].voice != block.voice:
        return False
    is_line = before.ends_line or block.is_apart or entries[-1].text.endswith(_STOPS)
    entries[-1].text += ("\n" if is_line else " ") + block.text
    entries[-1].locator = _through(entries[-1].locator, block.place)
    return True


_LINES = re.compile(r"(?P<page>.*\b)?lignes? (?P<first>\d+)(?: à (?P<last>\d+))?")


def _through(place: str, last: str) -> str:
    """Where a turn of several lines stands: `lignes 3 à 5`; where they are not of one page, where it begins."""
    one, other = _LINES.fullmatch(place), _LINES.fullmatch(last)
    if one and other and one["page"] == other["page"]:
        return f"{one['page'] or ''}lignes {one['first']} à {other['first']}"
    return place


def join_blocks(blocks: list[Block]) -> Block:
    """One paragraph of several blocks, a line each."""
    text, place = "\n".join(block.text for block in blocks), _through(blocks[0].place, blocks[-1].place)
    return replace(blocks[0], kind="paragraph", level=1, text=text, place=place)


def lines_of(place: str) -> list[str]:
    """The lines of a place, each by its name: `lignes 3 à 5` is three; another place is itself."""
    found = _LINES.fullmatch(place)
    if found is None or found["last"] is None:
        return [place]
    return [f"{found['page'] or ''}ligne {n}" for n in range(int(found["first"]), int(found["last"]) + 1)]


def _hands_on(block: Block, following: Block | None, bullets: list[tuple[int, str]]) -> bool:
    """Note what the bullets under a block stand under; whether it is but their label."""
    is_bullet, ends_open = block.kind == "bullet", block.text.endswith(":")
    if following is None or following.kind != "bullet" or (is_bullet and following.level <= block.level):
        return False
    if block.frame == "resultat_de_vote":  # « après en avoir délibéré, à l'unanimité : », over what is decided
        return False
    if is_bullet or ends_open:
        bullets.append((block.level if is_bullet else 0, block.text.rstrip(_END)))
    return ends_open and len(block.text.split()) <= _LABEL_WORDS_MAX


def title_level(levels: Collection[int]) -> int:
    """The level of the one heading that stands over a whole document, of the levels of all; 0 without."""
    return min(levels) if len(levels) > 1 and list(levels).count(min(levels)) == 1 else 0


@dataclass(frozen=True)
class _Heading:
    """A heading that stands above: its text cleaned, the table, the group and the day of a meeting that it names."""

    level: int
    text: str
    table: str | None
    group: str | None
    day: str

    @property
    def is_day(self) -> bool:
        """Whether it tells a day and nothing else."""
        return bool(self.day) and not self.text


@dataclass
class Outline:
    """Where a reader stands in a document: the headings above.

    `title_level` : the level of a title that stands over the whole, and tells nothing of its parts; 0 for none.
    `days` : headings that are told although they name but a day.
    """

    title_level: int = 0
    days: frozenset[str] = frozenset()
    _above: list[_Heading] = field(default_factory=list)
    _is_new: bool = False

    def open(self, level: int, text: str, day: str = "") -> None:
        """What a heading closes, opens and names; `day` : that of the message that it stands over."""
        bare = bare_heading(text) or (text if text in self.days else "")
        table, rest = named_table(bare)
        last = self._above[-1] if self._above and self._is_new else None
        is_of_day = last is not None and last.is_day and last.level == level  # « Dimanche 27 », then « 10 h : le quai »
        self._above, self._is_new = [heading for heading in self._above if heading.level < level + is_of_day], True
        is_named = table is not None and not is_session(table)
        self._above.append(
            _Heading(
                level,
                bare_heading(rest) if is_named else bare,
                table,
                named_group(text),
                day or day_of(text),
            )
        )

    def close_before(self, block: Block, is_closing: bool) -> None:
        """Close the headings that a block is not under: what closes a document, what follows a list, a message."""
        if is_closing:
            self.open(self.title_level + 1, "")
        elif block.is_past_list:
            self.open(LOWEST, "")
        if block.is_heading_of_turn:
            self.open(block.level, "", one_day(block.raw))

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings above, outermost first; a title is one where nothing else stands, an agenda over its points."""
        is_alone = len(self._above) == 1
        return tuple(
            one.text
            for one in self._above
            if one.text
            and (one.level != self.title_level or is_alone)
            and (one is self._above[-1] or frame_of_heading(one.text) != AGENDA)
        )

    def place(self, entry: Entry, posted: str = "") -> None:
        """Give an entry the headings, the table, the group and the day that it stands under: when it was posted, else
        the day of the nearest heading that tells nothing else, else of the outermost, as another may be of another
        meeting."""
        entry.headings, self._is_new = self.headings, False
        place = next((one for one in reversed(self._above) if one.table), None)
        entry.table, entry.subject = (place.table, place.text) if place is not None else (None, "")
        entry.given_group = next((one.group for one in reversed(self._above) if one.group), None)
        days = [one for one in self._above if one.day]
        told = next((one.day for one in [*reversed([one for one in days if one.is_day]), *days]), None)
        entry.date = posted or told
