"""Words that speak of one thing: `car`, `bus` and `navette`, `docteur` and `médecin`. French data for likeness.

Written for this project, one concept per line; a word ending in `*` stands for all that begin so. Words are folded. A
word may tell several concepts. Two short texts without a word in common are alike when they share a concept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from pipeline.language.lexicon.wordlists import WordLists

_CONCEPTS = """
bus autobus autocar* car cars minibus navette* tram* tramway* transport* tad ligne lignes arret arrets abribus
train* gare gares ter sncf tgv ferroviaire* rail
covoitur* autostop* stop autopartage blablacar
voiture* auto autos automobil* vehicule* permis conduire conduit conduisent conduis conducteur* chauffeur* rouler
  roule roulent essence carburant* gazole diesel
velo* cyclable* cycliste* scooter* trottinette* pieton* marcher trottoir* mobylette*
mobilite* deplacement* deplacer deplace deplacent trajet* route* circulation transport* kilometre* km
avion* aerien* aeroport* kerosene bateau* paquebot* cargo*
parking* stationnement* garer parkings
medecin* docteur* generaliste* medical* medecine cabinet* patient* consultation* ordonnance*
soin* soigner soignant* infirmier* hopital* hospital* urgence* clinique* sante maladie*
dentiste* ophtalmo* orthophon* kine* specialiste* psychologue* psy psychiatr* cmp gyneco* sage-femme dermato*
pharmaci* medicament* vaccin*
ehpad domicile aide-soignant* ssiad autonomie dependan* aidant* maintien vieill* senior* age agee ages agees ancien*
  retraite* aine* gerontolog* geriatr*
handicap* aesh avs mdph pmr fauteuil* inclusi* accessib* sourd* aveugle* malvoyant* autis*
creche* garderie* nounou* assistante-maternelle petite-enfance periscolaire* bebe* pmi puericult* creches
ecole* college* lycee* eleve* classe* enseignant* professeur* instit* cantine* scolaire* rentree rectorat atsem
  directrice
parent* famille* enfant* enfance parentalite mere meres pere peres maman* papa*
jeune* ado ados adolescent* jeunesse mission-locale mjc
formation* former apprenti* stage* stagiaire* etudiant* universit* alternance diplome* qualification*
logement* loger loge logee loges louer loyer* location* locataire* habitat hebergement* appartement* studio* maison
  maisons bailleur* hlm proprietaire* meuble* toit gite* presbytere
vacant* vides inoccupe* residences-secondaires residence-secondaire secondaire* vide
renovation* isolation* passoire* chauff* fioul chaudiere* thermique* energetique*
emploi* travail* travailler chomage chomeur* embauche* embaucher recrut* poste postes salarie* employeur* candidat*
  saisonni* contrat*
salaire* remuner* paye payer paie smic revenus indemnite*
commerce* commercant* boulanger* boutique* marche marches magasin* supermarche* epicerie* artisan*
entreprise* patron* pme industrie* usine* economi*
alimentaire* nourriture nourrir manger repas soupe legume* aliment* alimentation panier* colis glan* invendu* frigo
  gaspill*
agricult* agricole* paysan* eleveur* elevage fermes maraich* exploitation* msa troupeau* vache* vignoble*
  viticult* pac
pesticide* glyphosate* bio phyto* intrant* chimique* engrais
jardin* potager* compost* verger* arbre* haie* planter plantation* graine*
internet numerique* ordinateur* smartphone* wifi connexion en-ligne ligne mail* informatique* clavier ecran scanner
  site* dematerialis* clic
reseau-mobile telephone portable mobile 4g antenne* fibre
papier* formulaire* demarche* dossier* guichet* administrat* paperasse* bureaucrat* caf procedure* france-services
  tresorerie perception
droits acces rsa allocation* prestation*
mot-de-passe code codes identifiant* compte mdp
mairie* maire maires elu elus elue conseil-municipal commune* municipal* intercommunal* agglo com-com communaut*
etat gouvernement* ministre* ministere* depute* senateur* parlement* senat president* elysee assemblee*
service-public services publics fonctionnaire* agent agents prefecture
region departement* conseil-departemental collectivite*
association* asso assos associatif* benevol* adherent* tissu-associatif
subvention* financement* financeur* budget* appel-a-projets appels fonds financer finance* tresorier*
reunion* rencontr* seance* mensuel* matinee* petit-dejeuner dejeuner dej echange*
partenaire* partenariat* coordination* coordonner collegue* professionnel* pros pluriprofession* cooper* mutualis*
  commun commune-ensemble ensemble
secret confidential* rgpd
information* informer communiquer communication* affiche* journal bulletin* annuaire* flyer* livret* plaquette*
  guide
