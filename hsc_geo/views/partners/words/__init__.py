"""What the page Partners says: rows and sentences of each of its parts."""
