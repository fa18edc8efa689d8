"""Exports of the tools of the field: words, votes, titles, what they answer, and what is set aside and why."""

import json
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from pipeline.config import load_config
from pipeline.ingest.formats.dialects import dialects
from pipeline.ingest.stage import IngestResult, ingest
from tests.ingest import tool_exports as made
from tests.outputs import write_table

CONFIG = load_config()
NAMES = ("Odette", "Bruno", "Nadia", "Amis du rail", "profiles/", "44.1")
Row = tuple[str, str, int | None, int | None]


def read(folder: Path, **files: str) -> IngestResult:
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_text(content, encoding="utf-8")
    return ingest(folder, CONFIG)


def rows(result: IngestResult) -> list[Row]:
    """(text, context, votes, votes_contre), in order."""
    kept = result.contributions[["text", "context", "votes", "votes_contre"]].astype(object)
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in kept.itertuples(index=False)]  # type: ignore[misc]


def rejects(result: IngestResult) -> list[tuple[str, str]]:
    return list(result.rejects[["reason", "detail"]].itertuples(index=False, name=None))


DECIDIM: list[Row] = [
    ("Le dernier car part à 18 h, il faudrait une navette.", "Mobilité > Une navette le soir", 32, None),
    ("Ouvrir un atelier de réparation à la mairie.", "A repair café", 7, None),
    ("Planter des arbres place du marché", "Cadre de vie", None, None),
]
CASES: list[tuple[str, str, str, list[Row], list[tuple[str, str]]]] = [
    ("Decidim", "csv", made.DECIDIM_PROPOSALS, DECIDIM, [("retiree", "proposition retirée par son auteur")]),
    ("Decidim", "json", made.DECIDIM_JSON, DECIDIM[:1], []),
    ("Consul", "csv", made.CONSUL_PROPOSALS, [("Abriter le marché l'hiver.", "Un marché couvert", 120, None)],
     [("retiree", "proposition retirée par son auteur")]),
    ("Consul", "csv", made.CONSUL_DEBATES,
     [("Beaucoup travaillent en semaine et ne peuvent pas venir.", "Ouvrir la mairie le samedi ?", 14, 6)], []),
    ("Cap Collectif", "csv", made.CAP_COLLECTIF,
     [("Le dernier car part à 18 h.", "Se déplacer > Une navette le soir", 52, 5),
      ("Elle roulerait vide en hiver.", "Se déplacer > Une navette le soir", None, None),
      ("Les lycéens rentreraient sans leurs parents.", "Se déplacer > Une navette le soir", None, None)],
     [("resultat_de_vote", "le vote d'une personne, déjà dans les totaux"),
      ("moderee", "proposition mise à la corbeille")]),
    ("Cap Collectif", "csv", made.CAP_COLLECTIF_PUBLISHED,
     [("Le dernier car part à 18 h.", "Une navette le soir", 52, 5),
      ("Les voitures y montent sur le trottoir.", "Fermer la rue de l'école", 11, 37)], []),
    ("Polis", "csv", made.POLIS_COMMENTS,
     [("La piscine devrait ouvrir le dimanche", "", 52, 9),
      ("Fermer la piscine l'hiver, elle coûte trop cher", "", 4, 40)],
     [("moderee", "énoncé écarté par la modération")]),
    ("LimeSurvey", "csv", made.LIMESURVEY_VV,
     [("Le car s'arrête à 18 h.\nAprès, plus rien.", "Qu'est-ce qui vous freine ?", None, None),
      ("Rien de spécial en ce moment", "Qu'est-ce qui vous freine ?", None, None),
      ("le chemin du lavoir", "Par où passez-vous ?", None, None)],
     [("vide", "cellule vide")]),
    ("LimeSurvey", "csv", made.LIMESURVEY_OTHER,
     [("Ralentir les voitures devant l'école", "Que changer en premier ?", None, None),
      ("le lavoir", "Par où passez-vous ?", None, None),
      ("Poser un banc à mi-pente du chemin", "Que changer en premier ?", None, None)],
     [("vide", "cellule vide")]),
    ("Padlet", "csv", made.PADLET,
     [("Rien n'est ouvert après 19 h", "Ce qui manque > Le soir", 5, None),
      ("Une buvette au stade", "Envies", 2, None),
      ("et des jeux pour les petits", "Envies", 2, None)],
     [("vide", "cellule vide")]),
    ("Stormz", "csv", made.STORMZ,
     [("Une navette le soir\ndu bourg à la gare, après le dernier train", "Se déplacer", 4, None),
      ("Des vélos en prêt", "Se déplacer", 1, None)],
     [("titre", "titre d'un groupe de cartes")]),
    ("", "csv", made.KLAXOON,
     [("Plus de bancs à l'ombre", "Aménagement > Court terme", 4, None),
      ("Une fête des voisins au lavoir", "Lien", None, None)], []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("tool", "end", "content", "kept", "aside"), CASES, ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)]
)
def test_an_export_is_read_to_the_row(
    tmp_path: Path, tool: str, end: str, content: str, kept: list[Row], aside: list[tuple[str, str]]
) -> None:
    result = read(tmp_path, **{f"export__{end}": content})
    assert rows(result) == kept
    assert rejects(result) == aside
    assert tool in result.ledger["format"].iloc[0]
    assert set(result.contributions["provenance"]) == {"ecrit"}
    everything = result.contributions.to_csv() + result.ledger.to_csv()
    assert [name for name in NAMES if name in everything] == []


