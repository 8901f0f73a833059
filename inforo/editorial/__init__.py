"""The way from a submission to publication, the same for articles and events.

The model of a slice above mixes in `Submission`; who sees and decides what, and each step of
the way, is written here once. Members submit, the offices of the Land and the editors decide,
and nobody decides about what is their own.
"""
