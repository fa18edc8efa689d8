"""The quote lock: a draft with a quotation that is not an exact span, a figure that is no fact, or a sentence without a
source is not written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, compress

from pipeline.contracts.draft import (
    Block,
    Draft,
    FactNode,
    Facts,
    NamedNode,
    Node,
    Section,
    Sentence,
    TextNode,
    WordsNode,
    WordsRef,
    is_quoted,
)
from pipeline.contracts.labels import CONTEXT_JOINT, PART_NAMES
from pipeline.contracts.numbers import ABOUT
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_words
from pipeline.language.text.typography import (
    NO_BREAK,
    THIN,
    number_word,
    small_numbers,
    typeset,
    with_de,
    with_quarters,
)
from pipeline.restitution.material.facts import french_date
from pipeline.restitution.material.quantifiers import bare_name, said
from pipeline.restitution.nodes import written_lines
from pipeline.restitution.quoting.quotes import masked, may_quote_part, plain_quotes, shown, spelt, stretches_of
from pipeline.restitution.quoting.standing import lead_of
from pipeline.workshop.model import Item, Material, may_tell, tellable_heading, without_aside

FIGURE_WORDS = read_words(__name__, "figure_words")
_FIGURES = re.compile(rf"(?!0\d)\d+|%|\b(?:{'|'.join(sorted(FIGURE_WORDS))})\b", re.IGNORECASE)


def _figure(word: str) -> str:
    """A number in figures, be it in words: « deux » is 2."""
    return small_numbers().get(fold(word), fold(word))


_WRITTEN = ("author_text", *PART_NAMES)
"""What a person writes whole."""


class BrokenDraftError(ValueError):
    """A draft that says what its sources do not: a bug of ours, or a table changed by hand."""


def check(draft: Draft, facts: Facts, material: Material) -> int:
    """Check every node of a draft; returns how many sentences were checked.

    Raises
    ------
    BrokenDraftError : the first thing that does not hold, with the sentence it stands in.
    """
    n = 0
    for section in draft.sections:
        for sentence in section.sentences:
            problem = problem_of(sentence, facts, material)
            if problem:
                raise BrokenDraftError(f"{section.title} : {problem} — « {sentence.text} »")
            n += 1
    return n


def leave_out_broken(
    sections: Sequence[Section], facts: Facts, material: Material
) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    """The sections without the sentences that do not hold, nor what they leave empty, and why each is left out, one
    line each.

    An odd text must cost one sentence, never the whole document, and never let a false one through.
    """
    found: list[str] = []

    def sound(section: Section, block: Block) -> Block:
        problems = [problem_of(sentence, facts, material) for sentence in block.sentences]
        found.extend(f"{section.title} : {problem}" for problem in problems if problem)
        kept = (sentence for sentence, problem in zip(block.sentences, problems, strict=True) if not problem)
        return replace(block, sentences=tuple(kept))

    def whole(section: Section) -> Section:
        blocks = [sound(section, block) if block.sentences else block for block in section.blocks]
        is_left = [bool(b.sentences) or not was.sentences for b, was in zip(blocks, section.blocks, strict=True)]
        return replace(section, blocks=tuple(blocks) if all(is_left) else _headed(compress(blocks, is_left)))

    kept = tuple(map(whole, sections))
    is_left = (bool(now.blocks) or not was.blocks for now, was in zip(kept, sections, strict=True))
    return tuple(compress(kept, is_left)), tuple(found)


def _headed(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks without the headings that nothing stands under any more; none where nothing else is left."""
    found: list[Block] = []
    for block in reversed([*blocks]):
        if block.kind != "heading" or (found and found[-1].kind != "heading"):
            found.append(block)
    return tuple(reversed(found)) if any(block.kind not in ("heading", "motto") for block in found) else ()


def problem_of(sentence: Sentence, facts: Facts, material: Material) -> str:
    """What is wrong with a sentence, in French; "" when it holds."""
    if not sentence.sources:
        return "phrase sans source"
    where = "" if not sentence.rewritten else _around(material, facts, sentence.sources)
    for node in sentence.nodes:
        problem = _problem_of(node, facts, material, where, sentence.role == "author")
        if problem:
            return problem
    if not _is_as_written(sentence, material):
        return "texte d’auteur altéré"
    is_sourced = set(sentence.quoted_items) <= set(sentence.sources)
    return "" if is_sourced else "citation qui n’est pas dans les sources de la phrase"


