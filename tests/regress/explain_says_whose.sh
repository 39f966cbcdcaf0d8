# What explain said of things that had another reason: "made of record N" of what a
# box's timer had made it send, "the request … on to ?" of a response, the timer of a
# log-on by a log-off, a fixed conference that is ended by the factory's rule, a 2xx
# without a description "longer than a message may be", a box's fault by the rule that
# it breaks, "the IAM came" of one's own telephone, and a silent agent by RFC 3261 9.1.
. tests/fixtures/check.sh

# first FILTER…: the number of the first record that is like that.
first() { "$RUNG" show "$work/t.jsonl" "$@" 2> "$work/said" | awk '{ print $1; exit }'; }
# explained NUMBER: its first step on one line.
explained() {
	"$RUNG" explain "$work/t.jsonl" "$1" --width=200 2> "$work/said" |
		sed -n '/^ *1\. #/,/^ *2\. #/p' | tr -s ' \n' ' '
}
run() { "$RUNG" run -q "$@" -o "$work/t.jsonl" 2> "$work/said"; }
box() { # ATTRIBUTES OF THE BOX, OF BOB
	cat > "$work/net.gv" << GV
graph net {
	edge [delay="5ms"]
	alice [role=ua, addr="192.0.2.1", outbound=b1]
	b1 [role=b2bua$1]
	bob [addr="192.0.2.2", $2]
	lan -- {alice b1 bob}
}
GV
}
lab() {
	cat > "$work/lab.lua" << LUA
lab { topology = "net.gv", duration = "400s" }
script(function()
	sleep "1s"
	local c = node "alice":invite "sip:bob@192.0.2.2"
	$1
end)
LUA
	run "$work/lab.lua"
}

box ', session_expires="90s", min_se="90s"' 'role=ua, answer="1s"'
lab 'sleep "60s"'
N=$(first src=b1 dst=bob from=20s kind=send)
says "the timer's: it is sent" "b1 sent" explained "$N"
fails "the timer's: is made of nothing" 1 sh -c \
	"'$RUNG' explain '$work/t.jsonl' '$N' | sed '/ 2\. /,\$d' |
	 grep -E 'Made of|Copied from|since record'"

run agent-stateless-proxy
N=$(grep '"verdict":"forward","status":180' "$work/t.jsonl" | head -n 1 |
	sed 's/.*"seq":\([0-9]*\).*/\1/')
says "a response that goes on" "sends the response 180 on." explained "$N"

run node-in-lua
N=$(grep '"rule":"dialog-early-over"' "$work/t.jsonl" | head -n 1 |
	sed 's/.*"seq":\([0-9]*\).*/\1/')
says "an early dialog that is over" "64*T1 after the first 2xx" explained "$N"
"$RUNG" show "$work/t.jsonl" "$N" > "$work/out"

run call-queue
says "a log-on" "An agent logs on by a REGISTER" \
	explained "$(first kind=timer node=help)"

run conference
says "a conference that is always there" "RFC 4353 5.4: Whoever runs the focus" \
	explained "$(first src=conf method=BYE from=39s kind=send)"

box '' 'role=script, program="bob.lua"'
cat > "$work/bob.lua" << 'LUA'
function on_request(m)
	if m.method ~= "ACK" then reply(m, 200) end
end
LUA
lab 'sleep "1s"'
N=$(first src=b1 dst=alice kind=send status=500)
says "a 2xx without a description" "must have its answer in the 2xx" \
	explained "$N"

run rfc3666-3.1
N=$(grep '"event":"dialled"' "$work/t.jsonl" | head -n 1 |
	sed 's/.*"seq":\([0-9]*\).*/\1/')
says "a telephone of its own" "a telephone of its own has dialled" explained "$N"

cat > "$work/net.gv" << 'GV'
graph net {
	domain="example.com" edge [delay="5ms"]
	alice [role=ua, addr="192.0.2.1", outbound=b1]
	b1 [role=b2bua, outbound=p, faults="rseq"]
	p [role="proxy registrar location"]
	lan -- {alice b1 p}
	node [role=ua, register=true, outbound=p, aor="sip:bob@example.com",
		answer=never, progress=183, reliable=required]
	bob1 bob2
	lan -- {bob1 bob2}
}
GV
sed -i 's/sip:bob@192.0.2.2/sip:bob@example.com/; s/sleep "1s"$/sleep "2s"/' "$work/lab.lua"
run "$work/lab.lua" --until=9s
says "a box's fault is told as one" "made to count those of all phones as of one" \
	explained "$(first rule=prack-as-one)"

run call-centre
"$RUNG" show "$work/t.jsonl" rule=queue-silent > "$work/out"
says "a silent agent: there is one" help cat "$work/out"
says "a silent agent: the box's own way" "RFC 7092 3.1.2" \
	explained "$(first rule=queue-silent)"
finish
