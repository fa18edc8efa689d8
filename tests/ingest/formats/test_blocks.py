"""Lines and paragraphs as blocks, and what each stands under."""

from labelled import FIRST, each, false_of, true_of

from pipeline.ingest.formats.blocks import LOWEST, TABLE_LEVEL, blocks_of_text, entries_of_blocks, may_head
from pipeline.ingest.votes import result_of


def told(text: str, is_markdown: bool = False) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in blocks_of_text(text, is_markdown)]


MARKDOWN = [
    ("a heading", "## Freins ##", [("heading", 2, "Freins")]),
    (
        "an underlined heading",
        "Freins\n------\nUn banc manque ici.",
        [("heading", 2, "Freins"), ("paragraph", 1, "Un banc manque ici.")],
    ),
    ("a heading of the wiki", "===== Freins =====", [("heading", 2, "Freins")]),
    ("bullets", "- un banc\n  - devant le four", [("bullet", 1, "un banc"), ("bullet", 2, "devant le four")]),
    ("a box to tick", "- [x] un banc", [("bullet", 1, "un banc")]),
    ("marks", "- **un banc** au [lavoir](http://x.example), _vite_", [("bullet", 1, "un banc au lavoir, vite")]),
    ("a link that is not closed", "- le four ([fiche 3](http://x.example/3)", [("bullet", 1, "le four (fiche 3")]),
    (
        "a link with a title",
        '- relire les [statuts](statuts "wikilink") =&gt; voter',
        [("bullet", 1, "relire les statuts => voter")],
    ),
    ("a quotation", "> un banc", [("paragraph", 1, "un banc")]),
    ("front matter", "---\ntitle: x\n---\n- un banc", [("paragraph", 1, "title: x"), ("bullet", 1, "un banc")]),
    (
        "front matter without marks",
        "Title: Bilan\nDate: 2024-05-22\nTags: quai, ag\n\n- un banc",
        [("paragraph", 1, "title: Bilan\ndate: 2024-05-22\ntags: quai, ag"), ("bullet", 1, "un banc")],
    ),
    ("what converters leave", "- le [banc]{.smallcaps} du four[^1]", [("bullet", 1, "le banc du four")]),
    ("tags", "un banc<br>neuf <span class='x'>au four</span>", [("paragraph", 1, "un banc neuf au four")]),
    ("a comment", "<!-- à relire -->\n- un banc", [("bullet", 1, "un banc")]),
    (
        "a figure over several lines",
        '<figure>\n<img src="x.png"\n alt="le four">\n<figcaption>Le four</figcaption>\n</figure>\n- un banc',
        [("bullet", 1, "un banc")],
    ),
    ("words in angles", "le banc de <nom>", [("paragraph", 1, "le banc de <nom>")]),
    (
        "an arrow",
        "le four est froid\n\n-> un banc\n\n=> un bal",
        [
            ("paragraph", 1, "le four est froid"),
            ("paragraph", 1, "un banc"),
            ("paragraph", 1, "un bal"),
        ],
    ),
    ("a box", '!!! note "À lire"\n    un banc', [("paragraph", 1, "À lire"), ("paragraph", 3, "un banc")]),
    ("a box with a fence", ":::tip\nun banc\n:::", [("paragraph", 1, "tip"), ("paragraph", 1, "un banc")]),
    ("a box in a quotation", "> [!NOTE]\n> un banc", [("paragraph", 1, "NOTE"), ("paragraph", 1, "un banc")]),
    ("a table of contents", "[TOC]\n- un banc", [("bullet", 1, "un banc")]),
    (
        "calls of notes",
        "le banc du four[1], le lavoir², 3 km²",
        [("paragraph", 1, "le banc du four, le lavoir, 3 km²")],
    ),
    (
        "a table without edges",
        "Idée | Qui\n--- | ---\nun banc | les voisins",
        [("paragraph", 1, "Idée : Qui"), ("bullet", 1, "un banc : les voisins")],
    ),
]

test_markdown = each(lambda text: told(text, is_markdown=True), *MARKDOWN, names=FIRST)

