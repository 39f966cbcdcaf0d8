# A phone in Python: registers, answers each call, and plays its sound until the caller hangs up (docs/PROGRAMS.md).
import json, sys

for line in sys.stdin:
    e, do = json.loads(line), []
    if e["event"] == "start":
        sdp = "v=0\r\no=- 1 1 IN IP4 {0}\r\ns=-\r\nc=IN IP4 {0}\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n".format(e["addr"])
        do = [{"do": "register"}]
    elif e["event"] == "request" and e["method"] == "INVITE":
        do = [{"do": "answer", "id": e["id"], "body": sdp},
              {"do": "stream", "id": e["id"], "own": sdp, "theirs": e["body"]}]
    print(json.dumps({"n": e["n"], "do": do}), flush=True)
