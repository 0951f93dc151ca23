"""The pages of the site with what each must show."""

SECTIONS = ("indicators", "sources", "register", "quality", "accessibility")
