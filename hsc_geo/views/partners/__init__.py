"""Who is near, who resembles, who is missing."""
