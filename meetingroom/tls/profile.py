"""The profile an iPad installs: our root certificate, and an icon on the Home Screen that opens full screen."""

from __future__ import annotations

import hashlib
import plistlib
import uuid
from dataclasses import dataclass

from meetingroom.tls import authority


@dataclass(frozen=True, slots=True)
class Icon:
    """`address` is what it opens, `picture` a PNG."""

    label: str
    address: str
    picture: bytes


def profile(root: bytes, title: str, text: str, icon: Icon) -> bytes:
    """A .mobileconfig. Made again of the same root it replaces itself and is not installed twice."""
    content = authority.der(root)
    digest = hashlib.sha256(content).hexdigest()[:12]

    def payload(kind: str, name: str, **more: object) -> dict[str, object]:
        identifier = f"vn.meetingroom.{digest}.{name}"
        return {
            "PayloadType": kind,
            "PayloadIdentifier": identifier,
            "PayloadUUID": str(uuid.uuid5(uuid.NAMESPACE_URL, identifier)).upper(),
            "PayloadVersion": 1,
            "PayloadDisplayName": title,
            **more,
        }

    return plistlib.dumps(
        payload(
            "Configuration",
            "profile",
            PayloadDescription=text,
            PayloadRemovalDisallowed=False,
            PayloadContent=[
                payload("com.apple.security.root", "root", PayloadContent=content),
                payload(
                    "com.apple.webClip.managed",
                    "icon",
                    URL=icon.address,
                    Label=icon.label,
                    Icon=icon.picture,
                    FullScreen=True,
                    IsRemovable=True,
                    Precomposed=True,
                ),
            ],
        )
    )
