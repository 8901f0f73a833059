"""Municipalities: the reference data of Länder, districts, municipalities and Bezirke."""
