"""Analysis: pure functions on the tables of the data package; one question, one module."""
