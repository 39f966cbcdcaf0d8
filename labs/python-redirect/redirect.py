# A redirect server: it says where, and takes no part in what follows.  This one
# knows nobody yet.
import json
import sys

WHERE = {
    "bob": ["<sip:bob@192.0.2.3>;q=0.8", "<sip:bob@192.0.2.4>;q=0.3"],
    "carol": ["<sip:carol@192.0.2.5>"],
}
MOVED = {"dave": ["<sip:dave@192.0.2.6>"]}  # for good


def answer(event):
    """What is to be done about EVENT, a list."""
    if event["event"] != "request" or event["method"] == "ACK":
        return []
    return [{"do": "reply", "id": event["id"], "status": 404}]


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
