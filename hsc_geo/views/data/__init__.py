"""Where the figures and the register come from."""
