"""Floor 6, the web site: settings, addresses, base templates and static files."""
