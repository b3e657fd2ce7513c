"""The city: many reports added up into one."""
