# Mistakes: each gets a sentence on standard error that names the place, and
# status 2.
. tests/fixtures/check.sh

# wrong NAME SENTENCE COMMAND…: status 2, the sentence on standard error.
wrong() {
	wrong_what=$1
	wrong_text=$2
	shift 2
	timeout "$patience" "$@" > "$work/.stdout" 2> "$work/.output" < /dev/null
	set -- $?
	if [ "$1" != 2 ]; then
		bad "$wrong_what" "status $1 instead of 2"
	elif ! grep -qF -- "$wrong_text" "$work/.output"; then
		bad "$wrong_what" "does not say: $wrong_text"
	elif [ "$(wc -l < "$work/.output")" != 1 ]; then
		bad "$wrong_what" "more than one line"
	else
		good
	fi
}

# ---- words of the command line ----
wrong "unknown command" 'did you mean “run”' "$RUNG" rnu two-proxies
wrong "unknown command, far off" 'no command “frobnicate”' "$RUNG" frobnicate
wrong "help of none" 'no command “rnu”' "$RUNG" help rnu
wrong "unknown option" "did you mean --seed" "$RUNG" run two-proxies --sed=7
wrong "unknown letter" "no option -x" "$RUNG" run -x two-proxies
wrong "option without value" "--seed needs a value" "$RUNG" run x --seed
wrong "no file" "run needs one FILE" "$RUNG" run
wrong "two files" "one word too many: run takes one FILE" "$RUNG" run a b
wrong "show nothing" "show needs a FILE" "$RUNG" show
wrong "seed" '“x” is no whole number' "$RUNG" run two-proxies --seed=x
wrong "seed too large" "--seed" \
	"$RUNG" run two-proxies --seed=99999999999999999999
wrong "time" '“soon” is no time' "$RUNG" run two-proxies --until=soon
wrong "detail" "messages, protocol, network" \
	"$RUNG" run two-proxies --detail=all
wrong "--set without value" "NODE.ATTRIBUTE=VALUE" \
	"$RUNG" run two-proxies --set bob
wrong "--set of an unknown node" 'did you mean “bob”' \
	"$RUNG" run two-proxies --set bbo.answer=2s
wrong "--set of an unknown attribute" 'did you mean “answer”' \
	"$RUNG" run two-proxies --set bob.anwser=2s
wrong "--act" "expected RECORD:NODE.VERB" "$RUNG" run two-proxies --act 5
wrong "--act of nobody" 'no node, call or link “nobody”' \
	"$RUNG" run two-proxies --act 5:nobody.crash
wrong "--act, unknown verb" 'bob can'"'"'t “explode”' \
	"$RUNG" run two-proxies --act 5:bob.explode
wrong "--act upon no message" "no message is sent in record 1" \
	"$RUNG" run two-proxies --act 1:message.drop
wrong "language" "there are en and zh" "$RUNG" run two-proxies --lang=fr
wrong "colour" "auto, always, never" "$RUNG" run two-proxies --color=maybe
wrong "width" "from 20 to 10000" "$RUNG" run two-proxies --width=3
wrong "format" "there are txt, md" "$RUNG" export -f gvv two-proxies
wrong "format of a file" 'no format “gif”; there are txt, md' \
	"$RUNG" export two-proxies -o "$work/x.gif"
wrong "format, far off" "there are txt, md" "$RUNG" export -f doc two-proxies
wrong "filter word" "did you mean “kind”" "$RUNG" show two-proxies kin=send
wrong "filter value" "did you mean “send”" "$RUNG" show two-proxies kind=sned
wrong "filter node" "did you mean “bob”" "$RUNG" show two-proxies node=bbo
wrong "ladder of no call" "Call-ID" "$RUNG" show -l two-proxies --call=zz

# ---- files ----
: > "$work/empty"
head -c 3000 "$RUNG" > "$work/binary"
mkdir "$work/nolab"
wrong "not there" "labs are looked for in" "$RUNG" run zzzzzzzz
wrong "not there, with a folder" "dir/zz: can't be read" "$RUNG" run dir/zz
wrong "a lab's name, misspelt" "did you mean “busy”" "$RUNG" run bussy
wrong "another one's" "did you mean “rfc3665-3.9”" "$RUNG" show rfc3665-3.99
wrong "a topology's" "did you mean “twenty.gv”" "$RUNG" run twenti.gv
wrong "a lab's, with its folder" "did you mean “labs/busy”" "$RUNG" run labs/bsuy
wrong "a folder without lab.lua" "no lab.lua" "$RUNG" run "$work/nolab"
wrong "empty" "is empty" "$RUNG" run "$work/empty"
wrong "binary" "is a program" "$RUNG" run "$work/binary"
for command in show explain export; do
	fails "$command: not there" 2 "$RUNG" $command nowhere 1
	fails "$command: empty" 2 "$RUNG" $command "$work/empty" 1
	fails "$command: binary" 2 "$RUNG" $command "$work/binary" 1
