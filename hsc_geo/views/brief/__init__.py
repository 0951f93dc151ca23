"""A brief to take along: one document of text, tables, charts and a map, as PDF and as a web page to print."""
