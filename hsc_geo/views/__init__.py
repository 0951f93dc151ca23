"""Views: words, maps, charts, tables and what a page is made of. Knows the analysis, not the pages."""
