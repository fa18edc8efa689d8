"""Benchmark of frames: documents written line by line with what each line is, against what `ingest.frames` tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.config import Floors
from pipeline.errors import UsageError
from pipeline.ingest.formats.blocks import Block, blocks_of_text
from pipeline.ingest.formats.speakers import People
from pipeline.ingest.frames import SPOKEN, TITLE, frame_blocks
from pipeline.workbench.examples import BENCHMARKS, read_jsonl
from pipeline.workbench.scoreboard import Line

BENCHMARK = BENCHMARKS / "frames.jsonl"
WHOLE = "tout"

_HEADER = {"titre", "entete", "presence"}
"""Titles, header and people present are told apart for readers alone: one frame of the benchmark."""


@dataclass
class Score:
    """Paragraphs whose frame is right, turns whose speaker is; what was told instead, place by place."""

    n_lines: int = 0
    n_right: int = 0
    n_turns: int = 0
    n_speakers: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def frames(self) -> float:
        """Share of the paragraphs whose frame is right."""
        return self.n_right / max(1, self.n_lines)

    @property
    def speakers(self) -> float:
        """Share of the turns whose speaker is right."""
        return self.n_speakers / max(1, self.n_turns)


def evaluate_frames(path: Path = BENCHMARK) -> dict[str, Score]:
    """The scores of the documents of a benchmark: of all (`tout`), and of each half that it names."""
    scores: dict[str, Score] = {WHOLE: Score()}
    for one in read_jsonl(path):
        for name in dict.fromkeys((WHOLE, one.get("moitie", WHOLE))):
            _add(scores.setdefault(name, Score()), one["document"], one["lignes"])
    return scores


def frames_lines(gold: Path | None, floors: Floors) -> list[Line]:
    """All that `rosace evaluate frames` tells.

    Raises
    ------
    UsageError : the benchmark cannot be read.
    """
    try:
        scores = evaluate_frames(gold or BENCHMARK)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise UsageError(
            f"{gold} : banc d'essai illisible ({error}). Attendu : un jsonl dont chaque ligne porte document et "
            "lignes (passage, intervenant, texte), comme corpus/benchmarks/frames.jsonl."
        ) from error
    lines = []
    for name, score in scores.items():
        asked = floors if name == WHOLE else None
        frames, speakers = (asked["passages"], asked["intervenants"]) if asked else (None, None)
        told = f"{score.n_lines} paragraphes", f"{score.n_turns} tours"
        lines += [
            Line(f"Passages justes ({name})", score.frames, frames, detail=told[0], problems=score.wrong),
            Line(f"Tours attribués ({name})", score.speakers, speakers, detail=told[1], problems=score.wrong),
        ]
    return lines


def _add(score: Score, name: str, lines: list[list[str]]) -> None:
    blocks = blocks_of_text("\n".join(text for *_, text in lines), name.endswith(".md"))
    frame_blocks(blocks)
    people = People(speaker for _, speaker, _ in lines if speaker)
    for frame, speaker, text, block in _aligned(lines, blocks):
        found = block.frame
        is_right = found == frame or {found, frame} <= _HEADER
        score.n_lines += 1
        score.n_right += is_right
        is_voiced = not speaker or (block.voice is not None and people.one(block.voice) == people.one(speaker))
        if frame in SPOKEN:
            score.n_turns += 1
            score.n_speakers += is_voiced and found in SPOKEN
        if not is_right or not is_voiced:
            score.wrong.append(f"{name} : {text[:70]} → {found or TITLE} ({block.voice}), attendu {frame} ({speaker})")


def _aligned(lines: list[list[str]], blocks: list[Block]) -> Iterator[tuple[str, str, str, Block]]:
    """Each labelled line that is not blank with the block that it begins or goes on with."""
    by_line = {int(block.place.removeprefix("ligne ")): block for block in blocks}
    current: Block | None = None
    for number, (frame, speaker, text) in enumerate(lines, start=1):
        current = by_line.get(number, current)
        if text.strip() and current is not None:
            yield frame, speaker, text, current
