"""The plan of a round as a document: for those who work with it, and for all.

`gathered` reads what a viewer may see of it, `report` says it as a report of `samsyn.publish`, and
`publishing` makes it public.
"""
