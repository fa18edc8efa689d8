"""Votes as minutes tell them: what was voted on, how many were on each side, what was decided."""

from labelled import FIRST, each

from pipeline.contracts.tables import VOTE
from pipeline.ingest.formats.blocks import blocks_of_text
from pipeline.ingest.formats.minutes import read_minutes

HEAD = "# Conseil du port du 4 mai 2024\n\nPrésents : Mme Odile Faure, maire, M. Jean Perrin, Mme Lucie Morel\n\n"
BAC, SUBVENTION = "Un bac le dimanche aussi", "Attribuer 500 € au club de voile"

Told = dict[str, tuple[dict[str, int], list[str]]]


def votes_of(text: str) -> Told:
    """What was voted on → the people of each side, and what was decided, in the words of the minutes."""
    found: Told = {}
    for entry in read_minutes("note", blocks_of_text(HEAD + text, is_markdown=True)).entries:
        for one in entry.positions:
            sides, decided = found.setdefault(one.about.rstrip("."), ({}, []))
            if one.evidence == VOTE:
                sides[one.side] = sides.get(one.side, 0) + one.n
            else:
                decided.append(one.answer)
    return found


def on(about: str, *decided: str, **sides: int) -> Told:
    return {about: (sides, list(decided))}


test_results_that_stand_under_what_was_voted_on = each(
    lambda result: votes_of(f"## Le bac\n\n{BAC}.\n\n{result}\n"),
    ("three lines", "Pour : 12\nContre : 3\nAbstentions : 2", on(BAC, pour=12, contre=3, abstention=2)),
    ("capitals", "POUR : 12\nCONTRE : 3\n\nLa délibération est adoptée.", on(BAC, "adoptée", pour=12, contre=3)),
    ("slashes", "Vote : 12 pour / 3 contre / 2 abst.", on(BAC, pour=12, contre=3, abstention=2)),
    ("brackets", "Adopté (pour 12, contre 3).", on(BAC, "Adopté", pour=12, contre=3)),
    ("voters", "Votants 17, exprimés 15. Pour : 9, contre : 6.", on(BAC, pour=9, contre=6)),
    ("lines of voters", "Votants : 17\nExprimés : 15\nPour : 9\nContre : 6", on(BAC, pour=9, contre=6)),
    ("one row of sides", "Pour : 12 Contre : 3 Abstention : 2", on(BAC, pour=12, contre=3, abstention=2)),
    ("rejected by so many", "La proposition est rejetée par 8 voix contre 6.", on(BAC, "rejetée", pour=6, contre=8)),
    ("adopted by so many", "Adopté par 10 voix, 3 contre.", on(BAC, "Adopté", pour=10, contre=3)),
    ("hands", "Vote à main levée : unanimité.", on(BAC, "unanimité")),
    ("not adopted", "L'amendement n'est pas adopté.", on(BAC, "non adopté")),
    ("has not been adopted", "La motion n'a pas été adoptée (4 pour, 9 contre).",
     on(BAC, "non adoptée", pour=4, contre=9)),
    ("those who voted", "Ont voté contre : MM. Perrin, Vidal\nS'est abstenue : Mme Morel",
     on(BAC, contre=2, abstention=1)),
    ("those who vote", "MM. Perrin et Vidal votent contre.", on(BAC, contre=2)),
    ("counted, then named", "Pour : 12 – Contre : 2\n\nOnt voté contre : M. Perrin, Mme Morel",
     on(BAC, pour=12, contre=2)),
    ("named in brackets", "Pour : 12 | Contre : 2 (M. Perrin, Mme Morel)", on(BAC, pour=12, contre=2)),
    ("nobody against", "Contre : aucun\nAbstention : aucune\nAdopté à l'unanimité des membres présents et représentés.",
     on(BAC, "Adopté à l'unanimité des membres présents et représentés")),
    ("questions", "Qui est pour ? 9\nQui est contre ? 2\nQui s'abstient ? 1", on(BAC, pour=9, contre=2, abstention=1)),
    ("opinions", "Avis favorable : 9 / Avis défavorable : 2", on(BAC, pour=9, contre=2)),
    ("yes and no", "Sur 11 votants : 9 oui, 2 non", on(BAC, pour=9, contre=2)),
    ("most, then counts", "ADOPTÉ À LA MAJORITÉ\nPour : 9 - Contre : 2",
     on(BAC, "ADOPTÉ À LA MAJORITÉ", pour=9, contre=2)),
    ("mandates", "12 pour (3 pouvoirs), 2 contre", on(BAC, pour=12, contre=2)),
    names=FIRST,
)  # fmt: skip


