# A registrar (RFC 3261 10.3).  This one says yes, and remembers nothing.
import json
import sys


def answer(event):
    """What is to be done about EVENT, a list."""
    if event["event"] != "request" or event["method"] == "ACK":
        return []
    return [{"do": "reply", "id": event["id"], "status": 200}]


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
