"""The rows of each answer in plain values, as its file has them: codes and numbers, and names as the data have them."""
