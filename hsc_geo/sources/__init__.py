"""Where facts come from: extracts of StatLine, boundaries, the register, and our own words. Each gives typed tables."""
