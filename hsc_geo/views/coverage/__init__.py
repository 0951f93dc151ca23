"""What is known beside what is needed: choices, answers, words, screen and paper."""
