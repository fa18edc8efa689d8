"""Exports as the tools of the field write them, about villages of ours."""

import csv
import io
import json

SITE = "https://participer.example"


def table(rows: list[list[str]], delimiter: str = ",") -> str:
    """A csv, cells quoted where they must be."""
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue()


PROPOSAL_COLUMNS = [
    "id", "author/id", "author/name", "author/url", "category/id", "category/name/fr", "category/name/en", "scope/id",
    "scope/name/fr", "participatory_space/id", "participatory_space/url", "component/id", "title/fr", "title/en",
    "body/fr", "body/en", "body/machine_translations/en", "address", "latitude", "longitude", "state", "reference",
    "votes", "likes/total_count", "likes/user_endorsements", "comments", "published_at", "url", "withdrawn",
]  # fmt: skip


def proposal(number: int, **told: str) -> list[str]:
    """A proposal of Decidim, its columns as told (`/` written `__`)."""
    known = {
        "id": str(number), "author__id": "77", "author__name": "Odette Ferrand",
        "author__url": f"{SITE}/profiles/odette",
        "participatory_space__id": "3", "component__id": "12", "state": "not_answered", "reference": f"MAIRIE-{number}",
        "published_at": "2026-02-03 10:12:00 +0100", "withdrawn": "false", "latitude": "44.1", "longitude": "0.2",
        "url": f"{SITE}/processes/plan/f/12/proposals/{number}", **told,
    }  # fmt: skip
    return [known.get(name.replace("/", "__"), "") for name in PROPOSAL_COLUMNS]


