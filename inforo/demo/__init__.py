"""Invented data to try the platform with: deterministic, and the same on both databases.

`loading` fills an empty database from `inforo/data/demo/`; `large` multiplies it for
measurements. People, organisations and mail domains (`.example`) are invented; the facts
about municipalities are those the Partnerprozess published in 2012.
"""
