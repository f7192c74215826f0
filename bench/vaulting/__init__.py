"""What a vault takes over its life, beside other programs that deduplicate: a first backup, a second one of the same, one of
changed data, a restore, a check, and what it costs to forget.

Begin with course.py, which says what one scenario is. Data, stopwatch and proof are those of comparison. Standard library
only; Linux only, because it reads /proc.
"""
