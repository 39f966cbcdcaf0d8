# Says 200 to each request, and nothing else.
import json
import sys

for line in sys.stdin:
    e = json.loads(line)
    answer = [{"do": "reply", "id": e["id"], "status": 200}] if e["event"] == "request" else []
    print(json.dumps(answer), flush=True)
