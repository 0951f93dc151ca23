"""What coverage answers: each answer a function of the visit and of what the address chooses, for screen and paper."""
