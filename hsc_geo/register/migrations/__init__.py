"""The steps that bring a store to the newest form; Alembic runs them when the register is opened."""
