from slowapi import Limiter
from slowapi.util import get_remote_address

from .config import get_settings

# By endpoint, not by URL: or each id would have an allowance of its own.
limiter = Limiter(key_func=get_remote_address, key_style='endpoint')


def write_limit() -> str:
    return get_settings().write_limit
