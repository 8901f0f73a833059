"""Enquiries (Kommunalabfragen): some questions to many municipalities, answered until a day."""
