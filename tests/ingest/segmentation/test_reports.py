"""Reports already written: where what is reported begins, and which documents are reports."""

from labelled import FIRST, each

from pipeline.ingest.segmentation.reports import is_report, reported_from

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
]  # fmt: skip

test_reported_from = each(lambda sentence: sentence[reported_from(sentence) :], *SENTENCES, names=FIRST)


def test_a_report_is_told_by_the_share_of_its_sentences() -> None:
    report = [
        "Il a été rappelé que la salle est froide. Les participants ont souligné le bruit.",
        "Il est proposé de déplacer la scène. La séance est levée à vingt heures.",
    ]
    assert is_report(report)
    assert not is_report([*report, *["Plus de bancs au parc. De l'ombre au marché."] * 8])
    assert not is_report(["Il a été rappelé que la salle est froide."])
