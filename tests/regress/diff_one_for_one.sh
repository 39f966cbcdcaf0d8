# Where an address belongs to no node, it stands for one of the other trace, and for
# that one everywhere: also an address that is the same in both, its port, and whose
# user it is.  What each run makes anew differs in nothing.
. tests/fixtures/check.sh
XDG_STATE_HOME=$work/state
export XDG_STATE_HOME

more=

# diff_of TITLE STATUS [SAYS]: $work/a.jsonl against $work/b.jsonl.
diff_of() {
	# shellcheck disable=SC2086  # words
	"$RUNG" diff $more "$work/a.jsonl" "$work/b.jsonl" > "$work/.diff"
	set -- "$1" "$2" "$3" $?
	if [ "$4" != "$2" ]; then
		bad "$1" "status $4 instead of $2: $(cat "$work/.diff")"
	elif [ -n "$3" ] && ! grep -qF -e "$3" "$work/.diff"; then
		bad "$1" "does not say $3: $(cat "$work/.diff")"
	else
		good
	fi
}

# The contact of bob, and what goes to it, are elsewhere: at $1 as he says, $2 in
# the ACK, $3 in the BYE.
moved() {
	sed "s/Contact: <sip:bob@192.0.2.3:5060>/Contact: <sip:$1>/
s/ACK sip:bob@192.0.2.3:5060/ACK sip:$2/
s/BYE sip:bob@192.0.2.3:5060/BYE sip:$3/" "$work/run.jsonl"
}

cp topologies/direct-call.gv "$work"
cat > "$work/lab.lua" << 'EOF'
lab { title = "Alice hangs up", topology = "direct-call.gv", duration = "45s" }
local alice, bob = node "alice", node "bob"
script(function()
	local call = alice:invite(bob)
	if wait(call, "confirmed") then
		sleep "5s"
		call:bye()
	end
end)
EOF
"$RUNG" run -q "$work/lab.lua" -o "$work/run.jsonl"
there=bob@203.0.113.50:5060
moved $there $there $there > "$work/a.jsonl"
grep -q "ACK sip:$there" "$work/a.jsonl" && good || bad "the ACK" "stays at home"

moved $there $there $there > "$work/b.jsonl"
diff_of "the same" 0
there=bob@203.0.113.77:5080
moved $there $there $there > "$work/b.jsonl"
diff_of "elsewhere all the way" 0
there=x8f3@203.0.113.77
moved $there $there $there > "$work/b.jsonl"
diff_of "a node's user is named otherwise" 1 "+ <sip:x8f3"
moved $there $there $there > "$work/a.jsonl"
there=y2a@203.0.113.77
moved $there $there $there > "$work/b.jsonl"
diff_of "a user of no node is another one, all the way" 0
moved $there bob@203.0.113.77 $there > "$work/b.jsonl"
diff_of "a user of no node, and another in the ACK" 1 "+ sip:bob@203.0.113.77"
there=bob@203.0.113.50:5060
moved $there $there $there > "$work/a.jsonl"

here=bob@203.0.113.50:5060
for at in bob@203.0.113.51:5060 bob@203.0.113.50:5070 bill@203.0.113.50:5060 bob@192.0.2.3:5060; do
	moved $here $at $here > "$work/b.jsonl"
	diff_of "the ACK goes to $at" 1 "+ sip:$at"
	moved $here $here $at > "$work/b.jsonl"
	diff_of "the BYE goes to $at" 1 "+ sip:$at"
	moved $at $here $here > "$work/b.jsonl"
	diff_of "the contact is $at, not what follows" 1 "− "
done

# What comes after one that went astray is as it was.
for at in bob@203.0.113.51:5060 bob@203.0.113.50:5070 bill@203.0.113.50:5060; do
	moved $here $at $here > "$work/b.jsonl"
	diff_of "the ACK alone goes to $at" 1 "changed: 1;"
done

# The port of a node, likewise.
cp "$work/run.jsonl" "$work/a.jsonl"
moved bob@192.0.2.3:5060 bob@192.0.2.3:5099 bob@192.0.2.3:5060 > "$work/b.jsonl"
diff_of "the ACK goes to another port" 1 "+ sip:bob@192.0.2.3:5099"
moved bob@192.0.2.3:5099 bob@192.0.2.3:5099 bob@192.0.2.3:5099 > "$work/b.jsonl"
diff_of "another port all the way" 0

# A node that is another one is so everywhere.
cp "$work/run.jsonl" "$work/a.jsonl"
sed 's/bob/BOB/g;s/alice/bob/g;s/BOB/alice/g;s/Alice/BOB/g;s/Bob/Alice/g;s/BOB/Bob/g' \
	"$work/run.jsonl" > "$work/b.jsonl"
more="--map=alice=bob --map=bob=alice"
diff_of "both are called otherwise" 0
sed '/"start":"ACK"/s/ACK sip:alice/ACK sip:bob/' "$work/b.jsonl" > "$work/c.jsonl"
mv "$work/c.jsonl" "$work/b.jsonl"
diff_of "but for once" 1 "+ sip:bob@"
more=

# A Route that leads elsewhere.
"$RUNG" run -q two-proxies -o "$work/run.jsonl"
sed 's/198\.51\.100\.2:5060;lr/203.0.113.9:5060;lr/g' "$work/run.jsonl" > "$work/a.jsonl"
sed '/"start":"ACK"/s/203\.0\.113\.9/203.0.113.8/' "$work/a.jsonl" > "$work/b.jsonl"
diff_of "a Route leads elsewhere" 1 "203.0.113.8"

# What each run makes anew: users of contacts, hosts that are none (RFC 7118), what
# is escaped in a URI (RFC 3891), what a body tells of dialogs (RFC 4235), keys.
for lab in call-park conference-key conference-refer handset-transfer ims-registration \
	nat-keepalive rfc3891-1 rfc5359-2.15 websocket-phone; do
	"$RUNG" run -q "$lab" --seed=1 -o "$work/a.jsonl"
	"$RUNG" run -q "$lab" --seed=2 -o "$work/b.jsonl"
	diff_of "$lab with other chance" 0
done
finish
