"""What a sentence keeps of the ideas that it cites: their reserves, their mood, and which of them says what."""

from labelled import each

from pipeline.assistant.faithful import unfaithful
from pipeline.assistant.support import Support

EST, SUD, NORD, OUEST = "est", "sud", "nord", "ouest"
BOUND, MOOD, TIED = "réserve ou restriction perdue", "souhait et fait confondus", "cause que personne ne dit"
SWAPPED = "qui agit et qui subit échangés"


def cited(*said: tuple[str, str], title: str = "", heading: str = "") -> Support:
    texts, axes = zip(*said, strict=True)
    return Support(texts, 1, (title, heading), axes=axes, n_voices=len(texts), n_heard=6)


LAVOIR = cited(("Le lavoir pourrait peut-être accueillir un marché, si la commune refait le toit", SUD))
TROTTOIRS = cited(("Certains trottoirs sont presque impraticables, surtout pour les poussettes", EST))
CANTINE = cited(("Le goûter est servi froid le mercredi, c'est parfois un peu juste pour les plus petits", EST))
MARE = cited(("La mare n'est pas très propre", EST))
LIGNE = cited(("Je crois que l'inscription en ligne décourage ceux qui n'ont pas d'ordinateur", EST))
BARRAGE = cited(("Une passerelle légère au barrage de Quelmes", SUD), ("Le sentier du barrage est coupé en hiver", EST))
ATELIER = cited(("Un atelier de réparation tourne à la ressourcerie", NORD), ("Ouvrir un atelier de couture", SUD))
PECHE = cited(("Comment faire venir les jeunes au club de pêche ?", OUEST))
FOUR = cited(("Le four à pain a été rallumé par les anciens", NORD))
MEDECIN = cited(
    ("Le médecin est parti en retraite, du coup on va aux urgences", EST),
    ("La pharmacie ferme à midi", EST),
)

REFUS = cited(("L'association refuse l'aide de la mairie", EST))
OFFERT = cited(("La mairie a proposé un local aux commerçants du bourg", NORD))
CRAINTE = cited(("On craint que les jeunes partent avec la rocade", EST))
ESPOIR = cited(("On espère que la halle rouvrira au printemps", SUD))
DOUTE = cited(("Je doute du retour du marché dans le bourg", EST))
DEMANDE = cited(("Il faudrait que la commune reprenne le moulin", SUD))

test_a_faithful_sentence_stands = each(
    unfaithful,
    ("Un marché au lavoir serait peut-être possible, si la commune en refait le toit.", LAVOIR),
    ("Certains trottoirs sont presque impraticables, surtout pour les poussettes.", TROTTOIRS),
    ("Servi froid le mercredi, le goûter est parfois un peu juste pour les plus petits.", CANTINE),
    ("La mare du bourg n’est pas très propre.", MARE),
    ("Une personne croit que l’inscription en ligne décourage ceux qui n’ont pas d’ordinateur.", LIGNE),
    ("On propose une passerelle légère au barrage de Quelmes, dont le sentier est coupé en hiver.", BARRAGE),
    ("Un atelier de réparation tourne à la ressourcerie, et un autre, de couture, est proposé.", ATELIER),
    ("On se demande comment faire venir les jeunes au club de pêche.", PECHE),
    ("Les anciens ont rallumé le four à pain.", FOUR),
    ("Le médecin étant parti en retraite, on va aux urgences ; la pharmacie ferme à midi.", MEDECIN),
    ("Une association refuse l’aide de la mairie.", REFUS),
    ("L’aide de la mairie est refusée par l’association.", REFUS),
    ("L’aide que refuse l’association est celle de la mairie.", REFUS),
    ("Un local a été proposé par la mairie aux commerçants du bourg.", OFFERT),
    ("Les commerçants du bourg ont un local proposé par la mairie.", OFFERT),
    ("Des jeunes risquent de partir avec la rocade.", CRAINTE),
    ("Le départ des jeunes, avec la rocade, est redouté.", CRAINTE),
    ("On souhaite que la halle rouvre au printemps.", ESPOIR),
    ("Le retour du marché dans le bourg paraît incertain.", DOUTE),
    ("On demande que la commune reprenne le moulin.", DEMANDE),
    ("La commune pourrait reprendre le moulin.", DEMANDE),
    is_told="",
)

test_what_says_more_than_people_did_is_refused = each(
    unfaithful,
    ("Le lavoir pourrait peut-être accueillir un marché.", LAVOIR, BOUND),
    ("Le lavoir accueille un marché, si la commune refait le toit.", LAVOIR, MOOD),
    ("Les trottoirs sont presque impraticables, surtout pour les poussettes.", TROTTOIRS, BOUND),
    ("Certains trottoirs sont impraticables, surtout pour les poussettes.", TROTTOIRS, BOUND),
    ("Certains trottoirs sont presque impraticables.", TROTTOIRS, BOUND),
    ("Le goûter est servi froid.", CANTINE, BOUND),
    ("Le goûter, servi froid le mercredi, est juste pour les plus petits.", CANTINE, BOUND),
    ("La mare n’est pas propre.", MARE, BOUND),
    ("Une personne croit que l’inscription en ligne décourage.", LIGNE, BOUND),
    ("L’inscription en ligne décourage ceux qui n’ont pas d’ordinateur.", LIGNE, BOUND),
    ("On propose une passerelle légère au barrage, dont le sentier est coupé en hiver.", BARRAGE, BOUND),
    ("Une passerelle légère est proposée au barrage de Quelmes, car le sentier est coupé en hiver.", BARRAGE, TIED),
    ("Les jeunes viennent au club de pêche.", PECHE, MOOD),
    ("On propose de faire venir les jeunes au club de pêche.", PECHE, MOOD),
    ("On propose de rallumer le four à pain avec les anciens.", FOUR, MOOD),
    ("On va aux urgences parce que la pharmacie ferme à midi.", MEDECIN, TIED),
    ("La mairie refuse l’aide de l’association.", REFUS, SWAPPED),
    ("L’aide de l’association est refusée par la mairie.", REFUS, SWAPPED),
    ("Les commerçants du bourg ont proposé un local à la mairie.", OFFERT, SWAPPED),
    ("Avec la rocade, les jeunes partent.", CRAINTE, BOUND),
    ("La halle rouvrira au printemps.", ESPOIR, BOUND),
    ("Le retour du marché dans le bourg est annoncé.", DOUTE, BOUND),
    ("La commune reprend le moulin.", DEMANDE, BOUND),
)


def test_what_another_idea_says_without_reserve_may_be_said_so() -> None:
    both = cited(("Certains trottoirs sont impraticables", EST), ("Les trottoirs sont impraticables partout", EST))
    assert unfaithful("Les trottoirs sont impraticables.", both) == ""