accueil* accueillir accueillant* nouveaux nouvel arrivant* arrivent nouvelle-venue bienvenue integration
salle salles local locaux lieu lieux tiers-lieu* espace espaces endroit
cafe* bistrot* bar buvette*
fete* festival* concert* animation* anime* bal kermesse* convivial*
culture* culturel* bibliothe* mediathe* musee* theatre* cinema* spectacle* livre livres lecture patrimoine musique*
sport* sportif* gymnase* piscine* stade foot football equipement*
seul seuls seule solitude isole* isolement lien liens voisin* entraide solidari*
honte peur peurs crainte* oser ose demander pudeur fierte
precari* pauvre* pauvrete sans-abri sdf misere exclusion* demuni*
etranger* immigr* migrant* refugie* asile sans-papiers ame aide-medicale langue*
femme* homme* egalite sexis* violence* conjugal*
police* gendarm* securite delinquan* incivilit* vol vols cambriol* camera* videosurveillance
justice tribunal* juge* loi lois legislat* juridique* avocat*
impot* taxe* taxation fiscal* fiscalite contribuable* imposition irpp prelevement*
tva
csg cotisation* charges crds
isf fortune* riche* grandes-fortunes milliardaire*
niche niches exoneration* defiscalis* optimisation evasion* fraude* paradis
retraite* retraites pension* retraitee
chomage chomeur* pole-emploi unedic assedic indemnisation
apl caf rsa allocations familiales minima aides-sociales
dette* deficit* depense* economies
climat* rechauffement* climatique* meteo canicule* secheresse* giec
pollution* pollu* air particule* emission* co2 carbone gaz-a-effet
biodivers* espece* animaux animal faune flore abeille* insecte* disparition* extinction
dechet* tri recycl* plastique* emballage* poubelle* decharge* dechetterie* ordure*
eau riviere* nappe* ocean* mer mers inondation* littoral
energie* nucleaire* solaire* eolien* photovoltaique* renouvelable* electricite hydrogene
foret* bois sylvicult* deforest*
ecolog* environnement* nature transition developpement-durable planete
consommation* consommer consommateur* surconsommation acheter achat* producti* croissance circuit-court
  local-producteur
democrat* vote voter electeur* election* referendum* ric suffrage* representa* proportionnelle
citoyen* participat* concertation* consultation* debat* expression deliber* jury tirage
transparence transparent* corrupt* lobby* lobbies
donnee* data open-data vie-privee personnelles cnil
logiciel* libre open-source code source algorithm* format* standard*
auteur* copyright oeuvre* domaine-public panorama creation*
recherche* chercheur* scientifi* publication* article* revue*
plateforme* google facebook amazon geant* moteur* gafa neutralite operateur*
jeu jeux video esport joueur* competition*
tourisme touris* camping vacances residence gites
voirie trottoir nid-de-poule goudron chaussee eclairage lampadaire*
urbanism* construire construction* permis-de-construire beton* artificialis* plu batiment*
religion* laicite culte*
europe europeen* union-europeenne international* mondial* frontiere*
armee defense militaire* guerre*
geste* metier* pratique* savoir-faire habitude*
risque* danger* accident* securiser
temps heure heures horaire* soir samedi mercredi mardi vendredi week-end minute* planning calendrier
argent euro euros cout* prix cher chers chere tarif* gratuit* gratuite payant*
convention* assurance* responsabil* reglement* contrat-groupe
materiel outil* outils pret preter banque-de-materiel emprunt* camion*
enfant* garde mercredi accueil-de-loisirs centre-de-loisirs
question* territoire* sens definir veut-dire mot mots
aide aider accompagn* soutien soutenir
cahier* liaison carnet* fiche* registre*
"""


@cache
def _lists() -> tuple[list[str], ...]:
    return tuple(line.split() for line in _CONCEPTS.replace("\n  ", " ").strip().splitlines())


@cache
def _lookup() -> WordLists:
    return WordLists(_lists())


def _pattern(word: str) -> str:
    return re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "")


def n_concepts() -> int:
    """How many concepts there are."""
    return len(_lists())


@lru_cache(maxsize=200_000)
def concepts_of(word: str) -> tuple[int, ...]:
    """The concepts that a folded word tells, by number."""
    return tuple(_lookup().holding(word))


def concept_pattern(number: int) -> str:
    """The pattern of the folded words that tell a concept."""
    return "|".join(map(_pattern, _lists()[number]))


def concepts_in(folded_words: Iterable[str]) -> frozenset[int]:
    """The concepts that some folded words tell."""
    return frozenset(number for word in folded_words for number in concepts_of(word))
