"""The forms of votes and decisions in French minutes, each with what it is on; and what looks like one and is none.

The patterns that came before this grammar told 91 of the first 178 of these cases; it tells them all, and those since.

What is told: `ce qui est voté | pour 12, contre 3 | adopté`, in the words of the minutes.
"""

from labelled import each

from pipeline.contracts.tables import VOTE
from pipeline.ingest.formats.blocks import blocks_of_text
from pipeline.ingest.formats.minutes import read_minutes

HEAD = "# Conseil du port du 4 mai 2024\n\nPrésents : Mme Odile Faure, maire, M. Jean Perrin, Mme Lucie Morel\n\n"
PUT = "Un bac le dimanche aussi"


def told(text: str) -> list[str]:
    """What minutes tell of votes and decisions: `on what | its voices | what was decided`."""
    found: dict[str, tuple[dict[str, int], list[str]]] = {}
    for entry in read_minutes("note", blocks_of_text(HEAD + text + "\n", is_markdown=True)).entries:
        for one in entry.positions:
            voices, decided = found.setdefault(one.about.rstrip(" .:?"), ({}, []))
            if one.evidence == VOTE:
                voices[one.side] = voices.get(one.side, 0) + one.n
            else:
                decided.append(one.answer.strip(" ."))
    return [
        f"{about} | {', '.join(f'{side} {n}' for side, n in voices.items())} | {' ; '.join(decided)}"
        for about, (voices, decided) in found.items()
    ]


def under_what_is_put(result: str) -> str:
    """What the line under a proposal tells of it; what is told of anything else, whole."""
    found = told(f"## Le bac\n\n{PUT}.\n\n{result}")
    return " ".join(one.removeprefix(f"{PUT} | ") for one in found)