test_what_a_vote_is_on = each(
    votes_of,
    ("a heading that it closes", "## Motion pour la poste (adoptée par 14 voix contre 2)\n\nGardons-la.\n",
     on("Motion pour la poste", "adoptée", pour=14, contre=2)),
    ("the point, where a remark stands before",
     "## Un skatepark\n\nIl y a trop de bruit le soir.\n\nLes jeunes n'ont rien au bourg.\n\nPour : 9, contre : 2\n",
     on("Un skatepark", pour=9, contre=2)),
    ("a proposal, where somebody made it",
     "## Le bac\n\nM. Perrin : la vase monte.\n\nMme Morel propose de draguer le chenal.\n\nPour : 9, contre : 2\n",
     on("Mme Morel propose de draguer le chenal", pour=9, contre=2)),
    ("what an assembly decides",
     "## Le club\n\nLe conseil municipal, à l'unanimité, après en avoir délibéré, décide d'aider le club.\n",
     on("décide d'aider le club", "à l'unanimité")),
    ("the act that follows, where the heading names who votes",
     "## Le bac\n\nMme Morel le présente.\n\n## Conseil municipal\n\nLe conseil municipal, après en avoir délibéré,"
     " par 12 voix pour et 3 contre :\n\n- Approuve l'achat du bac.\n",
     on("Approuve l'achat du bac", pour=12, contre=3)),
    ("an act that turns down, where the heading names who votes",
     "## Le bac\n\nMme Morel le présente.\n\n## Conseil municipal\n\nLe conseil municipal, après en avoir délibéré,"
     " par 12 voix pour et 3 contre :\n\n- Rejette l'achat du bac ;\n",
     on("Rejette l'achat du bac", pour=12, contre=3)),
    ("what it approves, then its vote",
     "## Le gymnase\n\nLe conseil municipal approuve la réfection du gymnase.\n\nPour : 12\nContre : 3\n",
     on("Le conseil municipal approuve la réfection du gymnase", "", pour=12, contre=3)),
    ("the former minutes", "## Approbation du PV\n\nLe PV du 3 mars 2024 est approuvé à l'unanimité.\n",
     on("Le PV du 3 mars 2024", "approuvé à l'unanimité")),
    ("each line of a list", "## Votes\n\n- Bac du dimanche : 9 pour, 2 contre\n- Ponton du nord : 4 pour, 7 contre\n",
     {**on("Bac du dimanche", pour=9, contre=2), **on("Ponton du nord", pour=4, contre=7)}),
    names=FIRST,
)  # fmt: skip


def test_a_vote_is_none_of_the_ideas_that_follow() -> None:
    text = f"## Le bac\n\n{BAC}.\n\nPour : 9\nContre : 2\n\nLes horaires du matin sont trop serrés.\n"
    entries = list(read_minutes("note", blocks_of_text(HEAD + text, is_markdown=True)).entries)
    assert [(one.text, one.votes) for one in entries if one.aside is None] == [
        (f"{BAC}.", 9), ("Les horaires du matin sont trop serrés.", None),
    ]  # fmt: skip


def test_two_votes_under_one_heading_are_not_added_up() -> None:
    remarks = "La vase monte.\n\nLe quai glisse.\n\n"
    text = f"## Le budget\n\n{remarks}Pour : 9\nContre : 2\n\n{remarks}Pour : 4\nContre : 7\n\nRejeté à la majorité.\n"
    assert votes_of(text) == {
        **on("Le budget", pour=9, contre=2),
        **on("Le budget (2e vote)", "Rejeté à la majorité", pour=4, contre=7),
    }


def test_who_takes_no_part_in_a_vote_is_not_what_is_voted_on() -> None:
    told = votes_of(
        "## Le bac\n\nMme Morel et M. Perrin ne participent ni au débat ni au vote.\n\nAdopté (9 pour, 2 contre).\n"
    )
    assert told == on("Le bac", "Adopté", pour=9, contre=2)


