"""In how many sources of real texts each alternative of each pattern is found: what only one corpus says is no French.

    python tests/bench/patterns.py FOLDER

reads `axes_train*.csv` of a folder (columns `repo`, `text`), and writes `patterns.json` beside this file: counts of
sources by file, pattern and alternative, and the sha256 of what was read. No text is kept. An alternative is looked for
by itself, at the heads of clauses too, so that its count is an upper bound.
"""

import argparse
import hashlib
import json
import re
from pathlib import Path

import pandas as pd

from pipeline.language.text.folding import fold
from pipeline.language.text.lists import expression

ROOT = Path(__file__).parents[2]
RESULT = Path(__file__).with_name("patterns.json")
SOURCES_MIN = 3
"""An alternative that fewer sources hold goes."""


def pattern_files() -> list[Path]:
    """Every file of patterns, in order."""
    return sorted((ROOT / "pipeline").glob("**/data/*.toml"))


def alternatives(path: Path) -> dict[str, list[str]]:
    """Name of a pattern → its alternatives."""
    import tomllib

    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: list(table["any"]) for name, table in tables.items() if isinstance(table, dict) and "any" in table}


def sources(folder: Path) -> list[str]:
    """The texts of each source as one string, a clause a line, as written and folded."""
    tables = [pd.read_csv(path) for path in sorted(folder.glob("axes_train*.csv"))]
    table = pd.concat(tables)
    joined = table.groupby("repo")["text"].agg(lambda texts: "\n".join(map(str, texts)).replace("’", "'"))
    split = [re.sub(r"(?<=[.!?,;:])\s+", "\n", text) for text in joined]
    return [f"{whole}\n{parts}\n{fold(whole)}\n{fold(parts)}" for whole, parts in zip(joined, split, strict=True)]


def n_sources(alternative: str, texts: list[str]) -> int:
    """How many sources hold an alternative."""
    pattern = re.compile(expression({"any": [alternative]}).replace("’", "'"), re.IGNORECASE | re.MULTILINE)
    return sum(pattern.search(text) is not None for text in texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="a part of the path of the files to count; the others keep theirs")
    options = parser.parse_args()
    texts = sources(options.folder)
    known = json.loads(RESULT.read_text(encoding="utf-8"))["n_sources"] if RESULT.is_file() else {}
    counts: dict[str, dict[str, dict[str, int]]] = {}
    for path in pattern_files():
        name = path.relative_to(ROOT).as_posix()
        if options.only in name:
            counts[name] = {
                pattern: {alternative: n_sources(alternative, texts) for alternative in listed}
                for pattern, listed in alternatives(path).items()
            }
        elif name in known:
            counts[name] = known[name]
        for pattern, listed in counts.get(name, {}).items():
            for alternative, n in listed.items():
                if n < SOURCES_MIN:
                    print(f"{name} [{pattern}] {n}: {alternative}")
    read = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(options.folder.glob("axes_train*.csv"))
    }
    result = {"read": read, "n_sources_read": len(texts), "n_sources": counts}
    RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
