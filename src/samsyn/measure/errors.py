"""What goes wrong with the input, said so that its owner can mend it."""


class InputError(ValueError):
    """The input cannot be measured; the message says what is wrong, where, and what to do."""
