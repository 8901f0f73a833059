"""Answers of municipalities to enquiries, and the result that is compiled from them."""
