"""Addresses to which agencies send: nothing is read here, only signed for and stored."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from . import push, websub
from .inbox import HEAVIEST
from .models import Channel, Delivery, Subscription

#: The header of WebSub, section 8.
SIGNED = "X-Hub-Signature"
#: Seconds after which to try again.
LATER = 60


class Refusal(Exception):
    """What was sent is not taken."""

    def __init__(self, status: HTTPStatus, why: str, **headers: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@csrf_exempt  # the signature is the proof
@require_POST
def pushed(request: HttpRequest, name: str) -> HttpResponseBase:
    """Take a document in, and say where its fate can be asked."""
    try:
        delivery = _taken(request, name)
    except Refusal as refusal:
        return _refused(refusal)
    where = f"{request.path}/{delivery.pk}"
    answer = JsonResponse({"delivery": delivery.pk, "fates": where}, status=HTTPStatus.ACCEPTED)
    return _private(answer, Location=where)


@require_GET
def fates(request: HttpRequest, name: str, number: str) -> HttpResponseBase:
    """Say what became of a document, to who signs for asking: with the path as the bytes."""
    try:
        channel = _channel(name)
        _prove(request, request.path.encode(), channel)
        delivery = _delivery(channel, int(number))
    except Refusal as refusal:
        return _refused(refusal)
    return _private(JsonResponse(push.told(delivery, now=timezone.now())))


@csrf_exempt  # the signature is the proof
@require_http_methods(["GET", "POST"])
def called(request: HttpRequest, token: str) -> HttpResponseBase:
    """Answer a hub's question, or take in what it sends."""
    try:
        subscription = _subscription(token)
        if request.method == "GET":
            return _confirmed(request, subscription)
        _heard(request, subscription)
    except Refusal as refusal:
        return _refused(refusal)
    return _private(HttpResponse(status=HTTPStatus.ACCEPTED))


def _subscription(token: str) -> Subscription:
    found = Subscription.objects.select_related("channel__provider").filter(token=token).first()
    if found is None:
        raise Refusal(HTTPStatus.NOT_FOUND, "Nothing was asked for here.")
    if found.ends_at is not None and found.ends_at <= timezone.now():
        raise Refusal(HTTPStatus.GONE, "This subscription has ended.")
    return found


def _confirmed(request: HttpRequest, subscription: Subscription) -> HttpResponseBase:
    """Give a hub its challenge back where it asks of what was asked for."""
    said = {name: str(request.GET[name]) for name in request.GET}
    if not websub.verify(subscription, said, now=timezone.now()):
        raise Refusal(HTTPStatus.NOT_FOUND, "This was not asked for.")
    return _private(HttpResponse(said.get("hub.challenge", ""), content_type="text/plain"))


def _heard(request: HttpRequest, subscription: Subscription) -> None:
    """Store what a hub signed; all else is taken and ignored (WebSub, section 8)."""
    if subscription.verified_at is None:
        raise Refusal(HTTPStatus.NOT_FOUND, "This was not confirmed.")
    raw = _body(request)
    known = websub.signed(request.headers.get(SIGNED, ""), raw, subscription)
    coding = request.headers.get("Content-Encoding", "")
    if not known or not raw.strip() or not push.readable(request.content_type or "", coding):
        return
    if subscription.channel.paused:
        return
    charset = (request.content_params or {}).get("charset", "")
    try:
        websub.hear(subscription, raw, charset=charset, now=timezone.now())
    except push.Crowded:
        raise Refusal(
            HTTPStatus.TOO_MANY_REQUESTS, "Too much of this channel waits.", Retry_After=str(LATER)
        ) from None


def _taken(request: HttpRequest, name: str) -> Delivery:
    """Hold a request to the rules, the cheapest first, and store what it brings."""
    channel = _channel(name)
    if push.SIGNATURE.fullmatch(request.headers.get(SIGNED, "")) is None:
        raise _unproven()
    if not push.readable(request.content_type or "", request.headers.get("Content-Encoding", "")):
        raise Refusal(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "This is no document of a wire: send XML, JSON, plain text or mail under its own"
            " Content-Type, as it is or coded as gzip.",
        )
    raw = _body(request)
    _prove(request, raw, channel)
    if not raw.strip():
        raise Refusal(HTTPStatus.BAD_REQUEST, "There is nothing in it.")
    key = request.headers.get("Idempotency-Key", "")
    if key and push.KEY.fullmatch(key) is None:
        raise Refusal(
            HTTPStatus.BAD_REQUEST, "An Idempotency-Key has 1 to 200 signs of ASCII, no spaces."
        )
    if channel.paused:
        raise Refusal(
            HTTPStatus.SERVICE_UNAVAILABLE, "This channel is paused.", Retry_After=str(LATER)
        )
    charset = (request.content_params or {}).get("charset", "")
    try:
        return push.take(channel, raw, key=key, charset=charset, now=timezone.now())
    except push.Clash:
        raise Refusal(
            HTTPStatus.UNPROCESSABLE_ENTITY, "This Idempotency-Key came before, with other bytes."
        ) from None
    except push.Crowded:
        raise Refusal(
            HTTPStatus.TOO_MANY_REQUESTS, "Too much of this channel waits.", Retry_After=str(LATER)
        ) from None


def _channel(name: str) -> Channel:
    found = Channel.objects.select_related("provider").filter(url=push.PUSHED + name).first()
    if found is None:
        raise Refusal(HTTPStatus.NOT_FOUND, "There is no such channel.")
    return found


def _delivery(channel: Channel, number: int) -> Delivery:
    found = Delivery.objects.filter(channel=channel, pk=number).first()
    if found is None:
        raise Refusal(HTTPStatus.NOT_FOUND, "This channel has no such delivery.")
    return found


def _body(request: HttpRequest) -> bytes:
    """Read a body whose length was said, and no more than a document may have."""
    said = request.headers.get("Content-Length", "")
    if not said.isascii() or not said.isdecimal() or "Transfer-Encoding" in request.headers:
        raise Refusal(HTTPStatus.LENGTH_REQUIRED, "Say the length: Content-Length.")
    if len(said) > len(str(HEAVIEST)) or int(said) > HEAVIEST:
        raise Refusal(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A document has {HEAVIEST} bytes at most."
        )
    raw = request.read(int(said))
    if len(raw) != int(said):
        raise Refusal(HTTPStatus.BAD_REQUEST, "It was cut short.")
    return raw


def _prove(request: HttpRequest, raw: bytes, channel: Channel) -> None:
    if not push.signed(request.headers.get(SIGNED, ""), raw, secret=channel.secret):
        raise _unproven()


def _unproven() -> Refusal:
    return Refusal(
        HTTPStatus.UNAUTHORIZED,
        f"The signature is not right: {SIGNED}: sha256=HEX, the HMAC of the bytes of the body"
        " with this channel's secret; where nothing is sent, of the path.",
        WWW_Authenticate=f'HMAC header="{SIGNED}"',
    )


def _refused(refusal: Refusal) -> HttpResponseBase:
    answer = JsonResponse({"error": refusal.why}, status=refusal.status)
    return _private(answer, **refusal.headers)


def _private(answer: HttpResponse, **headers: str) -> HttpResponseBase:
    """Let nobody keep an answer."""
    for name, value in {"Cache-Control": "no-store", **headers}.items():
        answer.headers[name] = value
    return answer
