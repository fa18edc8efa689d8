"""Where things were said, and the figures that say how widely: nodes made from facts, without any state."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from pipeline.contracts.draft import Fact, FactNode, FactRef, Facts, NamedNode, NamedRef, Node, TextNode
from pipeline.contracts.labels import CONTEXT_JOINT, MACHINE_VOICE
from pipeline.contracts.plan import Unit
from pipeline.language.lexicon.nouns import gender_of, role_kind
from pipeline.language.syntax.finite_verbs import has_sure_main_verb
from pipeline.language.text.folding import fold
from pipeline.language.text.typography import NO_BREAK, elides, with_de
from pipeline.restitution.material.facts import WRITTEN, french_date
from pipeline.restitution.material.quantifiers import bare_place, rows_named, said, table_name
from pipeline.restitution.nodes import listed
from pipeline.restitution.quoting.quotes import plain_quotes
from pipeline.workshop.model import OF_ANY_SUBJECT, Item, Material, without_aside

SURVEY_COUNT_MIN = 3
VOTES_MIN = 2
NUMBERED = re.compile(rf"(?:Voix|{MACHINE_VOICE}) \d+(?:, (?P<part>.+))?|")
"""What stands for a person whose name is not told, and the part that she plays."""
CHARGES = ("charge", "fonction")
PERSONS = ("une personne", "une autre", "une autre encore")
_SEVERAL = re.compile(r"\w+s\b")
_ARTICLE = re.compile(r"^l(?:[ea]s?\s|['’])", re.IGNORECASE)
SPOKEN_IN = ("transcript", "note")
"""Channels whose files name speakers, turn by turn."""
HEADING_WORDS_MAX = 24
"""Words of a heading or a question that is told with what stands under it."""
_SHORT_MAX = 6
"""Words of a sentence over a list that may be told so too."""


def file_heading(heading: str) -> Node:
    """A heading of the files, as they write it."""
    return NamedNode("given", heading, NamedRef("contexte"))


def file_outcome(outcome: str) -> Node:
    """What became of a vote, as the files write it, within a sentence: « adopté à l'unanimité »."""
    is_capital = outcome[:1].isupper() and outcome[1:2].islower()
    return NamedNode("given", outcome[0].lower() + outcome[1:] if is_capital else outcome, NamedRef("issue"))