done
echo 'graph g { alice [role=uaa] }' > "$work/role.gv"
wrong "a topology's role" 'role.gv:1: node alice: unknown role “uaa”' \
	"$RUNG" run "$work/role.gv"
echo 'graph g { alice [role=ua' > "$work/syntax.gv"
wrong "a topology's syntax" "syntax.gv:1: the [ of line 1 has no ]" \
	"$RUNG" run "$work/syntax.gv"

# ---- scripts: file and line ----
# lua NAME SENTENCE LINES…: lines behind the lab's first.
lua() {
	lua_what=$1
	lua_text=$2
	shift 2
	{
		echo 'lab { topology = "two-proxies.gv" }'
		printf '%s\n' "$@"
	} > "$work/lab.lua"
	wrong "$lua_what" "$lua_text" "$RUNG" run "$work/lab.lua"
}
lua "syntax" "lab.lua:2: unexpected symbol near '='" 'local a = = 1'
lua "a node's name" 'lab.lua:2: there is no node “alcie”' 'node "alcie"'
lua "and the nearest" 'did you mean “alice”' 'node "alcie"'
lua "a verb" 'lab.lua:3: alice can'"'"'t “invit”; did you mean “invite”?' \
	'script(function()' ' node "alice":invit "sip:x@y"' 'end)'
lua "another role's verb" \
	'alice can'"'"'t “bind”; only a node with the role location can' \
	'script(function()' ' node "alice":bind("sip:x@y", "sip:z")' 'end)'
lua "an event that never comes" 'on("redirect") needs redirect=ask' \
	'node("alice"):on("redirect", function() end)'
lua "a method in small letters" 'write “INVITE”, not “invite”' \
	'fault { method = "invite", drop = true }'
lua "and of a response" 'write “BYE”, not “bye”' \
	'fault { cseq = "bye", drop = true }'
lua "a dot for a colon" "lab.lua:2: call verbs with a colon" \
	'node("alice").crash()'
lua "sleep outside" "lab.lua:2: sleep works only within script" 'sleep "1s"'
lua "wait outside" "lab.lua:2: wait works only within script" \
	'wait(node "bob", "registered")'
lua "a time" 'lab.lua:2: “1 minute” is no time: minutes are written 5min' \
	'script(function() sleep "1 minute" end)'
lua "a state" 'did you mean “registered”' \
	'script(function() wait(node "bob", "registred") end)'
lua "invite nobody" "lab.lua:2: invite needs the URI" \
	'script(function() node "alice":invite(nil) end)'
lua "a link" "lab.lua:2: there is no link between alice and bob" \
	'link("alice", "bob"):down()'
lua "a link's parameter" 'lab.lua:2: a link has no “los”' \
	'link("lan1", "lan2"):set { los = "1%" }'
lua "a fault's field" 'lab.lua:2: fault has no field “mehtod”' \
	'fault { mehtod = "INVITE", drop = true }'
lua "a fault's value" "lab.lua:2: fault:" 'fault { nth = 0, drop = true }'
lua "a fault without effect" "not what happens" 'fault { method = "INVITE" }'
lua "lab twice" "lab.lua:2: lab { … } may stand only once" 'lab { }'
lua "no io" "lab.lua:2: io is not available" 'io.open "/etc/passwd"'
lua "no os" "lab.lua:2: os is not available" 'os.execute "true"'
lua "runs for ever" "lab.lua:2: the script ran 10,000,000 instructions" \
	'while true do end'
lua "for ever, later" "lab.lua:4: the script ran 10,000,000 instructions" \
	'script(function()' ' sleep "1s"' ' while true do end' 'end)'
lua "no pcall gets over it" "the script ran 10,000,000 instructions" \
	'while true do pcall(function() while true do end end) end'
lua "a slow pattern" "lab.lua:2:" \
	'local at = ("a"):rep(5000):find(("a*"):rep(40) .. "b")'
lua "eats memory" "bytes of memory" \
	'local t = {} for i = 1, 1e8 do t[i] = ("x"):rep(1000) .. i end'
lua "one long string" "lab.lua:2:" 'local s = ("x"):rep(1e9)'
lua "no end of recursion" "lab.lua:2:" 'local function f() return 1 + f() end f()'
lua "no time passes" "a loop in which no time passes" \
	'script(function() while true do sleep(0) end end)'
