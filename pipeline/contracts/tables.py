"""What each table of a run holds: columns, types, domains, key, cross-column rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from pipeline.axes import AXIS_CODES, COMPASS_CODES, facet_codes
from pipeline.contracts.labels import DOUBT_NAMES, PART_NAMES

if TYPE_CHECKING:
    import pandas as pd  # the process that reads files does without

DTYPES = {"text": "string[pyarrow]", "int": "Int64", "float": "float64", "bool": "boolean", "list": "object"}
CHANNELS = ("postit", "note", "enquete", "transcript", "saisie")
PROVENANCES = ("ecrit", "note", "transcription")
STATUSES = ("sur", "a_relire")
DOUBTS = tuple(DOUBT_NAMES)
STANCES = ("pour", "contre", "nuance", "inconnu")
SIDES = FOR, AGAINST, CONDITION, ABSTAINS, NEITHER = ("pour", "contre", "nuance", "abstention", "sans")
COLUMN, CELL, SCALE, VOTE, LISTED, THREAD, DECISION = (
    "colonne", "cellule", "echelle", "vote", "liste", "fil", "decision",
)  # fmt: skip
EVIDENCES = (COLUMN, CELL, SCALE, VOTE, LISTED, THREAD, "mots", DECISION)
"""What tells the side that somebody takes; the last, what was decided, on no side."""
LINK_KINDS = ("answers", "objects", "supports")
FRAMES = ("parole", "debat", "notes_par_personne", "notes", "liste")
"""What kind of passage somebody's words stand in; `parole` where nothing stands around: post-its, cells, speech."""
ASIDE = (
    "entete", "presence", "ordre_du_jour", "presse", "motion", "expose", "resultat_de_vote", "remerciements",
    "salutations", "liens", "barre",
)  # fmt: skip
"""The passages of a document that are the words of nobody who took part."""
REJECT_REASONS = (
    "vide", "sans_mot", "illisible", "ligne_de_test", "spam", "autre_langue", "reponse_inachevee", "redite",
    "animation",
    *ASIDE, "pas_une_parole", "document", "lecture", "moderee", "retiree", "titre",
)  # fmt: skip
GROUP_STATES = ("machine", "accepte", "a_revoir", "rejete")
DECISION_STATES = ("rejouee", "annulee", "orpheline", "conflit")
ORIGINS = ("personne", "participants", "programme", "modele", "machine")
"""Who a title comes from: people, the first three; a model or the machine, which propose."""
PLACERS = ("machine", "modele", "participants", "personne")
CHANGE_KINDS = (
    "groupe_nouveau", "groupe_disparu", "groupe_modifie", "axe_modifie", "item_nouveau", "item_disparu",
)  # fmt: skip

INGESTED = (
    "workshops", "workshop_tables", "contributions", "rejects", "items", "positions", "ledger", "privacy_report",
    "name_suggestions",
)  # fmt: skip
"""Tables that reading a corpus gives."""
PLACED = ("titles", "placings")
"""Those of titles, and of what is under them."""
CLUSTERED = ("groups", "memberships", "themes", "links", "near_pairs")
"""Those of the groups."""
REVIEWED = (
    "reviewed_tags", "reviewed_groups", "reviewed_memberships", "reviewed_links", "reviewed_themes", "reviewed_items",
    "reviewed_parts", "decision_states", "control", "changes",
)  # fmt: skip
"""Those of the review."""


