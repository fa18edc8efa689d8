"""Nouns of action and the infinitives they come from, what one does with what, genders: French data for titles.

Written for this project.
"""

from __future__ import annotations

import re

INFINITIVES_OF_NOUNS: dict[str, str] = {
    "mise en place": "mettre en place", "mise en commun": "mettre en commun", "mise en valeur": "mettre en valeur",
    "mise en réseau": "mettre en réseau", "mise à disposition": "mettre à disposition", "prise en charge": "prendre "
    "en charge",
    "prise en compte": "prendre en compte", "création": "créer", "organisation": "organiser", "ouverture": "ouvrir",
    "réouverture": "rouvrir", "développement": "développer", "renforcement": "renforcer", "maintien": "maintenir",
    "construction": "construire", "installation": "installer", "rénovation": "rénover", "réhabilitation": "réhabiliter",
    "mutualisation": "mutualiser", "achat": "acheter", "suppression": "supprimer", "réduction": "réduire",
    "augmentation": "augmenter", "diminution": "diminuer", "simplification": "simplifier", "amélioration": "améliorer",
    "extension": "étendre", "élargissement": "élargir", "prolongement": "prolonger", "recrutement": "recruter",
    "embauche": "embaucher", "financement": "financer", "aménagement": "aménager", "sécurisation": "sécuriser",
    "remplacement": "remplacer", "réparation": "réparer", "restauration": "restaurer", "valorisation": "valoriser",
    "promotion": "promouvoir", "interdiction": "interdire", "limitation": "limiter", "plantation": "planter",
    "végétalisation": "végétaliser", "distribution": "distribuer", "diffusion": "diffuser", "publication": "publier",
    "lancement": "lancer", "généralisation": "généraliser", "instauration": "instaurer", "gratuité": "instaurer la "
    "gratuité",
    "retour": "obtenir le retour", "accompagnement": "accompagner", "animation": "animer", "partage": "partager",
    "désignation": "désigner", "nomination": "nommer", "élaboration": "élaborer", "rédaction": "rédiger",
}  # fmt: skip
"""Noun (or noun phrase) at the head of an action → infinitive."""

FEMININE_ENDINGS = re.compile(
    r"(?:tion|sion|aison|ette|elle|esse|ance|ence|ure|ade|ille|ée|ie|ière|ère|trice|euse|ine|aine|ude|ise|té|ouse|ole"
    r"|ave|igne|ique|ote|arte|êche|iche|uche|aire fixe|eille)s?$"
)
MASCULINE_ENDINGS = re.compile(
    r"(?:age|ment|eau|isme|oir|ier|ateur|al|et|on|in|ou|ard|ège|ège|ème|phone|bus|ail|eil|euil|scope|gramme|logue"
    r"|seum|um|us|er|ort|uit|ot|at|it|ct|ien|ain|ours|ès|and)s?$"
)
GENDERS: dict[str, str] = {
    **dict.fromkeys(
        (
            "soupe fête sage-femme main part place salle école ligne rue porte permanence bibliothèque fiche caisse "
            "nuit garderie boîte aide banque bourse charte ferme halle cour maison cantine piste classe équipe annonce "
            "liste carte table route zone borne laverie forêt eau clé voix paix dent mer crèche saison raison "
            "prison façon leçon boisson pension mission image page plage cage nage rage dette "
        ).split(),
        "Fem",
    ),
    **dict.fromkeys(
        (
            "livret musée lycée comité côté été traité arrêté congé marché café pré thé tiers-lieu lieu minibus "
            "groupe service centre point pôle fonds poste réseau temps guide espace jardin repas bus car train "
            "stage cadre contrôle cercle registre répertoire annuaire magasin collège village parc compost relais "
            "dispositif collectif planning numéro véhicule vélo système référent conseil "
        ).split(),
        "Masc",
    ),
}
"""Genders that the endings would get wrong, or do not tell."""


def gender_of(noun: str) -> str | None:
    """`Fem`, `Masc`, or None when neither the word nor its ending tells."""
    word = noun.lower()
    singular = word[:-1] if word.endswith("s") and word not in GENDERS else word
    if singular in GENDERS:
        return GENDERS[singular]
    if FEMININE_ENDINGS.search(word):
        return "Fem"
    return "Masc" if MASCULINE_ENDINGS.search(word) else None


