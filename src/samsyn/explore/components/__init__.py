"""Parts that pages are made of: figures with their tables, ways to take them, citations."""
