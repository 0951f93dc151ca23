"""Dutch words that say nothing about what an initiative does, left out where descriptions are compared.

A short list of our own: articles, pronouns, prepositions, conjunctions, common verbs; and the words that nearly every
entry of a register of initiatives for health in one city has. Without diacritics, as the texts are compared.
"""

FUNCTION_WORDS = (
    "aan af al alle alleen als alsof altijd ander andere anders bij binnen boven buiten daar daarbij daarna "
    "daarom dan dat de deze die dit doen doet door dus een eens eerst eerste elk elke elkaar en er geen gaan "
    "gaat had heb hebben heeft het hier hoe hun ieder iedere iedereen iemand iets ik in is ja je jij jullie "
    "kan kunnen kunt maar mag meer meest men met mij mijn moet moeten mogelijk na naar naast nabij niet niets "
    "nog nu of om omdat onder ons onze ook op over per rond samen sinds soms te tegen ten ter terug toch toen "
    "tot tussen uit van vanaf vanuit veel verder via vol voor vooral voorbij waar waarbij waarin wanneer want "
    "waren was wat we wel welke werd werden wie wij wil willen word worden wordt zal ze zelf zich zij zijn zo "
    "zoals zonder zou zullen zodat"
)
OF_EVERY_ENTRY = (
    "activiteit activiteiten bewoners gezond gezonde gezondheid initiatief leiden leidse mensen project stad"
)

STOP_WORDS: tuple[str, ...] = tuple(sorted({*FUNCTION_WORDS.split(), *OF_EVERY_ENTRY.split()}))
