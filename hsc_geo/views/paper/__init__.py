"""Papers: a model of a document and what draws it. Knows no page."""
