"""Providers at which people have mailboxes of their own: an address there is taken for that of a person."""

from __future__ import annotations

import re

from hsc_geo.domain.text import split_names

MAILBOX = re.compile(r"([\w.+'-]+)@([\w-]+(?:\.[\w-]+)+)")

_HOSTS = split_names(
    """
    aol.com caiway.nl casema.nl chello.nl freedom.nl gmail.com gmx.com gmx.de gmx.net gmx.nl googlemail.com
    hetnet.nl home.nl hotmail.be hotmail.com hotmail.nl icloud.com kpnmail.nl kpnplanet.nl live.be live.com
    live.nl mac.com mail.com mail.ru me.com msn.com onsbrabantnet.nl outlook.be outlook.com outlook.nl
    planet.nl pm.me proton.me protonmail.com quicknet.nl solcon.nl tele2.nl telfort.nl tiscali.nl upcmail.nl
    versatel.nl wxs.nl xs4all.nl yahoo.co.uk yahoo.com yahoo.nl zeelandnet.nl ziggo.nl zonnet.nl
    """
)
FREE_MAIL = frozenset(_HOSTS)


def free_mail_host(text: str) -> str:
    """The host of the first mail address in a text that is at a provider for private mail; "" without one."""
    hosts = (found[2].lower() for found in MAILBOX.finditer(text))
    return next((host for host in hosts if host in FREE_MAIL), "")
