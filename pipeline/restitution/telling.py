"""The reporter's voice: how a place, a quotation, a note or a title enters a sentence, with words that vary in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.language.typography import Spaces, with_a, with_de, with_que
from pipeline.language.words import fold
from pipeline.restitution import grammar
from pipeline.restitution.material import Group, Item, Material
from pipeline.restitution.nodes import Block, Node, Sentence, compose
from pipeline.restitution.quantifiers import Fact, said, table_name
from pipeline.restitution.quotes import CUT, may_quote, quote_node, ranked, repeats

BLOCK_WORDS_MAX = 120
REPORT_WORDS_MAX = 34


@dataclass
class Teller:
    """What sentences are made with: the material, its facts, the spaces wanted, and where each rotation stands."""

    material: Material
    facts: dict[str, Fact]
    spaces: Spaces = "fine"
    told: set[str] = field(default_factory=set)
    turns: Counter[str] = field(default_factory=Counter)

    def turn(self, key: str, variants: Sequence[str]) -> str:
        """The next variant of `key`: no chance, and never twice in a row."""
        at = self.turns[key]
        self.turns[key] += 1
        return variants[at % len(variants)]

    def say(self, template: str, sources: Sequence[str], **pieces: Node | Sequence[Node] | str) -> Sentence:
        """One sentence; the items that it quotes are marked as told."""
        sentence = Sentence(compose(template, self.spaces, **pieces), tuple(dict.fromkeys(sources)))
        self.told.update(sentence.quoted_items)
        return sentence

    # figures -----------------------------------------------------------------------------------------------

    def fact(self, name: str, form: str, joint: str = "") -> Node:
        """A node for a fact in one of its forms; `joint` is `a` or `de`, contracted with it."""
        words = said(self.facts[name], form)
        text = with_a(words) if joint == "a" else with_de(words) if joint == "de" else words
        return Node("fact", text, {"fact": name, "form": form, **({"joint": joint} if joint else {})})

    def where(self, name: str, joint: str = "a") -> list[Node]:
        """Where a group or an item was said: tables, else workshops, else the survey; [] when there is one place only.

        Parameters
        ----------
        joint : `a` (`à la table 4`, `dans l’enquête`) or `de` (`de la table 4`, `de l’enquête`).
        """
        parts: list[list[Node]] = []
        tables = self.facts.get(f"{name}.tables")
        workshops = self.facts[f"{name}.ateliers"]
        survey = self.facts.get(f"{name}.enquete")
        if workshops["denominator"] > 1 and workshops["value"] > 1:
            parts.append([self.fact(f"{name}.ateliers", "workshops", "de") if joint == "de" else Node("text", "dans ")])
            if joint == "a":
                parts[-1].append(self.fact(f"{name}.ateliers", "workshops"))
        elif tables is not None and tables["denominator"] > 1:
            form = self.turn("tables", ("tables", "tables_bis"))
            parts.append([self.fact(f"{name}.tables", form, joint)])
        if survey is not None:
            parts.append(self._survey(name, survey, bool(parts), joint))
        return _with_and(parts)

    def _survey(self, name: str, survey: Fact, is_second: bool, joint: str) -> list[Node]:
        nodes = [Node("text", "dans l’enquête" if joint == "a" else "de l’enquête")]
        if survey["value"] > 1:
            nodes += [Node("text", " ("), self.fact(f"{name}.enquete", "answers"), Node("text", ")")]
        return nodes

    # words of people ---------------------------------------------------------------------------------------

    def title(self, group: Group, strong: bool = False, form: str = "low") -> Node:
        """The title of a group as it enters a sentence: `low`, `article`, `de`, `que`, or `as_is`."""
        phrase = grammar.analyse(group.title)
        text = {
            "low": lambda: phrase.low,
            "article": lambda: grammar.with_article(phrase),
            "de": lambda: grammar.of_phrase(phrase),
            "que": lambda: phrase.low if phrase.form == grammar.WISH else with_que(phrase.low),
            "as_is": lambda: phrase.text,
        }[form]()
        return Node("title", plain_quotes(text), {"group_id": group.group_id}, strong)

    def own_words(self, group: Group) -> tuple[Item, Node] | None:
        """The member whose words the title repeats, as a quotation or a report; None for a title of ours."""
        wanted = fold(group.title).strip(" .;:,…!")
        for item in group.members:
            at = fold_find(item.text, group.title)
            if at is None or len(wanted.split()) < 2:
                continue
            offset = 0 if item.is_corrected else item.start
            span = (offset + at[0], offset + at[1])
            if item.masks and any(start < span[1] and end > span[0] for start, end in item.masks):
                continue
            if may_quote(item):
                return item, quote_node(item, span)
            if item.provenance == "note" and item.is_quotable:
                return item, self.report(item, span)
        return None

    def report(self, item: Item, span: tuple[int, int]) -> Node:
        """A note-taker's words, without « »; inner quotes become “ ”."""
        node = quote_node(item, span, "report")
        return Node("report", plain_quotes(grammar.lowered(node.text)), node.ref)

    def place_of(self, item: Item, joint: str = "a") -> list[Node]:
        """The table of an item, contracted; [] when the workshop had one table or none is known."""
        several = "tables" in self.facts and self.facts["tables"]["value"] > 1
        if not item.table or not several:
            return []
        words = table_name(item.table)
        nodes = [Node("place", with_a(words) if joint == "a" else with_de(words), {"table": item.table})]
        if len(self.material.workshops) > 1:
            nodes += [
                Node("text", " ("),
                Node("place", self.workshop_name(item.workshop), {"workshop": item.workshop}),
                Node("text", ")"),
            ]
        return nodes

    def workshop_name(self, workshop: str) -> str:
        """The title of a workshop."""
        return next((str(row["titre"]) for row in self.material.workshops if row["workshop"] == workshop), workshop)

    # sentences with quotations -----------------------------------------------------------------------------

    def testimony(self, group: Group, n: int, known: Sequence[str]) -> list[Sentence]:
        """One or two sentences that carry up to `n` short quotations of a group, from different tables, or notes told."""
        found = ranked(group.members, self.told, known)
        chosen: list[tuple[Item, Node]] = []
        seen = list(known)
        for item, node in found:
            if len(chosen) == n:
                break
            if not repeats(node.text, seen):
                chosen.append((item, node))
                seen.append(node.text)
        sentences: list[Sentence] = []
        while chosen:
            if len(chosen) >= 2 and sum(len(node.text.split()) for _, node in chosen[:2]) <= 34:
                sentences.append(self._two_quotes(chosen[0], chosen[1]))
                chosen = chosen[2:]
            else:
                sentences.append(self.one_quote(*chosen[0]))
                chosen = chosen[1:]
        if len(sentences) < n:
            sentences.extend(self._notes(group, 1 if sentences else 2, seen))
        return sentences

    def one_quote(self, item: Item, node: Node) -> Sentence:
        """A sentence around one quotation, by the channel it came on."""
        of, at = self.place_of(item, "de"), self.place_of(item, "a")
        sources = [item.item_id]
        if item.channel == "enquete":
            template = self.turn("q_enquete", _SURVEY_QUOTES)
            return self.say(template, sources, q=node)
        if item.channel == "transcript":
            if at:
                return self.say(self.turn("q_voice", _VOICE_QUOTES), sources, q=node, at=at, of=of)
            return self.say(
                self.turn("q_voice_bare", ("{q}, a dit quelqu’un.", "Quelqu’un l’a dit ainsi : {q}.")), sources, q=node
            )
        what = "un post-it" if item.channel == "postit" else "une contribution"
        if of:
            return self.say(self.turn("q_written", _WRITTEN_QUOTES), sources, q=node, what=what, at=at, of=of)
        return self.say(self.turn("q_written_bare", _WRITTEN_BARE), sources, q=node, what=what)

    def _two_quotes(self, one: tuple[Item, Node], two: tuple[Item, Node]) -> Sentence:
        (item1, node1), (item2, node2) = one, two
        sources = [item1.item_id, item2.item_id]
        where1, where2 = self._where_short(item1), self._where_short(item2)
        same = [n.text for n in where1] == [n.text for n in where2]
        if same:
            template = self.turn("two_same", ("{v1} {w1} {q1}, mais aussi {q2}.", "{q1}, {i1} {w1}, et aussi {q2}."))
        else:
            template = self.turn("two", ("{v1} {w1} {q1} et, {w2}, {q2}.", "{q1}, {i1} {w1} ; {q2}, {i2} {w2}."))
        if not where1 or not where2:
            template = "{v1} {q1}, mais aussi {q2}."
        verb1, verb2 = ("entend", "ajoute") if item1.channel == "transcript" else ("lit", "ajoute")
        return self.say(
            template,
            sources,
            q1=node1,
            q2=node2,
            w1=where1,
            w2=where2,
            v1=f"on {verb1}",
            i1=f"{verb1}-on",
            i2=f"{verb2}-t-on" if verb2 == "ajoute" else f"{verb2}-on",
        )

    def _where_short(self, item: Item) -> list[Node]:
        if item.channel == "enquete":
            return [Node("text", "dans l’enquête")]
        return self.place_of(item, "a")

    def _notes(self, group: Group, n: int, known: Sequence[str]) -> list[Sentence]:
        sentences: list[Sentence] = []
        seen = list(known)
        for item in group.members:
            if len(sentences) == n:
                break
            if (
                item.item_id in self.told
                or item.provenance != "note"
                or not item.is_quotable
                or repeats(item.text, seen)
            ):
                continue
            told = self.told_note(item)
            if told is not None:
                sentences.append(told)
                seen.append(item.text)
        return sentences

    def told_note(self, item: Item) -> Sentence | None:
        """A note as reported speech, by its form; None when it cannot be told in a sentence."""
        node = self.note_node(item)
        if node is None:
            return None
        phrase = grammar.analyse(node.text)
        at = self.place_of(item)
        template = self.turn(f"note_{phrase.form}", _NOTES[phrase.form])
        if phrase.form in (grammar.CLAUSE, grammar.INFINITIVE) or (phrase.form == grammar.NOUN):
            lead = {
                grammar.CLAUSE: "qu’" if with_que(node.text).startswith("qu’") else "que ",
                grammar.INFINITIVE: "d’" if with_de(node.text).startswith("d’") else "de ",
                grammar.NOUN: "",
            }[phrase.form]
            if phrase.form == grammar.NOUN:
                article = grammar.with_article(phrase)
                lead = article[: len(article) - len(phrase.low)]
            return self.say(_placed(template, at), [item.item_id], at=at, x=[Node("text", lead), node])
        return self.say(_placed(template, at), [item.item_id], at=at, x=node)

    def note_node(self, item: Item) -> Node | None:
        """The first sentence of a note when short enough, as a report node."""
        from pipeline.restitution.quotes import candidates

        if item.provenance != "note" or not item.is_quotable:
            return None
        spans = candidates(item, REPORT_WORDS_MAX)
        if not spans:
            return None
        best = min(spans, key=lambda span: (span[0], -(span[1] - span[0])))
        node = self.report(item, best)
        return None if node.text.startswith(CUT) else node


