"""Tests of what is made of the answers of a release."""
