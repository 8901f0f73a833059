"""Events (Termine): submitted by members, published by offices and editors, taken along as ICS.

Own registration with limits and waiting lists is not here yet; registration is a link.
"""
