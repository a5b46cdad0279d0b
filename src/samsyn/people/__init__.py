"""Organisations, the people in them, what each may do, and what was changed by whom.

Rooms above keep what organisations write as a `Record`: whose it is, who sees it, its history, its
comments and its attachments are then the same everywhere. Use `samsyn.people.models`,
`samsyn.people.access` and `samsyn.people.viewing`; the pages are at `samsyn.people.urls`.
"""
