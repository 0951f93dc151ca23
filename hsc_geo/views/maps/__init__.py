"""What every map is made of."""
