"""The page of research: tables, figures over areas, and how they go together."""
