"""Everything at once for a long time, with faults: does anything grow that should not?"""
