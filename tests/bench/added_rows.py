"""What rows added tomorrow move of what was placed today: which words are common is counted in the table at hand.

    python tests/bench/added_rows.py TABLE --themes TITRES [--rows 1000] [--of TABLE] [-o added_rows.json]

places some rows of a table (columns `text`, `context`) under given titles, each by itself, then the same with a tenth
more and with as many more, drawn like them or of another table, hence of another matter. Counted: rows that change
their title, and those that gain or lose one.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.api.texts import place

SEED = 33


def titles_of(rows: pd.DataFrame, themes: Path, profile: str) -> np.ndarray:
    """The title of each row, "" for none."""
    found = place(rows["text"].tolist(), themes, context=rows["context"].tolist(), profile=profile, workers=2)
    return found["title"].fillna("").to_numpy(dtype=object)


def main() -> int:
    """Measure, and write the results beside this script."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path)
    parser.add_argument("--themes", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=1_000)
    parser.add_argument("--of", type=Path)
    parser.add_argument("--profile", default="precis")
    parser.add_argument("-o", "--out", type=Path, default=Path(__file__).with_suffix(".json"))
    given = parser.parse_args()
    tables = (pd.read_csv(one, dtype=str, keep_default_na=False) for one in (given.table, given.of or given.table))
    drawn, others = (one.drop_duplicates("text").sample(frac=1, random_state=SEED) for one in tables)
    n, later = given.rows, others if given.of else others.iloc[given.rows :]
    before = titles_of(drawn.head(n), given.themes, given.profile)
    found = {"profile": given.profile, "rows": n, "placed": int((before != "").sum()), "added": {}}
    for added in (n // 10, n):
        after = titles_of(pd.concat([drawn.head(n), later.head(added)]), given.themes, given.profile)[:n]
        is_other = before != after
        gained, lost = (int((is_other & (one == "")).sum()) for one in (before, after))
        found["added"][str(added)] = {"changed": int(is_other.sum()), "gained": gained, "lost": lost}
    print(json.dumps(found, indent=1))
    every = json.loads(given.out.read_text(encoding="utf-8")) if given.out.exists() else {}
    every[f"{given.table.stem} + {(given.of or given.table).stem}, {given.profile}"] = found
    given.out.write_text(json.dumps(every, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
