"""Puts the Excel add-in where Excel starts it, tells it which Python to use, and takes both away again."""