lua "an error of its own" "lab.lua:2: oops" 'error "oops"'
echo 'print "x"' > "$work/nolab.lua"
wrong "no lab { }" "lab {" "$RUNG" run "$work/nolab.lua"
echo 'lab { topology = "no.gv" }' > "$work/notop.lua"
wrong "no such topology" 'notop.lua:1: there is no topology “no.gv”' \
	"$RUNG" run "$work/notop.lua"
echo 'lab { topology = "two-proxies.gv", titel = "x" }' > "$work/field.lua"
wrong "lab's field" 'did you mean “title”' "$RUNG" run "$work/field.lua"
printf '\033Lua' > "$work/bytecode.lua"
fails "bytecode" 2 "$RUNG" run "$work/bytecode.lua"

# Passwords that nobody has may be meant so: a word of warning, and the run.
{
	echo 'graph g { domain="a.example"'
	echo 'px [role="proxy registrar location", auth=all]'
	echo 'al [role=ua]; al -- px }'
} > "$work/nobody.gv"
ok "passwords that nobody has" "$RUNG" run "$work/nobody.gv"
says "are worth a word" \
	'nobody.gv:2: node px asks for passwords of a.example, but nobody has one' \
	"$RUNG" run "$work/nobody.gv"
"$RUNG" run "$work/nobody.gv" --set al.accounts=bob:x@a.example \
	> /dev/null 2> "$work/warned"
fails "somebody has one" 1 test -s "$work/warned"

# A run that a mistake ended says so in its trace.
{
	echo 'lab { topology = "two-proxies.gv" }'
	echo 'script(function() sleep "2s" node "alice":hop() end)'
} > "$work/late.lua"
wrong "a late mistake" "late.lua:2:" \
	"$RUNG" run "$work/late.lua" -o "$work/late.jsonl"
says "ends its trace" '"reason":"error"' tail -n 1 "$work/late.jsonl"

# ---- traces ----
t=$work/t.jsonl
"$RUNG" run two-proxies -q -o "$t"
sed 's/"version":1/"version":99/' "$t" > "$work/future.jsonl"
wrong "from the future" "version 99" "$RUNG" show "$work/future.jsonl"
wrong "run it again" "version 99" "$RUNG" run "$work/future.jsonl"
sed 5d "$t" > "$work/gap.jsonl"
wrong "a gap" "gap.jsonl:5:" "$RUNG" show "$work/gap.jsonl"
(cat "$t"; echo nonsense) > "$work/nonsense.jsonl"
wrong "nonsense behind it" "nonsense" "$RUNG" show "$work/nonsense.jsonl"
echo '{"a":1}' > "$work/other.jsonl"
wrong "other JSON" "not a trace" "$RUNG" show "$work/other.jsonl"
sed '1s/"inputs":{.*}}$/"x":1}/' "$t" > "$work/noinputs.jsonl"
wrong "no inputs" "can't be run again" "$RUNG" run "$work/noinputs.jsonl"
wrong "no such record" "numbered 1 to" "$RUNG" show "$t" 99999

# ---- options that ask for what is not there ----
"$RUNG" run two-proxies -q -o "$work/o.jsonl"
o=$work/o.jsonl
for command in "export" "export -f html" "export -f svg" "export -f pcapng" \
	"export --machine=ICT" "show -l" "show" "diff $o"; do
	# shellcheck disable=SC2086  # words
	wrong "a range backwards: $command" "--from comes after --to" \
		"$RUNG" $command "$o" --from=3s --to=1s
done
for command in "export" "export -f html" "export -f json" "export -f pcapng" \
	"export --machine=ICT" "show -l"; do
	# shellcheck disable=SC2086
	wrong "behind the end: $command" "after the end of the trace, which is" \
		"$RUNG" $command "$o" --from=500s
done
wrong "behind the end: diff" "neither A nor B has a message" \
	"$RUNG" diff "$o" "$o" --from=500s
for format in txt html svg pdf md json; do
	wrong "a filter of none: $format" "nothing in this trace is as --filter" \
		"$RUNG" export -f $format "$o" --filter=method=SUBSCRIBE
	wrong "nothing between them: $format" "as --node asks" \
		"$RUNG" export -f $format "$o" --node=alice --node=bob
	wrong "nothing then: $format" "as --from, --to asks" \
		"$RUNG" export -f $format "$o" --from=2.5s --to=2.6s
	wrong "no such call: $format" "has the Call-ID “zz”" \
		"$RUNG" export -f $format "$o" --call=zz
done
wrong "a ladder of nothing" "as --node asks" \
	"$RUNG" show -l "$o" --node=alice --node=bob
wrong "two calls, one of none" "has the Call-ID “zz”" \
	"$RUNG" export "$o" --call=d --call=zz
wrong "no such call as packets" "has the Call-ID “zz”" \
	"$RUNG" export -f pcapng "$o" --call=zz
wrong "machines of nobody" "did you mean “bob”" \
	"$RUNG" export --machine=ICT "$o" --node=bbo
