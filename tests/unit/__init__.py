"""Pure functions, no process, no socket: under a minute all together."""
