"""Tests of the situation report's page, its form and its files."""
