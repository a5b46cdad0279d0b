"""The page of a place: a country, county, municipality or a neighbourhood."""
