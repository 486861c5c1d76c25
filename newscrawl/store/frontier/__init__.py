"""The URLs that wait for their outcome, and those that have one."""
