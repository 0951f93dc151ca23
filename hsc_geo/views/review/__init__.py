"""The desk of a data steward."""
