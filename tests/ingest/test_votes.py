"""Counted votes as minutes write them, and what is none."""

from labelled import FIRST, each

from pipeline.ingest.votes import Result, decided_in, is_decision, result_of, results_in

RESULTS: list[tuple[str, str, Result | None]] = [
    ("numbers first", "Draguer le chenal cet hiver : 12 pour, 3 contre, 1 abstention",
     Result(12, 3, "", False, 1, subject="Draguer le chenal cet hiver")),
    ("one number against another", "Les statuts du port sont adoptés par 9 voix contre deux ; 1 abstention.",
     Result(9, 2, "adoptée", False, 1)),
    ("those against, then who abstained", "4 voix contre 2 abstentions", Result(None, 4, "", True, 2)),
    ("voices said twice", "Le chenal est adopté par 12 voix contre 3 voix et 2 abstentions.",
     Result(12, 3, "adoptée", True, 2)),
    ("sides in a row", "12 pour 3 contre 1 abstention", Result(12, 3, "", True, 1)),
    ("sides in a row, numbers last", "Pour 12 contre 3", Result(12, 3, "", True)),
    ("more votes than voters", "Sur 15 votants, 12 pour et 5 contre : adopté.", None),
    ("as many votes as voters", "18 présents : 11 pour, 4 contre, 3 abstentions.", Result(11, 4, "", True, 3)),
    ("votes of the absent", "12 pour, 1 contre (10 présents, 3 pouvoirs)", Result(12, 1, "", True)),
    ("an offer", "2 pour 1 en ce moment, c'est 3 contre 1.", None),
    ("all but one", "Adopté à l'unanimité moins une voix.", Result(None, None, "adoptée", True)),
    ("a number in a name", "Le port a accepté l'aide covid-19 pour les pêcheurs.", None),
    ("two choices", "7 pour la cale du nord, 5 pour celle du sud, 3 contre", None),
    ("a signature", "Lu et approuvé", None),
    ("numbers last", "Pour : 4, contre : 2", Result(4, 2, "", True)),
    ("agreements", "4 accords", Result(4, None, "", True)),
    ("disagreements", "10 désaccords", Result(None, 10, "", True)),
    ("what was decided", "Proposition rejetée.", Result(None, None, "rejetée", True)),
    ("a report", "Rapport moral approuvé à l'unanimité.", Result(None, None, "adoptée", True)),
    ("who was there", "15 présent·e·s - 1 vote en anticipé", Result(None, None, "", True)),
    ("all sides", "Pour : 7 / Contre : 15 / Abstentions : 3", Result(7, 15, "", True, 3)),
    ("in brackets", "Adopté à la majorité (une voix contre, deux abstentions)", Result(None, 1, "adoptée", True, 2)),
    ("who was against", "ADOPTÉ À LA MAJORITÉ (2 voix contre : Mme Louvel – M. Aubry)",
     Result(None, 2, "adoptée", True)),
    ("hands", "À main levée, 17 personnes sont pour, 9 contre et 4 s'abstiennent.", Result(17, 9, "", True, 4)),
    ("without side", "Bac neuf : 31 favorables, 2 défavorables, 5 sans avis.",
     Result(31, 2, "", False, None, 5, "Bac neuf")),
    ("voices", "Délibération adoptée par 21 voix pour, 6 contre et 4 abstentions.", Result(21, 6, "adoptée", True, 4)),
    ("all agree", "Adoptée à l'unanimité.", Result(None, None, "adoptée", True)),
    ("after a debate, by most", "Le conseil, après en avoir délibéré, à la majorité (2 abstentions) :",
     Result(None, None, "adoptée", True, 2, is_of_point=True)),
    ("by most, then after a debate", "Le bureau, à la majorité des voix, après en avoir délibéré :",
     Result(None, None, "adoptée", True, is_of_point=True)),
    ("turned down after a debate", "Après en avoir délibéré, à l'unanimité moins une abstention, rejette la demande.",
     Result(None, None, "rejetée", True, is_of_point=True)),
    ("capitals", "PROPOSITION REJETEE", Result(None, None, "rejetée", True)),
    ("capitals of all", "ADOPTEE A L'UNANIMITE", Result(None, None, "adoptée", True)),
    ("not adopted", "Proposition non adoptée.", Result(None, None, "rejetée", True)),
    ("a reserve", "Adopté sous réserve.", Result(None, None, "Adopté sous réserve", True)),
    ("a lesser sum", "Fanfare : 8 pour, 2 contre. ADOPTE A HAUTEUR DE 300€",
     Result(8, 2, "ADOPTE A HAUTEUR DE 300€", False, subject="Fanfare")),
    ("a sum is no mere result", "Bancs : 900€. ADOPTE", None),
    ("a verb", "J'adopte un chien", None),
    ("laws", "Les lois adoptées en 2019 dorment", None),
    ("what is for whom", "2 pour les enfants, 3 pour les grands, et un banc", None),
    ("one number, no vote", "Trois bancs pour les anciens, 3 pour les jeunes", None),
    ("people", "Un banc pour 4 personnes", None),
    ("a refusal", "C'est refusé", None),
    ("a sentence", "Le projet de piscine a été refusé", None),
]  # fmt: skip