def _problem_of(node: Node, facts: Facts, material: Material, where: str, is_hers: bool) -> str:
    match node:
        case TextNode():
            return _text(node, where)
        case FactNode():
            return _fact(node, facts)
        case NamedNode(kind="place"):
            return _place(node, material)
        case NamedNode(kind="title"):
            return _title(node, material)
        case NamedNode() if node.ref.field == "voix":  # her name, or the part that stands after her number
            is_known = bool(node.text) and any(item.voice.endswith(node.text) for item in material.items.values())
            return "" if is_known else f"voix inconnue : {node.text}"
        case NamedNode():  # a declared value
            return _given(node, material)
        case WordsNode():
            return _words(node, material, is_hers)


def _is_as_written(sentence: Sentence, material: Material) -> bool:
    """Whether all of what a person wrote is there to the letter, or all of a stretch of it, the words of others that
    stand in it included."""
    refs = [node.ref for node in sentence.nodes if isinstance(node, NamedNode) and node.ref.field in _WRITTEN]
    if not refs:
        return True
    if refs[0].field != "author_text":
        return sentence.text in dict(written_lines(material.parts.get(refs[0].field, "")))
    group = material.groups.get(refs[0].group_id)
    wanted = [text for text, _ in stretches_of(group)] if group else []
    read = "".join(f"«{node.text}»" if is_quoted(node) else node.text for node in sentence.nodes)
    return _unspaced(read) in map(_unspaced, wanted)


def _unspaced(text: str) -> str:
    return "".join(text.split())


def surroundings(item: Item) -> tuple[str, ...]:
    """What stands around an idea: its heading or question, what opens its list, its table, day, file and speaker."""
    return item.context, item.lead, f"table {item.table}", item.date, french_date(item.date), item.source, item.voice


def _around(material: Material, facts: Facts, sources: Sequence[str]) -> str:
    """What the sources of a sentence say, and how many they are, and what stands around them and of
    the meeting; around counts, all questions."""
    items = [material.items[key] for key in sources if key in material.items]
    asked = material.questions if len(items) < len(sources) else ()
    told = [*((one.about, *one.answers) for one in asked), map(masked, items), *map(surroundings, items)]
    told += [_document(material, source) for source in dict.fromkeys(one.source for one in asked)]
    told += [map(str, row.values()) for row in material.workshops]
    told.append(material.documents.values())
    told.append(str(fact.value) for name, fact in facts.items() if name.startswith("date."))
    about = [row["participants"] or 0 for row in material.workshops if row.get("participants_environ")]
    told.append([word for word, n in ABOUT.items() if n in (*about, sum(about))])
    taken = chain.from_iterable(one.sides.values() for one in asked)
    told += [(str(n), number_word(n)) for n in {*_counts(items), *taken}]
    return " ".join(dict.fromkeys(chain.from_iterable(told)))


def _document(material: Material, source: str) -> tuple[str, ...]:
    """The title of a file, its name and its day."""
    names = material.documents.get(source, ""), material.document_names.get(source, "")
    return *names, french_date(material.day_of(source))


def _counts(items: Sequence[Item]) -> set[int]:
    told = zip(*((one.voice, one.contribution_id, one.source) for one in items), strict=True)
    return {len(set(some)) for some in told}


def _text(node: TextNode, where: str) -> str:
    """Our words hold no figure, but those that a model wrote: one that was said, `where` it was."""
    if re.search("[«»]", node.text):
        return "guillemets dans nos mots"
    known = set(map(_figure, _FIGURES.findall(with_quarters(where))))
    figures = (found for found in map(_figure, _FIGURES.findall(with_quarters(node.text))) if found not in known)
    return "nombre que ces paroles ne disent pas" if any(figures) else ""


def _fact(node: FactNode, facts: Facts) -> str:
    ref = node.ref
    if ref.fact not in facts:
        return f"fait inconnu : {ref.fact}"
    words = said(facts[ref.fact], ref.form, ref.joint)
    return "" if _plain(words) == _plain(node.text) else f"fait mal dit : {node.text!r} au lieu de {words!r}"


def _place(node: NamedNode, material: Material) -> str:
    ref = node.ref
    if ref.table:
        bare = bare_name(ref.table)
        is_known = ref.table in material.known_tables and node.text.endswith(bare)
        return "" if is_known else f"table inconnue : {node.text}"
    titles = {str(row["titre"]) for row in material.workshops} | {str(row["workshop"]) for row in material.workshops}
    return "" if node.text in titles else f"atelier inconnu : {node.text}"


