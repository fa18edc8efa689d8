"""What an obstacle calls for, and what would bring it: French data for the links between obstacles and answers.

Written for this project. One need per block: its name, the words by which an obstacle tells it, the words by which an
action or a resource would meet it. Words are folded; a final `*` stands for any ending, `_` for a space. A need marked
`+` is told of many things: it is met only by what speaks of the same one. Its own words
do not tell that one, unless it is marked `±`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.language.lexicon.wordlists import WordLists
from pipeline.language.text.words import words

_NEEDS = """
move : bus car cars train gare ligne voiture* permis conduire conduis conduisent km kilometre* loin trajet*
  transport* navette bac deplac* essence desservi* 1_h hors_de_portee chef-lieu
  > navette* bus car cars taxi* covoitur* minibus autopartage velo* velobus pedibus chauffeur* conduire conducteur*
  transport* domicile itineran* tournee teletravail ticket depart prolonger rapprocher bateau
house : log* louer loyer* location* studio hebergement* dort dorment residence* hlm proprietaire* vacant* fourgon
  caravane passoire*
  > loger loge logent logement* heberg* chambre* studio* appartement* residence* foyer* internat location* louer
  loyer* bail presbytere proprietaire* renover renovation colonie foncier
care : medecin* docteur* infirmier* soigner soins patient* hopital dentiste* ophtalmo* orthophon* sage-femme kine*
  ordonnance* urgences sante
  > medecin* centre_de_sante infirmier* soin* consultation* bus_medical interne* teleconsult* sante remplacant*
  sage-femme secretaire_medicale protocole pratique_avancee dentiste*
staff + : ne_trouve* non_pourvus personnel remplac* apprenti* successeur recrut* embauch* benevole* animateur*
  tresorier s'en_vont reste_plus aesh atsem instituteur* matelot* ouvrier* arretent s'arrete main-d'oeuvre saisonni*
  poste postes temps_partiel educatrice* accompagnant*
  > recrut* embauch* temps_plein* temps_complet* poste postes groupement_d'employeurs former formation* alternance
  vivier remplac* salari* remuner* prime appel etudiants parrain* troisieme stage* tuteur* fideliser perennis*
  maintien retraites en_completant
digital : internet ordinateur* numerique en_ligne mot_de_passe code mail smartphone* appli scanner identifiant*
  informatique ecran connecter telephone
  > atelier* demarches guichet* permanence* ordinateur* wifi imprimante tablette conseill* accompagn* scanner
  mediatheque sans_ordinateur identifiants numerique bibliothecaire* secretaires_de_mairie
papers + : dossier* papiers demarche* formulaire* administrat* guichet* caf courrier* paperasse* subvention*
  financeur* bilans prouver tableaux
  > dossier_unique unique simplif* ecrivain_public remplir relire permanence* guichet* tresoriers charge_de_mission
  montage accompagn* juriste une_seule france_services secretaire_de_mairie demarches comptable trois_ans
inform + : ne_sait ne_savent connait_pas connaissent_pas ne_connait ignore* information appris apprend
  personne_ne_sait comprend_rien existe_personne
  > annuaire guide livret journal affich* site agenda panneau* informer forum faire_connaitre tournee porte_a_porte
  bulletin conseiller fiche* conseils commission* permanence carte depliant
together + : coordination coordonner dans_son_coin sans_savoir reunion_d'equipe reunions_d'equipe se_parler
  se_connaissent collegue* professionnels partenaires separes en_meme_temps se_croise appeler personne_ne_croise
  metiers_des
  > rencontr* petit_dej* cahier_commun commun* temps_paye heures synthese* staff* agenda_commun immersion echange*
  protocole partage* cafe_des_partenaires payer_l'heure seul_cahier plannings forum
money + : cher chere* chers euros prix cout coute* argent tarif* renonc* indemnit* paye payes payees payer
  > gratuit* tarif* bourse fonds caisse baisser rembours* payer_en revenu quotient groupement_d'achat solidaire
  prendre_en_charge financ* remuner*
room ± : lieu local endroit salle se_retrouver zonent rien_pour dehors reserve* place_pour
  > ouvrir ouvert* salle* foyer gymnase tiers-lieu un_local espace preter prete cle cles
alone : seul seule* seuls isole* solitude connaissent_personne bonjour dortoir voisin* laitier deranger
  > voisin* repas cafe apero visite* parrain* rencontr* banc fete accueil pot parole entraide
shy : honte peur peurs ose osent crainte avouer poussent viennent_pas jamais_la_porte
  > accompagn* aller_voir aller_a_la_rencontre aller_vers a_deux pair* numero mediat* domicile visite* groupe
  se_deplacent a_la_ferme inviter
child : garde creche* garderie mercredi place_d'accueil periscolaire nounou* mode_de_garde section petite-enfance
  devoirs
  > garderie creche* assistante* mode_de_garde centre_de_loisirs accueil halte baby* etudiants devoirs relais
age : ehpad etablissement aidant* vieux agees age ages aines
  > accueil_de_jour repit relais passages portage visite* aide_a_domicile visiteur* chauffeurs
