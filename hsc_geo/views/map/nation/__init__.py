"""The whole country on the page of the map: a mode of it with a frame of its own."""