def test_a_workbook_of_decidim_is_read_like_its_csv(tmp_path: Path) -> None:
    lines = [line.split(";") for line in made.DECIDIM_PROPOSALS.splitlines()]
    write_table(pd.DataFrame(lines[1:], columns=lines[0], dtype=object), tmp_path / "export.xlsx")
    assert rows(ingest(tmp_path, CONFIG)) == DECIDIM


def test_comments_stand_under_the_proposal_that_they_answer(tmp_path: Path) -> None:
    """Whatever the order of the files, at any depth; one whose proposal is nowhere is kept, and told."""
    result = read(tmp_path, a_comments__csv=made.DECIDIM_COMMENTS, proposals__csv=made.DECIDIM_PROPOSALS)
    comments = result.contributions[result.contributions["source"] == "a_comments.csv"]
    above = "Mobilité > Une navette le soir"
    assert comments["context"].tolist() == [above, above, ""]
    positions = result.positions.set_index("contribution_id").loc[comments["contribution_id"]]
    assert positions["side"].tolist() == ["pour", "contre", "sans"]
    assert positions["about"].tolist() == [above, above, ""]
    named = result.contributions.set_index("contribution_id")["context"]
    assert [named.get(target, "") for target in positions["target"].fillna("")] == [above, above, ""]
    assert comments["voice"].nunique() == 2
    detail = result.ledger.set_index("source").loc["a_comments.csv", "detail"]
    assert "1 ligne répond à une proposition retirée, ou absente du dossier (ligne 4)" in detail


def test_two_sheets_of_one_workbook_answer_each_other(tmp_path: Path) -> None:
    with pd.ExcelWriter(tmp_path / "export.xlsx", engine="xlsxwriter") as book:
        for name, content in (("A commentaires", made.CONSUL_COMMENTS), ("B débats", made.CONSUL_DEBATES)):
            pd.read_csv(StringIO(content), dtype=str).to_excel(book, sheet_name=name, index=False)
    result = ingest(tmp_path, CONFIG)
    of = result.contributions.set_index("text")["context"]
    assert of["Un samedi sur deux suffirait."] == "Ouvrir la mairie le samedi ?"


def test_arguments_take_the_side_that_their_authors_filed(tmp_path: Path) -> None:
    result = read(tmp_path, a__csv=made.CAP_COLLECTIF)
    argued = result.positions[result.positions["side"].isin(["pour", "contre"])]
    texts = result.contributions.set_index("contribution_id")["text"]
    assert dict(zip(argued["contribution_id"].map(texts), argued["side"], strict=True)) == {
        "Elle roulerait vide en hiver.": "contre",
        "Les lycéens rentreraient sans leurs parents.": "pour",
    }
    assert set(argued["target"].map(texts)) == {"Le dernier car part à 18 h."}


def test_codes_for_questions_are_told(tmp_path: Path) -> None:
    headings = ["id", "submitdate", "lastpage", "startlanguage", "Q1", "Q2[other]"]
    answer = ["1", "2026-03-01", "3", "fr", "Ralentir les voitures devant l'école", "le lavoir"]
    result = read(tmp_path, a__csv=made.table([headings, answer]))
    assert result.contributions["context"].tolist() == ["Q1", "Q2"]
    assert "les questions ne sont que des codes" in result.ledger["detail"].iloc[0]
    (tmp_path / "vv").mkdir()
    told = read(tmp_path / "vv", a__csv=made.LIMESURVEY_VV).ledger["detail"].iloc[0]
    assert "que des codes" not in told


