"""Which hosts are in the public internet."""

from __future__ import annotations

import ipaddress
import re

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_RESERVED = re.compile(
    r"(?:.*\.)?(?:example(?:\.(?:com|net|org))?|invalid|localhost|test)\.?", re.IGNORECASE
)


def is_reserved(host: str) -> bool:
    """Return True if ``host`` is a name that RFC 2606 or 6761 reserves for examples and tests."""
    return _RESERVED.fullmatch(host) is not None


def is_public(ip: str) -> bool:
    """Return True if ``ip`` is reachable from the internet, also if it wraps an IPv4 address."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inner.append(ipaddress.IPv4Address(address.packed[-4:]))
        if any(each and not each.is_global for each in inner):
            return False
        if address.ipv4_mapped:
            return not address.ipv4_mapped.is_multicast
    return address.is_global and not address.is_multicast
