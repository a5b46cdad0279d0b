"""Charts, maps, sentences and open formats: what is made of the answers of a release."""
