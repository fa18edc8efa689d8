"""An organisation's own templates, and what is said when one cannot serve."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from atelier import workshop

from pipeline.config import Config, load_config
from pipeline.contracts.draft import Draft
from pipeline.errors import UsageError
from pipeline.restitution.figures.canvas import backend
from pipeline.restitution.stage import write_restitution
from pipeline.restitution.writers.markdown import write_markdown
from pipeline.restitution.writers.plain import write_plain
from pipeline.restitution.writers.yeswiki import write_yeswiki

HOSTILE = "{{7*7}} {% raw %} <b>car</b> Table3 il n’y a plus de car"


def configured(**changes: Any) -> Config:
    config = load_config()
    return config.model_copy(update={"restitution": config.restitution.model_copy(update=changes)})


def draft_of(**header: Any) -> Draft:
    return write_restitution(workshop(**header), load_config()).draft


@pytest.fixture(scope="module")
def draft() -> Draft:
    return draft_of(titre=HOSTILE)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "mon-gabarit.j2"
    path.write_text(
        "Chez nous : {{ title }}\n"
        "{% for section in sections if section.key == 'est' %}\n{{ section.text }}\n{% endfor %}",
        encoding="utf-8",
    )
    return path


def test_each_text_format_follows_a_template_of_one_s_own(draft: Draft, own: Path) -> None:
    pages = {
        "md": write_markdown(draft, 1, str(own)).decode(),
        "yeswiki": write_yeswiki(draft, 1, str(own)).decode(),
        "txt": write_plain(draft, str(own)).decode(),
    }
    for name, page in pages.items():
        assert page.startswith("Chez nous : "), name
        assert "Ce que nous demandons" not in page, name
        assert "17 h 40" in page, name


def test_words_stay_words_in_a_template(draft: Draft, own: Path) -> None:
    assert "{{7*7}}" in write_plain(draft, str(own)).decode()
    assert "49" not in write_plain(draft, str(own)).decode().splitlines()[0]
    assert "{{" not in write_yeswiki(draft, 1, str(own)).decode()
    assert r"\<b\>" in write_markdown(draft, 1, str(own)).decode()


def test_a_page_of_one_s_own_escapes_what_people_wrote(tmp_path: Path) -> None:
    page = tmp_path / "page.j2"
    page.write_text("<h1>{{ draft.title }}</h1>", encoding="utf-8")
    files = write_restitution(workshop(titre=HOSTILE), configured(modele_html=str(page))).files
    assert files["restitution.html"].decode().startswith("<h1>{{7*7}} {% raw %} &lt;b&gt;car")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{% for section in sections %}\n{{ section.text }}", "ligne 2"),
        ("{{ absent.title }}", "UndefinedError"),
        ("{{ title.__class__.__mro__ }}", "SecurityError"),
        ("{% include 'ailleurs.j2' %}", "Gabarit introuvable : ailleurs.j2"),
        ("{{ 1 / 0 }}", "ZeroDivisionError"),
    ],
    ids=["syntax", "unknown name", "sandbox", "missing part", "failure"],
)
@pytest.mark.parametrize("key", ["modele_md", "modele_yeswiki", "modele_txt", "modele_html"])
def test_a_template_that_fails_is_said_with_its_key(tmp_path: Path, key: str, source: str, said: str) -> None:
    path = tmp_path / "gabarit.j2"
    path.write_text(source, encoding="utf-8")
    with pytest.raises(UsageError, match=said) as caught:
        _written(key, str(path))
    assert key in str(caught.value)


def _written(key: str, path: str) -> bytes:
    from pipeline.restitution.writers.page import write_page

    draft = Draft("Atelier", "fr-FR", (), (), (), (), {})
    writers = {
        "modele_md": lambda: write_markdown(draft, 1, path),
        "modele_yeswiki": lambda: write_yeswiki(draft, 1, path),
        "modele_txt": lambda: write_plain(draft, path),
        "modele_html": lambda: write_page(draft, {}, 1, path),
    }
    return writers[key]()


def test_a_template_that_is_no_text_is_said(tmp_path: Path) -> None:
    path = tmp_path / "image.j2"
    path.write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(UsageError, match="modele_txt"):
        _written("modele_txt", str(path))


def test_without_the_drawing_library_the_reader_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(UsageError, match=r"vl-convert-python.*rien n'a été écrit"):
        backend()
    with pytest.raises(UsageError, match="vl-convert"):
        write_restitution(workshop(), load_config())
