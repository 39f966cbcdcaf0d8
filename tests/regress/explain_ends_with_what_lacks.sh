# `rung explain` of a record of a call that nobody hung up said why it was, and not
# that the call's end is missing; `--hear` alone did.
. tests/fixtures/check.sh

cat > "$work/net.gv" <<'E1'
graph { domain="example.com"; alice [role=ua, addr="192.0.2.1"]
	bob [role=ua, addr="192.0.2.3", answer="1s"]; lan -- {alice bob} }
E1
# run SCRIPT: a call, what becomes of it in 20 s.
run() {
	printf 'lab { topology = "net.gv", duration = "20s" }\nlocal alice, bob = node "alice", node "bob"\n%s\n' \
		"$1" > "$work/lab.lua"
	"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl"
}
of() { "$RUNG" show "$work/t.jsonl" | awk -v what="$1" '$0 ~ what { print $1; exit }'; }
# lacks NAME SENTENCE RECORD…: each record's explanation ends with SENTENCE.
lacks() {
	name=$1 sentence=$2
	shift 2
	for record; do
		"$RUNG" explain "$work/t.jsonl" "$(of "$record")" | tail -2 > "$work/said"
		says "$name: $record" "$sentence" cat "$work/said"
	done
}
call='script(function() local c = alice:invite "sip:bob@192.0.2.3"'

run "$call end)"
lacks "nobody hangs up" "no BYE was seen: nobody has hung" "send.*INVITE" "recv.*ACK" "bob.*call.*confirmed" "200 OK"
run "fault { method = \"BYE\", drop = true }
$call wait(c, \"confirmed\", \"9s\") sleep \"5s\" c:bye() end)"
lacks "the BYE is lost" "no response to the BYE was seen" "send.*INVITE" "send.*BYE"
run "bob:on(\"invite\", function() end)
fault { status = 200, drop = true }
$call end)"
lacks "the answer is lost" "no ACK was seen" "send.*INVITE"
sed -i 's/answer="1s"/answer="60s"/' "$work/net.gv"
run "$call end)"
lacks "nobody answers" "no final response was seen" "send.*INVITE" "180 Ringing"
run "$call sleep \"2s\" c:cancel() end)"
says "one that was ended says nothing of it" 0 sh -c "'$RUNG' explain '$work/t.jsonl' $(of 'send.*INVITE') | grep -c 'trace ends' || true"
says "nor what is no call" 0 sh -c "'$RUNG' explain rfc3665-2.1 $(of 'send') | grep -c 'trace ends' || true"
finish
