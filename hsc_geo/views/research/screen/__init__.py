"""The page of research on the screen."""
