"""Floor 5, the public pages: anyone measures and compares.

Each page has a room with views, templates and translations of its own, and none knows another:

- `start` and the search; `place`; `report`; `indicator`; `compare`; `areamap`; `areatypes`;
- `background`: methods, sources, changes, accessibility, how to use the API.

What they share stands beside them: `asking` (what an address asks for), `spelling` and `choosing`
(which place is meant), `problems` (pages for what was asked wrongly), `taking` and `kept` (figures
and pictures to take home) and `components` (parts of pages).
"""
