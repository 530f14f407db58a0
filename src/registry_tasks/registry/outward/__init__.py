"""Subscriptions, and what is on its way to those who have them."""
