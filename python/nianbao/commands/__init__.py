"""What the tool does, one function a verb.

A command reads its inputs, does its work in memory, and writes at the very end.
"""