test_votes_by_name = each(
    votes_of,
    ("a count, then names",
     f"## Le bac\n\n{BAC}.\n\nContre (1)\n- Denis L.\n\nAbstention (2)\n- Fred Z\n- Constance\n",
     on(BAC, contre=1, abstention=2)),
    ("names alone",
     f"## Le bac\n\n{BAC}.\n\nOnt voté contre :\n- Lucie Morin\n- Paul V.\n\nPour\n- Jeanne\n",
     on(BAC, pour=1, contre=2)),
    ("a roll call", f"## Le bac\n\n{BAC}.\n\nM. Vidal : contre\nMme Prat : pour\nM. Roux : abstention\n",
     on(BAC, pour=1, contre=1, abstention=1)),
    ("arguments", "## Le bac\n\nPour\n- Des bancs\n- Un quai\n\nContre\n- Le bruit\n", {}),
    names=FIRST,
)  # fmt: skip


NEXT = "## Le quai\n\nLa vase monte.\n"
test_what_was_voted_on_by_name = each(
    votes_of,
    ("what is adopted, with its counts",
     "## Statuts\n\nAprès discussion, les statuts sont adoptés à 7 voix contre 2 ; 1 abstention.\n",
     on("les statuts", "adoptés", pour=7, contre=2, abstention=1)),
    ("a restriction", "## Statuts\n\nLe seuil n'a été adopté qu'à la majorité (pour : 9, contre : 2).\n",
     on("Le seuil", "adopté", pour=9, contre=2)),
    ("an addendum, on the point",
     f"## Une redevance\n\nLe vote porte sur une redevance nouvelle.\n\nLa vase monte.\n\n"
     "Contre (1)\n- Denis L.\n\nPour (2)\n- Lucie\n- Constance\n\nIl reste à décompter les voix de chacun.\n\n"
     f"**Addendum : La décision est acceptée, avec 62 voix pour, 42 voix contre, et 139 voix d'abstention.**\n\n{NEXT}",
     on("Une redevance", "acceptée", pour=62, contre=42, abstention=139)),
    ("one vote told twice", "## Bilan\n\n- 0 vote contre.\n- 100 % de votes d'approbation.\n\n"
     "Donc le bilan moral est approuvé à l'unanimité.\n", on("le bilan moral", "approuvé à l'unanimité")),
    ("one object under two points",
     "## Exercice du 01/04/2023 au 31/12/2023\n\n- Vote : le bilan est approuvé à l'unanimité.\n\n"
     "## Exercice du 01/01/2024 au 31/12/2024\n\n- Vote : le bilan est approuvé à l'unanimité.\n",
     {**on("le bilan (Exercice du 01/04/2023 au 31/12/2023)", "approuvé à l'unanimité"),
      **on("le bilan (Exercice du 01/01/2024 au 31/12/2024)", "approuvé à l'unanimité")}),
    ("lines under a point that is decided", "## Décision sur le seuil\n\nPrésentation des raisons du changement.\n\n"
     "Note : le seuil sera revu.\n\nUne nouvelle décision est prise d'ouvrir le bac.\n",
     on("Une nouvelle décision est prise d'ouvrir le bac", "")),
    names=FIRST,
)  # fmt: skip


def test_what_was_put_stands_for_what_no_heading_names() -> None:
    text = (
        "# Débats\n\n**M. VIDAL :** Il vous est proposé de payer le quai à hauteur de 8 millions.\n\n"
        "**Mme PRAT :** Je suis contre.\n\n**M. VIDAL :** Je vous propose de le mettre au vote.\n\n"
        "## Vote\n\nADOPTÉ À LA MAJORITE (1 voix contre : Mme Anne PRAT)\n"
    )
    entries = read_minutes("note", blocks_of_text(text, is_markdown=True)).entries
    told = {(one.about, one.side, one.n) for entry in entries for one in entry.positions if one.evidence == VOTE}
    assert told == {("Il vous est proposé de payer le quai à hauteur de 8 millions", "contre", 1)}


