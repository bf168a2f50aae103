"""Measures scoring: what it credits and resists, how it agrees with marks, time and memory."""
