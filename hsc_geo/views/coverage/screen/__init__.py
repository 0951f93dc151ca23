"""The parts of the page of coverage."""
