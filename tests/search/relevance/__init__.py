"""How well the search finds what people mean: invented practice, judged questions, measures.

`documents.txt` holds the library. `development.txt` may be looked at while the search is
improved; `held_out.txt` was written before any result of it was seen and asks about other
topics, so that it tells how far the search generalises.
"""
