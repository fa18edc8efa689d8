"""What people wait for, beside what is aimed at: each in a process of its own, the median of several.

    python tests/bench/targets.py [help home draft rapide precis rows] [--times 5]
    python tests/bench/targets.py bertopic10 bertopic30 million more --limit 3600 --folder FOLDER

Writes `targets.json`; the page on measures is filled from it (`docs/generate.py`). `rows` are distinct texts of the
annotated corpus of at most 90 characters, one idea each most often. Those of the second line are long, asked for by
their name, and done once: `bertopic10` and `bertopic30` are `peer_bertopic.py` on as many thousand contributions (where
BERTopic and PyTorch are installed), aimed at a sixth and a tenth of what BERTopic takes in the same run; `million` is
one run of 470,000 contributions under titles, and `more` the same with one more table, after it: a folder that
stays keeps the first for the second. Before them the demonstration is made, and the others are done once more, which is
not counted: modules are compiled then, as those of an installed package are. What takes longer than the limit is told,
and left as it was before.
"""

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from statistics import median
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.request import HTTPCookieProcessor, build_opener

from pipeline.config import load_config
from pipeline.resources import root
from pipeline.workbench.speed import N_TABLES, TOTAL, annotated_texts, costs_of, distinct_texts, stamp, write_corpus

HERE = Path(__file__).parent
ROSACE = (sys.executable, "-m", "pipeline.cli")
N_ROWS, SHORT = 20_000, 90
N_CONTRIBUTIONS = 470_000
N_MORE = 470
"""Contributions of one more table."""
LIMIT_S = 1_800
ONCE = ("bertopic10", "bertopic30", "million", "more")


class Found(NamedTuple):
    """One measure: seconds on the clock, the most memory of a stage where there are some, and what else is told, the
    aim where it is another in each run."""

    seconds: float
    peak_mib: float | None = None
    more: Mapping[str, float] = MappingProxyType({})


def _timed(*arguments: object) -> float:
    started = time.perf_counter()
    subprocess.run([*ROSACE, *map(str, arguments)], check=True, capture_output=True)
    return time.perf_counter() - started


def _synthesis(corpus: Path, run: Path, profile: str, *more: object) -> Found:
    """The whole command, from the files to every document."""
    seconds = _timed("synthesize", corpus, "--out", run, "--profile", profile, *more)
    costs = {one.stage: one for one in costs_of(run, profile, 0)}
    place = costs["place"].seconds if "place" in costs else 0.0
    return Found(seconds, costs[TOTAL].peak_mib, {"ideas": costs[TOTAL].n_items, "place": place})


def _help(place: Path) -> Iterator[Found]:
    while True:
        yield Found(_timed("--help"))