class Places:
    """The places of a workshop, as they stand in sentences.

    Parameters
    ----------
    facts : every figure that may be told, by name; a unit's are `<unit>.tables`, `<unit>.enquete`…
    """

    def __init__(self, material: Material, facts: Facts) -> None:
        self.facts = facts
        self._material = material

    def fact(self, name: str, form: str, joint: str = "") -> FactNode:
        """A fact in one of its forms; `joint` is `a` or `de`, contracted with it."""
        return FactNode(said(self.facts[name], form, joint), FactRef(name, form, joint))

    def who(self, unit: Unit) -> tuple[list[Node], bool]:
        """Who says a unit, as the subject of a sentence, and whether it is plural: `trois tables sur six (sept
        idées)`, `douze personnes sur 265`, `trois personnes`, `deux idées`, `un même texte, envoyé seize fois`."""
        key, facts = unit.unit_id, self.facts
        workshops, tables = facts[f"{key}.ateliers"], self._tables(unit)
        if workshops.part[1] > 1 and workshops.n > 1:
            return [self.fact(f"{key}.ateliers", "workshops")], True
        if tables is not None and tables.part[1] > 1:
            nodes: list[Node] = [self.fact(f"{key}.tables", "tables")]
            if f"{key}.enquete" in facts:
                answers = self.fact(f"{key}.enquete", "answers")
                return [*nodes, TextNode(" et "), answers, TextNode("" if self._rows else " à l’enquête")], True
            if facts[f"{key}.idees"].n > tables.n:
                nodes += [TextNode(" ("), self._ideas(unit), TextNode(")")]
            return nodes, tables.n > 1
        n = self._people(unit) or facts[f"{key}.idees"].n
        if unit.spread.same == (self._people(unit) or unit.spread.contributions):
            return [TextNode("un même texte, envoyé "), self.fact(f"{key}.envois", "times")], False
        count = self.count(unit)
        if unit.spread.same:
            times = self.fact(f"{key}.envois", "times")
            count = [*count, TextNode(" (dont un même texte, envoyé "), times, TextNode(")")]
        return count, n > 1

    def brief(self, unit: Unit) -> list[Node]:
        """The same between brackets: `trois tables sur six, enquête`, `table 2, deux idées`."""
        if not unit.is_counted:
            return []
        key, survey = unit.unit_id, f"{unit.unit_id}.enquete"
        tables = self._tables(unit)
        parts: list[list[Node]] = []
        if self.facts[f"{key}.ateliers"].n > 1:
            parts.append([self.fact(f"{key}.ateliers", "workshops")])
        elif tables is not None and tables.part[1] > 1:
            parts.append([self.fact(f"{key}.tables", "tables_brief")])
        if survey in self.facts and self.has_more_than_a_survey:
            is_counted = self.facts[survey].n >= SURVEY_COUNT_MIN
            parts.append([self.fact(survey, "answers_brief")] if is_counted else [TextNode(self._rows or "enquête")])
        elif survey in self.facts:
            parts.append([self.fact(survey, "answers_brief")])
        if not parts and unit.spread.people:
            parts.append([self.fact(f"{key}.personnes", "people")])
        if not parts or (tables is not None and tables.n == 1 and len(parts) == 1 and self.facts[f"{key}.idees"].n > 1):
            parts.append([self._ideas(unit)])
        return listed(parts, ", ", ", ")

    def count(self, unit: Unit) -> list[Node]:
        """How many people where they are known, else ideas: `dix personnes sur 909`, `sept idées`."""
        return [self.people(unit) or self._ideas(unit)]

    def is_wide(self, unit: Unit) -> bool:
        """Whether several people, tables or contributions say a unit."""
        return unit.spread.n_heard > 1 or unit.spread.tables > 1

    def at_least(self, unit: Unit) -> list[Node]:
        """`au moins trois personnes`, where all are known, else contributions, or passages of documents, of those who
        surely say a unit; not out of how many, as it is no share."""
        form = "passage_count" if set(unit.spread.channels).isdisjoint(WRITTEN) else "contribution_count"
        if self._is_answered(unit):
            return [TextNode("au moins "), self.fact(f"{unit.unit_id}.enquete", "answers_brief")]
        return [TextNode("au moins "), self.people(unit) or self.fact(f"{unit.unit_id}.contributions", form)]

    def people(self, unit: Unit) -> FactNode | None:
        """How many people say a unit, of those who answered a survey; None where one of them is unknown."""
        if self._is_answered(unit):
            return self.fact(f"{unit.unit_id}.enquete", "answers")
        is_known = unit.spread.people and not (self._rows and "enquete" in unit.spread.channels)
        return self.fact(f"{unit.unit_id}.personnes", "people") if is_known else None

    def _people(self, unit: Unit) -> int:
        return unit.spread.answers if self._is_answered(unit) else unit.spread.people

    def _is_answered(self, unit: Unit) -> bool:
        return unit.spread.channels == ("enquete",) and unit.spread.answers > 0

    def _tables(self, unit: Unit) -> Fact | None:
        """In how many tables a unit was said; None where some of it was said at none, that would be counted with it."""
        items = (self._material.items[member] for member in unit.members)
        is_whole = all(item.table or item.channel == "enquete" for item in items)
        return self.facts.get(f"{unit.unit_id}.tables") if is_whole else None

    def _ideas(self, unit: Unit) -> FactNode:
        """How many ideas, as the wall and the rose count them."""
        return self.fact(f"{unit.unit_id}.idees", "idea_count")

    def votes(self, unit: Unit) -> list[Node]:
        """`douze voix`, `deux voix pour, six voix contre`, `douze mentions j’aime`; [] where too few voted."""
        return self.votes_on(unit.unit_id, unit.spread.votes, unit.spread.votes_against)

    def votes_on(self, key: str, votes: int, votes_against: int) -> list[Node]:
        """The same of an idea or a unit, by the name of its facts."""
        if votes + votes_against < VOTES_MIN:
            return []
        if not votes_against:
            return [self.fact(f"{key}.votes", "votes")]
        are_votes = not self.facts[f"{key}.votes_contre"].labels  # who does not like leaves no like
        form, joint = ("votes", " pour, ") if are_votes else ("number", ", ")
        against: list[Node] = [self.fact(f"{key}.votes_contre", form), TextNode(" contre")]
        return [self.fact(f"{key}.votes", "votes"), TextNode(joint), *against] if votes else against

    @property
    def _rows(self) -> str:
        """What is no survey's, by its name in the files: `contributions`."""
        return rows_named(self._material.row_noun) if self._material.row_noun else ""

    @cached_property
    def has_more_than_a_survey(self) -> bool:
        """Whether people also spoke otherwise than in a survey, whose name then says something."""
        return any(item.channel != "enquete" for item in self._material.items.values())

    def label(self, item: Item) -> list[Node]:
        """Who says an idea, where, when and to what question, as its files tell: `Anna (notes)`, `notes de la table 3`
        (`table 3` where all are notes), `une personne de la table 3`, `à « Que faire ? »`; [] where none does."""
        return listed([*self._label(item).values()], ", ", ", ")

    def labels(self, items: Sequence[Item]) -> tuple[list[Node], list[list[Node]]]:
        """What tells all of several ideas, to be said once above them, and what tells each of them besides."""
        parts = [self._label(item) for item in items]
        first = parts[0] if len(parts) > 1 else {}
        shared = {name: told for name, told in first.items() if all(one.get(name) == told for one in parts)}
        own = ([told for name, told in one.items() if name not in shared] for one in parts)
        return listed([*shared.values()], ", ", ", "), [listed(told, ", ", ", ") for told in own]

    def _label(self, item: Item) -> dict[str, list[Node]]:
        """The parts of a label, by what they tell."""
        who = self.speaker(item)
        if who and item.provenance == "note":
            is_open = who[-1].text == ")"  # « une personne (IFREE, notes) »
            who = [*who[: len(who) - is_open], TextNode(", notes)" if is_open else " (notes)")]
        told = {"who": who}
        told["where"] = self._where(item, has_who=bool(who))
        if heading := self._asked(item):
            over = self._over(item, heading)
            told["heading"] = [TextNode("sous "), file_heading(over), TextNode(", ")] if over else []
            told["heading"] += [
                TextNode("à " if heading.endswith("?") else "" if over else "sous "),
                file_heading(heading),
            ]
        if day := self._day(item, (node.text for nodes in told.values() for node in nodes)):
            told["day"] = [TextNode("le " * day[:1].isdigit()), NamedNode("given", day, NamedRef("jour"))]
        return {name: nodes for name, nodes in told.items() if nodes}

    def _where(self, item: Item, has_who: bool) -> list[Node]:
        """The table, the place, the file or the kind of words of an idea: what tells it from others; [] for none."""
        is_unsigned_note = item.provenance == "note" and not has_who
        somebody = self.speakers([item.voice])[item.voice] if is_unsigned_note and self.voice_of(item) else []
        notes = somebody or [TextNode("notes")] * (is_unsigned_note and self._has_more_than_notes)
        place, origin = self.table_of(item), self._material.place_of(item).origin
        if place:
            return [*notes, TextNode(" "), *self.table_of(item, "de")] if notes else place
        if origin and origin != self._material.heading_of(item):
            return [NamedNode("given", origin, NamedRef("origine"))]
        is_of_files = self._n_files > 1 if is_unsigned_note else not has_who and self._is_of_files(item)
        if is_of_files and not self._is_told_by_day(item):
            name = NamedNode("given", plain_quotes(self._material.document_names[item.source]), NamedRef("fichier"))
            return [*notes, TextNode(", “" if somebody else " “"), name, TextNode("”")] if notes else [name]
        is_answer = item.channel == "enquete" and self.has_more_than_a_survey and not self._asked(item)
        return notes or [TextNode(self._rows or "enquête")] * is_answer

    def _day(self, item: Item, told: Iterable[str]) -> str:
        """The day of an idea, where there are several and nothing that is told before it says it; "" elsewhere."""
        if not item.date or self._n_days < 2 or item.channel == "enquete":  # a survey is answered any day
            return ""
        day = french_date(item.date)
        return "" if any(_tells_day(text, day) for text in told) else day

    def dated_document(self, source: str) -> str:
        """A document as a heading tells it, with its day where its title does not."""
        title = self._material.documents.get(source) or self._material.document_names[source]
        name, day = plain_quotes(title), french_date(self._material.day_of(source))
        return name if not day or _tells_day(name, day) else f"{name}, {day}"

    def speaker(self, item: Item) -> list[Node]:
        """Who says an idea, by her name or her part; [] where the files give neither."""
        found = NUMBERED.fullmatch("".join(node.text for node in self.voice_of(item)))
        return [] if found is not None and not found["part"] else self.speakers([item.voice])[item.voice]

    def _asked(self, item: Item) -> str:
        """The heading or the question that an idea stands under, where several are in the files, and short at a table,
        which has its subject; "" for none. A long sentence that introduces a list gives way to what is above."""
        *above, heading = map(str.strip, item.context.split(CONTEXT_JOINT))
        heading = without_aside(above[-1] if above and _is_long_sentence(heading) else heading)
        is_short = 0 < len(heading.split()) <= HEADING_WORDS_MAX // (1 + bool(item.table)) and any(
            map(str.isalpha, heading)
        )
        is_of_form = heading in self._material.rubrics_of_files and not heading.endswith("?")
        is_told = is_short and self._n_headings > 1 and not is_of_form
        return heading if is_told and fold(heading) not in OF_ANY_SUBJECT else ""

    def _over(self, item: Item, heading: str) -> str:
        """What a heading that comes back stands under, « Rue du port » over « Le positif »; "" for another heading."""
        shared = self._material.shared_headings
        path = [*map(str.strip, item.context.split(CONTEXT_JOINT))]
        above = path[: path.index(heading)] if heading in shared and heading in path else []
        return next((one for one in reversed(above) if one not in shared and fold(one) not in OF_ANY_SUBJECT), "")

    @cached_property
    def _has_more_than_notes(self) -> bool:
        """Whether people also spoke otherwise than in notes of nobody's, whose name then says something."""
        items = self._material.items.values()
        return any(item.provenance != "note" or self.voice_of(item) for item in items)

    @cached_property
    def _n_files(self) -> int:
        return len({item.source for item in self._material.items.values()})

    def _is_of_files(self, item: Item) -> bool:
        """Whether its file alone tells an idea from those of other files of its kind."""
        return self._n_files_of[item.channel] > 1 and not self._asked(item)

    def _is_told_by_day(self, item: Item) -> bool:
        """Whether its day, which no other file shares, will be told and tells its file: its name need not."""
        return self._n_files_on[item.date] == 1 and bool(self._day(item, [self._material.document_names[item.source]]))

    @cached_property
    def _n_files_on(self) -> Counter[str]:
        """Day → how many files have words of it."""
        return Counter(day for day, _ in {(item.date, item.source) for item in self._material.items.values()})

    @cached_property
    def _n_files_of(self) -> Counter[str]:
        """Channel → how many files hold it."""
        return Counter(
            channel for channel, _ in {(item.channel, item.source) for item in self._material.items.values()}
        )

    @cached_property
    def _n_days(self) -> int:
        return len({item.date for item in self._material.items.values()} - {""})

    @cached_property
    def _n_headings(self) -> int:
        """How many headings tell words apart: the title of one whole file, where no other has one, does not."""
        items = self._material.items.values()
        headings = {item.context for item in items}
        titled = {item.source for item in items if item.context}
        is_title = len(headings - {""}) == len(titled) == 1 and all(i.context for i in items if i.source in titled)
        return 1 if is_title else len(headings)

    def above(self, item: Item) -> list[Node]:
        """The heading, or the question, that an idea stands under; [] for none."""
        told = self._material.heading_of(item)
        return [file_heading(told)] if told else []

    def table_of(self, item: Item, joint: str = "") -> list[Node]:
        """The table of an item, after `de` or bare; [] when the workshop had one table or none is known."""
        if not item.table or self.facts["tables"].n < 2:
            return []
        words = table_name(item.table)
        joined = with_de(words) if joint == "de" else bare_place(item.table)
        nodes: list[Node] = [NamedNode("place", joined, NamedRef(table=item.table))]
        if len(self._material.workshops) > 1:
            name = NamedNode("place", self._workshop_name(item.workshop), NamedRef(workshop=item.workshop))
            before, after = (" (", ")") if joint else (f",{NO_BREAK}", "")  # no brackets inside brackets
            nodes += [TextNode(before), name, *([TextNode(after)] if after else [])]
        return nodes

    def voice_of(self, item: Item) -> list[Node]:
        """Who says an idea, as the files call her; [] where they name nobody, or one alone without her part."""
        is_named = item.channel in SPOKEN_IN and bool(item.voice) and self._has_voices
        return [NamedNode("given", item.voice, NamedRef("voix"))] if is_named else []

    def speakers(self, voices: Iterable[str]) -> dict[str, list[Node]]:
        """Who speaks, each apart from the others: by her name where the files may tell it, else by her part or her
        organisation: `l’adjointe à la voirie`, `une autre habitante`, `une personne de la mairie`, `une personne`."""
        found: dict[str, list[Node]] = {}
        met = Counter[str]()
        for voice in dict.fromkeys(voices):
            numbered = NUMBERED.fullmatch(voice)
            part = (numbered["part"] or "") if numbered else voice
            before, name, after = self._around(part, met[part]) if numbered else ("", voice, "")
            told: list[Node] = [TextNode(before), NamedNode("given", name, NamedRef("voix")), TextNode(after)]
            found[voice] = [node for node in told if node.text]
            met[part] += 1
        return found

    def _around(self, part: str, rank: int) -> tuple[str, str, str]:
        """A part, and what stands before and after it, of the first one who plays it in a sentence, or of another."""
        if not part:
            return PERSONS[min(rank, 2)], "", ""
        bare = _ARTICLE.sub("", part)
        kind, is_feminine = role_kind(bare), gender_of(re.split(r"[\s’']", bare)[0]) == "f"
        article = part.removesuffix(bare) or ("l’" if elides(bare) else "la " if is_feminine else "le ")
        if kind in (*CHARGES, "qualite") and (bare != part or not _SEVERAL.match(bare)):
            is_known = bare != part or (kind in CHARGES and self._parts[part] == 1)
            return article if is_known else f"{'une' if is_feminine else 'un'} {'autre ' * (rank > 0)}", bare, ""
        who = "une autre personne" if rank else "une personne"
        if kind in ("organisme", "public"):
            return f"{who} {with_de(article + bare).removesuffix(bare)}", bare, ""
        return f"{who} (", part, ")"

    @cached_property
    def _parts(self) -> Counter[str]:
        voices = {(item.workshop, item.voice) for item in self._material.items.values()}
        return Counter(found["part"] for _, voice in voices if (found := NUMBERED.fullmatch(voice)))

    @cached_property
    def _has_voices(self) -> bool:
        items = self._material.items.values()
        voices = {(item.workshop, item.voice) for item in items if item.channel in SPOKEN_IN and item.voice}
        return len(voices) > 1 or any(self._parts)

    def in_brackets(self, item: Item) -> list[Node]:
        """Where an item was said, as it stands between brackets; [] when that says nothing."""
        if item.channel == "enquete" and self.has_more_than_a_survey:
            return [TextNode(self._rows or "enquête")]
        return self.above(item) or self.table_of(item)

    def _workshop_name(self, workshop: str) -> str:
        return next((str(row["titre"]) for row in self._material.workshops if row["workshop"] == workshop), workshop)


def _is_long_sentence(heading: str) -> bool:
    is_long = len(heading.split()) > _SHORT_MAX and not heading.endswith("?")
    return is_long and has_sure_main_verb(heading)


def _tells_day(text: str, day: str) -> bool:
    """Whether a name tells a day, such as `12 mars 2026`, or that day without its year."""
    begins, _, year = day.rpartition(" ")
    told = rf"(?<!\d){re.escape(begins)}(?: {re.escape(year)}|(?! \d{{4}}))\b"
    return re.search(told, text.replace(NO_BREAK, " "), re.IGNORECASE) is not None
