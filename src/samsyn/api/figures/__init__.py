"""Areas, indices and releases as JSON, described by OpenAPI."""
