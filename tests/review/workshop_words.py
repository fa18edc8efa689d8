"""What was said in the small workshop: four tables, two recordings, all axes, hard words."""

HOSTILE = (
    "<script>document.title='pirate'</script> le bus ne passe plus",
    "{{7*7}} personne ne sait qui contacter {{ config }}",
    "=cmd|' /C calc'!A0",
    "Il faudrait un lieu commun. " + "encore " * 5000,
)
SPEECH: dict[str, tuple[str, tuple[str, ...]]] = {
    "est:bus": (
        "Pas assez de bus le soir",
        (
            "Il n'y a plus de bus après 18 h",
            "Pas de bus le dimanche, les jeunes restent chez eux",
            "Le bus ne passe pas dans les hameaux",
            "Sans voiture on ne peut pas venir aux ateliers",
            "Les horaires de bus ne vont pas avec ceux du collège",
        ),
    ),
    "est:temps": (
        "Le temps manque pour se coordonner",
        (
            "On n'a pas le temps de se rencontrer entre structures",
            "Les réunions se chevauchent, personne ne vient",
            "Chacun court, on ne se croise jamais",
            "Aucun temps payé pour coopérer",
        ),
    ),
    "est:papiers": (
        "Des démarches en ligne qui perdent les gens",
        (
            "Les démarches en ligne perdent les personnes âgées",
            "Personne ne répond au téléphone de la préfecture",
            "On remplit trois fois le même dossier",
        ),
    ),
    "sud:covoiturage": (
        "Monter un covoiturage entre structures",
        (
            "On pourrait covoiturer entre associations",
            "Il faudrait une navette partagée le mercredi",
            "Mettre en commun nos minibus",
            "Une plateforme de covoiturage du canton",
        ),
    ),
    "sud:agenda": (
        "Tenir un agenda partagé",
        (
            "Faire un agenda commun des réunions",
            "Un calendrier partagé par toutes les structures",
            "Décider ensemble d'une journée sans réunion",
        ),
    ),
    "sud:relais": (
        "Un accueil de proximité",
        ("Ouvrir une permanence numérique dans chaque bourg", "Former des bénévoles à l'aide aux démarches"),
    ),
    "nord:cafe": (
        "Le café associatif rassemble",
        (
            "Le café associatif marche très bien",
            "Merci à l'équipe du café, on s'y retrouve tous",
            "Au café les nouveaux habitants sont accueillis",
        ),
    ),
    "nord:minibus": (
        "Le minibus du centre social existe",
        ("Le centre social prête déjà son minibus", "Le minibus est libre trois jours par semaine"),
    ),
    "ouest:accueil": (
        "Qu'est-ce qu'accueillir ?",
        (
            "Accueillir, est-ce écouter ou orienter ?",
            "Quand quelqu'un pleure au guichet je ferme la porte et je m'assieds",
            "C'est quoi, pour nous, un bon accueil ?",
        ),
    ),
    "ouest:cooperer": (
        "Que veut dire coopérer ?",
        ("Coopérer n'est pas faire à la place", "Comment apprend-on à coopérer ?"),
    ),
}
WEAK = (
    ("est", "Le local est froid en hiver"),
    ("sud", "Planter une haie autour de la salle"),
    ("nord", "La fanfare du village 🎺 fait danser tout le monde"),
    ("ouest", "Le silence fait partie du métier"),
    ("sud", HOSTILE[3]),
    ("est", HOSTILE[2]),
)
REJECTS = [
    {"source": "postits.csv", "locator": "ligne 9", "reason": "ligne_de_test", "detail": "ligne d'essai"},
    {"source": "enquete.csv", "locator": "ligne 4", "reason": "vide", "detail": "cellule vide"},
]
OFF_AXIS = ("RAS", "Bonjour à toutes et tous", "Idem")
THEMES = (("t-mobilite", "Se déplacer"), ("t-ensemble", "Travailler ensemble"), ("t-accueil", "Accueillir"))
THEME_OF = {"bus": 0, "covoiturage": 0, "minibus": 0, "temps": 1, "agenda": 1, "cooperer": 1}
TOGETHER = 0.4
NEAR = (
    ("Sans voiture on ne peut pas venir aux ateliers", "Les réunions se chevauchent, personne ne vient", 0.35),
    ("Mettre en commun nos minibus", "Faire un agenda commun des réunions", 0.3),
    ("Le local est froid en hiver", "Personne ne répond au téléphone de la préfecture", 0.2),
    ("Le local est froid en hiver", HOSTILE[2], 0.15),
    ("Personne ne répond au téléphone de la préfecture", "Chacun court, on ne se croise jamais", 0.12),
)
"""Likeliest pairs beside those of a group, which are `TOGETHER` from one idea to the next."""
LINKS = (("est:bus", "sud:covoiturage"), ("est:bus", "nord:minibus"), ("est:temps", "sud:agenda"))
