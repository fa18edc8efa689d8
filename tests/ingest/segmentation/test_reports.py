"""Reports already written: where what is reported begins, and which documents are reports."""

from labelled import FIRST, each, false_of, true_of

from pipeline.ingest.segmentation.reports import begins_with_saying, is_report, reported_from, tells_of_many

SENTENCES = [
    ("that", "Il a été souligné que les gradins sont vides.", "les gradins sont vides."),
    ("elided", "Il a été dit qu'on manque de bancs.", "on manque de bancs."),
    ("to do", "Il est proposé de rouvrir la halle.", "rouvrir la halle."),
    ("a noun", "Il a été évoqué la nécessité d'un abri.", "la nécessité d'un abri."),
    ("a subjunctive", "Il a été demandé que le bassin soit chauffé.", "que le bassin soit chauffé."),
    ("people nobody names", "Les participants soulignent que le bail finit.", "le bail finit."),
    ("in the past", "Le groupe a rappelé l'importance du relais.", "l'importance du relais."),
    ("a feeling is what was said", "Le public regrette la fin du bal.", "Le public regrette la fin du bal."),
    ("somebody named", "Le trésorier indique un déficit.", "Le trésorier indique un déficit."),
    ("a name", "Mme Vidal rappelle que la salle est froide.", "la salle est froide."),
    ("initials", "FB nous indique que les bancs seront posés.", "les bancs seront posés."),
    ("what one asks", "M. Morin demande que le quai soit fermé.", "que le quai soit fermé."),
    ("what one makes known", "Les riverains font remarquer que les camions passent.", "les camions passent."),
    ("who speaks of herself", "Mme Vidal dit qu'elle part.", "Mme Vidal dit qu'elle part."),
    ("a part is told", "Le maire répond que le quai rouvrira.", "Le maire répond que le quai rouvrira."),
    ("a fear is what was said", "Mme Vidal craint que le car parte.", "Mme Vidal craint que le car parte."),
    ("no report", "On demande un banc.", "On demande un banc."),
    ("what others say", "On nous dit que le bac coûte trop cher.", "On nous dit que le bac coûte trop cher."),
    ("what they believe", "Ils disent que la halle est vide.", "Ils disent que la halle est vide."),
    ("of another day", "Mme Vidal avait rappelé que le toit fuit.", "Mme Vidal avait rappelé que le toit fuit."),
]  # fmt: skip

test_reported_from = each(lambda sentence: sentence[reported_from(sentence) :], *SENTENCES, names=FIRST)

test_says = true_of(
    begins_with_saying,
    "s'engage à chiffrer le toit", "avait demandé un devis", "s'est étonnée du prix", "n'avait pas compris que",
    "s'en étonne", "s’inquiétera du bruit", "regrettait la fermeture", "aurait préféré un bac", "se dit prêt",
    "s'est dit favorable", "ne regrette pas la vente", "nous expliquait le four", "s'est aussi interrogé sur",
    "se félicite du marché", "s'y oppose", "n'y est pas favorable", "s'est proposé pour la buvette",
)  # fmt: skip
test_does = false_of(
    begins_with_saying,
    "s'est levé", "a réparé le toit", "avait un banc", "s'occupe du four", "se rend au port", "trouvera un devis",
    "est arrivé", "s'arrête au bourg", "avait pris la clé", "demeurera au port",
)  # fmt: skip
test_of_many_or_of_a_body = true_of(
    tells_of_many,
    "Plusieurs habitants s'étaient inquiétés du bruit.", "Le conseil municipal décide de reporter la vente.",
    "La commission des travaux a validé le devis.", "Le bureau propose un bac.",
    "L'assemblée générale constate la vacance.",
)  # fmt: skip
test_of_a_thing = false_of(
    tells_of_many, "La commune manque d'argent.", "Le conseil se réunit en mars.", "La ville a perdu dix emplois."
)


def test_a_report_is_told_by_the_share_of_its_sentences() -> None:
    report = [
        "Il a été rappelé que la salle est froide. Les participants ont souligné le bruit.",
        "Il est proposé de déplacer la scène. La séance est levée à vingt heures.",
    ]
    assert is_report(report)
    assert not is_report([*report, *["Plus de bancs au parc. De l'ombre au marché."] * 8])
    assert not is_report(["Il a été rappelé que la salle est froide."])
