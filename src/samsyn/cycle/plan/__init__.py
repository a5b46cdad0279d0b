"""The plan of a round as a document: for its organisation, for others it is shared with, and public.

`gathered` reads what a viewer may see of it, `report` says it as a report of `samsyn.publish`, and
`publishing` makes it public.
"""