@dataclass(frozen=True)
class Column:
    """One column: its name, kind (a key of `DTYPES`), whether it may be missing, its domain."""

    name: str
    kind: str
    nullable: bool = False
    domain: tuple[str, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class TableSchema:
    """One artefact: columns in order, the columns of its key, and rules over the whole frame, whose docstrings say what
    must hold."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rules: tuple[Callable[[pd.DataFrame], bool], ...] = ()

    @property
    def column_names(self) -> list[str]:
        """The names, in order."""
        return [column.name for column in self.columns]


def text(name: str, domain: tuple[str, ...] | None = None) -> Column:
    """A text column that is always given."""
    return Column(name, "text", domain=domain)


def optional(name: str, domain: tuple[str, ...] | None = None) -> Column:
    """A column that may be missing in some rows."""
    return Column(name, "text", nullable=True, domain=domain)


def count(name: str, nullable: bool = False) -> Column:
    """A whole number, 0 or more."""
    return Column(name, "int", nullable=nullable, minimum=0)


def share(name: str, nullable: bool = False) -> Column:
    """A number in [0, 1]."""
    return Column(name, "float", nullable=nullable, minimum=0.0, maximum=1.0)


def spans_are_ordered(items: pd.DataFrame) -> bool:
    """No span is empty, nor begins before the end of the one before it in its contribution."""
    of, _ = items["contribution_id"].factorize()
    starts, ends = (items[name].to_numpy(dtype=np.int64) for name in ("start", "end"))
    order = np.lexsort((starts, of))
    follows = starts[order][1:] >= ends[order][:-1]
    return bool((ends > starts).all() and follows[of[order][1:] == of[order][:-1]].all())


def ranks_are_in_lists(contributions: pd.DataFrame) -> bool:
    """A contribution has a rank where it is in a list, and only there."""
    return bool((contributions["rank"].notna() == contributions["list_id"].notna()).all())


def are_lists_of_words(contributions: pd.DataFrame) -> bool:
    """Headings are lists of texts that are not blank."""
    return all(isinstance(one, str) and one.strip() for one in chain.from_iterable(contributions["headings"]))


def what_is_read_adds_up(ledger: pd.DataFrame) -> bool:
    """What is read of a file is kept, rejected, or only says a position."""
    return bool((ledger["n_read"] == ledger["n_kept"] + ledger["n_rejected"] + ledger["n_positions"]).all())


def probabilities_sum_to_one(tags: pd.DataFrame) -> bool:
    """The probabilities of the axes add up to one."""
    total = tags[[f"p_{code}" for code in AXIS_CODES]].sum(axis=1)
    return bool((total - 1).abs().max() < 1e-3) if len(tags) else True


def axis_is_argmax(tags: pd.DataFrame) -> bool:
    """The axis of each item is its most probable one."""
    if tags.empty:
        return True
    best = tags[[f"p_{code}" for code in AXIS_CODES]].to_numpy().argmax(axis=1)
    return bool((np.array(AXIS_CODES, dtype=object)[best] == tags["axis"].to_numpy(dtype=object)).all())


def doubts_are_of_doubtful_ones(tags: pd.DataFrame) -> bool:
    """No reason to doubt is told of an idea that is sure."""
    return not bool((tags["doubt"].notna() & (tags["status"] != "a_relire")).any())


def pairs_are_ordered(pairs: pd.DataFrame) -> bool:
    """The first id of a pair is the smaller one."""
    return bool((pairs["one_item"] < pairs["other_item"]).all())


def stacks_are_in_groups(memberships: pd.DataFrame) -> bool:
    """What is in a group is in a stack, and nothing else is."""
    return bool((memberships["stack_id"].notna() == memberships["group_id"].notna()).all())


def stacks_are_nested(memberships: pd.DataFrame) -> bool:
    """No stack is in two groups."""
    pairs = memberships[["stack_id", "group_id"]].dropna().drop_duplicates()
    return bool(pairs["stack_id"].is_unique)


_TAG_COLUMNS = (
    text("item_id"),
    *(share(f"p_{code}") for code in AXIS_CODES),
    text("axis", AXIS_CODES),
    share("confidence"),
    optional("second_axis", domain=AXIS_CODES),
    optional("facet", domain=facet_codes()),
    share("worth", nullable=True),  # how gladly an author would quote it as it is; null on no axis
    text("status", STATUSES),
    optional("doubt", domain=DOUBTS),  # why it is to re-read; `second_axis` is then the one that it hesitates with
)
_GROUP_COLUMNS = (
    text("group_id"),
    text("axis", COMPASS_CODES),
    text("theme_id"),
    text("title"),
    text("origin", ORIGINS),  # whose title it is; of a model or the machine, it is a proposal
    share("title_coverage", nullable=True),  # of its members, those of which the title is true; null: a person's title
    optional("question"),
    count("n_items"),
    count("n_ideas"),
    count("votes"),
    count("n_people", nullable=True),
    count("n_for"),  # on each side of its object, people where they are known, else ideas; the four are all of it
    count("n_against"),
    count("n_if"),
    count("n_without"),
    count("n_tables"),
    count("n_channels"),
    Column("recurrence", "float", minimum=0.0),
)
_MEMBERSHIP_COLUMNS = (
    text("item_id"),
    optional("group_id"),
    optional("stack_id"),  # inside the group; there is one wherever there is a group
    share("strength"),
    text("stance", STANCES),
    optional("stance_on"),  # what the side is on, in words; null: on what the idea says, or its group is about
    optional("tied_to"),
)
_LINK_COLUMNS = (text("from_item"), text("to_item"), text("kind", LINK_KINDS), share("score"))
_STACK_RULES = (stacks_are_in_groups, stacks_are_nested)
_THEME_COLUMNS = (text("theme_id"), text("title"), count("position"))
_DECIDED_BY = optional("decided_by")

TABLES: dict[str, TableSchema] = {
    schema.name: schema
    for schema in (
        TableSchema(
            "workshops",  # one row per workshop of the corpus, from its atelier.toml
            (
                text("workshop"),
                text("titre"),
                *(optional(name) for name in ("date", "lieu", "territoire", "format_animation", "anime_par", "auteur")),
                optional("pour_en_savoir_plus"),
                optional("textes"),  # json: part of the text, or title → what its author wrote
                count("participants", nullable=True),
                Column("participants_environ", "bool", nullable=True),
            ),
            ("workshop",),
        ),
        TableSchema(
            "workshop_tables",  # the tables as declared in atelier.toml, completed by those met in the files
            (
                text("workshop"),
                text("table"),
                optional("sujet"),
                count("participants", nullable=True),
                Column("is_declared", "bool"),
            ),
            ("workshop", "table"),
        ),
        TableSchema(
            "contributions",
            (
                text("contribution_id"),
                text("source"),  # the file, relative to the corpus, with "/"
                text("locator"),  # for people: "ligne 12, colonne « Post-it »", "00:03:12", "paragraphe 8"
                count("position"),  # reading order inside the source
                text("text"),
                text("channel", CHANNELS),
                text("provenance", PROVENANCES),
                text("context"),  # the nearest headings, or the question it answers; "" when there is none
                Column("headings", "list"),  # all that stand above it, outermost first: no date, number or emoji
                optional("list_id"),  # the list that it belongs to: bullets of a document, a column of a wall
                Column("rank", "int", nullable=True, minimum=1),  # its place in that list
                optional("given_group"),  # the group that the participants put it in
                optional("voice"),
                optional("table"),
                text("workshop"),
                count("votes", nullable=True),
                count("votes_contre", nullable=True),
                text("attributes"),  # a json object, keys sorted: the other columns (commune, âge, profil…)
                optional("date"),
                Column("start_s", "float", nullable=True, minimum=0.0),  # transcripts: seconds from the start
                text("frame", FRAMES),  # what kind of passage it stands in
            ),
            ("contribution_id",),
            (ranks_are_in_lists, are_lists_of_words),
        ),
        TableSchema(
            "rejects",
            (text("source"), text("locator"), text("reason", REJECT_REASONS), text("detail")),
            ("source", "locator"),
        ),
        TableSchema(
            "items",
            (
                text("item_id"),
                text("contribution_id"),
                count("start"),
                count("end"),
                text("text"),
                optional(
                    "lead"
                ),  # the words before `start` that a reader needs: shown before it, quoted with it, never counted
                optional("own_provenance", domain=PROVENANCES),  # of words quoted by a report; null: the contribution's
            ),
            ("item_id",),
            (spans_are_ordered,),
        ),
        TableSchema(
            "positions",  # what is only a position, and the side that is known of a contribution
            (
                text("position_id"),
                text("workshop"),
                text("source"),
                text("locator"),
                text("about"),  # in words: the question, the proposal, the motion; "" when nothing tells it
                optional("target"),  # the contribution that it answers
                optional("contribution_id"),  # the one whose side it is; null: it holds no other words
                optional("voice"),
                optional("answer"),  # in the words of the file: "plutôt d'accord", "4", "80 %"
                text("side", SIDES),  # nuance: on a condition; sans: neither side is taken
                Column("n", "int", minimum=1),  # how many people: one, or those of a counted vote
                text("evidence", EVIDENCES),
            ),
            ("position_id",),
        ),
        TableSchema(
            "ledger",  # per file: read == kept + rejected + those that only say a position
            (
                text("source"),
                text("format"),
                text("state", ("lu", "refuse", "ignore")),
                text("detail"),
                count("n_read"),
                count("n_kept"),
                count("n_rejected"),
                count("n_positions"),
                count("n_items"),
                optional("title"),  # the heading over a whole document, or that of its front matter
            ),
            ("source",),
            (what_is_read_adds_up,),
        ),
        TableSchema("privacy_report", (text("source"), text("mark"), count("n")), ("source", "mark")),
        TableSchema(
            "name_suggestions",
            (text("contribution_id"), count("start"), count("end"), text("text"), text("reason")),
            ("contribution_id", "start"),
        ),
        TableSchema(
            "tags", _TAG_COLUMNS, ("item_id",), (probabilities_sum_to_one, axis_is_argmax, doubts_are_of_doubtful_ones)
        ),
        TableSchema(
            "titles",  # what ideas are placed under; the id is given once, and kept when a title is reworded
            (
                text("title_id"),
                text("title"),
                optional("axis", domain=COMPASS_CODES),  # null: a theme, with a group on each axis
                optional("rubric"),  # a wider title above it
                text("origin", ORIGINS),
                Column("examples", "list"),  # words that a person put under it
                Column("refused", "list"),  # words that she took away
                count("order"),
            ),
            ("title_id",),
        ),
        TableSchema(
            "placings",  # every item
            (
                text("item_id"),
                optional("title_id"),  # null: to place
                optional("likeliest"),  # the likeliest title, under the cut or not
                share("chance"),  # of the likeliest title
                Column("also", "list"),  # other titles that are true of it
                optional("second_title"),
                share("second_chance"),
                text("axis", AXIS_CODES),  # that of the reviewed tags, which everything counts
                text("placed_by", PLACERS),
            ),
            ("item_id",),
        ),
        TableSchema("groups", _GROUP_COLUMNS, ("group_id",)),
        TableSchema("memberships", _MEMBERSHIP_COLUMNS, ("item_id",), _STACK_RULES),
        TableSchema("themes", _THEME_COLUMNS, ("theme_id",)),
        TableSchema("links", _LINK_COLUMNS, ("from_item", "to_item")),
        TableSchema(
            "near_pairs",  # what a person may be asked about
            (text("one_item"), text("other_item"), share("chance")),
            ("one_item", "other_item"),
            (pairs_are_ordered,),
        ),
        # review: the machine tables after replay; a person's name in decided_by where a person decided
        TableSchema("reviewed_tags", (*_TAG_COLUMNS, _DECIDED_BY), ("item_id",)),
        TableSchema(
            "reviewed_groups",
            (
                *_GROUP_COLUMNS,
                text("state", GROUP_STATES),
                Column("is_hidden", "bool"),
                count("position"),
                optional("author_text"),
                optional("author_cites"),  # json: sentence of author_text → ids of the items that it cites
                Column("is_titled", "bool"),  # the title is a person's
                Column("is_asked", "bool"),  # the question is
                _DECIDED_BY,
            ),
            ("group_id",),
        ),
        TableSchema("reviewed_memberships", (*_MEMBERSHIP_COLUMNS, _DECIDED_BY), ("item_id",), _STACK_RULES),
        TableSchema(
            "reviewed_links",
            (*_LINK_COLUMNS, text("state", ("machine", "juste", "faux")), _DECIDED_BY),
            ("from_item", "to_item"),
        ),
        TableSchema("reviewed_themes", (*_THEME_COLUMNS, _DECIDED_BY), ("theme_id",)),
        TableSchema(
            "reviewed_items",  # how an item may be shown
            (
                text("item_id"),
                Column("is_hidden", "bool"),
                Column("is_quotable", "bool"),  # false: ne_pas_citer
                optional("quote_choice", domain=("choisie", "bannie")),
                optional("shown_text"),  # corriger_transcription
                Column("masks", "list"),  # [start, end] pairs in the contribution's coordinates
                Column("named", "list"),  # [start, end] pairs that may be shown: with consent (nommer), or no names
                _DECIDED_BY,
            ),
            ("item_id",),
        ),
        TableSchema(
            "reviewed_parts",  # what people wrote of the parts of the text
            (text("part", tuple(PART_NAMES)), text("text"), text("decided_by")),
            ("part",),
        ),
        TableSchema(
            "decision_states",  # what became of each line of decisions.jsonl
            (text("decision_id"), text("op"), text("author"), text("state", DECISION_STATES), text("message")),
            ("decision_id",),
        ),
        TableSchema(
            "control",  # the blind control: of the ideas judged, on how many people found the machine's title
            (
                text("axis", ("titres", *COMPASS_CODES)),  # axes: in runs of an earlier version
                count("n"),
                count("n_people"),
                share("share"),
                share("low"),
                share("high"),
            ),
            ("axis",),
        ),
        TableSchema(
            "changes",  # since the previous run of the same folder
            (text("kind", CHANGE_KINDS), text("target_id"), optional("before"), optional("after"), text("detail")),
            ("kind", "target_id"),
        ),
    )
}
