"""The five area types: how many live in each, and how places move between them."""
