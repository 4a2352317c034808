"""A hub of WebSub on this machine, which is the agency's web server as well."""

import hmac
import http.client
from urllib.parse import parse_qsl, urlencode, urlsplit

from harness.agency import Agency, reply


class Hub(Agency):
    """A hub that is the agency's web server as well."""

    def __init__(self):
        super().__init__()
        self.forms, self.confirmed = [], []
        #: Asks back while it is asked, as hubs may.
        self.verifies, self.lease = True, str(864_000)
        self.answers["/hub"] = self.subscribe

    def subscribe(self, asked):
        form = dict(parse_qsl(asked.body.decode(), strict_parsing=True))
        self.forms.append(form)
        if self.verifies:
            self.confirmed.append(self.verify(form))
        return reply(202)

    def verify(self, form, **said):
        """Ask the subscriber whether it meant it; give status and body."""
        words = {
            "hub.mode": form["hub.mode"],
            "hub.topic": form["hub.topic"],
            "hub.challenge": "guess-me",
            "hub.lease_seconds": self.lease,
        } | {f"hub.{name}": value for name, value in said.items()}
        return call("GET", f"{form['hub.callback']}?{urlencode(words)}")

    def send(self, raw, form=None, method="sha256", kind="application/atom+xml", **headers):
        """Send content to a subscriber; give its status."""
        form = form or self.forms[-1]
        digest = hmac.digest(form["hub.secret"].encode(), raw, method).hex()
        given = {"X-Hub-Signature": f"{method}={digest}", "Content-Type": kind} | headers
        given = {name: value for name, value in given.items() if value is not None}
        return call("POST", form["hub.callback"], raw, given)[0]


def call(verb, url, raw=None, headers=None):
    parts = urlsplit(url)
    talk = http.client.HTTPConnection(parts.netloc, timeout=30)
    try:
        path = parts._replace(scheme="", netloc="").geturl()
        talk.request(verb, path, raw, headers or {})
        answer = talk.getresponse()
        return answer.status, answer.read().decode()
    finally:
        talk.close()
