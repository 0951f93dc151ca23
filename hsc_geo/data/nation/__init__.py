"""The nation: a folder of its own beside the data package; how it is built and read."""
