"""Tests of the writers of reports."""
