"""Words that no page may say."""

# Words that would rank districts, name a cause, or say that there is none.
CLAIMS = {
    "en": r"\b(best|worst|highest|lowest|rank\w*|top|bottom|winner|loser|because|causes?|caused|due to|leads? to|"
    r"result of|thanks to|therefore|effect\w*|there (?:is|are) no initiatives?|"
    r"no initiatives? (?:exist|in)|none exist)\b",
    "nl": r"\b(beste|slechtste|hoogste|laagste|rang\w*|bovenaan|onderaan|winnaar|verliezer|omdat|doordat|oorza\w+|"
    r"veroorzaak\w*|leidt tot|dankzij|vanwege|gevolg|daarom|effect\w*|er (?:is|zijn) geen initiatie\w+ in)\b",
}


FORGOTTEN = r"\{\w*\}|\bnan\b|<NA>|\bNone\b(?! known)"  # what shows when a text was filled in wrongly
