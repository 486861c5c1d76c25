"""A module whose import takes a minute, as any does on a machine that is busy enough."""

import time

time.sleep(60)
