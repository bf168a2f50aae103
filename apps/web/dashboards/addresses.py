"""The same page with another filter: what is chosen stands in the address."""

from django.http import HttpRequest


def address_with(request: HttpRequest, **changes: str) -> str:
    """The query of the page with these values; "" takes one out. The number of the page goes."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"