def _title(node: NamedNode, material: Material) -> str:
    group = material.groups.get(node.ref.group_id)
    if group is None:
        return f"groupe inconnu : {node.ref.group_id}"
    wanted = group.question if node.ref.field == "question" else group.title
    bare, told = _letters(wanted), _letters(node.text)
    is_said = bool(bare) and (told.endswith(bare) or told == _letters(with_de(wanted)))
    return "" if is_said else f"titre altéré : {node.text!r}"


def _letters(text: str) -> str:
    """The letters and figures alone: a title is typeset, its quotation marks and spaces may change."""
    return re.sub(r"\W+", "", fold(text))


def _words(node: WordsNode, material: Material, is_hers: bool) -> str:
    """Words hold to the letter; in what a person wrote, but for her apostrophes and her first letter."""
    item = material.items.get(node.ref.item_id)
    if item is None:
        return f"idée inconnue : {node.ref.item_id}"
    if node.kind == "quote" and not may_quote_part(item, node.text):
        return "paroles qui ne peuvent pas être citées"
    if node.kind == "report" and not may_tell(item):
        return "paroles qui ne peuvent pas être rapportées"
    exact = _exact(item, node.ref)
    if exact is None:
        return "citation hors de l’idée ou qui découvre un masque"
    if is_hers:
        is_spelt = spelt(exact if node.kind == "quote" else plain_quotes(exact)).fullmatch(node.text)
        return "" if is_spelt else f"citation altérée : {node.text!r} au lieu de {exact!r}"
    if node.kind == "quote":
        return "" if node.text == exact else f"citation altérée : {node.text!r} au lieu de {exact!r}"
    told, text = (typeset(one, "aucune") for one in (plain_quotes(exact), node.text))
    at = next((n for n, letter in enumerate(told) if letter.isalnum()), 0)
    is_same = told[:at] == text[:at] and told[at + 1 :] == text[at + 1 :]
    is_letter = fold(told[at : at + 1]) == fold(text[at : at + 1])  # « Etre » goes on as « être »
    return "" if is_same and is_letter else "note altérée"


def _exact(item: Item, ref: WordsRef) -> str | None:
    low, high = ref.span
    if not (0 <= low < high <= len(item.source_text)) or item.contribution_id != ref.contribution_id:
        return None
    lead = lead_of(item)
    least = item.whole[0] if lead is None else min(item.whole[0], lead[0])
    for first, last in ref.parts:
        if not (low <= first < last <= high and least <= first and last <= item.whole[1]):
            return None
        if not item.is_corrected and any(a < last and b > first for a, b in item.masks):
            return None
    return shown(item.source_text, ref.parts, ref.span)


def _given(node: NamedNode, material: Material) -> str:
    ref = node.ref
    if ref.field in _WRITTEN:  # judged whole
        return ""
    if ref.field == "theme":
        is_known = fold(node.text) in {fold(title) for title in material.theme_titles.values()}
        return "" if is_known else f"thème inconnu : {node.text}"
    if ref.field in ("fichier", "jour"):
        days = (french_date(one.date) for one in material.items.values())
        told = chain(map(plain_quotes, material.document_names.values()), days)
        return "" if node.text in told else f"fichier ou jour inconnu : {node.text}"
    declared = {str(row[ref.field]) for row in material.workshops if row.get(ref.field)}
    declared |= {*material.tables.values(), *material.empty_titles, *material.rubrics.values(), *material.origins}
    declared |= {told for one in material.questions for told in (one.about, one.outcome, *one.answers)}
    contexts = {item.context.strip() for item in material.items.values()}
    headings = {heading.strip() for one in contexts for heading in one.split(CONTEXT_JOINT)}
    declared |= contexts | headings | set(map(tellable_heading, headings)) | set(map(without_aside, headings))
    known = {fold(_plain(one)) for one in declared}
    known |= {value.partition(" ")[2] for value in known if value.startswith(("le ", "les "))}  # « au », « des »
    return "" if _is_of(node.text, known) else f"valeur non déclarée : {node.text}"


def _is_of(text: str, known: set[str]) -> bool:
    """Whether a text is one of those that are known, typeset: a sign may have had no space before it."""
    letters = _letters(text)
    return fold(_plain(text)) in known or (bool(letters) and letters in set(map(_letters, known)))


def _plain(text: str) -> str:
    return text.replace(THIN, " ").replace(NO_BREAK, " ").replace("'", "’").lower()
