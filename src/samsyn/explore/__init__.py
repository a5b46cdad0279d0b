"""Floor 5, the public pages: anyone measures and compares.

Each page has a room with views, templates and translations of its own, and none knows another:

- `start` and the search; `place`; `indicator`; `compare`; `areamap`; `areatypes`;
- `background`: methods, sources, changes, accessibility, how to use the API.

What they share stands beside them: `asking` (what an address asks for), `problems` (pages for what
was asked wrongly), `taking` (figures and pictures to take home) and `components` (parts of pages).
"""
