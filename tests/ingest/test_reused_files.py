"""Files that have not changed are taken again from the run before: the tables are those of a reading from nothing."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.config import load_config
from pipeline.contracts.checks import validate
from pipeline.ingest.reused_files import TABLES, Earlier, TakenAgain
from pipeline.ingest.stage import IngestResult, ingest
from pipeline.run.stages import INGESTED

CONFIG = load_config()
LONG = (
    "Nous demandons tous que la ligne du soir soit maintenue entre la gare et le bourg, "
    + "le samedi et le dimanche. " * 2
)
FILES = {
    "a-postits.csv": "table;texte\n1;Pas de bus le soir\n2;Il faudrait un bus le soir, et des vélos\n1;123\n",
    "enquete.csv": "Horodateur;Quels sont les freins ?;Que proposez-vous ?\n"
    "2026-03-01;Pas de bus;Un vélo partagé\n2026-03-02;Rien le dimanche;Appeler Camille au 06 12 34 56 78\n",
    "m-enquete.csv": "Horodateur;Quels sont les freins ?;Que proposez-vous ?\n"
    + "".join(f"2026-03-{n};{LONG};Un vélo pour {n} personnes\n" for n in range(10, 16))
    + "".join(f"2026-03-{n};Le car de {n} heures ne passe plus;Un banc à l'arrêt {n}\n" for n in range(16, 24))
    + "2026-03-08;The bus is always late and we have to wait for it in the rain;Un banc\n",
    "notes/table-3.md": "# Table 3\n\n- Merci à Berthille Cormeau pour le café associatif\n- Un frein : les horaires\n",
    "tour.vtt": "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Berthille Cormeau>Il manque un médecin au bourg.\n\n"
    "00:05.000 --> 00:08.000\n<v Aristide Ponsard>Et si on ouvrait une maison de santé ?\n",
    "z-tour.vtt": "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Aristide Ponsard>On pourrait covoiturer.\n\n"
    "00:05.000 --> 00:08.000\n<v Léontine Vasseur>Berthille Cormeau connaît une voiture.\n",
}


def write(folder: Path, names: list[str]) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(FILES[name], encoding="utf-8")
    return folder


def saved(result: IngestResult) -> Earlier:
    """As the tables come back from the run folder."""
    tables = {}
    for name in TABLES:
        file = io.BytesIO()
        validate(name, getattr(result, name)).to_parquet(file, index=False)
        tables[name] = validate(name, pd.read_parquet(file))
    return Earlier(tables, result.records)


def check(corpus: Path, earlier: Earlier) -> IngestResult:
    """Reads with and without what was read before; both must say the same."""
    again, anew = ingest(corpus, CONFIG, earlier=earlier), ingest(corpus, CONFIG)
    for name in INGESTED:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(anew, name))
    assert again.warnings == anew.warnings
    assert again.records == anew.records
    return again


def test_what_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    corpus = write(tmp_path, list(FILES))
    again = check(corpus, saved(ingest(corpus, CONFIG)))
    assert again.n_taken_again == len(FILES)
    assert len(again.name_suggestions)
    assert len(again.rejects)
    assert len(again.privacy_report)
    assert len(again.warnings) == 2  # a campaign, and another language


CHANGES: dict[str, tuple[Callable[[Path], object], int]] = {
    "a table more, first of all": (lambda c: (c / "0.csv").write_text("table;texte\n5;Cormeau propose un banc\n"), 4),
    "a survey more, whose rows come before": (lambda c: (c / "b.csv").write_text(FILES["enquete.csv"]), 4),
    "a file less": (lambda c: (c / "a-postits.csv").unlink(), 5),
    "a file changed": (lambda c: (c / "a-postits.csv").write_text("table;texte\n1;Merci au club\n"), 3),
    "a speaker more": (lambda c: (c / "b.vtt").write_text(FILES["tour.vtt"].replace("Aristide", "Zoé")), 4),
    "a speaker less": (lambda c: (c / "tour.vtt").unlink(), 4),
    "a workshop that becomes one of two": (lambda c: (c / "notes" / "atelier.toml").write_text("[atelier]\n"), 3),
    "a table told by hand": (
        lambda c: (c / "atelier.toml").write_text('[[fichiers]]\nnom = "enquete.csv"\ntable = "7"\n'),
        3,
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_rest_of_a_corpus_that_changed_is_taken_again(tmp_path: Path, name: str) -> None:
    corpus = write(tmp_path, list(FILES))
    earlier = saved(ingest(corpus, CONFIG))
    change, n_taken_again = CHANGES[name]
    change(corpus)
    assert check(corpus, earlier).n_taken_again == n_taken_again


@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.sets(st.sampled_from(list(FILES)), min_size=1), st.sets(st.sampled_from(list(FILES)), min_size=1))
def test_whatever_was_there_before_the_tables_are_those_of_a_reading_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, before: set[str], after: set[str]
) -> None:
    one, two = (write(tmp_path_factory.mktemp("corpus"), sorted(names)) for names in (before, after))
    # the name of the folder is the title of the workshop, and nothing else
    two = two.rename(two.with_name("deux"))
    try:
        check(two, saved(ingest(one, CONFIG)))
    finally:
        two.rename(one.with_name(f"{one.name}-fini"))


def test_members_of_an_archive_are_taken_again(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "tout.zip", "w") as archive:
        for name, content in FILES.items():
            archive.writestr(name, content)
    earlier = saved(ingest(tmp_path, CONFIG))
    (tmp_path / "0.csv").write_text("table;texte\n5;Un banc devant l'école\n")
    assert check(tmp_path, earlier).n_taken_again == len(FILES) - 2  # those that name speakers are read again


def test_the_names_of_speakers_are_looked_for_in_what_comes_later(tmp_path: Path) -> None:
    """Whoever spoke on tape is named by her surname alone on a post-it that comes afterwards."""
    corpus = write(tmp_path, ["tour.vtt"])
    earlier = saved(ingest(corpus, CONFIG))
    (corpus / "0.csv").write_text("table;texte\n1;Cormeau propose un banc devant l'école\n")
    assert "Cormeau" in set(check(corpus, earlier).name_suggestions["text"])


def test_a_name_that_looks_like_a_survey_row_keeps_its_number(tmp_path: Path) -> None:
    """Without pseudonyms, whoever signs « Réponse 1 » is not numbered with the survey."""
    config = CONFIG.model_copy(update={"ingest": CONFIG.ingest.model_copy(update={"pseudonymiser": False})})
    (tmp_path / "m.csv").write_text("auteur;table;texte\nRéponse 1;1;Pas de bus le soir\n")
    earlier = saved(ingest(tmp_path, config))
    (tmp_path / "a.csv").write_text(FILES["enquete.csv"])
    again, anew = ingest(tmp_path, config, earlier=earlier), ingest(tmp_path, config)
    pd.testing.assert_frame_equal(again.contributions, anew.contributions)
    assert "Réponse 1" in set(again.contributions.loc[again.contributions["source"] == "m.csv", "voice"])


def test_rows_that_do_not_follow_each_other_are_no_run_of_ours(tmp_path: Path) -> None:
    corpus = write(tmp_path, list(FILES))
    earlier = saved(ingest(corpus, CONFIG))
    shuffled = earlier.tables["contributions"].sort_values("contribution_id").reset_index(drop=True)
    torn = dataclasses.replace(earlier, tables={**earlier.tables, "contributions": shuffled})
    with pytest.raises(ValueError, match="follow each other"):
        torn.take("enquete.csv", earlier.records["enquete.csv"].key)


def test_survey_rows_are_numbered_after_those_that_come_before(tmp_path: Path) -> None:
    corpus = write(tmp_path, ["enquete.csv", "m-enquete.csv"])
    earlier = saved(ingest(corpus, CONFIG))
    taken = earlier.take("m-enquete.csv", earlier.records["m-enquete.csv"].key)
    assert isinstance(taken, TakenAgain)
    assert (taken.record.first_answer, taken.record.n_answers) == (2, 15)
    assert taken.renumbered("contributions", 12)["voice"].dropna().drop_duplicates().tolist() == [
        f"Réponse {n}" for n in range(13, 28)
    ]
