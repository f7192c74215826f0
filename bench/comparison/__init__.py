"""The comparison: data from a fixed seed, contenders, timed runs, proof that what was restored is equal, and a report.

Begin with scenario.py, which says what one comparison is. Standard library only; Linux only, because it reads /proc.
"""
