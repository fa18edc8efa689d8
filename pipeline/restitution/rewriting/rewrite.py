"""Optional rewriting of our own sentences by a language model that listens on this machine. Off by default.

The model sees our words and placeholders: neither figures, nor titles, nor the words of anyone. What it gives back is
taken only when every check holds; otherwise our sentence stays, and the reason is counted. A model's answer is
untrusted text: it may bring a name, a number, a promise, an instruction, or nothing at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from pipeline.config import Config
from pipeline.contracts.draft import Block, Draft, Node, Section, Sentence
from pipeline.language.text.stems import words
from pipeline.language.text.typography import Spaces, decapitalized
from pipeline.restitution.nodes import BLOCK_WORDS_MAX, compose
from pipeline.restitution.proofreading import faults
from pipeline.restitution.rewriting.acceptance import PLACEHOLDER, kept_nodes, masked, own, refusal
from pipeline.restitution.rewriting.model_server import ModelServer, ServerError

FAILURES_MAX = 3
"""Failures of the server in a row after which it is left alone."""
OWN_WORDS_MIN = 3
BRIEF = "essentiel"
_THINKING = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_KINDS = {
    "fact": "un chiffre ou un lieu",
    "place": "un lieu",
    "title": "l'idée d'un groupe",
    "report": "ce qu'une note rapporte",
    "quote": "une citation",
    "given": "une valeur déclarée",
    "text": "un passage à garder",
}
_INSTRUCTIONS = (
    "Tu relis la restitution d'un atelier. Récris la phrase en français simple et soigné, sans changer ce qu'elle dit. "
    "Les repères comme {{1}} tiennent la place de mots que tu ne vois pas : garde chacun une seule fois, tel quel. "
    "N'ajoute ni nombre, ni nom, ni information, ni guillemets. Garde à peu près la même longueur. "
    "Réponds par la phrase seule."
)


@dataclass(frozen=True)
class RewriteResult:
    """The draft after rewriting, and what became of each sentence asked.

    Attributes
    ----------
    draft : the draft, rewritten sentences marked `rewritten`; the one given is not changed.
    kept : reason → how many of our sentences stayed for it.
    """

    draft: Draft
    n_asked: int
    n_rewritten: int
    kept: dict[str, int]

    @property
    def summary(self) -> str:
        """One sentence in French for the person who ran it."""
        said = f"Récriture par le modèle de langue : {self.n_rewritten} sur {self.n_asked} des phrases soumises"
        reasons = ", ".join(f"{reason} ({n})" for reason, n in sorted(self.kept.items(), key=lambda r: (-r[1], r[0])))
        return f"{said} ; ailleurs la nôtre est gardée : {reasons}." if reasons else f"{said}."


Judge = Callable[[Sentence], str]


@dataclass
class _Session:
    """A model asked once per distinct sentence, and left alone when it keeps failing."""

    server: ModelServer
    answers: dict[str, str | ServerError] = field(default_factory=dict)
    n_failures: int = 0

    def answer(self, masked: str, kinds: str) -> str:
        key = f"{masked}\n{kinds}"
        if key not in self.answers:
            if self.n_failures >= FAILURES_MAX:
                raise ServerError("serveur abandonné après plusieurs échecs")
            try:
                self.answers[key] = self._ask(masked, kinds)
                self.n_failures = 0
            except ServerError as error:
                self.n_failures += 1
                self.answers[key] = error
        found = self.answers[key]
        if isinstance(found, ServerError):
            raise found
        return found

    def _ask(self, masked: str, kinds: str) -> str:
        user = f"Phrase : {masked}\nRepères : {kinds or 'aucun'}"
        messages = [{"role": "system", "content": _INSTRUCTIONS}, {"role": "user", "content": user}]
        return _THINKING.sub("", self.server.ask(messages)).strip()


def rewrite_draft(draft: Draft, config: Config, problem_of: Judge) -> RewriteResult:
    """Ask the model for each sentence of the brief and of the axes, and take what passes every check.

    Parameters
    ----------
    problem_of : the quote lock: what is wrong with a sentence, "" when nothing; it has the last word.

    Raises
    ------
    UsageError : the address cannot be used, or is not on this machine and the network is not allowed. Whatever the
        server does afterwards raises nothing.
    """
    session = _Session(ModelServer.of(config.restitution.redaction, config.graine))
    spaces = config.restitution.espaces
    outcomes: Counter[str] = Counter()
    sections = tuple(_rewritten_section(section, session, spaces, problem_of, outcomes) for section in draft.sections)
    n_asked = sum(outcomes.values())
    n_rewritten = outcomes.pop("", 0)
    return RewriteResult(replace(draft, sections=sections), n_asked, n_rewritten, dict(sorted(outcomes.items())))


def _rewritten_section(
    section: Section, session: _Session, spaces: Spaces, judge: Judge, outcomes: Counter[str]
) -> Section:
    is_brief = section.key == BRIEF
    blocks = tuple(
        _rewritten_block(block, is_brief, session, spaces, judge, outcomes)
        if (section.axis or is_brief) and block.kind == "paragraph"
        else block
        for block in section.blocks
    )
    return replace(section, blocks=blocks)


def _rewritten_block(
    block: Block, is_brief: bool, session: _Session, spaces: Spaces, judge: Judge, outcomes: Counter[str]
) -> Block:
    sentences = list(block.sentences)
    for at, ours in enumerate(sentences):
        if len(words(own(masked(ours)))) < OWN_WORDS_MIN:
            continue
        room = 0 if is_brief else BLOCK_WORDS_MAX - sum(sentence.n_words for sentence in sentences)
        theirs, reason = _rewritten(ours, session, spaces, judge)
        if theirs is not None and theirs.n_words > ours.n_words + max(0, room):
            theirs, reason = None, "paragraphe trop long"
        outcomes[reason] += 1
        sentences[at] = ours if theirs is None else theirs
    return replace(block, sentences=tuple(sentences))


def _rewritten(ours: Sentence, session: _Session, spaces: Spaces, judge: Judge) -> tuple[Sentence | None, str]:
    kinds = ", ".join(f"{{{{{n}}}}} {_KINDS[node.kind]}" for n, node in enumerate(kept_nodes(ours), 1))
    try:
        answer = session.answer(masked(ours), kinds)
    except ServerError as error:
        return None, error.reason
    reason = refusal(ours, answer)
    if reason:
        return None, reason
    theirs = replace(ours, nodes=_filled(ours, answer, spaces), rewritten=True)
    if len(faults(theirs, spaces)) > len(faults(ours, spaces)):
        return None, "faute de langue ou de typographie"
    return (None, "refusée par le verrou des citations") if judge(theirs) else (theirs, "")


def _filled(ours: Sentence, answer: str, spaces: Spaces) -> tuple[Node, ...]:
    """The nodes of an answer that passed `refusal`: what stood at the head loses its capital when it moves inside."""
    pieces: dict[str, Node] = {}
    for n, node in enumerate(kept_nodes(ours), 1):
        was_first = node is ours.nodes[0] and node.kind in ("fact", "place")
        pieces[f"p{n}"] = replace(node, text=decapitalized(node.text)) if was_first else node
    template = PLACEHOLDER.sub(lambda match: f"{{p{int(match.group(1))}}}", answer)
    return compose(template, spaces, **pieces)
