# What a home subscriber server knows of its users is a state like any other: whether
# each is registered, with which S-CSCF, and how far his SIM has counted; when the
# server crashes it is gone, and read again when it starts.
. tests/fixtures/check.sh

cp topologies/ims.gv topologies/*.lua "$work"
lab() { # NAME LINE…: a lab of those lines, run; its trace is NAME.jsonl
	name=$1
	shift
	{
		echo 'lab { title = "t", topology = "ims.gv", duration = "20s" }'
		echo 'local alice, bob, hss = node "alice", node "bob", node "hss"'
		echo 'script(function()'
		printf '%s\n' 'sleep "1s"' "$@"
		echo 'end)'
	} > "$work/$name.lua"
	ok "$name runs" "$RUNG" run -q "$work/$name.lua" -o "$work/$name.jsonl"
}
at() { # NAME TIME
	"$RUNG" show --at="$2" --node=hss "$work/$1.jsonl"
}
user() { # NAME TIME: the state of alice, or nothing
	at "$1" "$2" | sed -n 's/^  alice@home.example  *\([a-z-]*\) since.*/\1/p'
}
is() { # WHAT WANTED GOT
	ok "$1: $2" test "$2" = "$3"
}

lab ends 'sleep "3s"' 'alice:unregister()' 'sleep "3s"' \
	'alice:register()' 'sleep "3s"' 'hss:deregister("alice", { for_good = true })' \
	'sleep "3s"'
is "both are there" "alice@home.example bob@home.example" \
	"$(at ends 2s | grep -o '[a-z]*@home.example' | tr '\n' ' ' | sed 's/ $//')"
at ends 2s > "$work/at"
ok "below their heading" grep -qx Users "$work/at"
ok "whose they are" grep -q '^    S-CSCF *192.0.2.12:5060$' "$work/at"
ok "how far their SIMs have counted" grep -q '^    SQN *000000000020$' "$work/at"
is "until she answers the challenge" auth-pending "$(user ends 0.1s)"
is "she is" registered "$(user ends 2s)"
is "once she has left" not-registered "$(user ends 5s)"
ok "nobody has her then" test "$(at ends 5s | grep -c S-CSCF)" = 1
is "she comes again" registered "$(user ends 9s)"
is "when she is no subscriber any more" "" "$(user ends 12s)"
ok "by a step to removed" grep -q '"machine":"hss-user","id":"sip:alice@home.example","from":"registered","to":"removed","event":"remove"' "$work/ends.jsonl"
ok "by the norm's section" grep -q "TS 29.228 6.1.3" src/record/rules/rules_servers.h
says "a record in words" "registered: the SAR came." \
	"$RUNG" show "$work/ends.jsonl" \
	"$(sed -n 's/^{"seq":\([0-9]*\),.*"to":"registered","event":"SAR".*/\1/p' "$work/ends.jsonl" | head -n 1)"

lab crashed 'sleep "3s"' 'hss:crash()' 'sleep "3s"' 'hss:restart()' 'sleep "3s"'
is "before the crash" registered "$(user crashed 3s)"
is "it is gone" "" "$(user crashed 6s)"
says "and nothing lives there" "Nothing lives here now." at crashed 6s
is "it is read again" registered "$(user crashed 8s)"
says "with the S-CSCF" 192.0.2.12:5060 at crashed 8s

says "its figure" "auth-pending" \
	"$RUNG" export -f gv --machine=hss-user -o - "$work/ends.jsonl"
"$RUNG" export -f html "$work/ends.jsonl" -o "$work/page.html"
ok "the page tells it" grep -q 'S-CSCF 192.0.2.12:5060' "$work/page.html"
finish