PLAIN = [
    ("stars stay", "**un banc**", [("paragraph", 1, "**un banc**")]),
    ("links go", "- un banc ([fiche 3](http://x.example/3))", [("bullet", 1, "un banc (fiche 3)")]),
    ("front matter", "---\ntags: []\n---\n- un banc", [("paragraph", 1, "tags: []"), ("bullet", 1, "un banc")]),
    ("rules around words", "---\nun banc\n\n---\nun bal", [("paragraph", 1, "un banc"), ("paragraph", 1, "un bal")]),
    ("a numbered list", "1) un banc\n2) un bal", [("bullet", 1, "un banc"), ("bullet", 1, "un bal")]),
    ("a line over a list", "Freins\n- un banc", [("heading", LOWEST, "Freins"), ("bullet", 1, "un banc")]),
    (
        "a line in capitals",
        "FREINS\nUn banc manque.",
        [("heading", LOWEST, "FREINS"), ("paragraph", 1, "Un banc manque.")],
    ),
    (
        "a line that names a table",
        "Table 3\nUn banc manque.",
        [("heading", TABLE_LEVEL, "Table 3"), ("paragraph", 1, "Un banc manque.")],
    ),
    ("the last line is no heading", "UN BANC", [("paragraph", 1, "UN BANC")]),
    ("a bullet that goes on", "- un banc devant\n  le four", [("bullet", 1, "un banc devant le four")]),
]

test_plain = each(told, *PLAIN, names=FIRST)

test_lines_that_may_be_headings = true_of(
    may_head,
    "Freins", "Ce qui marche :", "Où planter ?", "Pour :", "Contre", "Étaient présents :", "Le banc « qui dure »",
    "Rallumer le four du bourg", "Vote du budget",
)  # fmt: skip
test_lines_that_are_no_headings = false_of(
    may_head,
    "VOTE", "POUR   ABSTENTION", "UNANIMITÉ", "Adopté", "Qui est contre ?", "<nom><prénom><mot à dire>", "tags: []",
    "Nous voulons donc :", "Les bancs sont trop rares :", "Le four est froid", "Un banc devant le four.", "…",
    "Considérant la volonté du bourg", "Le Président reprend la parole :",
    "un banc deux bancs trois bancs quatre bancs cinq bancs six bancs sept bancs",
)  # fmt: skip


def test_a_day_that_tells_two_same_headings_apart_is_told_and_another_is_not() -> None:
    day = "## {}\n\n### Propositions\n\n- {}\n\n### {}\n\n- un lavoir\n\n"
    text = "# Ateliers\n\n" + day.format("Vendredi", "un banc", "Retours") + day.format("Dimanche", "un bal", "Bilan")
    found = [(one.text, one.context) for one in entries_of_blocks(blocks_of_text(text, True))]
    assert [context for text, context in found] == [
        "Vendredi > Propositions", "Vendredi > Retours", "Dimanche > Propositions", "Dimanche > Bilan",
    ]  # fmt: skip
    alone = "# Ateliers\n\n" + day.format("Vendredi", "un banc", "Retours") + "## Suites\n\n- un bal\n"
    found = [(one.text, one.context) for one in entries_of_blocks(blocks_of_text(alone, True))]
    assert [context for _, context in found] == ["Propositions", "Retours", "Suites"]


def test_what_introduces_a_list_stands_over_it_alone() -> None:
    blocks = blocks_of_text("Freins\n- le bois\n\nNous voulons donc :\n\n- un banc\n\nLe four est froid.", False)
    found = [(one.text, one.headings, one.context) for one in entries_of_blocks(blocks)]
    assert found == [
        ("le bois", ("Freins",), "Freins"),
        ("un banc", ("Freins",), "Freins > Nous voulons donc"),
        ("Le four est froid.", ("Freins",), "Freins"),
    ]


def test_lines_cut_by_hand_are_joined() -> None:
    lines = [
        "Le four à pain du hameau est fermé depuis le printemps, et",
        "personne ne sait qui doit payer la réparation de la voûte,",
        "ni qui garde la clé quand la boulangère est en congé, ce qui",
        "arrive souvent, à ce que disent les voisins du haut de la cô-",
        "te.",
    ]
    (block,) = blocks_of_text("\n".join(lines), False)
    assert block.text == " ".join(lines[:4])[:-1] + "te."
    assert block.place == "ligne 1"


