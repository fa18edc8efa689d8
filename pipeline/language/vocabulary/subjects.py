"""What people of a territory speak about: usual subjects and the words that tell them.

Written for this project from the vocabulary of its own corpus. One line per subject: title, then words; a word ending
in `*` stands for all that begin so. Words are folded (no accents) by the reader below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.language.lexicon.wordlists import WordLists
from pipeline.language.text.words import fold

_SUBJECTS = """
Transports et déplacements : transport* bus car cars minibus navette* train* gare mobilite* covoitur* velo* voiture*
  permis conducteur* chauffeur* route* trottoir* pieton* parking* stationnement arret trajet* conduire conduis
  conduisent deplac* bac rocade bouchon* taxi* pedal* trottinette* ticket* ter sncf rouler garer km kilometre*
  circulation cyclable* autopartage tram
Sport et loisirs : sport* gymnase* stade foot* basket judo boxe piscine* club clubs licence* equipement* entraineur*
  entrainer tournoi* rugby danse city-stade skatepark* loisir* jeux
Mer et littoral : mer mers littora* cote cotes cotier* plage* dune* port ports quai quais bateau* peche* pecheu*
  matelot* marin* ile presqu'ile presqu algue* maree* criee* ganivelle* oyat* erosion
Tourisme : touris* vacanc* camping* camping-car* visiteur* estival* saisonni* residence-secondaire secondaires station
  gite gites meubles hotel* ete aout juillet
Propreté et déchets : proprete propre dechet* poubelle* encombrant* benne* tri trier compost* composteur* recycl*
  ressourcerie* dechetterie* decheterie* decharge* ordure* crotte* bac bacs ramass* repar* repair collecte* jeter
Bruit et tranquillité : bruit* bruyant* nuit nuits rodeo* moto motos tapage dormir dort mediateur* nuisance* eclairage
  tranquill* securite peur noir noires
Logement et habitat : logement* habiter loger loyer* locataire* proprietaire* habitat louer location* bailleur* hlm
  hebergement* renovation* gite* vacant* meuble* residence* isolation fioul
Santé et accès aux soins : sante medecin* docteur* hopital* soin* soign* soignant* sage-femme* ordonnance* medicament*
  medecine* opere* operee infirmier* patient* pharmacie* dentiste* ophtalmo* orthophon* kine* generaliste* urgence*
  medical* psycholog* maladie* mutuelle*
Vieillissement et maintien à domicile : vieux vieille vieilles personnes-agees deambulateur* belote aine* ages agees
  senior* ehpad domicile vieill* autonomie aidant* retraite* dependance ssiad ancien anciens
Handicap et inclusion : handicap* aesh inclusi* accessibilit* pmr autis* mdph sourd* malvoyant* fauteuil*
Enfance et parentalité : enfant* creche* parent* petite-enfance assistante-maternelle garderie* periscolaire atsem
  bebe* pmi famille* nounou*
École et formation : etude etudes fac universit* stage stages tuteur* tutorat orientation diplome* alternance cfa
  ecole* college* lycee* eleve* enseignant* cantine* scolaire* prof profs formation* apprenti* etudiant* classe*
  rentree rectorat directrice
Jeunesse : jeune* ado ados adolescent* mjc mission-locale skatepark
Emploi et économie locale : emploi* travail* chomage* entreprise* recrut* salaire* salarie* artisan* commerc*
  embauche* metier* employeur* boutique* marche boulang* vitrine* boucher* poissonnier* epicier* magasin* librairie*
  cordonnier* producteur* drive
Aide alimentaire et alimentation : alimentaire* alimentation epicerie* panier* colis nourri* repas soupe jardin*
  potager* glanage maraich*
Agriculture et ruralité : agricult* agricole* paysan* eleveur* fermes fermier* msa terre* exploitation* bio haie*
  elevage maraich* hectare* legume* arros* semer cultiv* recolte*
Accès aux droits et numérique : numerique* internet droits caf portable telephone* mobile antenne* fibre demarche*
  dossier* guichet* france-services papier* mail ordinateur* en-ligne administrat* smartphone* formulaire* scanner
  wifi dematerialis*