def test_comments_stand_under_what_they_answer(tmp_path: Path) -> None:
    first = read(tmp_path, a_comments__csv=made.CONSUL_COMMENTS, proposals__csv=made.CONSUL_PROPOSALS,
                 debates__csv=made.CONSUL_DEBATES)  # fmt: skip
    of = first.contributions.set_index("text")["context"]
    assert of["Avec un coin pour les producteurs du canton."] == "Un marché couvert"
    assert of["Un samedi sur deux suffirait."] == "Ouvrir la mairie le samedi ?"


def test_votes_of_polis_are_told_and_not_read_as_words(tmp_path: Path) -> None:
    result = read(
        tmp_path, comments__csv=made.POLIS_COMMENTS, summary__csv=made.POLIS_SUMMARY,
        **{"participants-votes__csv": made.POLIS_PARTICIPANTS},
    )  # fmt: skip
    ledger = result.ledger.set_index("source")
    assert ledger["state"].to_dict() == {
        "comments.csv": "lu",
        "participants-votes.csv": "ignore",
        "summary.csv": "ignore",
    }
    assert "votes de chaque personne" in ledger.loc["participants-votes.csv", "detail"]
    assert result.contributions["voice"].nunique() == 1
    assert not result.name_suggestions["text"].str.contains("23").any()


def test_the_pages_of_a_pad_are_read_like_its_text(tmp_path: Path) -> None:
    texts = []
    for name, content in (("pad.html", made.PAD_HTML), ("pad.txt", made.PAD_TEXT)):
        (tmp_path / name).mkdir()
        texts.append(read(tmp_path / name, **{name.replace(".", "__"): content}).contributions["text"].tolist())
    assert texts[0] == texts[1] == ["Pas de local pour les ados", "Bus trop rares le soir"]


def test_the_questions_of_limesurvey_are_nobodys_words(tmp_path: Path) -> None:
    (tmp_path / "q.lss").write_text(made.LIMESURVEY_LSS, encoding="utf-8")
    ledger = read(tmp_path, a__csv=made.KLAXOON).ledger.set_index("source")
    assert ledger.loc["q.lss", "state"] == "ignore"
    assert "sans réponses" in ledger.loc["q.lss", "detail"]


@pytest.mark.parametrize("formula", ['=HYPERLINK("http://mal.example")', "<script>alert(1)</script>", "{{include(x)}}"])
def test_a_hostile_cell_is_words(tmp_path: Path, formula: str) -> None:
    rows_ = [made.PROPOSAL_COLUMNS, made.proposal(1, title__fr=formula, body__fr=f"{formula} ouvrir la salle le soir")]
    result = read(tmp_path, export__csv=made.table(rows_))
    assert "ouvrir la salle le soir" in result.contributions["text"].iloc[0]
    assert "<script" not in result.contributions["text"].iloc[0]


@pytest.mark.parametrize("body", ["<p>https://exemple.org/bac.pdf</p>", "voir www.exemple.org/bac", "", "-", "N/A"])
def test_the_title_of_a_proposal_that_is_but_a_link_is_its_words(tmp_path: Path, body: str) -> None:
    rows_ = [made.PROPOSAL_COLUMNS, made.proposal(1, title__fr="Un bac le dimanche", body__fr=body)]
    assert list(read(tmp_path, export__csv=made.table(rows_)).contributions["text"]) == ["Un bac le dimanche"]
    said = "Le quai glisse, il faut le refaire;20;2\nLes bancs du port;Ils sont tous cassés depuis mars;3;1"
    table = f"titre;texte;votes pour;votes contre\nUn bac le dimanche;{body};12;3\nLe quai;{said}\n"
    (tmp_path / "export.csv").unlink()
    result = read(tmp_path, propositions__csv=table)
    assert (result.contributions["text"].iloc[0], result.contributions["votes"].iloc[0]) == ("Un bac le dimanche", 12)
    assert not len(result.rejects)


def test_every_dialect_says_where_its_words_are_or_what_tells_it() -> None:
    found = dialects()
    tools = {"Decidim", "Consul", "Cap Collectif", "Polis", "LimeSurvey", "Padlet", "Stormz"}
    assert tools <= {one.nom for one in found}
    told = {name for one in found for name in (*one.texte, one.titre, *one.votes) if name}
    assert told
    assert not [one.nom for one in found if one.sans_parole and one.texte]


def test_likes_keep_their_name_beside_the_words(tmp_path: Path) -> None:
    result = read(tmp_path, padlet__csv=made.PADLET, consul__csv=made.CONSUL_DEBATES)
    told = {
        source: {json.loads(one).get("compté en") for one in rows["attributes"]}
        for source, rows in result.contributions.groupby("source")
    }
    assert told == {"padlet.csv": {"mention j’aime"}, "consul.csv": {None}}
