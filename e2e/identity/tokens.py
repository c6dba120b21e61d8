"""Mints the tokens of python.test.ts with PyJWT, and reads one of Carillon's. In: JSON with key, kid, token; out: JSON."""

import json
import sys
import time

import jwt

given = json.load(sys.stdin)
key, kid = given["key"], given["kid"]
now = int(time.time())
claims = {"sub": "101", "aud": "carillon", "iat": now, "exp": now + 3600}


def mint(changed=None, without=(), headers=None, signed_by=key, algorithm="HS256"):
    said = {name: value for name, value in {**claims, **(changed or {})}.items() if name not in without}
    return jwt.encode(said, signed_by, algorithm=algorithm, headers={"kid": kid, **(headers or {})})


json.dump(
    {
        "accepted": {
            "as it should be": mint(),
            "one audience of several": mint({"aud": ["site", "carillon"]}),
            "a name of its own": mint({"jti": "4711"}),
            "times with a fraction": mint({"iat": now - 0.25, "exp": now + 3600.25}),
            "claims that nobody knows": mint({"roles": ["reader"], "é": "日本"}),
            "no kid": jwt.encode(claims, key, algorithm="HS256"),
        },
        "expired": {"expired 31 s ago": mint({"iat": now - 3600, "exp": now - 31})},
        "refused": {
            "alg none": mint(signed_by=None, algorithm="none"),
            "HS384 with the right key": mint(algorithm="HS384"),
            "HS512 with the right key": mint(algorithm="HS512"),
            "another key": mint(signed_by="another-key-that-is-long-enough-too"),
            "another audience": mint({"aud": "other"}),
            "no audience": mint(without=["aud"]),
            "no exp": mint(without=["exp"]),
            "no iat": mint(without=["iat"]),
            "no sub": mint(without=["sub"]),
            "issued in an hour": mint({"iat": now + 3600, "exp": now + 7200}),
            "not before an hour": mint({"nbf": now + 3600}),
            "an unknown critical extension": mint(headers={"crit": ["b42"], "b42": 1}),
            "an unknown kid": mint(headers={"kid": "other"}),
            "a kid that is a path": mint(headers={"kid": "../../../../dev/null"}),
            "a kid that is SQL": mint(headers={"kid": "x' UNION SELECT 'x"}),
            "a send_to that is no list": mint({"send_to": "101"}),
            "9 KB": mint({"pad": "x" * 7000}),
            "garbage": "garbage",
        },
        "read": jwt.decode(given["token"], key, algorithms=["HS256"], audience="carillon", options={"require": ["exp", "iat", "sub", "aud"]}),
    },
    sys.stdout,
)
