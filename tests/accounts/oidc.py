"""A provider of OpenID Connect on a port of its own: says of whoever comes that it is `person`."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, SECRET, CODE, KEY_ID = "ninestep", "a-secret", "a-code", "test"


class Provider:
    """person: what it claims. spoil: what it changes in its signed token, to be caught lying."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.person: dict[str, Any] = {"sub": "1"}
        self.spoil: dict[str, Any] = {}
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def answer(self, path: str) -> dict[str, Any]:
        pages: dict[str, Callable[[], dict[str, Any]]] = {
            "/.well-known/openid-configuration": self._configuration,
            "/keys": self._keys,
            "/token": self._token,
            "/person": lambda: self.person,
        }
        return pages[path]()

    def way_back(self, query: dict[str, str]) -> str:
        assert (query["client_id"], query["response_type"]) == (CLIENT_ID, "code")
        back = urlencode({"code": CODE, "state": query["state"]})
        return f"{query['redirect_uri']}?{back}"

    def _configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorise",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/person",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def _keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key()))
        return {"keys": [public | {"kid": KEY_ID, "alg": "RS256"}]}

    def _token(self) -> dict[str, Any]:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 60, **self.person}
        signed = jwt.encode(
            claims | self.spoil, self._key, algorithm="RS256", headers={"kid": KEY_ID}
        )
        return {"access_token": "t", "token_type": "Bearer", "id_token": signed}


@contextmanager
def running_provider() -> Iterator[Provider]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if parts.path == "/authorise":
                self.send_response(302)
                self.send_header("Location", provider.way_back(query))
                self.end_headers()
                return
            body = json.dumps(provider.answer(parts.path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.do_GET()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider = Provider(f"http://127.0.0.1:{server.server_port}")
        Thread(target=server.serve_forever, daemon=True).start()
        yield provider
        server.shutdown()