test_result_of_what_was_put = each(
    under_what_is_put,
    ("12 pour, 3 contre, 2 abstentions", "pour 12, contre 3, abstention 2 | "),
    ("POUR : 12 - CONTRE : 3", "pour 12, contre 3 | "),
    ("POUR : 12 – CONTRE : 3 – ABST. : 1", "pour 12, contre 3, abstention 1 | "),
    ("Pour 12 / Contre 3 / Abstention 1", "pour 12, contre 3, abstention 1 | "),
    ("Pour (12), contre (3), abstentions (2)", "pour 12, contre 3, abstention 2 | "),
    ("Vote (pour/contre/abstention) : 12/3/2", "pour 12, contre 3, abstention 2 | "),
    ("Douze voix pour, trois contre et une abstention.", "pour 12, contre 3, abstention 1 | "),
    ("Vingt-deux voix pour, trente et une contre.", "pour 22, contre 31 | "),
    ("Pour : vingt-quatre ; contre : trois", "pour 24, contre 3 | "),
    ("Par 12 voix contre 3.", "pour 12, contre 3 | "),
    ("Adopté par 12 voix contre 3.", "pour 12, contre 3 | Adopté"),
    ("Adoptée à 12 voix contre 3, 2 abstentions.", "pour 12, contre 3, abstention 2 | Adoptée"),
    ("Approuvé à 12 contre 3.", "pour 12, contre 3 | Approuvé"),
    ("Rejeté par 8 voix contre 5.", "pour 5, contre 8 | Rejeté"),
    ("Retoqué (4 pour, 9 contre).", "pour 4, contre 9 | Retoqué"),
    ("Validé par 10 voix, 2 abstentions.", "pour 10, abstention 2 | Validé"),
    ("Proposition non retenue (4 pour, 9 contre).", "pour 4, contre 9 | non retenue"),
    ("La proposition n'est pas retenue (4 pour, 9 contre).", "pour 4, contre 9 | non retenue"),
    ("Votes pour : 12. Votes contre : 3. Abstentions : 0.", "pour 12, contre 3 | "),
    ("Résultat du vote : oui 14, non 3, blanc 1", "pour 14, contre 3, abstention 1 | "),
    ("Oui : 14 / Non : 3", "pour 14, contre 3 | "),
    ("Favorables : 9, défavorables : 4, sans avis : 2", "pour 9, contre 4, sans 2 | "),
    ("9 mains levées pour, 4 contre.", "pour 9, contre 4 | "),
    ("16 votes exprimés : 12 oui, 4 non.", "pour 12, contre 4 | "),
    ("11 personnes sur 15 sont pour, 4 sont contre.", "pour 11, contre 4 | "),
    ("Pour : 12 (dont 2 pouvoirs), contre : 3", "pour 12, contre 3 | "),
    ("La proposition recueille 12 voix pour et 3 contre ; elle est adoptée.", "pour 12, contre 3 | adoptée"),
    ("La proposition est adoptée : 12 voix pour, 3 voix contre.", "pour 12, contre 3 | adoptée"),
    ("Après vote, la proposition est approuvée à 12 voix contre 3.", "pour 12, contre 3 | approuvée"),
    ("Adopté à bulletin secret par 12 voix contre 3.", "pour 12, contre 3 | Adopté"),
    ("Adopté à main levée.", " | Adopté"),
    ("Adopté à l'unanimité.", " | Adopté à l'unanimité"),
    ("Adoptée à l'unanimité moins une abstention.", " | Adoptée à l'unanimité moins une abstention"),
    ("Unanimité pour.", " | Unanimité"),
    ("À l'unanimité.", " | À l'unanimité"),
    ("Vote favorable à l'unanimité.", " | à l'unanimité"),
    ("Avis favorable à l'unanimité.", " | à l'unanimité"),
    ("Adopté à la majorité des deux tiers (14 pour, 3 contre).",
     "pour 14, contre 3 | Adopté à la majorité des deux tiers"),
    ("Refusé à la majorité.", " | Refusé à la majorité"),
    ("Refusé à l'unanimité.", " | Refusé à l'unanimité"),
    ("Adopté par consensus.", " | Adopté par consensus"),
    ("Validé par consentement.", " | Validé par consentement"),
    ("Adopté sans objection.", " | Adopté sans objection"),
    ("Adopté sans opposition.", " | Adopté sans opposition"),
    ("Approuvé par acclamation.", " | Approuvé par acclamation"),
    ("Pas d'objection : adopté.", " | adopté"),
    ("Aucune opposition, adopté.", " | adopté"),
    ("Consensus.", " | Consensus"),
    ("8 voix pour, quorum non atteint.", "pour 8 | quorum non atteint"),
    ("8 pour, 1 contre, sans quorum.", "pour 8, contre 1 | sans quorum"),
    ("Le quorum n'est pas atteint : 8 pour, 1 contre.", "pour 8, contre 1 | quorum non atteint"),
    ("Vote nul (7 pour, 7 contre).", "pour 7, contre 7 | Vote nul"),
    ("Vote annulé.", " | Vote annulé"),
    ("6 pour, 6 contre : le vote est reporté.", "pour 6, contre 6 | reporté"),
    ("Le vote est reporté au 3 juin.", " | reporté au 3 juin"),
    ("Le vote est reporté faute de quorum.", " | reporté faute de quorum"),
    ("Le vote n'est pas possible.", " | Le vote n'est pas possible"),
    ("Point ajourné.", " | ajourné"),
    ("Motion retirée.", " | retirée"),
    ("| Pour | 12 |\n|---|---|\n| Contre | 3 |\n| Abstentions | 2 |", "pour 12, contre 3, abstention 2 | "),
    ("| Pour | Contre | Abstention |\n|---|---|---|\n| 12 | 3 | 2 |", "pour 12, contre 3, abstention 2 | "),
    ("Pour : Lucie Morel, Jean Perrin, Odile Faure. Contre : Paul Vidal.", "pour 3, contre 1 | "),
    ("Ont voté contre : M. Vidal, Mme Prat", "contre 2 | "),
    ("M. Vidal et Mme Prat s'abstiennent.", "abstention 2 | "),
    ("M. Vidal vote contre.", "contre 1 | "),
    ("Votent en faveur : Mmes et MM. Faure, Perrin, Morel (3)\nVotent contre : MM. Vidal, Roux (2)",
     "pour 3, contre 2 | "),
    ("9 personnes se prononcent pour l'achat, 3 contre et 2 s'abstiennent.", "pour 9, contre 3, abstention 2 | "),
    ("Proposé par : Mme Faure. Appuyé par : M. Perrin. Adopté à l'unanimité.", "Le bac |  | Adopté à l'unanimité"),
    ("Cette résolution, mise aux voix, est adoptée à l'unanimité.", " | adoptée à l'unanimité"),
    ("Le bac fait consensus. Il est adopté à l'unanimité.", " | adopté à l'unanimité"),
    ("Mme Morel : pour\nM. Perrin : pour\nM. Vidal : contre", "pour 2, contre 1 | "),
)  # fmt: skip


