#!/bin/sh
# What went wrong once, each with the words that now say it or the bytes that
# now agree.
. tests/fixtures/check.sh

cp topologies/two-proxies.gv "$work/net.gv"
lab() { # FILE: standard input behind lab{…}
	{
		echo 'lab { topology = "net.gv", duration = "60s" }'
		echo 'local a, b = node "alice", node "bob"'
		cat
	} > "$work/$1"
}

# A fault's function acted while a node was in the middle of sending, and
# freed what that was using.
lab rewrite.lua <<'L'
fault { method = "INVITE", nth = 1, rewrite = function(t) a:crash() return t end }
script(function() wait(b, "registered") a:invite "sip:bob@biloxi.example.com" end)
L
says "verbs in a rewrite" "rewrite.lua:3: a fault's rewrite may only look" \
	"$RUNG" run "$work/rewrite.lua"

lab rewrite-nil.lua <<'L'
fault { method = "REGISTER", rewrite = function(t) end }
L
says "a rewrite without a result" "rewrite-nil.lua:3: a fault's rewrite must" \
	"$RUNG" run "$work/rewrite-nil.lua"

# set{} took any value.
lab set.lua <<'L'
script(function() b:set { answer = "-1s" } end)
L
says "a wrong value in set" 'set.lua:3: node bob: answer is “-1s”' \
	"$RUNG" run "$work/set.lua"
lab fixed.lua <<'L'
script(function() b:set { role = "proxy" } end)
L
says "what never changes" "role can't be changed" "$RUNG" run "$work/fixed.lua"
lab args.lua <<'L'
script(function() a:register { expiers = "60s" } end)
L
says "an unknown argument" 'did you mean “expires”?' "$RUNG" run "$work/args.lua"
lab early.lua <<'L'
a:invite "sip:bob@biloxi.example.com"
L
says "verbs outside a script" "nothing runs yet" "$RUNG" run "$work/early.lua"

# The language reached a trace.
seq=$("$RUNG" show labs/registration kind=send node=bob | awk 'END { print $1 }')
"$RUNG" run -q -o "$work/en" --act="$seq:bob.crash" labs/registration \
	> /dev/null 2>&1
"$RUNG" --lang=zh run -q -o "$work/zh" --act="$seq:bob.crash" labs/registration \
	> /dev/null 2>&1
if cmp -s "$work/en" "$work/zh"; then
	good
else
	bad "the language in a trace" "the bytes differ"
fi

# A byte order mark made a topology unreadable.
{
	printf '\357\273\277'
	cat topologies/direct-call.gv
} > "$work/bom.gv"
ok "a byte order mark" "$RUNG" run -q "$work/bom.gv"

# Reading went on until memory was gone.
fails "an endless file" 2 "$RUNG" run /dev/zero
fails "no file's name" 2 "$RUNG" run ""

# A mistake left an older file empty.
echo precious > "$work/old"
fails "a mistake" 2 "$RUNG" run -o "$work/old" --set=bob.anwser=1s \
	topologies/two-proxies.gv
says "leaves the older file" precious cat "$work/old"

# An act after record 0, and one upon no message.
fails "an act after nothing" 2 "$RUNG" run --act=0:bob.crash labs/two-proxies
says "an act upon no message" "no message is sent in record 1" \
	"$RUNG" run --act=1:message.drop labs/two-proxies
says "an unknown language" 'there is no “xx”' "$RUNG" --lang=xx

# The 200 to a BYE was explained with the rule for INVITE.
if "$RUNG" run -q -o - labs/two-proxies | grep '"cseq":"[0-9]* BYE"' |
	grep -q proxy-2xx; then
	bad "the 200 to a BYE" "has the rule for INVITE"
else
	good
fi

# A repeated ACK was forwarded as if it were new.
"$RUNG" run -q -o "$work/lost" labs/lost-messages
if grep '"rule":"proxy-ack"' "$work/lost" | grep -q '"retx":'; then
	good
else
	bad "a repeated ACK, forwarded" "has no retx"
fi
finish
