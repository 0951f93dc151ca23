"""The map of initiatives and figures: its page, its panel, its tables and its paper."""
