"""Which e-mail domains a municipality may call its own."""

import re
from enum import StrEnum
from typing import Final

LONGEST: Final = 253
LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")

# Where anybody gets an address: whoever has one there has shown nothing about a municipality.
PUBLIC_PROVIDERS: Final = frozenset(
    # Two hundred names read better as text than as a list.
    """
    gmail.com googlemail.com outlook.com outlook.nl hotmail.com hotmail.nl live.com live.nl msn.com
    windowslive.com yahoo.com yahoo.nl ymail.com rocketmail.com icloud.com me.com mac.com aol.com
    proton.me protonmail.com protonmail.ch pm.me gmx.com gmx.net gmx.de gmx.at gmx.ch web.de
    t-online.de freenet.de mail.com email.com mail.ru yandex.com yandex.ru zoho.com zohomail.eu
    tutanota.com tutanota.de tuta.com tuta.io tutamail.com fastmail.com fastmail.fm hey.com
    hushmail.com startmail.com mailfence.com posteo.de posteo.net mailbox.org runbox.com disroot.org
    kpnmail.nl kpnplanet.nl planet.nl hetnet.nl xs4all.nl ziggo.nl home.nl chello.nl upcmail.nl
    casema.nl quicknet.nl zeelandnet.nl solcon.nl tele2.nl online.nl telfort.nl freeler.nl
    caiway.nl caiway.net kabelfoon.nl delta.nl deltanet.nl wanadoo.nl orange.nl tiscali.nl
    het-net.nl versatel.nl euronet.nl freedom.nl freedomnet.nl odido.nl t-mobilethuis.nl
    onsbrabantnet.nl onsnet.nu kliksafe.nl filternet.nl hccnet.nl demon.nl dds.nl box.nl vodafone.nl
    vodafonethuis.nl vodafonevast.nl ziggomail.nl budget.nl scarlet.nl scarlet.be telenet.be
    skynet.be proximus.be orange.fr wanadoo.fr free.fr laposte.net btinternet.com comcast.net
    verizon.net att.net duck.com mozmail.com anonaddy.com simplelogin.com mailinator.com
    guerrillamail.com sharklasers.com 10minutemail.com temp-mail.org yopmail.com trashmail.com
    """.split()  # noqa: SIM905  for the same reason
)
# What lies above names that anybody can register.
SHARED_ENDINGS: Final = frozenset(
    {"co.nl", "com.nl", "org.nl", "net.nl", "co.uk", "org.uk", "com.be", "co.com", "eu.org"}
)


class Refusal(StrEnum):
    """Why a domain is refused."""

    NOT_A_DOMAIN = "not_a_domain"
    PUBLIC_PROVIDER = "public_provider"


class RefusedDomain(ValueError):
    """Carries the reason."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


def domain_of(address: str) -> str:
    """The part after the last @, in lower case and as it is looked up; empty without one."""
    return as_looked_up(address.rpartition("@")[2]) if "@" in address else ""


def as_looked_up(text: str) -> str:
    """A name as the network writes it (IDNA); unchanged where that cannot be."""
    name = text.strip().strip(".").lower()
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


def clean_domain(text: str) -> str:
    """A domain as it is stored. Takes `@zwolle.nl` and whole addresses too.

    Raises RefusedDomain for what is none, and for where anybody can get an address.
    """
    name = as_looked_up(text.rpartition("@")[2])
    labels = name.split(".")
    is_domain = (
        len(name) <= LONGEST
        and len(labels) > 1
        and all(LABEL.fullmatch(label) for label in labels)
        and not labels[-1].isdigit()
    )
    if not is_domain or name in SHARED_ENDINGS:
        raise RefusedDomain(Refusal.NOT_A_DOMAIN)
    # A part of a provider's domain is the provider's as well.
    if any(".".join(labels[n:]) in PUBLIC_PROVIDERS for n in range(len(labels) - 1)):
        raise RefusedDomain(Refusal.PUBLIC_PROVIDER)
    return name