waste : jette* jeter invendu* benne gaspill* restes tiers
  > collect* glanage compost* redistribu* frigo* refrigerateur* epicerie donner panier* peser portion* faim soupe
gear + : materiel dorment dort chacun_achete achete garage vides
  > commun mutualis* partag* preter pret banque_de_materiel bourse planning navette
tongue : langue* interprete* francais parle traduc*
  > tradu* interprete* bilingue* langues conversation cours_de_francais alphabet*
nature : haie* pollu* nitrate* riviere eau pesticide* arbre* secheresse brulante dune sent_mauvais disparaissent
  > plant* haie* bio bandes raccord* epuration recuper* pailler ombr* controler curer talus oyats chantier voiles
road : coupee* inond* nid* trottoir* dangereu* accident* piste impratica* vitesse
  > refaire amenag* abaisser curer securis* piste ralentisseur* reparer deversoir prolonger devier voie
warm : fioul chauff* passoire* isol* facture* electricite
  > isol* combles renov* energie groupement_d'achat poele solaire*
voice + : decision* consult* reunions_publiques journal ecoute* c'est_fait
  > conseil* commission* tirer_au_sort associer aller_a_la_rencontre porte_a_porte debat* vote garde_d'enfants
noise : bruit nuit camions rodeo* moto* dormir
  > interdire devier mediateur* limiter mur
clean : poubelle* dechet* decharge encombrant* dechetterie verre pleine
  > benne ramass* collect* compost* ressourcerie nettoy* vider ouvrir_la_dechetterie tri
memory : perd oublie* anciens recettes chansons
  > enregistr* transm* veillee collect* archives atelier*
access : autiste* handicap* aesh fauteuil accessib*
  > aesh accompagn* rampe abaisser educatri* former vivier normes recrut*
last + : dernier derniere plus_aucun* apres_on tard part_a ferme_a
  > ajouter depart prolonger apres soir jusqu'a plus_tard week-end demande
"""


@cache
def _lines() -> tuple[str, ...]:
    return tuple(_NEEDS.replace("\n  ", " ").strip().splitlines())


@cache
def needs_of_many() -> int:
    """The needs that are told of many things, one bit each."""
    return sum(1 << place for place, line in enumerate(_lines()) if _name(line)[-1] in "+±")


@cache
def _single_cues() -> tuple[WordLists, WordLists]:
    """The single words that tell each need, and those that meet it."""
    single = [[[cue for cue in cues if not _LONG.search(cue)] for cues in _sides(line)] for line in _lines()]
    return WordLists(told for told, _ in single), WordLists(met for _, met in single)


def _sides(line: str) -> tuple[list[str], list[str]]:
    told, _, met = line.partition(" : ")[2].partition(" > ")
    return told.split(), met.split()


_LONG = re.compile(r"[_'\d]")


@cache
def _long_cues() -> tuple[dict[str, list[tuple[tuple[str, ...], int]]], ...]:
    """For each side, the cues of several words by the first of them, with the bits of their needs."""
    found: tuple[dict[str, list[tuple[tuple[str, ...], int]]], ...] = ({}, {})
    for place, line in enumerate(_lines()):
        for side, cues in zip(found, _sides(line), strict=True):
            for cue in filter(_LONG.search, cues):
                parts = tuple(words(cue.rstrip("*").replace("_", " ")))
                side.setdefault(parts[0], []).append((parts, 1 << place))
    return found


@lru_cache(maxsize=200_000)
def _bits(word: str) -> tuple[int, int]:
    """The needs that a folded word tells, and those that it meets."""
    told, met = (sum(1 << place for place in cues.holding(word)) for cues in _single_cues())
    return told, met


@lru_cache(maxsize=200_000)
def is_cue_of_many(word: str) -> bool:
    """Whether a folded word tells or meets a need that is told of many things: it is no sign that two texts meet."""
    told, met = _bits(word)
    return bool((told | met) & _of_many_things())


@cache
def _of_many_things() -> int:
    return sum(1 << place for place, line in enumerate(_lines()) if _name(line).endswith("+"))


def _name(line: str) -> str:
    return line.split(" : ")[0]


def needs_told(folded: str) -> int:
    """The needs that an obstacle tells, one bit each."""
    return _needs(folded, 0)


def needs_met(folded: str) -> int:
    """The needs that an action or a resource would meet, one bit each."""
    return _needs(folded.replace("au lieu d", "").replace("chez le medecin", ""), 1)


def _needs(folded: str, side: int) -> int:
    found = 0
    said, long_cues = words(folded), _long_cues()[side]
    for place, word in enumerate(said):
        found |= _bits(word)[side]
        for part in word.split("-") if "-" in word else ():
            found |= _bits(part)[side]
        for parts, bit in long_cues.get(word, ()):
            following = said[place : place + len(parts)]
            if len(following) == len(parts) and following[:-1] == [*parts[:-1]] and following[-1].startswith(parts[-1]):
                found |= bit
    return found