def _home(place: Path) -> Iterator[Found]:
    """From the command to the first byte of the home page."""
    while True:
        started = time.perf_counter()
        command = [*ROSACE, "--no-browser", "--dossier", str(place / "Rosace")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            try:
                told = re.search(r"http\S+", process.stdout.readline() if process.stdout else "")
                with build_opener(HTTPCookieProcessor()).open(told[0] if told else "", timeout=30) as answer:
                    answer.read(1)
                seconds = time.perf_counter() - started
            finally:
                process.terminate()
        yield Found(seconds)


def _draft(place: Path) -> Iterator[Found]:
    """One length, then another: every document is written again."""
    run = place / "draft"
    _synthesis(root() / "corpus" / "demo", run, "precis")
    while True:
        for length in ("complet", "standard"):
            yield Found(_timed("draft", run, "--longueur", length))


def _demo(profile: str) -> Callable[[Path], Iterator[Found]]:
    def measured(place: Path) -> Iterator[Found]:
        for number in range(1_000):
            yield _synthesis(root() / "corpus" / "demo", place / f"{profile}-{number}", profile)

    return measured


def _rows(place: Path) -> Iterator[Found]:
    chooser = random.Random(load_config().graine)
    texts = [text for text in annotated_texts() if len(text) <= SHORT]
    lines = [f'{n % N_TABLES + 1};"{chooser.choice(texts).replace(chr(34), "")} ({n})"' for n in range(N_ROWS)]
    (place / "rows").mkdir()
    (place / "rows" / "postits.csv").write_text("\n".join(["table;texte", *lines]) + "\n", encoding="utf-8")
    for number in range(1_000):
        yield _synthesis(place / "rows", place / f"rows-{number}", "rapide")


def _million(place: Path) -> Iterator[Found]:
    write_corpus(place / "million", N_CONTRIBUTIONS, load_config().graine)
    with (root() / "corpus" / "benchmarks" / "placing.jsonl").open(encoding="utf-8") as file:
        titles = {title["title"]: title["axis"] for line in file for title in json.loads(line).get("titles", ())}
    lines = [f"{title};{axis}" for title, axis in titles.items()]
    (place / "titles.csv").write_text("\n".join(["titre;axe", *lines]) + "\n", encoding="utf-8")
    found = _synthesis(place / "million", place / "million-run", "rapide", "--themes", place / "titles.csv")
    yield found._replace(more={**found.more, "titles": len(lines)})


def _more(place: Path) -> Iterator[Found]:
    """The same command, its groups kept, after a file was added beside the million that is there, or is made first."""
    if not (place / "titles.csv").is_file():
        next(_million(place))
    texts = distinct_texts(N_MORE, load_config().graine + 1)
    lines = [f'{N_TABLES + 1};"{text.replace(chr(34), chr(34) * 2)} (en plus)"' for text in texts]
    (place / "million" / "une-table-de-plus.csv").write_text(
        "\n".join(["table;texte", *lines]) + "\n", encoding="utf-8"
    )
    kept = ("--themes", place / "titles.csv", "--garder-groupes")
    yield _synthesis(place / "million", place / "million-run", "rapide", *kept)


def _bertopic(size: int, times: float) -> Callable[[Path], Iterator[Found]]:
    def measured(_: Path) -> Iterator[Found]:
        subprocess.run([sys.executable, HERE / "peer_bertopic.py", "--size", str(size)], check=True)
        every = json.loads((HERE / "peer.json").read_text(encoding="utf-8"))
        (found,) = (one for one in every if one["size"] == size)
        theirs = found["peer"][TOTAL]
        more = {"ideas": found["items"], "times_faster": found["times_faster"], "aim": round(theirs / times, 2)}
        yield Found(found["rosace"][TOTAL], more=more)

    return measured


AIMS: dict[str, tuple[str, Callable[[Path], Iterator[Found]], float]] = {
    "help": ("`rosace --help`", _help, 0.25),
    "home": ("first byte of the home page, from the command", _home, 0.4),
    "draft": ("`rosace draft` on the demonstration, every document written again", _draft, 3.0),
    "rapide": ("the demonstration in `rapide`, from nothing", _demo("rapide"), 4.0),
    "precis": ("the demonstration in `precis`, from nothing", _demo("precis"), 9.0),
    "rows": ("20,000 short rows in `rapide`, from the file to every document", _rows, N_ROWS / 600),
    "bertopic10": ("10,000 contributions: a sixth of BERTopic's vectors and topics", _bertopic(10_000, 6), 0.0),
    "bertopic30": ("30,000 contributions: a tenth of BERTopic's vectors and topics", _bertopic(30_000, 10), 0.0),
    "million": ("470,000 contributions under the titles of a benchmark, in `rapide`", _million, 360.0),
    "more": ("one more table of 470 contributions beside them", _more, 20.0),
}
"""What is measured, and the seconds that are aimed at; BERTopic's are told by each run."""


def measured(name: str, times: int, kept: Path | None) -> dict[str, Any]:
    """The median of some measures, each of them, and when and on what they were made."""
    what, how, aim = AIMS[name]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        drawn = how(kept if kept is not None and name in ONCE else Path(folder))
        if name in ONCE:
            _synthesis(root() / "corpus" / "demo", Path(folder) / "demo", "rapide")
        found = [next(drawn)] if name in ONCE else [next(drawn) for _ in range(times + 1)][1:]
    peaks = [one.peak_mib for one in found if one.peak_mib is not None]
    seconds = [round(one.seconds, 3) for one in found]
    told = {"what": what, "seconds": round(median(seconds), 3), "each": seconds, "aim": round(aim, 2), **found[-1].more}
    return {"name": name} | stamp() | told | ({"peak_mib": max(peaks)} if peaks else {})


def main() -> None:
    """Measure what is asked for, all but those of `ONCE` by default, and keep what was measured of the others."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", choices=[*AIMS, []], default=[])
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--limit", type=int, default=LIMIT_S, help="seconds that one of them may take")
    parser.add_argument("--folder", type=Path, help="where the million is made and stays")
    parser.add_argument("--out", type=Path, default=HERE)
    asked = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if asked.folder is not None:
        asked.folder.mkdir(parents=True, exist_ok=True)
    path = asked.out / "targets.json"
    told = {one["name"]: one for one in (json.loads(path.read_text(encoding="utf-8")) if path.is_file() else [])}
    signal.signal(signal.SIGALRM, _late)
    for name in asked.names or [one for one in AIMS if one not in ONCE]:
        signal.alarm(asked.limit)
        try:
            told[name] = measured(name, asked.times, asked.folder)
        except TimeoutError:
            print(f"{name}: more than {asked.limit} s", flush=True)
            continue
        finally:
            signal.alarm(0)
        print(name, json.dumps(told[name]), flush=True)
        kept = [told[one] for one in AIMS if one in told]
        path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _late(*_: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    main()
