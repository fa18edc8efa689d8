"""What stages read beside tables: the corpus by content, decisions, models whose absence is told."""

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.classify.reading.beside import WORTH
from pipeline.cluster.grouping.likeness import IDEAS, topic_vectors
from pipeline.cluster.pairs import PAIRS
from pipeline.config import load_config
from pipeline.errors import EXIT_USAGE, ModelError
from pipeline.execution import LocalExecutor
from pipeline.folder.artifacts import RunFolder
from pipeline.language.syntax.standing import ALONE
from pipeline.learned import METRICS
from pipeline.run.jobs import Job, Stage
from pipeline.run.stages import COMPARED, STAGES, corpus_files
from pipeline.stances.reading import STANCES_MODEL


@pytest.fixture
def job(tmp_path: Path) -> Job:
    corpus = tmp_path / "corpus"
    (corpus / "notes").mkdir(parents=True)
    (corpus / "notes" / "b.md").write_text("- Un banc\n", encoding="utf-8")
    (corpus / "a.csv").write_text("texte\nUn banc\n", encoding="utf-8")
    return Job(corpus, RunFolder.create(tmp_path / "run"), load_config(profil="rapide"), LocalExecutor())


def stage(name: str) -> Stage:
    (found,) = (stage for stage in STAGES if stage.name == name)
    return found


def test_each_stage_reads_what_an_earlier_one_wrote() -> None:
    written: set[str] = set()
    for one in STAGES:
        assert set(one.reads) <= written
        assert not set(one.writes) & written
        written |= set(one.writes)
    assert set(COMPARED) <= written


def test_what_reads_topics_goes_to_other_processes(job: Job, demo_run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*given: object) -> None:
        (read,) = (one for one in given if one is topic_vectors)
        assert pickle.loads(pickle.dumps(read)) is topic_vectors
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.cluster.stage.cluster", stop)
    with pytest.raises(KeyboardInterrupt):
        stage("cluster").run(replace(job, run=RunFolder.open(demo_run)))


def test_a_corpus_is_its_files_by_name_and_content(job: Job) -> None:
    before = corpus_files(job.corpus, job.config.ingest)
    assert [name for name, _ in before] == ["a.csv", "notes/b.md"]
    (job.corpus / "a.csv").write_text("texte\nUn arbre\n", encoding="utf-8")
    after = corpus_files(job.corpus, job.config.ingest)
    assert after[0] != before[0]
    assert after[1] == before[1]


def test_decisions_and_the_state_before_decide_in_the_review(job: Job) -> None:
    inputs = [stage("review").inputs(job)]
    job.run.decisions.append(['{"op": "renommer"}'])
    inputs.append(stage("review").inputs(job))
    job.run.write_bytes("items.parquet", b"items")
    job.run.keep_as_previous(COMPARED)
    inputs.append(stage("review").inputs(job))
    assert inputs[0] != inputs[1] != inputs[2]
    assert inputs[2] == stage("review").inputs(job)


@pytest.mark.parametrize("stage_name", ["classify", "cluster"])
def test_models_are_inputs_and_one_that_is_missing_is_told(
    job: Job, monkeypatch: pytest.MonkeyPatch, stage_name: str
) -> None:
    before = stage(stage_name).inputs(job)
    monkeypatch.setattr("pipeline.learned.MANIFEST", METRICS)
    assert stage(stage_name).inputs(job) != before
    monkeypatch.setattr("pipeline.learned.MANIFEST", "absent.json")
    with pytest.raises(ModelError, match=r"absent\.json : ce chemin n'existe pas.*git checkout -- models/") as told:
        stage(stage_name).inputs(job)
    assert told.value.exit_code == EXIT_USAGE


def test_each_model_of_groups_is_an_input(job: Job) -> None:
    assert stage("cluster").inputs(job) == [model.sha256() for model in (ALONE, IDEAS, PAIRS, STANCES_MODEL)]
    assert stage("classify").inputs(job)[1] == WORTH.sha256()
