"""Vocabularies: the controlled lists of terms and the programmes (Fachmodule)."""