def paragraph(sentences: Sequence[Sentence | None], groups: Sequence[str] = (), theme: str = "") -> list[Block]:
    """Paragraphs of at most `BLOCK_WORDS_MAX` words, whole sentences only."""
    blocks: list[Block] = []
    current: list[Sentence] = []
    for sentence in sentences:
        if sentence is None:
            continue
        if current and sum(s.n_words for s in current) + sentence.n_words > BLOCK_WORDS_MAX:
            blocks.append(Block("paragraph", tuple(current), groups=tuple(groups), theme=theme))
            current = []
        current.append(sentence)
    if current:
        blocks.append(Block("paragraph", tuple(current), groups=tuple(groups), theme=theme))
    return blocks


def plain_quotes(text: str) -> str:
    """« » turned into “ ”: only exact spans stand between « »."""
    import re

    return re.sub(r"[ \u00a0\u202f]*»", "”", re.sub(r"«[ \u00a0\u202f]*", "“", text))


def fold_find(text: str, wanted: str) -> tuple[int, int] | None:
    """Where `wanted` stands in `text` but for the case of its first letter and its last punctuation."""
    bare = wanted.strip().rstrip(" .;:,…!")
    if not bare:
        return None
    for form in (bare, bare[0].lower() + bare[1:], bare[0].upper() + bare[1:]):
        at = text.find(form)
        if at >= 0 and (at == 0 or not text[at - 1].isalnum()):
            end = at + len(form)
            if end == len(text) or not text[end].isalnum():
                return at, end
    return None


