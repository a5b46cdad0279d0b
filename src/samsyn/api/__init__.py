"""Floor 5, the figures for programs: PxWebApi 2, areas, indices, geometry, releases, DCAT-AP-SE."""