def test_short_answers_of_a_talk_are_no_roll_call() -> None:
    text = "## Le bac\n\nLucie : Vous venez en bac ?\n\nPaul : Oui.\n\nOmar : Non.\n\nLucie : D'accord.\n"
    entries = read_minutes("note", blocks_of_text(HEAD + text, is_markdown=True)).entries
    assert [(one.voice, one.text) for one in entries if one.aside is None][1:3] == [("Paul", "Oui."), ("Omar", "Non.")]


def test_people_under_their_side_are_its_voices() -> None:
    for names, sides in (
        ("VOTE\nPOUR   ABSTENTION\n14 Majorité municipale\n  M. Perrin\nMme Morel (2)", {"pour": 14, "abstention": 3}),
        ("VOTE\nPOUR   CONTRE\nMajorité 14\nMme Morel M. Vidal\n\n\nM. Perrin 2\n", {"pour": 16, "contre": 2}),
        ("POUR\nMme Morel 2\nM. Perrin\n\nCONTRE\nM. Vidal", {"pour": 3, "contre": 1}),
        ("CONTRE :\n- M. Perrin (2)\n- Mme Morel", {"contre": 3}),
        ("POUR   ABSTENTION\n14 Majorité municipale\n  M. Perrin\nMme Morel 2", {}),  # she has two, or they are two
        ("POUR   ABSTENTION\n14 Majorité municipale\nM. Perrin\nMme Morel", {}),  # of which column
        ("VOTE", {}),
    ):
        text = f"Mme Faure : {BAC}, je le soumets au vote.\n\n{names}\n\nM. Perrin : La vase monte.\n"
        read = read_minutes("note", blocks_of_text(HEAD + text, is_markdown=False)).entries
        put = f"{BAC}, je le soumets au vote"
        assert votes_of(text) == (on(put, **sides) if sides else {}), names
        assert [one.text for one in read if one.aside is None] == [f"{put}.", "La vase monte."], names
        assert not any("VOTE" in one.headings or "POUR ABSTENTION" in one.headings for one in read)


test_what_the_chair_puts_to_the_vote_in_her_words = each(
    lambda words: votes_of(f"Mme Faure : {words}\n\nVOTE\nUNANIMITÉ\n\nM. Perrin : La vase monte.\n"),
    ("remarks", "Y a-t-il des remarques sur le budget du port ? Je le mets aux voix.",
     on("le budget du port", "UNANIMITÉ")),
    ("to the council", "Le bac est vieux. Il est proposé au Conseil d'en acheter un. Cela aidera.",
     on("Il est proposé au Conseil d'en acheter un", "UNANIMITÉ")),
    ("told to vote", "Je vous propose un bac.\n\nMme le Maire demande aux élus de procéder au vote.",
     on("Je vous propose un bac", "UNANIMITÉ")),
    names=FIRST,
)  # fmt: skip


def test_the_title_of_the_minutes_of_a_meeting_is_not_what_was_voted_on() -> None:
    said = "Compte rendu du conseil du {} mai 2024\n\nMme Faure : {}\n\nVOTE\nUNANIMITÉ\n\nM. Perrin : La vase monte.\n"
    text = "\n".join((said.format(4, "La parole est à M. Perrin."), said.format(25, "Je vous propose un bac.")))
    read = read_minutes("note", blocks_of_text(text, is_markdown=False)).entries
    assert [one.about for entry in read for one in entry.positions] == ["Je vous propose un bac."]


def test_votes_at_the_end_of_a_line_are_those_of_its_words() -> None:
    text = "Le bac\n\n- Un bac le dimanche (vote = 5)\n- Un banc sur le quai (3 voix).\n- Le quai (voix haute)\n"
    read = read_minutes("note", blocks_of_text(text, is_markdown=True)).entries
    assert [(one.text, one.votes) for one in read] == [
        ("Un bac le dimanche", 5),
        ("Un banc sur le quai", 3),
        ("Le quai (voix haute)", None),
    ]


def test_what_a_vote_chose_is_decided() -> None:
    assert list(votes_of("## Le bac\n\nÀ l'issue d'un vote, « Mouette » a été choisi.\n")) == [
        "À l'issue d'un vote, « Mouette » a été choisi"
    ]
    assert votes_of("## Le bac\n\nAprès un vote, « Mouette » n'a pas été choisi.\n") == {}
