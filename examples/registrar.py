# A registrar in Python: bindings of users, by address-of-record, and where a
# call for one of them goes (RFC 3261 10.3, 16.5).
import json
import re
import sys

bindings = {}  # "alice@a.example": {"sip:alice@192.0.2.1": when it ends}


def user_of(field):
    """The user and host that a To or a Request-URI names."""
    return re.sub(r"[:;>].*", "", re.sub(r"^[^<]*<?sips?:", "", field))


def seconds_of(contact, headers):
    of_contact = re.search(r";expires=(\d+)", contact)
    default = headers.get("Expires", ["3600"])[0]
    return int(of_contact.group(1) if of_contact else default)


def alive(user, now):
    ends = bindings.setdefault(user, {})
    for uri in [uri for uri in ends if ends[uri] <= now]:
        del ends[uri]
    return ends


def register(e):
    headers, now = e["headers"], e["now"]
    ends = alive(user_of(headers["To"][0]), now)
    for contact in headers.get("Contact", []):
        uri = re.search(r"<([^>]*)>|^([^;]*)", contact)
        uri = uri.group(1) or uri.group(2)
        if contact == "*":
            ends.clear()
        elif seconds_of(contact, headers) == 0:
            ends.pop(uri, None)
        else:
            ends[uri] = now + seconds_of(contact, headers)
    contacts = ["<%s>;expires=%d" % (uri, ends[uri] - now) for uri in ends]
    return {"do": "reply", "id": e["id"], "status": 200, "headers": {"Contact": contacts}}


def answer(e):
    if e["event"] != "request":
        return []
    if e["method"] == "REGISTER":
        return [register(e)]
    if e["headers"].get("To", [""])[0].find(";tag=") >= 0:
        return [{"do": "forward", "id": e["id"]}]
    ends = alive(user_of(e["uri"]), e["now"])
    if not ends:
        return [{"do": "reply", "id": e["id"], "status": 404}]
    return [{"do": "forward", "id": e["id"], "uri": uri, "record_route": True} for uri in ends]


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
