"""Thirty contributions withdrawn from every channel: none of their words stays untold, none comes back."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import rosace
from pipeline.api.runs import withdraw
from pipeline.cli import app
from pipeline.folder.artifacts import RunFolder
from pipeline.ingest.withdrawal.erasing import Withdrawal, erase
from pipeline.restitution.exports.formats import FORMATS
from tests.outputs import texts_of

PLACES = "gare piscine halle ferme mairie forge digue scierie chapelle carrière écluse tour".split()
WISHES = (
    "il faudrait rouvrir la {} du haut avant la fin de l’hiver",
    "la {} du bas ferme chaque année plus tôt que prévu",
    "mon oncle garde encore les clés de la {} et il les prête",
    "qui décide des horaires de la {} quand il neige ici",
    "personne ne répare le toit de la {} depuis la tempête",
)
N_WITHDRAWN = 30


def said(wish: int) -> list[str]:
    return [WISHES[wish].format(place) for place in PLACES]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("atelier")
    survey = "".join(f"{n};2026-01-02;;fr;;{text}\n" for n, text in enumerate(said(0)))
    (folder / "enquete.csv").write_text(
        f"id;submitdate;lastpage;startlanguage;refurl;Que proposez-vous ?\n{survey}", encoding="utf-8"
    )
    (folder / "postits.txt").write_text("".join(f"- {text}\n" for text in said(1)), encoding="utf-8")
    notes = "".join(
        f"- {text}\n  - une précision sur la {place}\n" for text, place in zip(said(2), PLACES, strict=True)
    )
    (folder / "notes_table-2.md").write_text(f"## Ressources\n{notes}", encoding="utf-8")
    turns = "".join(
        f"00:{n:02d}:01.000 --> 00:{n:02d}:09.000\n<v Zoé Lavandier>{said(3)[n]}. {said(4)[n]}.\n\n"
        for n in range(len(PLACES))
    )
    (folder / "enregistrement.vtt").write_text(f"WEBVTT\n\n{turns}", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def done(
    corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[Withdrawal], dict[str, list[Path]]]:
    """The run relieved of thirty contributions, what was withdrawn, and what became of files."""
    beside = tmp_path_factory.mktemp("resultats")
    made = rosace.synthesize(corpus, beside / "run", profile="rapide")
    folder = RunFolder.open(made.path)
    contributions = made.table("contributions")
    chosen = contributions.groupby("channel", sort=True).head(N_WITHDRAWN // contributions["channel"].nunique() + 1)
    ids = chosen["contribution_id"].tolist()
    assert chosen["channel"].nunique() >= 3
    assert len(ids) >= N_WITHDRAWN
    quotes = [" ".join(text.split()[:6]) for text in chosen["text"]]
    acts = [
        {"op": "renommer", "target": "g1", "before": text, "after": f"Titre : {quote}"}
        for text, quote in zip(chosen["text"], quotes, strict=True)
    ]
    acts += [{"op": "commenter", "target": "g1", "after": f"« {quote.upper()} » revient"} for quote in quotes]
    folder.decisions.append(json.dumps(act, ensure_ascii=False) for act in acts)
    exports = {name: beside / name for name in ("revue.xlsx", "parole.html", "remplie.xlsx", "rangee.html")}
    for name, path in exports.items():
        options = ["--participants"] if name.endswith(".html") else []
        assert CliRunner().invoke(app, ["review", "export", str(made.path), str(path), *options]).exit_code == 0
    for to in FORMATS:
        assert CliRunner().invoke(app, ["export", str(made.path), "--vers", to]).exit_code == 0
    exports["remplie.xlsx"].write_bytes(exports["revue.xlsx"].read_bytes() + b"\0")
    exports["rangee.html"].rename(beside / "ailleurs.html")
    (made.path / "restitution.md").write_text(f"Ma version : {chosen['text'].iloc[0]}", encoding="utf-8")
    withdrawn = [Withdrawal.of(folder, one) for one in ids[:-1]]
    lefts = [erase(folder, one) for one in withdrawn]
    last = withdraw(made.path, ids[-1])
    lefts.append(last.left)
    told = {
        "removed": [path for left in lefts for path in left.removed if not path.exists()],
        "edited": [path for left in lefts for path in left.edited],
        "untraced": [Path(export.split(",")[0]) for left in lefts for export in left.untraced],
    }
    return made.path, [*withdrawn, last.withdrawal], told


def quoting(folder: Path, withdrawn: list[Withdrawal]) -> set[Path]:
    """The files that say words that only a withdrawn contribution said."""
    own = [one.own for one in withdrawn]
    return {folder / name for name, text in texts_of(folder) if any(words.are_in(text) for words in own)}


def test_no_word_is_left_anywhere_or_the_file_is_named(
    done: tuple[Path, list[Withdrawal], dict[str, list[Path]]],
) -> None:
    run, withdrawn, told = done
    beside = run.parent
    assert {path.name for path in told["removed"] if path.parent == beside} == {"revue.xlsx", "parole.html"}
    assert {path.parent for path in told["removed"]} <= {beside, run, *(run / "exports" / to for to in FORMATS)}
    assert run / "exports" / "refi-qda" / "run.qdpx" in told["removed"]
    assert {path.name for path in told["edited"]} == {"remplie.xlsx", "restitution.md"}
    assert {path.name for path in told["untraced"]} == {"rangee.html"}
    left = quoting(beside, withdrawn) - set(told["edited"]) - {beside / "ailleurs.html"}
    assert not left
    assert not any(path.exists() for path in told["removed"])


def test_none_comes_back_under_another_name(
    corpus: Path, done: tuple[Path, list[Withdrawal], dict[str, list[Path]]]
) -> None:
    run, withdrawn, _ = done
    for path in sorted(corpus.iterdir()):
        path.rename(path.with_name(f"nouveau_{path.name}"))
    (corpus / "nouveau_postits.txt").write_text("".join(f"- {text}\n" for text in reversed(said(1))), encoding="utf-8")
    again = rosace.synthesize(corpus, run, profile="rapide")
    texts = set(again.table("contributions")["text"])
    assert texts
    assert texts.isdisjoint(one.text for one in withdrawn)
    assert any(f"et {len(withdrawn) - 3} autres" in warning for warning in again.warnings)
    assert (again.table("rejects")["reason"] == "retiree").sum() == len(withdrawn)