test_words_cut_between_two_lines = each(
    lambda text: blocks_of_text(text, False)[0].text,
    ("le four fait l'amé-\nnagement du bourg", "le four fait l'aménagement du bourg"),
    ("la boulangère elle-\nmême", "la boulangère elle-même"),
    ("les après-\nmidi sont longs", "les après-midi sont longs"),
    ("la rue de Saint-\nGildas", "la rue de Saint-Gildas"),
    ("le porte-\nmanteau", "le portemanteau"),
    ("le porte-\nmanteau du porte-manteau", "le porte-manteau du porte-manteau"),
    ("la Kerbra-\ndaise de Kerbradaise", "la Kerbradaise de Kerbradaise"),
)  # fmt: skip


def test_an_arrow_under_a_bullet_is_a_line_of_its_own() -> None:
    assert [text for _, _, text in told("- Une halle pour le marché\n  -> un abri pour les vélos")] == [
        "Une halle pour le marché",
        "un abri pour les vélos",
    ]


SPACED = """Le bac part

> Le conseil adopte le budget de la régie du bac en dépenses et en recettes pour les sections de fonctionnement

et d'investissement, par 20 voix pour et trois abstentions.

L'éclairage du quai reste allumé toute la nuit alors que plus personne n'y passe après le dernier

bac, ce que les riverains de la rue haute disent depuis deux ans sans avoir eu

la moindre réponse.

Un banc à l'ombre

Les horaires affichés à l'embarcadère ne sont plus les bons depuis la rentrée et les

touristes attendent.

La halle ferme trop tôt pour celles et ceux qui travaillent, et le samedi il n'y a plus

rien à acheter.
"""


def test_lines_that_all_stand_apart_are_joined_where_an_editor_cut_them() -> None:
    blocks = blocks_of_text(SPACED, is_markdown=False)
    assert [(block.place, block.text.split()[-1]) for block in blocks] == [
        ("ligne 1", "part"), ("ligne 3", "abstentions."), ("ligne 7", "réponse."), ("ligne 13", "l'ombre"),
        ("ligne 15", "attendent."), ("ligne 19", "acheter."),
    ]  # fmt: skip
    few = "Des bancs pour la place\n\nun abri\n\ndes arbres\n\nUne halle\n\nun bac le soir\n"
    assert len(blocks_of_text(few, is_markdown=False)) == 5


def test_a_line_that_ends_on_a_word_that_waits_goes_on() -> None:
    waits = "Quand j'ai dit qu'on ne referait pas le port de la\n\"Pointe Rouge\", ils ont dit oui."
    lines = f"{waits}\nLes bancs manquent\nLe quai glisse"
    assert [block.text for block in blocks_of_text(lines, False)] == [
        waits.replace("\n", " "), "Les bancs manquent", "Le quai glisse",
    ]  # fmt: skip
    bold = (
        "Depuis le premier jour de septembre, après le concert de **la rentrée des classes**,\n**sans limite**, rien.\n"
    )
    assert len(blocks_of_text(bold, True)) == 1


def test_a_blank_line_parts_two_paragraphs() -> None:
    assert (
        len(told("le four est fermé depuis longtemps et personne ne sait pourquoi il l'est\n\net le lavoir fuit")) == 2
    )


BALLOT = """# Salle des fêtes

Vote sur la réfection du toit :

| Nombre de votants | 21 |
|-------------------|----|
| Ne prennent pas part au vote | 2 |
| S'abstiennent | 1 |
| Votent contre | 4 |
| Votent pour | 14 |

La réfection est adoptée à la majorité.
"""


def test_a_table_that_counts_a_vote_is_one_result_and_another_table_stays_row_by_row() -> None:
    texts = [block.text for block in blocks_of_text(BALLOT, is_markdown=True)]
    assert texts[2] == ("21 votants, Ne prennent pas part au vote : 2, S'abstiennent : 1, contre : 4, pour : 14")
    result = result_of(texts[2])
    assert result is not None
    assert (result.is_bare, dict(result.counts)) == (True, {"pour": 14, "contre": 4, "abstention": 1, "sans": 2})
    other = "| Commune | Habitants |\n|---|---|\n| **Courvielle** | 820 |\n| Brandelles | 1200 |\n"
    blocks = blocks_of_text(other, is_markdown=True)
    assert [(block.kind, block.text) for block in blocks if block.frame != "titre"] == [
        ("bullet", "Courvielle : 820"), ("bullet", "Brandelles : 1200"),
    ]  # fmt: skip