test_result = each(result_of, *RESULTS, names=FIRST)


def test_positions_are_those_who_were_counted() -> None:
    result = result_of("Pour : 7, contre : 0, abstentions : 3")
    assert result is not None
    assert [(one.side, one.n, one.about) for one in result.positions("le bac")] == [
        ("pour", 7, "le bac"), ("abstention", 3, "le bac"),
    ]  # fmt: skip


test_decision_on_what_stands_before = each(
    is_decision,
    ("ADOPTE A HAUTEUR DE 300€", True),
    ("Adoptée à l’unanimité sous réserve du devis.", True),
    ("Reporté à la prochaine réunion", True),
    ("Retiré.", True),
    ("J’adopte", False),
    ("Un projet adopté par les habitants", False),
    ("Les lois adoptées en 2019", False),
    ("Adopté par les habitants il y a dix ans, le jardin dort", False),
)

test_what_decides_nothing = each(
    decided_in,
    ("Il n'est pas décidé que le bac tourne", ()),
    ("La commune a décidé de fermer", ()),
    ("Un local demandé : refusé", ()),
    ("Les projets qui sont retenus", ()),
    ("La date n'a pas été retenue", ()),
    ("Décisions de la commune : trop lentes", ()),
    ("Qui a décidé de fermer ?", ()),
)

LISTED = [
    ("Le ponton est fixé au 3 mai", True), ("Acheter deux rames", True), ("Un ponton neuf", True),
    ("Le bac roulera le samedi", True), ("On garde le vieux ponton", True),
    ("Dimanche a lieu la fête du port", False), ("Odile a repeint les rames", False),
    ("Odile contacte la mairie", False), ("Les rames ont été repeintes", False), ("Et le bac ?", False),
    ("Le détail : https://port.example", False),
]  # fmt: skip

test_what_is_decided_of_a_list_of_decisions = each(lambda line: bool(decided_in(line, "Décisions")), *LISTED)


def test_what_is_resolved_by_all_is_decided() -> None:
    (told,) = decided_in("Il est résolu à l'unanimité de reporter le bal. La salle est libre.")
    assert told.about == "Il est résolu à l'unanimité de reporter le bal"


def test_who_is_elected_is_decided_where_it_is_said_how() -> None:
    (told,) = decided_in("Odile Faure est élue à la majorité présidente du port.")
    assert told.about == "Odile Faure est élue à la majorité présidente du port"
    assert not decided_in("Odile Faure est élue depuis dix ans.")


test_what_is_unanimous_is_decided = each(
    lambda line: bool(decided_in(line)),
    ("Le bac est intégré au réseau des passeurs (unanimité des présent·e·s).", True),
    ("Entrée des pêcheurs au comité du port : unanimité des présents.", True),
    ("La passerelle est validée à l'unanimité moins une abstention.", True),
    ("La passerelle fait l'unanimité.", False),
    ("Si la passerelle est soutenue à l'unanimité, la région suivra.", False),
    ("Un bac l'été (le plan est validé par 12 voix).", True),
    ("Le comité d'animation décide de repeindre le bac.", True),
    ("Les conseillers saluent le projet et décident de le soutenir.", True),
    ("Les conseillers sont favorables au bac, mais la décision est renvoyée à la prochaine séance.", True),
    ("Le bureau renvoie ce sujet à l'assemblée.", True),
    ("Il faudrait que les conseillers décident de nous répondre.", False),
    ("La commission qui reporte ce sujet nous lasse.", False),
    ("Un bac l'été (le plan est refusé par les habitants).", False),
    ("Les tarifs sont fixés à la majorité des membres.", True),
    ("Les horaires sont limités à la majorité des lignes.", False),
    ("Il est décidé de tout repeindre.", True),
    ("Il est décidé de tout sans nous.", False),
    ("Le comité décide de tout.", False),
    ("Les travaux ne sont pas maintenus à la majorité.", False),
    ("Fermer la passerelle (unanimité contre).", False),
    ("Le comité ne se décide pas (unanimité impossible).", False),
    ("Il faut que tout le monde vote : unanimité ou rien.", False),
)
test_the_present_ones_are_named_as_the_file_spells_them = each(
    lambda line: (result_of(line) or Result(None, None, "", False)).outcome,
    ("Le bilan du port est adopté à l'unanimité des présent·e·s.", "adoptée"),
    ("Le bilan du port est adopté à l'unanimité des membres présents.", "adoptée"),
)


