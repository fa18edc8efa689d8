"""How far a draft can be signed (sources, quotations, figures, coverage, repetition, language), and how far it is a
text rather than a list. All from the tables.

The quote lock refuses a false draft while it is written; this counts again what was written, by other means.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from pipeline.assistant.lock import numbers
from pipeline.axes import COMPASS_CODES
from pipeline.config import Config, Floors
from pipeline.contracts.draft import Block, Draft, FactNode, Facts, Section, Sentence, TextNode, WordsNode
from pipeline.contracts.draft_files import load_draft, load_facts, load_plan
from pipeline.contracts.labels import COUNTED_IN
from pipeline.contracts.plan import Plan
from pipeline.folder.artifacts import RunFolder
from pipeline.language.lexicon.spelling import is_known
from pipeline.language.text.folding import fold, fold_inclusive
from pipeline.language.text.typography import Spaces, typeset, with_a, with_de
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.degrees import answer_key
from pipeline.restitution.material.facts import SIDE_FACTS, WRITTEN
from pipeline.restitution.material.quantifiers import said
from pipeline.restitution.proofreading import WORD, faults, seen
from pipeline.stances.counting import Heard, count_sides
from pipeline.stances.objects import side_under
from pipeline.workbench.reports import Line
from pipeline.workshop.questions import Question, says_otherwise, with_decided_sides, with_rows
from pipeline.workshop.tables import RestitutionTables

BRIEF = "essentiel"
INPUTS = ("atelier.toml", "elements.xlsx", "positions.parquet", "annexe", "name_suggestions", "changes")
CUT = "[…]"
PROVENANCES = ("note", "ecrit", "transcription")
Row = Mapping[Hashable, Any]
"""One idea, by column of `read_rows`."""
_EDGE = re.compile(r"^\W+|\W+$")


def share_line(
    label: str,
    n_good: int,
    n: int,
    bound: float | None = None,
    is_ceiling: bool = False,
    problems: Sequence[str] = (),
) -> Line:
    """A share, n_good / n, and the bound that it must keep; 1.0 (0.0 for a ceiling) when there is nothing to count.

    Faults per sentence may pass 1.
    """
    share = n_good / n if n else float(not is_ceiling)
    return Line(label, share, bound, is_ceiling, f"{n_good} sur {n}", problems)


class DraftEvaluation(NamedTuple):
    """What was measured, by name."""

    n_sentences: int
    n_words: int
    measures: dict[str, Line]


def evaluate_drafts(
    draft: Draft, facts: Facts, plan: Plan, tables: RestitutionTables, floors: Floors, spaces: Spaces = "fine"
) -> DraftEvaluation:
    """Measure a draft against the facts, the plan and the tables that it was written from."""
    rows = read_rows(tables)
    by_id = {str(row["item_id"]): row for row in rows.to_dict("records")}
    counts = recount(tables, rows, plan)
    sentences = [sentence for _, _, sentence in _sentences(draft)]
    proofread = [(sentence, block.kind == "paragraph") for _, block, sentence in _sentences(draft)]
    proofread += [(Sentence((TextNode(text),), ()), False) for text in _labels(draft)]
    typography = [fault for one, is_prose in proofread for fault in faults(one, spaces, is_prose)]
    wanted = {word for sentence in sentences for word in own_words(sentence)}
    unknown = misspelt(wanted)
    measures = {
        "phrases_sourcees": _sourced(sentences, by_id, set(rows["source"]), floors["phrases_sourcees"]),
        "citations_exactes": _quotes(sentences, by_id, floors["citations_exactes"]),
        "notes_fideles": _reports(sentences, by_id, floors["notes_fideles"]),
        "chiffres_verifies": _figures(sentences, facts, counts, floors["chiffres_verifies"]),
        **_coverage(draft, rows, floors),
        "redites": _repetition(draft, floors["redites_max"]),
        **synthesis(draft, floors),
        "fautes": share_line(
            "Fautes de typographie ou de langue, par phrase", len(typography), len(sentences),
            floors["fautes_max"], True, tuple(f"{fault.rule} : « {fault.excerpt} »" for fault in typography),
        ),
        "mots_inconnus": share_line(
            "Mots inconnus du dictionnaire", len(unknown), len(wanted), floors["mots_inconnus_max"], True, unknown
        ),
    }  # fmt: skip
    n_words = sum(len(seen(sentence)[0].split()) for sentence in sentences)
    return DraftEvaluation(len(sentences), n_words, measures)


def _sentences(draft: Draft) -> Iterator[tuple[Section, Block, Sentence]]:
    for section in draft.sections:
        for block in section.blocks:
            for sentence in block.sentences:
                yield section, block, sentence


def _words(sentences: Iterable[Sentence], kind: str) -> list[WordsNode]:
    return [node for sentence in sentences for node in sentence.words if node.kind == kind]


def _sourced(sentences: Sequence[Sentence], by_id: Mapping[str, Row], files: set[str], floor: float) -> Line:
    known = by_id.keys() | files | set(INPUTS)
    bad = [sentence for sentence in sentences if not sentence.sources or not set(sentence.sources) <= known]
    problems = tuple(f"source absente ou inconnue : « {seen(sentence)[0]} »" for sentence in bad)
    n = len(sentences)
    return share_line("Phrases qui citent leur source", n - len(bad), n, floor, problems=problems)


def _quotes(sentences: Sequence[Sentence], by_id: Mapping[str, Row], floor: float) -> Line:
    """Quotations that are, letter for letter, in words that may be quoted; « » typed in our own words are faults."""
    found = _words(sentences, "quote")
    problems = [f"« {node.text} »" for node in found if not _is_exact(node, by_id, ("ecrit", "transcription"))]
    nodes = chain.from_iterable(sentence.nodes for sentence in sentences)
    typed = [node.text for node in nodes if node.kind == "text" and re.search("[«»]", node.text)]
    problems += [f"guillemets dans nos mots : {text}" for text in typed]
    n = len(found) + len(typed)
    return share_line("Citations exactes", n - len(problems), n, floor, problems=tuple(problems))


def _reports(sentences: Sequence[Sentence], by_id: Mapping[str, Row], floor: float) -> Line:
    """Words told without « » that are their author's, the first letter's case and inner quotation marks aside."""
    found = _words(sentences, "report")
    problems = tuple(node.text for node in found if not _is_exact(node, by_id, PROVENANCES, told=True))
    n = len(found)
    return share_line("Paroles rapportées fidèlement", n - len(problems), n, floor, problems=problems)


def _is_exact(node: WordsNode, by_id: Mapping[str, Row], provenances: tuple[str, ...], told: bool = False) -> bool:
    row = by_id.get(node.ref.item_id)
    if row is None or row["provenance"] not in provenances or not row["is_quotable"]:
        return False
    text, shown = node.text, str(row["shown_text"] or row["source_text"])
    if told:
        text, shown = _told(text), _told(shown)
    pieces = [text] if text in shown else [piece.strip(" ") for piece in text.split(CUT)]
    return bool(_EDGE.sub("", text)) and _in_order(pieces, shown, told)


def _told(text: str) -> str:
    return typeset(re.sub(r"[ \u00a0\u202f]*[»”]", "”", re.sub(r"[«“][ \u00a0\u202f]*", "“", text)), "aucune")


def _in_order(pieces: Sequence[str], text: str, any_case: bool) -> bool:
    """Whether the pieces stand one after the other in `text`; the first letter of the first may change case."""
    at = 0
    for index, piece in enumerate(pieces):
        forms = {piece, piece[:1].upper() + piece[1:], piece[:1].lower() + piece[1:]}
        wanted = forms if any_case and index == 0 else {piece}
        starts = [start for form in sorted(wanted) if (start := text.find(form, at)) >= 0]
        if not starts:
            return False
        at = min(starts) + len(piece)
    return True


def _figures(sentences: Sequence[Sentence], facts: Facts, counts: dict[str, Count], floor: float) -> Line:
    """Figures that say their fact, whose fact is what the tables hold; a number in our own words is a fault."""
    problems: list[str] = []
    n = 0
    for node in chain.from_iterable(sentence.nodes for sentence in sentences):
        if isinstance(node, FactNode):
            n += 1
            problems += _figure_problems(node, facts, counts)
        elif isinstance(node, TextNode):
            loose = sorted(numbers(node.text))
            n += len(loose)
            problems += [f"nombre hors des faits : « {number} » dans « {node.text.strip()} »" for number in loose]
    label = "Chiffres vérifiés (recomptés dans les tables)"
    return share_line(label, n - len(problems), n, floor, problems=tuple(problems))


def _figure_problems(node: FactNode, facts: Facts, counts: dict[str, Count]) -> list[str]:
    """At most one problem: an unknown fact, a fact that the tables deny, or words that are not its words."""
    ref = node.ref
    fact = facts.get(ref.fact)
    if fact is None:
        return [f"fait inconnu : {ref.fact}"]
    if ref.fact in counts and (fact.numerator, fact.denominator) != counts[ref.fact]:
        return [f"{ref.fact} : {fact.numerator} sur {fact.denominator}, recompté {counts[ref.fact]}"]
    try:
        words = said(fact, ref.form)
    except KeyError:
        return [f"forme inconnue : {ref.form}"]
    words = {"a": with_a, "de": with_de}.get(ref.joint, str)(words)
    same = fold(words).split() == fold(node.text).split()
    return [] if same else [f"« {node.text} » au lieu de « {words} »"]


def _coverage(draft: Draft, rows: pd.DataFrame, floors: Floors) -> dict[str, Line]:
    """Tables and known voices with a group or their own words in the text."""
    measures = {}
    groups, own = _told_in(draft)
    compass = rows[rows["axis"].isin(COMPASS_CODES)]
    told = compass["item_id"].isin(own) | compass["group_id"].isin(groups)
    for column, name, label, floor in (
        ("table", "tables_presentes", "Tables dont une idée est dans le texte", floors["tables_presentes"]),
        ("voice", "voix_presentes", "Voix connues dont une idée est dans le texte", floors["voix_presentes"]),
    ):
        known = compass[column] != ""
        everyone = pairs_in(compass[known], column)
        present = pairs_in(compass[known & told], column)
        absent = tuple(f"{who} ({workshop})" for workshop, who in sorted(everyone - present))
        bound = floor if column == "table" or len(everyone) <= HEARD_MAX else None
        measures[name] = share_line(label, len(present), len(everyone), bound, problems=absent if bound else ())
    return measures


def _told_in(draft: Draft) -> tuple[set[str], set[str]]:
    groups: set[str] = set()
    own: set[str] = set()
    for _, block, sentence in _sentences(draft):
        groups.update(block.groups)
        own.update(sentence.quoted_items)
        groups.update(node.ref.group_id for node in sentence.nodes if node.kind == "title")
    return groups, own


def _repetition(draft: Draft, ceiling: float) -> Line:
    """Sentences nearly the same as an earlier one; the brief repeats the rest by design and is compared with itself,
    and what leads to a list is a heading."""
    parts: dict[bool, list[str]] = {True: [], False: []}
    for section, _, sentence in _sentences(draft):
        parts[section.key == BRIEF].append(seen(sentence)[0])
    repeated = [text for texts in parts.values() for text in near_repeats(texts)]
    n = sum(len(texts) for texts in parts.values())
    problems = tuple(f"« {text} »" for text in repeated)
    return share_line("Phrases presque répétées", len(repeated), n, ceiling, True, problems)


def _labels(draft: Draft) -> Iterator[str]:
    """Our words outside sentences: titles of sections, mottos, labels of the header, captions of figures."""
    for section in draft.sections:
        yield section.title
        yield from (block.value.text for block in section.blocks if block.kind == "motto")
    yield from (field.label for field in draft.header)
    for figure in draft.figures.values():
        yield from (figure.title, figure.alt)


def synthesis(draft: Draft, floors: Floors) -> dict[str, Line]:
    """Measure how far a draft is a text rather than a list: whose words it is made of, and in which blocks. Bounds are
    those of a page that somebody wrote: without an assistant, a draft lays out words and counts."""
    body = [section for section in draft.sections if not section.is_annex and section.key not in NOT_TOLD]
    blocks = [block for section in body for block in section.blocks if block.sentences and block.kind != "table"]
    sentences = [sentence for block in blocks for sentence in block.sentences]

    def count(told: Iterable[Sentence]) -> int:
        return sum(len(node.text.split()) for sentence in told for node in sentence.nodes)

    bounds = dict(floors) if any(one.rewritten for one in sentences) else {}
    words, quoted = count(sentences), sum(len(node.text.split()) for node in _words(sentences, "quote"))
    listed = sum(count(block.sentences) for block in blocks if block.kind == "list")
    return {
        "mots_cites": share_line("Mots entre guillemets", quoted, words, bounds.get("mots_cites_max"), True),
        "mots_listes": share_line("Mots dans des listes", listed, words, bounds.get("mots_listes_max"), True),
    }


HEARD_MAX = 12
"""Known voices up to which a text lets each be heard: a survey has too many."""
NOT_TOLD = frozenset({"recueil", "savoir_plus"})
"""Sections that tell how words were gathered, and where to read more."""


def draft_lines(target: Path, settings: Config, tell: Callable[[str], None]) -> list[Line]:
    """The measures of the restitution of a run."""
    run = RunFolder.open(target)
    written = load_draft(run.load_json("draft")), load_facts(run.load_json("facts")), load_plan(run.load_json("plan"))
    floors, spaces = settings.evaluation["drafts"], settings.restitution.espaces
    found = evaluate_drafts(*written, run.load(RestitutionTables), floors, spaces)
    tell(f"{found.n_sentences} phrases, {found.n_words} mots")
    return list(found.measures.values())


SURVEY = "enquete"
Count = tuple[int, int | None]


def read_rows(tables: RestitutionTables) -> pd.DataFrame:
    """One row per idea that may be shown, with where it comes from and what was decided about it.

    Columns: item_id, contribution_id, start, end, text, source, channel, provenance, source_text, and with "" for none
    voice, table, workshop, axis, status, group_id (only groups that are shown, on the axis of the idea), tied_to,
    shown_text; is_quotable; votes and votes_contre, 0 for none.
    """
    shown = tables.reviewed_groups
    shown = shown[~shown["is_hidden"].fillna(False).astype(bool) & (shown["state"] != "rejete")]
    rows = (
        tables.items.merge(tables.contributions.rename(columns={"text": "source_text"}), on="contribution_id")
        .merge(tables.reviewed_tags[["item_id", "axis", "status"]], on="item_id")
        .merge(
            tables.reviewed_memberships[["item_id", "group_id", "tied_to", "stance", "stance_on"]],
            on="item_id",
            how="left",
        )
        .merge(
            tables.reviewed_items[["item_id", "is_hidden", "is_quotable", "quote_choice", "shown_text"]],
            on="item_id",
            how="left",
        )
        .merge(
            shown[["group_id", "axis", "title"]].rename(columns={"axis": "group_axis", "title": "group_title"}),
            on="group_id",
            how="left",
        )
    )
    rows = rows.sort_values(["contribution_id", "start"], kind="stable").reset_index(drop=True)
    opens = ~rows["contribution_id"].duplicated()  # people vote for what a card opens on
    for name in ("votes", "votes_contre"):
        rows[name] = rows[name].fillna(0).astype(int).where(opens, 0)
    rows = rows[~rows["is_hidden"].astype("boolean").fillna(False).astype(bool)].reset_index(drop=True)
    may = rows["is_quotable"].astype("boolean").fillna(True).astype(bool)
    rows["is_quotable"] = may & (rows["quote_choice"].fillna("") != "bannie")
    rows["group_id"] = rows["group_id"].where((rows["group_axis"] == rows["axis"]).fillna(False).astype(bool))
    rows["provenance"] = rows["own_provenance"].fillna(rows["provenance"])
    for name in ("voice", "table", "group_id", "tied_to", "shown_text", "stance", "stance_on", "group_title"):
        rows[name] = rows[name].fillna("")
    rows["stance"] = list(map(side_under, rows["group_title"], rows["stance"], rows["stance_on"]))
    return rows


def pairs_in(rows: pd.DataFrame, column: str) -> set[tuple[str, str]]:
    """The values of a column (tables, voices), each with its workshop."""
    return set(zip(rows["workshop"], rows[column], strict=True))


def recount(tables: RestitutionTables, rows: pd.DataFrame, plan: Plan) -> dict[str, Count]:
    """Fact name → (numerator, denominator) for every figure that the tables hold or that was declared.

    What the plan counts is counted over the ideas that it names; a group counts none that it does not hold.
    """
    compass = rows[rows["axis"].isin(COMPASS_CODES)]
    n_ideas = _n_ideas(compass)
    n_contributions = int(rows["contribution_id"].nunique())
    seen = pairs_in(rows[rows["table"] != ""], "table")
    n_tables = len(seen | set(zip(tables.workshop_tables["workshop"], tables.workshop_tables["table"], strict=True)))
    n_workshops = len(tables.workshops)
    groups = set(rows["group_id"])
    people = pairs_in(rows[(rows["channel"] == SURVEY) & (rows["voice"] != "")], "voice")
    surveys = set(tables.contributions.loc[tables.contributions["channel"] == SURVEY, "source"])
    sided = tables.positions[tables.positions["source"].isin(surveys) & tables.positions["voice"].notna()]
    people |= pairs_in(sided, "voice")  # who answered by a side or a figure alone
    written = rows[rows["channel"].isin(WRITTEN)]
    wordless = tables.rejects[tables.rejects["reason"].eq("sans_mot")]
    n_wordless = int(wordless["source"].isin(written["source"]).sum())
    counts: dict[str, Count] = {
        "idees": (n_ideas, None),
        "ateliers": (n_workshops, None),
        "tables": (n_tables, None),
        "contributions": (n_contributions, None),
        "fichiers": (int(rows["source"].nunique()), None),
        "contributions.axes": (int(_once(compass)["contribution_id"].nunique()), None),
        "a_relire": (int((rows["status"] == "a_relire").sum()), len(rows)),
        "enquete": (len(people), None),
        "enquete.axes": (
            len(pairs_in(compass[(compass["channel"] == SURVEY) & (compass["voice"] != "")], "voice")),
            None,
        ),
        "noms": (_n_masked(tables, rows), None),
        "voix": (len(pairs_in(rows[(rows["channel"] == "transcript") & (rows["voice"] != "")], "voice")), None),
    }
    counts |= {
        "recueillies": (int(written["contribution_id"].nunique()), None),
        "recueillies.toutes": (int(written["contribution_id"].nunique()) + n_wordless, None),
        "fichiers.recueillies": (int(written["source"].nunique()), None),
        "documents": (len(set(rows["source"]) - set(written["source"])), None),
    }
    counts |= {f"axe.{axis}": (_n_ideas(compass[compass["axis"] == axis]), n_ideas) for axis in COMPASS_CODES}
    by_channel = rows.groupby("channel")["contribution_id"].nunique()
    counts |= {f"contributions.{channel}": (int(n), n_contributions) for channel, n in by_channel.items()}
    for participants in (tables.workshops["participants"], tables.workshop_tables["participants"]):
        if len(participants) and bool(participants.notna().all()):
            counts["participants"] = (int(participants.sum()), None)
            break
    for column in ("votes", "votes_contre"):
        voted = rows[rows[column] > 0]
        counts |= {f"{key}.{column}": (int(n), None) for key, n in zip(voted["item_id"], voted[column], strict=True)}
    place = pd.Series(range(len(rows)), index=rows["item_id"])
    for key, unit in plan.units.items():
        members = rows.iloc[place[list(unit.members)]]
        if key in groups:
            members = members[members["group_id"] == key]
            counts |= _sides(key, rows[rows["group_id"] == key])
        counts |= _spread(key, members, n_tables, len(people), n_workshops)
    positions = with_decided_sides(tables.positions, tables.items, tables.reviewed_memberships)
    return counts | _answered(positions, counts.get("participants", (None, None))[0])


def _answered(positions: pd.DataFrame, n_came: int | None) -> dict[str, Count]:
    """Who answered each question what: a known voice is one, whatever and however often it said; the last answer is
    hers, and two sides are a condition."""
    counts: dict[str, Count] = {}
    won: list[int] = []
    for question, rows in with_rows(positions):
        told = _counts(question, rows[rows["evidence"] != "decision"].to_dict("records"))
        total = told.pop("total", 0)
        counts[f"{question.key}.total"] = (total, None)
        counts |= {f"{question.key}.{name}": (n, total) for name, n in told.items() if n}
        if question.is_vote and told["pour"]:
            more, is_too_many = told["pour"] - told["contre"], n_came is not None and total > n_came
            won.append(0 if is_too_many or says_otherwise(question.outcome, more) else more)
    ends = {"points": len(won), "approuves": sum(n > 0 for n in won), "ecartes": sum(n < 0 for n in won)}
    return counts | ({f"scrutins.{name}": (n, len(won)) for name, n in ends.items()} if won else {})


def _counts(question: Question, rows: Sequence[Row]) -> Counter[str]:
    told: Counter[str] = Counter()
    heads: dict[object, list[Row]] = {}
    for row in rows:
        heads.setdefault(row["position_id"] if pd.isna(row["voice"]) else (row["voice"],), []).append(row)
    keys = {answer_key(one): f"reponse.{one}" for one in question.answers}
    for head, found in heads.items():
        n = 1 if isinstance(head, tuple) else int(found[0]["n"])
        answers = [str(one["answer"]) for one in found if not pd.isna(one["answer"])]
        is_other = not answers and found[0]["evidence"] in ("colonne", "echelle") and found[0]["side"] == "sans"
        sides = {str(one["side"]) for one in found}
        sides = (sides - {"sans", "abstention"} or sides & {"sans"}) if len(sides) > 1 else sides
        told["total"] += n
        told["nuance" if len(sides) > 1 else next(iter(sides))] += n * (not is_other)
        told[keys[answer_key(answers[-1])] if answers else "autres"] += n * (bool(answers) or is_other)
    if question.told is not question.sides:
        told["autres"] = told["total"] - sum(told[one] for one in keys.values())
    return told


def _sides(name: str, members: pd.DataFrame) -> dict[str, Count]:
    sides = count_sides(list(map(Heard, *(members[column].tolist() for column in Heard._fields))))
    return {f"{name}.{side}": (n, sum(sides)) for side, n in zip(SIDE_FACTS, sides, strict=True)}


def _n_masked(tables: RestitutionTables, rows: pd.DataFrame) -> int:
    """Names hidden in the ideas that may be shown, each once: a person masked them, or nobody allowed them."""
    texts = dict(zip(tables.contributions["contribution_id"], tables.contributions["text"], strict=True))
    decided = {str(row["item_id"]): row for row in tables.reviewed_items.to_dict("records")}
    suggested: dict[str, list[tuple[int, int]]] = {}
    for row in tables.name_suggestions.to_dict("records"):
        suggested.setdefault(str(row["contribution_id"]), []).append((int(row["start"]), int(row["end"])))
    found: set[str] = set()
    for row in rows[rows["shown_text"] == ""].to_dict("records"):
        here = decided.get(str(row["item_id"]), {})
        key, start, end = str(row["contribution_id"]), int(row["start"]), int(row["end"])
        allowed = set(_listed(here.get("named")))
        hidden = [*_listed(here.get("masks")), *(span for span in suggested.get(key, ()) if span not in allowed)]
        found |= {str(texts[key])[a:b] for a, b in hidden if a < end and b > start}
    return len(found)


def _listed(value: Any) -> list[tuple[int, int]]:
    return [] if value is None or value is pd.NA or isinstance(value, float) else [(int(a), int(b)) for a, b in value]


def _spread(name: str, members: pd.DataFrame, n_tables: int, n_people: int, n_workshops: int) -> dict[str, Count]:
    spoken = members[members["voice"] != ""]
    each = members.drop_duplicates("contribution_id")
    voted = members[members["votes"] + members["votes_contre"] > 0]
    marks = voted["attributes"].map(lambda told: json.loads(told).get(COUNTED_IN, ""))
    voted = voted[marks == marks.min()]  # votes before what is none
    return {
        f"{name}.tables": (len(pairs_in(members[members["table"] != ""], "table")), n_tables),
        f"{name}.enquete": (len(pairs_in(spoken[spoken["channel"] == SURVEY], "voice")), n_people),
        f"{name}.personnes": (len(pairs_in(spoken, "voice")) if len(spoken) == len(members) else 0, None),
        f"{name}.contributions": (int(_once(members)["contribution_id"].nunique()), None),
        f"{name}.envois": (_n_sent(each[each["voice"] == ""]), None),
        f"{name}.ateliers": (int(members["workshop"].nunique()), n_workshops),
        f"{name}.idees": (_n_ideas(members), None),
        f"{name}.votes": (int(voted["votes"].sum()), None),
        f"{name}.votes_contre": (int(voted["votes_contre"].sum()), None),
    }


def _n_sent(rows: pd.DataFrame) -> int:
    """How many contributions of unknown people are one text of eight words or more; 0 for fewer than two."""
    texts = Counter(" ".join(fold(text).split()) for text in rows["source_text"])
    most = max((n for text, n in texts.items() if len(text.split()) >= SENT_WORDS), default=0)
    return most if most > 1 else 0


SENT_WORDS = 8
"""Words of a text that two people do not write alike by chance."""


def _n_ideas(rows: pd.DataFrame) -> int:
    return len(_once(rows))


def _once(rows: pd.DataFrame) -> pd.DataFrame:
    """The ideas that count: those that repeat another among them count with it."""
    return rows[~((rows["tied_to"] != "") & rows["tied_to"].isin(rows["item_id"]))]


SAME_SHARE = 0.8
SAME_STEMS_MIN = 4
NOT_LISTED = "auxquelles"
"""A word of our sentences that the dictionary lacks."""


def own_words(sentence: Sentence) -> list[str]:
    """The words that we wrote in a sentence, as a dictionary holds them: inclusive forms folded, elisions cut off."""
    text = " ".join(node.text for node in sentence.nodes if node.kind == "text")
    tokens = re.findall(rf"{WORD}(?:-{WORD})*’?", fold_inclusive(text))
    return [token for token in tokens if not token.endswith("’") and token != token.upper()]


def misspelt(found_words: Iterable[str]) -> tuple[str, ...]:
    """Words that our dictionary lacks, sorted; those with a capital may be names."""
    return tuple(sorted({word for word in found_words if word.islower() and word != NOT_LISTED and not is_known(word)}))


def near_repeats(texts: Sequence[str]) -> list[str]:
    """Texts that share at least 80 % of their content stems (Jaccard) with an earlier one, in order."""
    earlier: list[frozenset[str]] = []
    repeated = []
    for text in texts:
        stems = frozenset(content_stems(text))
        if len(stems) >= SAME_STEMS_MIN:
            if any(len(stems & other) >= SAME_SHARE * len(stems | other) for other in earlier):
                repeated.append(text)
            earlier.append(stems)
    return repeated