MASS_NOUNS = frozenset(
    "temps argent eau place réseau lumière information aide soutien travail ombre bruit personnel matériel "
    "monde chauffage courant internet wifi suivi lien respect lait pain viande essence gaz électricité chaleur "
    "musique gasoil fioul carburant bois terre mixité".split()
)
"""What one has some of: « du temps », « de l'eau »."""
_PERSON_ENDINGS = re.compile(
    r"(?:teur|trice|(?<![aeo])ier|ière|icien|icienne|iste|logue|eur|cin|mien|enant|gnant|geant|plaçant|iant)s?$"
)
_THINGS = frozenset(
    "ordinateur ascenseur compteur secteur composteur moteur papier panier sentier quartier atelier chantier "
    "courrier escalier métier dossier calendrier cahier clavier bulletin bassin magasin cousin piste liste "
    "visite distributeur tracteur capteur récupérateur chauffeur-livreur lumière matière manière frontière "
    "rivière carrière poussière bière barrière couleur chaleur valeur douleur heure peur erreur longueur "
    "hauteur largeur odeur faveur intérieur extérieur congélateur réfrigérateur répondeur ventilateur "
    "afficheur réparateur jardin vaccin terrain".split()
)
_PERSONS = frozenset(
    "nouveau nouveaux médecin sage-femme bénévole matelot apprenti ouvrier saisonnier aesh kiné orthophoniste "
    "dentiste ophtalmo psy secrétaire agent animatrice élu maire jeune habitant voisin parent famille enfant "
    "élève femme homme personne gens patient usager retraité aîné ancien senior aidant agriculteur éleveur "
    "paysan maraîcher commerçant artisan étudiant lycéen collégien adolescent ado locataire propriétaire "
    "salarié employeur professionnel professionnelle pro enseignant enseignante professeur prof collègue "
    "soignant soignante stagiaire pêcheur touriste résident citoyen administré allocataire demandeur candidat "
    "boulanger boucher épicier médiateur éducateur successeur remplaçant remplaçante assistante interprète "
    "facteur pompier gardien fille garçon fils mère père maman papa bébé malade handicapé cycliste piéton "
    "automobiliste conducteur chauffeur client cliente adhérent public dame monsieur copropriétaire riverain "
    "villageois arrivant travailleur gynéco psychiatre vétérinaire pédiatre surveillant surveillante arbitre "
    "volontaire intérimaire directeur directrice aide-soignante auxiliaire".split()
)


def is_person(noun: str) -> bool:
    """Whether a noun, singular or plural, names people."""
    word = noun.lower()
    singular = word[:-1] if word.endswith("s") else word
    if singular in _PERSONS or word in _PERSONS:
        return True
    return singular not in _THINGS and _PERSON_ENDINGS.search(word) is not None


UNWELCOME_VERBS = frozenset(
    "ennuyer changer dormir partir fermer vider refuser rater perdre renoncer attendre bloquer empêcher "
    "disparaître reculer augmenter jeter déborder tomber traîner souffrir manquer casser polluer salir "
    "dépendre hésiter fuir craindre mourir vieillir éloigner plaindre épuiser arrêter abandonner quitter "
    "démissionner échouer stagner pourrir brûler inonder couper supprimer retirer oublier ignorer cumuler "
    "dépérir fatiguer isoler gaspiller décourager rouler servir chauffer dégrader abîmer gêner déranger "
    "menacer exclure baisser diminuer rétrécir ralentir interdire repartir galérer payer exploser envahir "
    "encombrer stationner répéter recopier ressaisir découvrir terminer".split()
)
"""What an obstacle says that someone or something does, and that one would rather avoid."""
WELCOME_VERBS = frozenset(
    "retrouver aimer réussir gagner avancer aider partager apprécier profiter progresser accueillir soutenir proposer "
    "souhaiter demander espérer attendre arriver trouver remercier savoir connaître commencer continuer "
    "essayer falloir dire voir penser croire parler sentir".split()
)
"""What « on » does that is no obstacle by itself."""
REPORTING_VERBS = frozenset(
    "redouter agacer inquiéter plaindre étonner déclarer estimer penser dire reprocher dénoncer signaler "
    "regretter déplorer affirmer considérer juger trouver croire critiquer demander expliquer raconter noter "
    "constater rappeler souligner ajouter répéter préciser sembler".split()
)
"""What tells someone's words: the obstacle is what they say."""
TRANSITIVE_VERBS = frozenset(
    "jeter perdre refuser payer rater bloquer empêcher casser salir menacer exclure oublier ignorer couper supprimer "
    "retirer interdire découvrir laisser quitter abandonner".split()
)
"""Verbs that say nothing without an object."""
