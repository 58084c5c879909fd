"""What an entry of the log keeps beside it, so that nobody can say later that it was other."""

import hashlib
import json


def frozen(values):
    """The values of an event that keeps ``values`` with it: canonical JSON and its SHA-256."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {"snapshot": text, "snapshot_hash": hashlib.sha256(text.encode()).hexdigest()}