def _with_and(parts: list[list[Node]]) -> list[Node]:
    if not parts:
        return []
    if len(parts) == 1:
        return parts[0]
    return [*parts[0], Node("text", " et "), *parts[1]]


def _placed(template: str, at: Sequence[Node]) -> str:
    return template if at else template.replace("{at}, ", "").replace(" {at}", "").replace(", {at},", "")


_SURVEY_QUOTES = (
    "{q}, répond une personne à l’enquête.",
    "Une réponse à l’enquête le dit ainsi : {q}.",
    "{q}, lit-on dans l’enquête.",
)
_VOICE_QUOTES = ("{q}, a dit une voix {of}.", "{at}, quelqu’un l’a dit ainsi : {q}.", "{q}, entend-on {at}.")
_WRITTEN_QUOTES = (
    "{q}, lit-on sur {what} {of}.",
    "{at}, quelqu’un a écrit : {q}.",
    "{q}, précise {what} {of}.",
    "{what} {of} le dit à sa manière : {q}.",
)
_WRITTEN_BARE = ("{q}, lit-on sur {what}.", "Quelqu’un a écrit : {q}.", "{what} le dit à sa manière : {q}.")
_NOTES = {
    grammar.CLAUSE: ("Il a été noté {at} {x}.", "{at}, on a rapporté {x}.", "Il a été rappelé {at} {x}."),
    grammar.NOUN: ("{at}, on a aussi évoqué {x}.", "On a mentionné {at} {x}."),
    grammar.INFINITIVE: ("{at}, il a été proposé {x}.", "L’idée a été avancée {at} {x}."),
    grammar.QUESTION: ("{at}, la question a été posée : {x}", "On s’est demandé {at} : {x}"),
    grammar.WISH: ("{at}, il a été demandé {x}.",),
    grammar.FRAGMENT: ("Les notes {at} le disent ainsi : {x}.", "{at}, on a noté ceci : {x}."),
}
