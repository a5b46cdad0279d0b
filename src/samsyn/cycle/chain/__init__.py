"""The chain from what is known to what came of it, as a picture, a table and a list.

`model` is the chain itself and knows no database, `gathered` reads it, and `layout` and `drawn`
make its picture.
"""
