"""Texts cut by processes make the tables that one process makes."""

from pathlib import Path

import pandas as pd
import pytest

from pipeline.config import load_config
from pipeline.execution import LocalExecutor
from pipeline.ingest import preparing
from pipeline.ingest.stage import IngestResult, ingest


def test_two_processes_give_the_tables_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "N_TOGETHER", 50)
    rows = ["table;texte", "1;", "2;test", "1;the bus does not stop here and nobody knows why it is so"]
    rows += [
        f"{n % 4};Il manque {n} places au parking, écrire à a{n}@exemple.fr. Ouvrir la gare le soir."
        for n in range(400)
    ]
    (tmp_path / "postits.csv").write_text("\n".join(rows), encoding="utf-8")
    one, two = (ingest(tmp_path, load_config(), LocalExecutor(n)) for n in (1, 2))
    assert len(one.items) >= 800
    assert len(one.rejects) == 3
    for name in IngestResult.__dataclass_fields__:
        first, second = getattr(one, name), getattr(two, name)
        if isinstance(first, pd.DataFrame):
            pd.testing.assert_frame_equal(first, second, check_exact=True)
        else:
            assert first == second