DECIDIM_PROPOSALS = table(
    [
        PROPOSAL_COLUMNS,
        proposal(
            41, title__fr="Une navette le soir", body__fr="Le dernier car part à 18 h, il faudrait une navette.",
            category__name__fr="Mobilité", votes="32", likes__user_endorsements="Amis du rail",
            body__machine_translations__en="The last coach leaves at 6 pm.",
        ),
        proposal(42, title__en="A repair café", body__en="Ouvrir un atelier de réparation à la mairie.", votes="7"),
        proposal(43, title__fr="Planter des arbres place du marché", category__name__fr="Cadre de vie"),
        proposal(44, title__fr="Fermer la rue Basse", body__fr="Je retire mon idée de la rue Basse.", withdrawn="true"),
    ],
    ";",
)  # fmt: skip
COMMENT_COLUMNS = [
    "id", "created_at", "body", "locale", "author/id", "author/name", "alignment", "depth", "user_group/id",
    "user_group/name", "commentable_id", "commentable_type", "root_commentable_url",
]  # fmt: skip
_ROOT = f"{SITE}/processes/plan/f/12/proposals/41"
DECIDIM_COMMENTS = table(
    [
        COMMENT_COLUMNS,
        ["9", "2026-02-04", "D'accord, les jeunes en ont besoin.", "fr", "5", "Bruno Carel", "1", "0", "", "",
         "41", "Decidim::Proposals::Proposal", _ROOT],
        ["10", "2026-02-05", "Trop cher pour trois voyageurs par soir.", "fr", "6", "Nadia Roux", "-1", "1", "", "",
         "9", "Decidim::Comments::Comment", _ROOT],
        ["11", "2026-02-06", "Il manque des bancs près de la fontaine.", "fr", "6", "Nadia Roux", "0", "0", "", "",
         "99", "Decidim::Proposals::Proposal", ""],
    ],
    ";",
)  # fmt: skip
DECIDIM_JSON = json.dumps(
    [
        {
            "id": 41,
            "category": {"id": 2, "name": {"fr": "Mobilité"}},
            "participatory_space": {"id": 3, "url": SITE},
            "component": {"id": 12},
            "title": {"fr": "Une navette le soir"},
            "body": {"fr": "Le dernier car part à 18 h, il faudrait une navette."},
            "votes": 32,
            "likes": {"total_count": 2, "user_endorsements": ["Amis du rail", "Odette Ferrand"]},
        }
    ]
)
CONSUL_PROPOSALS = table(
    [
        ["id", "title", "description", "external_url", "cached_votes_up", "comments_count", "hot_score",
         "confidence_score", "created_at", "summary", "video_url", "geozone_id", "retired_at", "retired_reason"],
        ["8", "Un marché couvert", "<p>Abriter le marché l&#39;hiver.</p>", "", "120", "2", "5", "6", "2026-01-02",
         "", "", "", "", ""],
        ["9", "Un rond-point", "Faire un rond-point.", "", "3", "0", "1", "1", "2026-01-03", "", "", "", "2026-01-09",
         "duplicated"],
    ],
    ";",
)  # fmt: skip
CONSUL_DEBATES = table(
    [
        ["id", "title", "description", "created_at", "cached_votes_total", "cached_votes_up", "cached_votes_down",
         "comments_count", "hot_score", "confidence_score"],
        ["3", "Ouvrir la mairie le samedi ?", "Beaucoup travaillent en semaine et ne peuvent pas venir.", "2026-01-02",
         "20", "14", "6", "1", "1", "1"],
    ]
)  # fmt: skip
CAP_COLLECTIF = table(
    [
        ["type", "contributions_id", "contributions_author_id", "contributions_section_title", "contributions_title",
         "contributions_bodyText", "contributions_createdAt", "contributions_trashed", "contributions_votesCount",
         "contributions_votesCountOk", "contributions_votesCountMitige", "contributions_votesCountNok",
         "contributions_arguments_related_id", "contributions_arguments_id", "contributions_arguments_author_id",
         "contributions_arguments_type", "contributions_arguments_body", "contributions_votes_id",
         "contributions_votes_value"],
        ["opinion", "b1", "u1", "Se déplacer", "Une navette le soir", "Le dernier car part à 18 h.", "2026-01-02", "",
         "61", "52", "4", "5", *[""] * 7],
        ["vote", "b1", *[""] * 15, "v1", "YES"],
        ["argument", *[""] * 11, "b1", "a1", "u2", "AGAINST", "Elle roulerait vide en hiver.", "", ""],
        ["argument", *[""] * 11, "b1", "a2", "u3", "FOR", "Les lycéens rentreraient sans leurs parents.", "", ""],
        ["opinion", "b2", "u4", "Se déplacer", "Achetez mes pneus", "Les moins chers du canton.", "2026-01-03", "1",
         "0", "0", "0", "0", *[""] * 7],
    ]
)  # fmt: skip
CAP_COLLECTIF_PUBLISHED = table(
    [
        ["contribution_versions_title", "contribution_versions_bodyText", "contributions_votesCount",
         "contributions_votesCountOk", "contributions_votesCountMitige", "contributions_votesCountNok",
         "contributions_argumentsCountFor", "contributions_argumentsCountAgainst"],
        ["Une navette le soir", "Le dernier car part à 18 h.", "61", "52", "4", "5", "3", "1"],
        ["Fermer la rue de l'école", "Les voitures y montent sur le trottoir.", "50", "11", "2", "37", "1", "6"],
    ]
)  # fmt: skip
CONSUL_COMMENTS = table(
    [
        ["id", "commentable_id", "commentable_type", "body", "created_at", "cached_votes_total", "cached_votes_up",
         "cached_votes_down", "ancestry", "confidence_score"],
        ["1", "8", "Proposal", "Avec un coin pour les producteurs du canton.", "2026-01-05", "4", "3", "1", "", "0"],
        ["2", "3", "Debate", "Un samedi sur deux suffirait.", "2026-01-06", "2", "2", "0", "", "0"],
    ]
)  # fmt: skip
POLIS_COMMENTS = (
    "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    "1658934589,Wed Jul 27 2026 22:09:49 GMT+0200,0,23,52,9,1,La piscine devrait ouvrir le dimanche\n"
    '1658934590,Wed Jul 27 2026 22:10:49 GMT+0200,1,23,4,40,0,"Fermer la piscine l\'hiver, elle coûte trop cher"\n'
    "1658934591,Wed Jul 27 2026 22:11:49 GMT+0200,2,7,0,0,-1,Achetez mes panneaux solaires\n"
)
POLIS_PARTICIPANTS = (
    "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n0,,1,2,2,1,1,1,-1\n1,,0,0,1,0,1,,-1\n"
)
POLIS_SUMMARY = (
    'topic,"La piscine, et après ?"\nurl,https://pol.example/3atyc\nvoters,61\nvoters-in-conv,58\ncommenters,2\n'
    'comments,3\ngroups,2\nconversation-description,"Dites ce que vous voulez de la piscine."\n'
)
LIMESURVEY_VV = (
    "Response ID\tDate submitted\tLast page\tStart language\tQu'est-ce qui vous freine ?\tPar où passez-vous ?\t"
    "Par où passez-vous ? [Autre]\n"
    "id\tsubmitdate\tlastpage\tstartlanguage\tQ1\tQ2\tQ2[other]\n"
    "1\t2026-03-01 10:00:00\t3\tfr\tLe car s'arrête à 18 h.{newline}Après, plus rien.\tA1\t{question_not_shown}\n"
    "2\t2026-03-01 11:00:00\t3\tfr\tRien de spécial en ce moment\t-oth-\tle chemin du lavoir\n"
)
LIMESURVEY_OTHER = table(
    [
        ["ID de la réponse", "Date de soumission", "Dernière page", "Langue de départ", "Par où passez-vous ?",
         "Par où passez-vous ? [Autre]", "Que changer en premier ?"],
        ["1", "2026-03-01 10:00:00", "3", "fr", "La grand-rue", "", "Ralentir les voitures devant l'école"],
        ["2", "2026-03-01 11:00:00", "3", "fr", "Autre", "le lavoir", "Poser un banc à mi-pente du chemin"],
    ],
    ";",
)  # fmt: skip
PADLET = table(
    [
        ["Subject", "Body", "Attachment", "Author", "Created At", "Section", "Likes", "Comments"],
        ["Le soir", "Rien n'est ouvert après 19 h", "", "Odette Ferrand", "2026-03-01", "Ce qui manque", "5", ""],
        ["Une buvette au stade", "", "https://padlet.example/img.png", "Anonymous", "2026-03-01", "Envies", "2",
         "et des jeux pour les petits"],
    ]
)  # fmt: skip
STORMZ = table(
    [
        ["id", "type", "title", "description", "cluster", "likes"],
        ["1", "cluster", "Se déplacer", "", "", ""],
        ["2", "card", "Une navette le soir", "du bourg à la gare, après le dernier train", "Se déplacer", "4"],
        ["3", "card", "Des vélos en prêt", "", "Se déplacer", "1"],
    ]
)
KLAXOON = table(
    [
        ["Idée", "Catégorie", "Couleur", "Dimension 1", "Likes", "Auteur", "Date"],
        ["Plus de bancs à l'ombre", "Aménagement", "Jaune", "Court terme", "4", "Odette Ferrand", "2026-03-01"],
        ["Une fête des voisins au lavoir", "Lien", "Rose", "", "", "", "2026-03-01"],
    ],
    ";",
)
PAD_TEXT = "Freins\n\t* Pas de local pour les ados\n\t* Bus trop rares le soir\n"
PAD_HTML = (
    "<!DOCTYPE HTML><html><head><title>atelier</title></head><body>Freins<br>"
    '<ul class="bullet"><li>Pas de local pour les ados</li><li>Bus trop rares le soir</ul><br></body></html>'
)
LIMESURVEY_LSS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<document>\n <LimeSurveyDocType>Survey</LimeSurveyDocType>\n'
    " <questions><rows><row><question>Qu'est-ce qui vous freine ?</question></row></rows></questions>\n</document>\n"
)