test_result_with_its_object = each(
    lambda text: " ".join(told(f"## Divers\n\nLa vase monte.\n\nLe quai glisse.\n\n{text}")),
    ("Les statuts sont adoptés par 12 voix contre 3.", "Les statuts | pour 12, contre 3 | adoptés"),
    ("La motion pour la halle est rejetée par 9 voix contre 4.",
     "La motion pour la halle | pour 4, contre 9 | rejetée"),
    ("L'amendement de Mme Roux est retoqué (4 pour, 9 contre).",
     "L'amendement de Mme Roux | pour 4, contre 9 | retoqué"),
    ("Le bilan est validé par consensus.", "Le bilan |  | validé par consensus"),
    ("Le budget a été approuvé sans opposition.", "Le budget |  | approuvé sans opposition"),
    ("Le budget est approuvé à l'unanimité.", "Le budget |  | approuvé à l'unanimité"),
    ("Le devis du ponton est accepté à l'unanimité des présents.",
     "Le devis du ponton |  | accepté à l'unanimité des présents"),
    ("L'assemblée adopte le budget par 14 voix contre 2.", "L'assemblée adopte le budget | pour 14, contre 2 | "),
    ("Par 12 voix pour et 3 contre, l'assemblée adopte la charte du port.",
     "l'assemblée adopte la charte du port | pour 12, contre 3 | "),
    ("L'assemblée générale approuve le bilan à l'unanimité.",
     "L'assemblée générale approuve le bilan |  | à l'unanimité"),
    ("Le conseil vote le budget à l'unanimité.", "Le conseil vote le budget |  | à l'unanimité"),
    ("Le conseil, à l'unanimité des membres présents et représentés, décide d'ouvrir la halle le samedi.",
     "décide d'ouvrir la halle le samedi |  | à l'unanimité des membres présents et représentés"),
    ("Le bureau, sur proposition du maire, à l'unanimité, avec 9 voix « pour », approuve la charte du port.",
     "approuve la charte du port | pour 9 | à l'unanimité"),
    ("Le conseil adopte le budget de la régie, à l'unanimité des présents, avec 25 voix pour.",
     "Le conseil adopte le budget de la régie | pour 25 | à l'unanimité des présents"),
    ("Le conseil rejette à l'unanimité la vente de la cale.",
     "Le conseil rejette à l'unanimité la vente de la cale |  | "),
    ("Sont adoptés à l'unanimité : le bilan moral et le budget.",
     "le bilan moral et le budget |  | adoptés à l'unanimité"),
    ("Le bal du 14 juillet : 12 pour, 3 contre.", "Le bal du 14 juillet | pour 12, contre 3 | "),
    ("Création d'une crèche : adoptée à l'unanimité.", "Création d'une crèche |  | adoptée à l'unanimité"),
    ("Création d'une crèche – 12 pour, 3 contre", "Création d'une crèche | pour 12, contre 3 | "),
    ("Motion de la halle (12 pour, 3 contre, adoptée)", "Motion de la halle | pour 12, contre 3 | adoptée"),
    ("12 voix pour la motion de la halle, 3 contre.", "la motion de la halle | pour 12, contre 3 | "),
    ("Odile Faure est élue présidente par 12 voix contre 3.",
     "Odile Faure est élue présidente | pour 12, contre 3 | "),
    ("Lucie Morel est élue trésorière à l'unanimité.", "Lucie Morel est élue trésorière à l'unanimité |  | "),
    ("Vente de la cale : 8 pour, sans quorum.", "Vente de la cale | pour 8 | sans quorum"),
    ("Le règlement n'est pas adopté (5 pour, 9 contre).", "Le règlement | pour 5, contre 9 | non adopté"),
    ("Faute de quorum, le vote sur la cale est reporté à juin.",
     "Faute de quorum, le vote sur la cale |  | reporté à juin"),
    ("Quitus est donné au trésorier à l'unanimité.", "Quitus est donné au trésorier à l'unanimité |  | "),
    ("Mme Faure et M. Perrin sont désignés à l'unanimité pour tenir la criée.",
     "Mme Faure et M. Perrin sont désignés à l'unanimité pour tenir la criée |  | "),
    ("L'assemblée vote contre le parking (3 pour, 14 contre).",
     "L'assemblée vote contre le parking | pour 3, contre 14 | "),
    ("Le vote donne 10 voix pour et 4 voix contre : le règlement est adopté.\n\nLe texte recueille 10 oui et 4 non.",
     "le règlement | pour 10, contre 4 | adopté"),
    ("## Résolution 1 : les comptes — adoptée à l'unanimité.\n\nLa vase est chère.",
     "Résolution 1 : les comptes |  | adoptée à l'unanimité"),
    ("Le vote du budget est reporté à la prochaine séance.",
     "Le vote du budget |  | reporté à la prochaine séance"),
    ("Le vote des comptes n'est pas possible.", "Le vote des comptes n'est pas possible |  | "),
    ("Le vote sur la cale n'a pas pu avoir lieu.", "Le vote sur la cale n'a pas pu avoir lieu |  | "),
    ("Nous avons revu les règles du port (le tout a été adopté par consensus) :\n\n- Le bac part à l'heure.\n"
     "- Le quai est libre.", "Nous avons revu les règles du port |  | adopté par consensus"),
    ("Voici les règles :\n\n- Le bac part à l'heure.\n- Le quai est libre.\n\nLe tout est adopté par consensus.",
     "Divers |  | adopté par consensus"),
    ("Fermer la cale ? 3 pour, 12 contre", "Fermer la cale | pour 3, contre 12 | "),
)  # fmt: skip


