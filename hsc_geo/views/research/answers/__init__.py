"""What the parts of the page answer, computed from the choice alone."""
