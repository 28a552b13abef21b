"""The post: messages handed to the agency's mail server, one after the other on one connection."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage

PATIENCE = 20.0  # seconds


@dataclass(frozen=True, slots=True)
class Post:
    """A mail server. `security`: starttls, tls or none."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str

    def send(self, messages: Sequence[EmailMessage]) -> Generator[str]:
        """For each message "" once the server has taken it, else what went wrong as `connection`, `refused` or `address`.

        Blocks. A server that fails is not asked again for the rest: they get the same answer.
        """
        left = len(messages)
        try:
            with self._line() as line:
                for message in messages:
                    yield self._handed_over(line, message)
                    left -= 1
        except (OSError, smtplib.SMTPException) as error:
            problem = "refused" if isinstance(error, smtplib.SMTPAuthenticationError) else "connection"
            yield from [problem] * left

    def _handed_over(self, line: smtplib.SMTP, message: EmailMessage) -> str:
        try:
            line.send_message(message)
        except smtplib.SMTPRecipientsRefused:
            return "address"
        except smtplib.SMTPResponseException:
            return "refused"
        return ""

    @contextmanager
    def _line(self) -> Iterator[smtplib.SMTP]:
        trust = ssl.create_default_context()
        if self.security == "tls":
            line: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=trust)
        else:
            line = smtplib.SMTP(self.host, self.port, timeout=PATIENCE)
        with line:
            if self.security == "starttls":
                line.starttls(context=trust)
            if self.user:
                line.login(self.user, self.password)
            yield line
