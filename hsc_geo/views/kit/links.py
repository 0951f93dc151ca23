"""Parts of pages that other pages lead to, by the names that stand in addresses."""

PARTNERS = "partners"  # the page
NEAR, NEIGHBOURS, ORGANISATION, MISSING, ENDING = PARTNERS_PARTS = (
    "near",
    "neighbours",
    "organisation",
    "missing",
    "ending",
)
