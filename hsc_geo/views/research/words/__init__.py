"""The answers of the page in words."""
