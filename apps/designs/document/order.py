"""Ascending fractional index keys, as the browser's `fractional-indexing` writes them.

A key is a whole number in base 62 whose first letter tells how many digits follow: `a0` to `az`,
then `b00` to `bzz`, and so on. Plain string order is their order, and the browser can make a key
between any two.
"""

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE = len(_DIGITS)


def order_key(index: int) -> str:
    """The key of the item at `index`, counted from 0."""
    digits = 1
    while index >= _BASE**digits:
        index -= _BASE**digits
        digits += 1
    return chr(ord("a") + digits - 1) + _in_base_62(index, digits)


def _in_base_62(number: int, digits: int) -> str:
    text = ""
    for _ in range(digits):
        number, digit = divmod(number, _BASE)
        text = _DIGITS[digit] + text
    return text