Services publics et collectivités : mairie* commune* communes elu* elus service* public* publics etat region
  departement impot* taxe* prefecture poste agglo tresor collectivite*
Accueil des habitants et vie de village : accueil* solitude seul seule seules isole* fete fetes accueillir nouveaux
  arrivant* village* habitant* voisin* bourg immeuble* ascenseur* palier gardien* gardienne* bailleur* escalier* tour
  tours fete* convivial* cafe bistrot lien* solidarite quartier*
Vie associative et bénévolat : association* associati* asso assos benevol* bureau adherent* subvention* president*
  tresorier*
Culture et patrimoine : culture* fanfare* chorale* bal bals danse danser peintre* peinture* exposer concert*
  orchestre* artiste* cinema* culturel* bibliotheque* mediatheque* musique* spectacle* theatre* patrimoine livre*
  festival* presbytere musee* expo*
Environnement, énergie et climat : electric* panneau* granule* isoler fuite fuites eteindre chauffe chauffer climat*
  energie* biodivers* pollu* dechet* compost* tri eau pluie secheresse* station-d-epuration epuration arbre*
  environnement* ecolog* nature riviere* solaire* eolien* chauffage* carbone pesticide* poubelle*
Démocratie et participation : democrat* citoyen* vote* reunion* concertation* participat* debat* decision* referendum
  conseil* assemblee*
Coopération entre professionnels : partenaire* partenariat* coordination* coordonner reseau* collegue* professionnel*
  pros cooper* financeur* projet* cahier* liaison secret equipe* mutualis* structure* pluridisciplin*
Sécurité et tranquillité : securite* police* gendarm* incivilit* violence* delinquan* vol vols camera*
Fiscalité et pouvoir d'achat : tva csg irpp revenu* fiscal* fortune isf niche* cotisation* prix cher chere pension*
  smic allocation* apl rsa
Vie numérique et libertés : donnees logiciel* libre* code algorithm* vie-privee open-data copyright auteur* panorama
  surveillance
"""

GENERIC = frozenset(
    "vie acces service services maintien quotidien nouveaux nouvelles sujet sujets theme themes vivre annee territoire "
    "local locale locale cadre qualite lien liens autres developpement amenagement commun commune communes".split()
)
"""Words of titles that do not tell what a subject is about."""

ONLY_PLURAL = frozenset(("droits",))
"""« les droits » are a subject, « avoir le droit » is none."""


@dataclass(frozen=True)
class Subject:
    """A theme's title and the pattern that finds its words in a folded text."""

    title: str
    pattern: re.Pattern[str]


def subject_of(title: str, words: list[str]) -> Subject:
    """A subject from its title and folded words, a final `*` standing for any ending."""
    parts = [
        re.escape(word.rstrip("*")).replace(r"\-", "[ -]") + (r"\w*" if word.endswith("*") else "s?") for word in words
    ]
    return Subject(title, re.compile(rf"\b(?:{'|'.join(sorted(parts))})\b" if parts else r"(?!)"))


@cache
def usual_subjects() -> tuple[Subject, ...]:
    """The subjects above, in order."""
    return tuple(subject_of(title, words) for title, words in _usual())


def _usual() -> Iterator[tuple[str, list[str]]]:
    for line in _SUBJECTS.replace("\n  ", " ").strip().splitlines():
        title, words = line.split(" : ")
        yield title.strip(), fold(words).split()


@cache
def _usual_words() -> WordLists:
    """The words of `usual_subjects`, those that are whole in the singular and in the plural."""
    return WordLists(
        [form for word in words for form in ((word,) if word.endswith("*") else (word, f"{word}s"))]
        for _, words in _usual()
    )


def usual_subjects_of(word: str) -> list[int]:
    """The places in `usual_subjects` of those that a folded word tells."""
    return _usual_words().holding(word)


@lru_cache(maxsize=200_000)
def _mask_of_word(word: str) -> int:
    return sum(1 << place for place in usual_subjects_of(word))


def subject_mask(folded_words: Iterable[str]) -> int:
    """The usual subjects that some words tell, one bit each in the order of `usual_subjects`."""
    mask = 0
    for word in folded_words:
        mask |= _mask_of_word(word)
    return mask
