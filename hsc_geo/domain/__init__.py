"""What things are: areas, indicators, initiatives, organisations; the contract of their tables."""
