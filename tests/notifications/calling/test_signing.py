"""The signature, against the example of the Standard Webhooks specification."""

import base64

from apps.notifications.calling.signing import headers, signature, written_secret

SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # the specification's own
BODY = b'{"test": 2432232314}'


def test_signature_is_that_of_the_specification() -> None:
    key = base64.b64decode(SECRET)

    made = signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY)

    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert written_secret(key) == f"whsec_{SECRET}"


def test_headers_name_id_and_time() -> None:
    made = headers(b"key", "one", 7, BODY)

    assert made == {
        "webhook-id": "one",
        "webhook-timestamp": "7",
        "webhook-signature": signature(b"key", "one", 7, BODY),
    }
