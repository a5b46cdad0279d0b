"""The formulas once more, as plain loops over lists: slow, obvious and independent of the package.

An oracle takes the rows of one region, `units`: a list with one list of counts for each unit.
"""
