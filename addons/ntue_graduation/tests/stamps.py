"""An authority for time stamps, as RFC 3161 has it, within the test."""

import hashlib
from datetime import UTC, datetime, timedelta

from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

REFUSED = bytes.fromhex("30053003020102")
"""The answer of an authority that does not want to: a status, and no token."""


class Authority:
    """Answers as an authority does; ``root`` is the certificate that it is trusted by."""

    moment = datetime(2025, 11, 22, 0, 0, 5, tzinfo=UTC)

    def __init__(self, usage=x509.oid.ExtendedKeyUsageOID.TIME_STAMPING):
        self.key, root = (ec.generate_private_key(ec.SECP256R1()) for _one in range(2))
        self.root = self._certificate("root", "root", root, root)
        self.certificate = self._certificate("authority", "root", self.key, root, usage)

    def _certificate(self, name, issuer, key, by, usage=None):
        names = [
            x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])
            for text in (name, issuer)
        ]
        made = (
            x509.CertificateBuilder()
            .subject_name(names[0])
            .issuer_name(names[1])
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.moment - timedelta(days=1))
            .not_valid_after(self.moment + timedelta(days=3650))
        )
        if usage:
            made = made.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
        return made.sign(by, hashes.SHA256())

    def answer(self, asked):
        """The answer to a request, both as bytes."""
        request = tsp.TimeStampReq.load(asked)
        info = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": "1.2.3.4",
                "message_imprint": request["message_imprint"],
                "serial_number": 1,
                "gen_time": self.moment,
                "nonce": request["nonce"],
            }
        )
        token = {"content_type": "signed_data", "content": self._signed(info.dump())}
        return tsp.TimeStampResp(
            {"status": {"status": "granted"}, "time_stamp_token": token}
        ).dump()

    def _signed(self, info):
        own = asn1.Certificate.load(self.certificate.public_bytes(Encoding.DER))
        attributes = cms.CMSAttributes(
            [
                {"type": "content_type", "values": ["tst_info"]},
                {"type": "message_digest", "values": [hashlib.sha256(info).digest()]},
            ]
        )
        signer = {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": {
                        "issuer": own.issuer,
                        "serial_number": own.serial_number,
                    }
                }
            ),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": self.key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())),
        }
        return cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [{"algorithm": "sha256"}],
                "encap_content_info": {
                    "content_type": "tst_info",
                    "content": core.ParsableOctetString(info),
                },
                "certificates": [cms.CertificateChoices({"certificate": own})],
                "signer_infos": [signer],
            }
        )
