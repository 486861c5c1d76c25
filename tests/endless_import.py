"""A module whose import takes five minutes, as any does on a machine that is busy enough."""

import time

time.sleep(300)