wrong "the state of nobody" "did you mean “bob”" \
	"$RUNG" show "$o" --at=1s --node=bbo
for option in call node nodes filter notes from mark paper output; do
	wrong "an empty --$option" "--$option needs a value" \
		"$RUNG" export "$o" "--$option="
done
ok    "no title is none" "$RUNG" export "$o" --title=

# Each option where it does something, and nowhere else.
wrong "dots of a text" "--dpi does nothing in txt; it is for: png" \
	"$RUNG" export "$o" --dpi=300
wrong "pages of a page" "--page does nothing in html" \
	"$RUNG" export -f html "$o" --page=2
wrong "packets with numbers" "--number does nothing in pcapng" \
	"$RUNG" export -f pcapng "$o" --number
wrong "a filter of packets" "--filter does nothing in pcapng" \
	"$RUNG" export -f pcapng "$o" --filter=method=INVITE
wrong "a time axis of text" "--time does nothing in md" \
	"$RUNG" export -f md "$o" --time=true
ok    "the usual one" "$RUNG" export -f md "$o" --time=order
wrong "brackets of a script" "--mark does nothing in mmd; it is for: txt md" \
	"$RUNG" export -f mmd "$o" --mark=dialog
wrong "brackets of a table" "--mark does nothing in a table of records" \
	"$RUNG" show "$o" --mark=dialog
wrong "brackets of no ladder" "--mark does nothing where no ladder" \
	"$RUNG" run -q labs/direct-call --mark=phase
wrong "brackets of what" "is not transaction, dialog or phase" \
	"$RUNG" show -l "$o" --mark=call
wrong "an epoch of a picture" "--epoch does nothing in svg" \
	"$RUNG" export -f svg "$o" --epoch=2021-01-01
wrong "a call's network" "--call does nothing in the figure topology" \
	"$RUNG" export --what=topology "$o" --call=d
wrong "a call's machines" "--call does nothing in the figure machines" \
	"$RUNG" export --machine=ICT "$o" --call=d
wrong "a machine of a network" "--machine does nothing in the figure topology" \
	"$RUNG" export --what=topology --machine=ICT "$o"
wrong "notes and none" "--no-notes leaves out" \
	"$RUNG" export "$o" --timers --no-notes
for command in "show $o" "export $o" "explain $o 5"; do
	# shellcheck disable=SC2086
	wrong "a seed of a trace: $command" "is not run here, so --seed" \
		"$RUNG" $command --seed=3
done
wrong "a seed of two traces" "is not run here, so --seed" \
	"$RUNG" diff "$o" "$o" --seed=3
fails "a seed of one of two" 1 "$RUNG" diff "$o" busy --seed=3
wrong "no time at all" "nothing happens before 0 s" \
	"$RUNG" run two-proxies --until=0
wrong "one node twice" "are about the same node" \
	"$RUNG" diff "$o" "$o" --map=alice=bob --map=alice=atl
wrong "two calls of a comparison" "diff takes one --call" \
	"$RUNG" diff "$o" "$o" --call=d --call=8
wrong "a trace to be imported" "is a trace already" "$RUNG" import "$o"
wrong "what no capture has" "no more than messages and protocol" \
	"$RUNG" import "$o" --detail=network
ok    "the beginning of a call, as packets" sh -c '"$RUNG" export -f pcapng \
	--call=dbr --call=8wl "$1" -o "$2"' - "$o" "$work/o.pcapng"

# ---- output that can't be written ----
wrong "no such folder" "can't be written" \
	"$RUNG" run two-proxies -q -o "$work/none/t.jsonl"
wrong "no such folder for a picture" "can't be written" \
	"$RUNG" export "$t" -o "$work/none/x.svg"
if [ -c /dev/full ]; then
	for command in "run two-proxies" "run -q -o - two-proxies" "show $t" \
		"show -l $t" "show $t --at=2s" "explain $t 60" "export $t" \
		"export -f svg $t" "help" "help run"; do
		# shellcheck disable=SC2086  # words
		wrong "full disk: $command" "can't be written" \
			sh -c 'exec "$@" > /dev/full' - "$RUNG" $command
	done
	wrong "full disk: -o" "can't be written" \
		"$RUNG" run two-proxies -q -o /dev/full
	wrong "full disk: a picture" "can't be written" \
		"$RUNG" export -f png -o /dev/full "$t"
else
	skip "no /dev/full"
fi
# Nobody reads on: no hang, no complaint.
timeout "$patience" sh -c '"$RUNG" run twenty.gv --detail=network -o - 2> "$1" |
	head -c 10 > /dev/null' - "$work/.output"
fails "a closed pipe is quiet" 1 test -s "$work/.output"
finish
