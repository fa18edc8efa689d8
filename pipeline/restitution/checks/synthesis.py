"""How far a draft synthesises: what its sentences rest on, how widely things were said, what ties them, what is told.

`judgements.csv`, beside a run, holds what readers said of sentences: columns `reader`, `sentence_id` (`est.3`: the
third sentence of that section), `verdict` (`sign`, `fix`, `delete`) and `cause`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.axes import COMPASS_CODES
from pipeline.contracts.draft import Draft, Section, Sentence
from pipeline.contracts.plan import APART, Plan, Unit
from pipeline.errors import UsageError
from pipeline.language.text.lists import read_lines
from pipeline.restitution.checks.measure import Measure

VERDICTS = {"sign": "signées", "fix": "à corriger", "delete": "à supprimer"}
RESTS_MAX = 3
_CONNECTOR = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, read_lines(__name__, 'connectors')))})(?!\w)", re.I)
_TIES = frozenset(("named", "told"))


def synthesis(draft: Draft, plan: Plan, contributions: Mapping[str, str]) -> Iterator[Measure]:
    """The measures, without bounds.

    Parameters
    ----------
    contributions : id of an idea → id of its contribution.
    """
    body = [section for section in draft.sections if section.axis in COMPASS_CODES or section.key.startswith("theme-")]
    told = [sentence for section in body for sentence in section.sentences if _rests_on(sentence, contributions)]
    apart = [sentence for sentence in told if sentence.role in APART]
    main = [sentence for sentence in told if sentence.role not in APART]
    yield Measure("phrases_a_part", "Phrases d’une citation, d’une objection ou d’une réponse", len(apart), len(told))
    yield from _resting([_n_rests(sentence, contributions) for sentence in main])
    spread = sum(any(node.kind == "fact" for node in sentence.nodes) for sentence in told)
    yield Measure("phrases_etendue", "Phrases des axes qui disent une étendue", spread, len(told))
    tied = sum(_is_tied(sentence) for sentence in told)
    yield Measure("connecteurs", "Phrases des axes qui relient", tied, len(told))
    repeated = sum(_n_repeated(section) for section in body)
    yield Measure("debuts_repetes", "Débuts de phrase répétés à la suite", repeated, len(told), is_ceiling=True)
    yield _covered([unit for unit in plan.units.values() if unit.axis in COMPASS_CODES and unit.weight])


def _resting(counts: Sequence[int]) -> Iterator[Measure]:
    """How many contributions sentences rest on."""
    for n in range(1, RESTS_MAX + 1):
        label = f"Autres phrases qui reposent sur {_times(n)}"
        yield Measure(f"phrases_sur_{n}", label, sum(count == n for count in counts), len(counts))


def _covered(units: Sequence[Unit]) -> Measure:
    """The weight of the groups that are told or named."""
    heavy = round(100 * sum(unit.weight for unit in units))
    covered = round(100 * sum(unit.weight for unit in units if unit.reason in _TIES))
    return Measure("groupes_dits", "Groupes dits ou nommés, selon leur poids", covered, heavy)


def _times(n: int) -> str:
    return "une seule contribution" if n == 1 else f"{n} contributions{' ou plus' if n == RESTS_MAX else ''}"


def _rests_on(sentence: Sentence, contributions: Mapping[str, str]) -> set[str]:
    return {contributions[source] for source in sentence.sources if source in contributions}


def _n_rests(sentence: Sentence, contributions: Mapping[str, str]) -> int:
    return min(RESTS_MAX, len(_rests_on(sentence, contributions)))


def _is_tied(sentence: Sentence) -> bool:
    return any(node.kind == "text" and _CONNECTOR.search(node.text) for node in sentence.nodes)


def _n_repeated(section: Section) -> int:
    """Sentences that open on the same three words as the one before."""
    openings = [" ".join(sentence.text.split()[:3]).lower() for sentence in section.sentences]
    return sum(one == two for one, two in pairwise(openings))


def judged(draft: Draft, content: bytes) -> Iterator[Measure]:
    """What readers said, by verdict, over the sentences of the draft that were read.

    Raises
    ------
    UsageError : the file has other columns or verdicts, or speaks of sentences that the draft does not have.
    """
    rows = _judgements(content)
    ids = {f"{section.key}.{n}" for section in draft.sections for n in range(1, len(section.sentences) + 1)}
    unknown = sorted({row["sentence_id"] for row in rows} - ids)
    if unknown:
        raise UsageError(f"judgements.csv juge des phrases que ce brouillon n’a pas : {', '.join(unknown[:5])}.")
    for verdict, label in VERDICTS.items():
        found = [row for row in rows if row["verdict"] == verdict]
        causes = tuple(dict.fromkeys(row["cause"] for row in found if row.get("cause")))
        yield Measure(
            f"jugees_{verdict}", f"Phrases {label}, selon les lectures", len(found), len(rows), problems=causes
        )


def _judgements(content: bytes) -> Sequence[Mapping[str, str]]:
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    if rows and (
        not {"sentence_id", "verdict"} <= rows[0].keys() or {row["verdict"] for row in rows} - VERDICTS.keys()
    ):
        raise UsageError(
            "judgements.csv : colonnes attendues reader, sentence_id, verdict et cause ; "
            "verdict vaut sign, fix ou delete."
        )
    return rows
