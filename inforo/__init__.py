"""inforo, the exchange platform for people who work for health equity in municipalities.

Start reading in `app.py`: it puts the parts together, in the order that `slices.py` lists.
One folder per part of the platform (a *slice*), the same file names in each: models, policy,
queries, jobs, actions, forms, views, cli. What a slice needs from the ground (settings,
database, rights, jobs, mail, text) lies in the modules beside this one.
"""