def test_choices_that_are_put_to_the_vote_together_have_each_their_voices_and_people_are_not_named() -> None:
    rows = [
        "Nombre de votants | 22",
        "---|---",
        "Ne prennent pas part au vote | 0",
        "S'abstiennent | 4",
        "{} | 7",
        "{} | 11",
    ]
    table = "\n".join(f"| {row} |" for row in rows)
    text = HEAD + "## La fête\n\n" + table.format("Au pont du nord", "Sur le quai")
    entries = read_minutes("note", blocks_of_text(text, is_markdown=True)).entries
    voices = [(one.n, one.answer) for entry in entries for one in entry.positions]
    assert voices == [(4, "S'abstiennent"), (7, "Au pont du nord"), (11, "Sur le quai")]
    assert told("## Le bureau\n\n" + table.format("Omar Kervella", "Jeanne Morvan")) == []


test_decision_without_vote = each(
    lambda text: " ".join(told(f"## Divers\n\nLa vase monte.\n\n{text}")),
    ("Il est décidé que le bac roule le dimanche.", "Il est décidé que le bac roule le dimanche |  | "),
    ("Le comité valide cette demande.", "Divers |  | "),
    ("Il est acté que le quai sera refait.", "Il est acté que le quai sera refait |  | "),
    ("Est acté le principe d'une fête du port.", "Est acté le principe d'une fête du port |  | "),
    ("Acté : une fête du port en mai.", "une fête du port en mai |  | "),
    ("Décision : une fête du port en mai.", "une fête du port en mai |  | "),
    ("On décide : une fête du port en mai.", "une fête du port en mai |  | "),
    ("Nous avons fixé un minimum d'une fête par mois.", "Nous avons fixé un minimum d'une fête par mois |  | "),
    ("Nous avons choisi le pont du nord pour la fête.", "Nous avons choisi le pont du nord pour la fête |  | "),
    ("Nous avons convenu de refaire le quai.", "Nous avons convenu de refaire le quai |  | "),
    ("Nous nous sommes mis d'accord pour refaire le quai.",
     "Nous nous sommes mis d'accord pour refaire le quai |  | "),
    ("Le groupe s'accorde pour refaire le quai.", "Le groupe s'accorde pour refaire le quai |  | "),
    ("Les présents ont convenu de refaire le quai.", "Les présents ont convenu de refaire le quai |  | "),
    ("On a décidé de refaire le quai.", "On a décidé de refaire le quai |  | "),
    ("La décision est prise de refaire le quai.", "La décision est prise de refaire le quai |  | "),
    ("Il a été décidé collectivement de refaire le quai.", "Il a été décidé collectivement de refaire le quai |  | "),
    ("Par consensus, le groupe garde le vieux ponton.", "Par consensus, le groupe garde le vieux ponton |  | "),
    ("Une décision consensuelle sépare la criée et le marché.",
     "Une décision consensuelle sépare la criée et le marché |  | "),
    ("Le principe d'une fête est retenu.", "Le principe d'une fête est retenu |  | "),
    ("La date du 3 mai est retenue.", "La date du 3 mai est retenue |  | "),
    ("Le bureau a validé le devis du ponton.", "Le bureau a validé le devis du ponton |  | "),
    ("Décidé : une fête du port en mai.", "une fête du port en mai |  | "),
    ("Les membres présents approuvent à mains levées le rapport moral.",
     "Les membres présents approuvent à mains levées le rapport moral |  | "),
    ("L'achat du four est donc validé.", "L'achat du four est donc validé |  | "),
    ("L'assemblée décide de refaire le quai.", "L'assemblée décide de refaire le quai |  | "),
    ("## Décisions\n\n- Refaire le quai\n- Le bac part à 8 h", "Refaire le quai |  |  Le bac part à 8 h |  | "),
    ("## Relevé de décisions\n\n- Refaire le quai\n- Garder le bac", "Refaire le quai |  |  Garder le bac |  | "),
)  # fmt: skip