def test_each_result_of_a_text_is_told_with_its_object() -> None:
    told = results_in(
        "Le budget est adopté à l'unanimité moins une voix. Il faudrait draguer. Vote : 12 pour. 3 contre. On dîne."
    )
    assert [(about, one.n_for, one.n_against, one.words) for about, one in told] == [
        ("Le budget", None, None, "adopté à l'unanimité moins une voix"), ("Il faudrait draguer.", 12, 3, ""),
    ]  # fmt: skip


test_each_vote_of_a_text_has_its_own_voices = each(
    lambda text: [(about, one.n_for, one.n_against, one.outcome) for about, one in results_in(text)],
    ("Le bilan est adopté par 12 voix contre 0. Le budget est approuvé par 8 voix contre 4.",
     [("Le bilan", 12, 0, "adoptée"), ("Le budget", 8, 4, "adoptée")]),
    ("Le bilan est approuvé à l'unanimité, 12 pour. Le budget est approuvé par 8 voix contre 4.",
     [("Le bilan", 12, None, "adoptée"), ("Le budget", 8, 4, "adoptée")]),
    ("Motion 1 : 12 pour, 3 contre. Motion 2 : 8 pour, 7 contre.",
     [("Motion 1", 12, 3, ""), ("Motion 2", 8, 7, "")]),
    ("Il faut draguer. Vote : 12 pour. 3 contre. 1 abstention. Adopté.", [("Il faut draguer.", 12, 3, "adoptée")]),
    ("Un ponton neuf. 12 pour. 3 contre. La motion est adoptée.", [("Un ponton neuf.", 12, 3, "adoptée")]),
)  # fmt: skip


test_what_is_decided_while_somebody_speaks = each(
    lambda line: len(decided_in(line, is_turn=True)),
    ("Le quai glisse. Le bac du Val est intégré au réseau (unanimité). On attend le devis.", 1),
    ("Il est convenu que le bac roulera le jeudi. Le collectif décide de racheter des rames.", 2),
    ("L'atelier de voile a remporté les votes à l'unanimité.", 1),
    ("On avait décidé de tout arrêter, et nous avons décidé de partir.", 0),
    ("Il a été décidé de fermer la cale sans nous le dire.", 0),
    ("Si le budget est adopté à l'unanimité, on draguera.", 0),
    ("Tant que la charte n'est pas votée à l'unanimité, on attend.", 0),
    ("La mairie s'engage à nous répondre.", 0),
)


def test_a_huge_line_decides_nothing_and_takes_no_longer_than_another() -> None:
    assert not decided_in("- " * 200_000 + "un train")


def test_what_anybody_accepts_is_no_decision() -> None:
    assert result_of("Ponton flottant adopté") is not None
    assert result_of("Proposition acceptée") is not None
    assert result_of("Ponton flottant accepté ;)") is None
    assert not decided_in("Le ponton nous a plu, vote : accepté")


def test_what_is_decided_is_told_with_its_object() -> None:
    told = "Deux sites sont possibles. On décide finalement de draguer le chenal. On verra pour le quai."
    assert [one.about for one in decided_in(told)] == ["On décide finalement de draguer le chenal"]
    assert decided_in("On commence par refaire le ponton, le reste viendra.")
    assert not decided_in("On décide trop vite.")
    assert not decided_in("On ne décide de rien.")
    assert not decided_in("On commence par le ponton ?")


def test_a_call_to_vote_is_not_what_is_voted_on() -> None:
    assert results_in("C'est compliqué. Quels sont ceux qui sont pour ? Donc c'est approuvé.") == []
    (told,) = results_in("Nous proposons de fermer la rue. Qui est pour ? 12 pour, 3 contre.")
    assert told[0] == "Nous proposons de fermer la rue." and told[1].counts == (("pour", 12), ("contre", 3))
    (told,) = results_in("Le tarif n'a été adopté qu'à la majorité (pour : 44 voix, contre : 4 voix).")
    assert told[0] == "Le tarif" and told[1].n_for == 44
    result = result_of("Acceptée avec 625 voix pour, 423 voix contre, et 1391 voix d’abstention.")
    assert result is not None and result.counts == (("pour", 625), ("contre", 423), ("abstention", 1391))
