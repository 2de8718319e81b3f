"""Writes tokens.json anew: tokens that other programs signed, with the keys to check them.

    python make.py > tokens.json        needs PyJWT, cryptography and joserfc

The private keys are thrown away. The tokens end in the year 2100.
"""

import base64
import json

import joserfc
import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from joserfc import jwk as joserfc_jwk
from joserfc import jwt as joserfc_jwt

SECRET = "correct horse battery staple, thirty-two bytes"
CLAIMS = {
    "iss": "https://issuer.test",
    "sub": "alice",
    "aud": ["https://mcp.test", "https://other.test"],
    "iat": 1795000000,
    "nbf": 1795000000,
    "exp": 4102444800,
    "scope": "memory:read echo openid profile",
}


def text(number: int, size: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(size, "big")).rstrip(b"=").decode()


keys = {
    "RS256": rsa.generate_private_key(public_exponent=65537, key_size=2048),
    "ES256": ec.generate_private_key(ec.SECP256R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate(),
}


def public(name: str) -> dict:
    key = keys[name].public_key()
    jwk = {"kid": f"{name}-1", "use": "sig", "alg": name}
    if name == "RS256":
        numbers = key.public_numbers()
        jwk |= {"kty": "RSA", "n": text(numbers.n, 256), "e": text(numbers.e, 3)}
    elif name == "ES256":
        numbers = key.public_numbers()
        jwk |= {"kty": "EC", "crv": "P-256", "x": text(numbers.x, 32), "y": text(numbers.y, 32)}
    else:
        raw = key.public_bytes_raw()
        jwk |= {"kty": "OKP", "crv": "Ed25519", "x": text(int.from_bytes(raw, "big"), 32)}
    return jwk


tokens = []
for name, key in {**keys, "HS256": SECRET}.items():
    headers = {} if name == "HS256" else {"kid": f"{name}-1"}
    token = jwt.encode(CLAIMS, key, algorithm=name, headers=headers)
    tokens.append({"maker": f"PyJWT {jwt.__version__}", "alg": name, "token": token})

    kinds = {"RS256": joserfc_jwk.RSAKey, "ES256": joserfc_jwk.ECKey, "EdDSA": joserfc_jwk.OKPKey}
    signer = kinds[name].import_key(key) if name in kinds else joserfc_jwk.OctKey.import_key(SECRET)
    header = {"alg": name, "typ": "at+jwt"} | headers
    token = joserfc_jwt.encode(header, CLAIMS, signer, algorithms=[name])
    tokens.append({"maker": f"joserfc {joserfc.__version__}", "alg": name, "token": token})

print(json.dumps({"secret": SECRET, "jwks": {"keys": [public(name) for name in keys]}, "tokens": tokens}, indent=1))
