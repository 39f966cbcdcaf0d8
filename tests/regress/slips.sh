#!/bin/sh
# What is written in place of something else was answered by what a compiler or
# a table could not read: one word too many, a setting without its node, quotes
# of a word processor, an option in the place of a value.
. tests/fixtures/check.sh
find_trace labs/two-proxies protocol

# WHAT IS SAID, COMMAND…
slip() {
	slip_said=$1
	shift
	says "$*" "$slip_said" "$RUNG" "$@"
}

slip "“crash” is one word too many" run busy crash
slip "“busy” is one word too many" export "$trace" busy -o "$work/x.svg"
slip "“busy” is no NODE.ATTRIBUTE=VALUE" run --set busy -q
slip "graph.seed=5" run busy -q --set seed=5
slip "which node? NODE.answer=2s" run busy -q --set answer=2s
slip "begins above its end" sweep busy --seeds=10..1
slip "“-o” is an option" export --machine -o "$work/x.svg"
slip "names “busy” twice" class new --labs=busy,busy -o "$work/set"
slip "holds a lab's questions" run labs/busy/check.lua
slip "there are en and zh" run busy --lang=cn
slip "-f says svg, its name png" export "$trace" -f svg -o "$work/x.png"
slip "-f says svg, its name pdf" export --machine=ICT -f svg -o "$work/x.pdf"
slip "options begin with --" run —seed=5 busy
slip "only invite, refer" run busy -q --act 5:alice.zap
slip "did you mean “invite”" run busy -q --act 5:alice.cal

# WHAT IS SAID, LINE of a script
script() {
	printf '%s\n' 'lab { topology = "two-proxies.gv" }' "$2" \
		> "$work/lab.lua"
	says "$2" "$1" "$RUNG" run -q "$work/lab.lua"
}

script 'Lua writes ", not “' 'print(“bob”)'
script 'Lua writes :, not ：' 'node"alice"：invite()'
script 'no unit here' 'at(1s, function() end)'
script '== compares' 'if x = 1 then end'
script 'a comma is missing' 't = { 1 2 }'
script 'Lua writes ~=' 'if 1 != 2 then end'
script 'Lua writes and' 'if 1 && 2 then end'
script 'before a remark, not //' '// a remark'
script "near 'z'" 'x = "“//" y z'

# WHAT IS SAID, a topology
topology() {
	printf '%s\n' "$2" > "$work/net.gv"
	says "$2" "$1" "$RUNG" run -q "$work/net.gv"
}

topology 'my-phone needs quotes' 'graph { my-phone -- b }'
topology 'a link is --, not -' 'graph { a - b }'
topology 'the { of line 1 has no }' 'graph { a -- b '
topology '“ is no sign of this language: write "' 'graph { a [role=“ua”] }'
topology '— is no sign of this language: write --' 'graph { a — b }'

mkdir "$work/own"
cp labs/direct-call/lab.lua "$work/own"
printf '%s\n' 'lesson { minutes = 5, level = 1 }' \
	'task { find = { nod = "bob" } }' > "$work/own/check.lua"
slip 'did you mean “node”' check "$work/own"
# ---- what no other sentence was true of ----
printf "INVI\002TE\n" > "$work/program"
says_of() { # TEXT WORD …
	said=$1
	shift
	"$RUNG" "$@" > "$work/out" 2>&1
	says "$*" "$said" cat "$work/out"
}
says_of "did you mean --version?" --verison
says_of "is none of the messages that parse reads" parse "$work/program"
"$RUNG" run -q direct-call -o "$work/t.jsonl"
says_of "no record is like “busy”" show "$work/t.jsonl" busy
says_of "a filter has = alone" show "$work/t.jsonl" 'method!=INVITE'
says_of "a filter has = alone" show "$work/t.jsonl" 'status>=200'
says_of "either is said by a comma" show "$work/t.jsonl" method=INVITE OR method=BYE
cat > "$work/uri.lua" << 'LUA'
lab { topology = "two-proxies.gv", duration = "30s" }
script(function()
	node "alice":invite(sip:bob@example.com)
end)
LUA
says_of "uri.lua:3: a URI stands in quotes" run "$work/uri.lua"
says_of "is a file: show takes one" show "$work/t.jsonl" "$work/t.jsonl"
finish
