"""PxWebApi 2: tables, metadata, data, code lists and selections, for the clients that exist."""