test_what_is_no_vote = each(
    lambda text: told(f"## Divers\n\nLa vase monte.\n\nLe quai glisse.\n\n{text}"),
    "On vote à la majorité des deux tiers.",
    "Si on ne parvient pas au consentement, on vote à la majorité.",
    "Les 2/3 sont nécessaires pour adopter une motion.",
    "L'unanimité est requise pour changer les statuts.",
    "Pour être adoptée, une motion doit recueillir 10 voix pour et moins de 3 contre.",
    "Une motion est adoptée si elle recueille 10 voix pour.",
    "Le quorum est de 15 personnes.",
    "On ne vote pas.",
    "On ne vote pas ce soir, il y a 8 pour et 3 contre dans la salle mais pas de débat.",
    "Si 12 votent pour et 3 contre, on ouvre.",
    "S'il y a 8 pour et 7 contre, que fait-on ?",
    "Si le budget est adopté à l'unanimité, on draguera.",
    "Le budget sera adopté à l'unanimité en juin.",
    "Le budget serait adopté par 12 voix contre 3.",
    "Le budget doit être adopté à la majorité.",
    "Le budget pourrait être rejeté par 8 voix contre 7.",
    "Nous voterons pour le bac.",
    "Le vote aura lieu le 3 juin.",
    "Il faudrait voter à l'unanimité.",
    "Que le budget soit adopté à l'unanimité nous surprend.",
    "On a voté au conseil municipal sur un projet d'école.",
    "Tu as voté toutes les délibérations.",
    "L'an dernier, l'assemblée avait adopté le budget à l'unanimité.",
    "En 2019, la motion a été rejetée par 8 voix contre 6.",
    "Le Sénat a adopté la loi par 200 voix contre 130.",
    "À l'Assemblée nationale, la loi a été adoptée par 300 voix contre 200.",
    "La mairie avait dit que le projet avait été adopté par 20 voix contre 9.",
    "La région a voté le plan par 40 voix contre 30.",
    "Lutter contre le bruit : 3 actions, 2 pour les jeunes.",
    "La lutte contre le bruit : 12 mesures.",
    "2 bancs pour les enfants, 3 contre le mur.",
    "Il y a 12 places pour 30 bateaux, contre 15 avant.",
    "Pour 12 familles, contre vents et marées.",
    "Un budget de 12 contre 15 millions en 2023.",
    "9 sont plutôt pour la cale, 3 contre et 2 s'abstiennent.",
    "Ce n'est pas possible de voter le soir.",
    "La proposition de M. Vidal n'est pas possible.",
    "12 000 habitants contre 15 000 il y a dix ans.",
    "Le club a gagné 3 contre 2.",
    "Trois contre un, ce n'est pas loyal.",
    "62 % sont pour, 30 % contre dans le sondage.",
    "Dans l'enquête, 62 personnes sont pour et 30 contre.",
    "Sur 100 habitants interrogés, 62 sont pour, 30 contre.",
    "20 % d'abstention aux dernières élections.",
    "80 % des habitants ont voté.",
    "12 personnes ont voté pour la liste de gauche.",
    "Voter pour une liste ne suffit pas.",
    "Le vote blanc doit être compté.",
    "Le projet a été refusé par la mairie.",
    "Les lois adoptées en 2019 dorment.",
    "La famille a adopté un chien.",
    "Qui est pour ? Qui est contre ?",
    "On décide trop vite.",
    "La mairie décide de tout.",
    "Nous n'avons rien décidé.",
    "Nous avons choisi de vivre ici.",
    "On a adopté une poule.",
    "Le conseil municipal a voté contre le projet en mars.",
    "On compte 3 voix pour le quai nord, 5 pour le quai sud.",
    "La pétition a 300 signatures pour et aucune contre.",
    "12 personnes contre le quai ont signé.",
    "Le projet a été validé par l'État.",
    "Nous avons fixé les rames au quai avec des clous.",
    "Il n'y a pas de consensus.",
    "Le consensus est mou.",
    "Sans quorum, rien ne se décide.",
    "Le bac est reporté sur la carte.",
    "Les dates retenues par la mairie sont mauvaises.",
    is_told=[],
)  # fmt: skip


test_one_vote_told_twice_is_one = each(
    told,
    (f"## Le bac\n\n{PUT}.\n\nPour : 12, contre : 3\n\nLa proposition est adoptée par 12 voix contre 3.",
     [f"{PUT} | pour 12, contre 3 | adoptée"]),
    (f"## Le bac\n\n{PUT}.\n\n12 pour, 3 contre.\n\nOnt voté contre : M. Vidal, Mme Prat, M. Roux",
     [f"{PUT} | pour 12, contre 3 | "]),
    ("## Budget\n\n- 0 vote contre.\n- 100 % pour.\n\nDonc le budget est approuvé à l'unanimité.",
     ["le budget |  | approuvé à l'unanimité"]),
    (f"## Le bac\n\n{PUT} : 12 pour, 3 contre.\n\n## Décisions\n\n- {PUT} : adopté par 12 voix contre 3.",
     [f"{PUT} | pour 12, contre 3 | adopté"]),
)  # fmt: skip
