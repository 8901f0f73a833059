"""Search: one table of documents over all slices, asked in German.

`german`, `compounds`, `synonyms` and `analysis` know words; `question` understands what was
typed, `matching` writes it for SQLite or PostgreSQL. `documents` says what of each object
can be found and by whom, `indexing` keeps it true in every transaction.
"""
