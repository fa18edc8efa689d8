"""Figures as French writes them; tables where they are asked for."""

from pathlib import Path

import pandas as pd
from labelled import each

from pipeline.cli.output import count, put_table

test_counts = each(
    lambda n, nouns: count(n, *nouns),
    (0, ("ligne",), "0 ligne"),
    (1, ("signal faible", "signaux faibles"), "1 signal faible"),
    (2, ("signal faible", "signaux faibles"), "2 signaux faibles"),
    (1_200, ("idée",), "1\u202f200 idées"),
    names=["none", "one", "two", "thousands"],
)


def test_a_table_is_written_where_there_was_none_and_again(tmp_path: Path) -> None:
    file, table = tmp_path / "themes.csv", pd.DataFrame({"titre": ["Des bancs, à l'ombre"]})
    for _ in range(2):
        put_table(table, file, file)
        assert file.read_bytes().decode("utf-8-sig").splitlines() == ["titre", '"Des bancs, à l\'ombre"']
