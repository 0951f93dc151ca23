"""The tables of the site for a notebook: a module for each page, a verb for each table.

A verb takes an edition (`hsc_geo.open`) and the frozen value of what is chosen on the page, and gives the same table in
plain values: codes and numbers in place of words, NaN or '' where something is missing, `|` between several codes in a
cell. `as_of` is the day from which it counts; without it, today. Numbers of residents that the site computes are
missing where they are below `hide_below`, as there. Nothing here needs the screen.
"""
