"""Words that people use for what the register has, in Dutch and English, and what each of them leads to.

A row: the words, then what they mean, the likeliest first, as `kind:code`: a facet of `hsc_geo.analysis.facets` with
one of its codes, or `page` with the page's path ("" for the start). Words as people type them, with commas between.
"""

from __future__ import annotations

from hsc_geo.domain.text import split_names

TOPICS: tuple[tuple[str, str], ...] = (
    (
        "roken, rook, rookvrij, roker, sigaret, sigaretten, vapen, vape, e-sigaret, tabak, nicotine, stoptober, "
        "smoking, smoke, smoke-free, smokefree, cigarette, cigarettes, vaping, tobacco, nicotine pouch, snus",
        "ambition:A3 theme:smoking-prevention theme:smoke-free-environment theme:smoking-cessation",
    ),
    (
        "stoppen met roken, quit smoking, stop smoking",
        "theme:smoking-cessation ambition:A3",
    ),
    (
        "eenzaam, eenzaamheid, alleen, alleen zijn, geen vrienden, isolement, loneliness, lonely, alone, isolation",
        "theme:loneliness ambition:A4 theme:meeting",
    ),
    (
        "overgewicht, afvallen, te zwaar, dik, obesitas, gewicht, dieet, overweight, obesity, "
        "lose weight, diet, weight",
        "ambition:A2 theme:combined-lifestyle-intervention theme:lifestyle theme:nutrition",
    ),
    (
        "eten, gezond eten, koken, voeding, maaltijd, food, eating, cooking, meal, meals, nutrition",
        "theme:nutrition theme:food-and-meeting activity:food ambition:A2",
    ),
    (
        "bewegen, sporten, sport, wandelen, lopen, fietsen, zwemmen, dansen, fitness, gym, gymnastiek, "
        "exercise, sports, walking, cycling, swimming, dancing",
        "theme:exercise activity:exercise theme:inclusive-sport theme:sport-and-exercise ambition:A2",
    ),
    (
        "stress, depressie, somber, depressief, angst, burn-out, burnout, psychisch, psychische klachten, ggz, "
        "mentaal, mental, depression, depressed, anxiety, mental health",
        "ambition:A4 theme:mental-health-youth theme:recovery",
    ),
    (
        "ouderen, oudere, senioren, senior, 65+, 65 plus, bejaarden, oude mensen, gepensioneerden, aow, "
        "elderly, older people, seniors, old people, pensioners",
        "life_stage:65+ life_stage:55+ theme:healthy-ageing theme:ageing-in-place",
    ),
    ("55+, 55 plus, vijftigplussers, 50+, 50 plus", "life_stage:55+ life_stage:65+"),
    (
        "jeugd, jongeren, jongere, tieners, pubers, youth, young people, teenagers, teens",
        "life_stage:12-18 life_stage:4-12 life_stage:18-27 theme:mental-health-youth",
    ),
    (
        "kinderen, kind, kids, basisschool, schoolkinderen, children, child, primary school",
        "life_stage:4-12 life_stage:0-4 theme:outdoor-play",
    ),
    (
        "baby, baby's, peuters, kleuters, zwanger, babies, toddlers, pregnant",
        "life_stage:0-4 theme:first-1000-days",
    ),
    (
        "studenten, student, jongvolwassenen, students, young adults",
        "life_stage:18-27 theme:student-well-being theme:student-challenge",
    ),
    ("volwassenen, volwassene, adults, adult", "life_stage:adults"),
    ("dementie, alzheimer, vergeetachtig, geheugen, dementia, memory", "theme:dementia life_stage:65+"),
    (
        "mantelzorg, mantelzorger, mantelzorgers, zorgen voor een ander, carer, carers, caregiver, informal care",
        "theme:informal-care",
    ),
    (
        "armoede, arm, weinig geld, geldzorgen, schulden, minima, voedselhulp, voedselpakket, "
        "poverty, poor, debts, debt, food parcel, food aid",
        "theme:food theme:social-support theme:health-inequalities",
    ),
    (
        "ontmoeten, ontmoeting, koffie, gezelligheid, mensen leren kennen, contact, meeting people, coffee, company",
        "theme:meeting activity:meeting theme:meeting-place theme:food-and-meeting",
    ),
    (
        "groen, tuin, tuinieren, tuinen, moestuin, natuur, garden, gardens, gardening, green, nature",
        "activity:green theme:urban-gardening theme:green-living-environment sector:nature",
    ),
    (
        "school, scholen, onderwijs, leerlingen, schools, pupils",
        "sector:education theme:healthy-school activity:lifestyle",
    ),
    ("kinderopvang, creche, opvang, childcare, nursery", "sector:childcare theme:healthy-childcare"),
    (
        "speeltuin, spelen, buiten spelen, playground, play, outdoor play",
        "theme:outdoor-play sector:childcare",
    ),
    (
        "beperking, handicap, gehandicapt, rolstoel, disability, disabled, wheelchair",
        "theme:inclusive-sport",
    ),
    (
        "huisarts, dokter, ziekenhuis, zorg, doctor, hospital, care",
        "sector:health_care theme:social-prescribing theme:health-check",
    ),
    (
        "hulp, ondersteuning, spreekuur, inloop, help, support, walk-in",
        "activity:support theme:social-support",
    ),
    (
        "vrijwilliger, vrijwilligers, vrijwilligerswerk, volunteer, volunteers, volunteering",
        "theme:neighbour-help",
    ),
    ("onderzoek, kennis, wetenschap, research, knowledge, science", "activity:knowledge sector:research"),
    ("subsidie, geld, financiering, fonds, grant, grants, funding, money", "theme:funding"),
    (
        "meedoen, meepraten, participatie, inspraak, participation, have a say",
        "theme:participation ambition:A1",
    ),
    (
        "samenwerken, samenwerking, partners zoeken, cooperation, working together",
        "ambition:A1 activity:policy",
    ),
    ("werk, werknemers, personeel, workplace, employees, staff", "theme:workplace-health sector:business"),
    (
        "leefstijl, gezond leven, gli, lifestyle, healthy living",
        "theme:lifestyle activity:lifestyle ambition:A2",
    ),
    ("gestopt, beeindigd, voorbij, ended, stopped", "status:ended"),
    ("gepland, plannen, planned, plans", "status:planned"),
)
PAGES: tuple[tuple[str, str], ...] = (
    ("start, begin, home, voorpagina, start page, overzicht, overview", "page:"),
    ("kaart, de kaart, plattegrond, map, the map, filter", "page:kaart"),
    ("dekking, coverage, leemte, leemten, gaten, wat ontbreekt, gaps, matrix", "page:dekking"),
    ("wijkprofiel, profiel, buurtprofiel, district profile, profile, cijfers per wijk", "page:wijkprofiel"),
    ("partners, partner, samen, wie is dichtbij, in de buurt, near me, nearby", "page:partners"),
    (
        "onderzoek, onderzoeker, kruistabel, samenhang, spreiding, ongelijkheid, correlatie, research, crosstab, "
        "correlation, inequality",
        "page:onderzoek",
    ),
    (
        "veranderd, wat veranderde, veranderingen, wijzigingen, nieuws, feed, atom, rss, kennisfestival, changed, "
        "what changed, changes, news",
        "page:veranderd",
    ),
    (
        "aanmelden, toevoegen, nieuw initiatief, initiatief aanmelden, initiatief toevoegen, opgeven, wijzigen, "
        "propose, add, new initiative, submit, correct",
        "page:aanmelden",
    ),
    (
        "data, bronnen, bron, methode, cijfers, downloaden, toegankelijkheid, privacy, licentie, "
        "data and method, sources, method, figures, download, accessibility, licence",
        "page:data",
    ),
)
# Left out where every word that was typed must be found.
PASSED_OVER = frozenset(
    split_names(
        "aan bij de die dit een en er het iets in is met naar of om op te tegen ter tot uit van voor wat waar wie "
        "a an and any at for from in of on or something that the to what where who with"
    )
)
