"""What makes figures worthless."""


class Failed(Exception):
    """Something did not do what it was measured for; the message says what."""
