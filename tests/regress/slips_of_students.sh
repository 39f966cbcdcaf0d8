#!/bin/sh
# Mistakes that students make were answered by what Lua or the reader of graphs
# could not read, a line or two behind it, or by an advice that led astray; some
# were taken silently for what nobody means.
. tests/fixtures/check.sh
cp topologies/two-proxies.gv "$work"
two='alice [role=ua]; bob [role=ua]'

# STATUS SENTENCE ARGUMENT…: what rung says, and how it ends.
answers() {
	answers_said=$2
	fails "$2" "$1" "$RUNG" run -q -o "$work/t.jsonl" "$3" ${4:+"$4"} ${5:+"$5"}
	grep -qF -- "$answers_said" "$work/.output" ||
		bad "$(cat "$3")" "does not say: $answers_said"
}

# PLACE: SENTENCE, SCRIPT
whole() {
	printf '%s\n' "$2" > "$work/t.lua"
	answers "${3:-2}" "t.lua:$1" "$work/t.lua"
}

# The same, of a script from line 4 on.
script() {
	whole "$1" 'lab { topology = "two-proxies.gv" }
local alice, bob = node "alice", node "bob"
script(function()
'"$2"'
end)' "${3:-2}"
}

# PLACE: SENTENCE, GRAPH; of remarks the run's options behind it.
graph() {
	printf '%s\n' "$2" > "$work/t.gv"
	answers 2 "t.gv:$1" "$work/t.gv"
}
remark() { # SENTENCE, GRAPH OPTION
	printf '%s\n' "$2" > "$work/t.gv"
	answers 0 "$1" "$work/t.gv" ${3:+"$3"}
}
silent() { # GRAPH OPTION
	printf '%s\n' "$1" > "$work/t.gv"
	fails "$1" 0 "$RUNG" run -q -o "$work/t.jsonl" "$work/t.gv" ${2:+"$2"}
	empty "$1 $2"
}

# ---- topologies: values without a unit ----
remark 't.gv:1: link alice -- bob: loss=1 is 100 %; one percent is "1%"' \
	"graph { $two; alice -- bob [loss=1] }"
remark '--set loss=1: link alice -- bob: loss=1 is 100 %' \
	"graph { $two; alice -- bob }" --set=loss=1
silent "graph { $two; alice -- bob }" --set=loss=100%
remark 't.gv:1: link alice -- bob: delay=20 is 20 seconds; milliseconds are "20ms"' \
	"graph { $two; alice -- bob [delay=20] }"
remark 'jitter=4 is 4 seconds; milliseconds are "4ms"' \
	"graph { $two; alice -- bob [jitter=4] }"
remark 'delay=5 is 5 seconds' "graph { $two; alice -- bob }" --set=delay=5
remark 'node bob: answer=2000 is 2000 seconds; milliseconds are "2000ms"' \
	"graph { $two; alice -- bob }" --set=bob.answer=2000
silent "graph { $two; alice -- bob [delay=0] }" --set=bob.answer=2

# ---- topologies: what can't be read ----
graph '1: subgraph cluster_atlanta { is written' \
	'graph { cluster_atlanta { alice [role=ua] } }'
graph '1: subgraph cluster_x { is written' \
	'graph { subgraf cluster_x { alice [role=ua] } }'
graph '2: a link is --, not ---' 'graph { alice [role=ua]; bil [role=ua];
 bil --- alice }'
graph '1: a link is --, not -->' 'graph { alice --> bob }'
graph '1: the [ of line 1 has no ]' 'graph { alice [role=ua
 bob [role=ua]; alice -- bob }'
graph '2: the [ of line 2 has no ]' 'graph { alice [role=ua];
 bob [role=ua; }'
graph '1: a value of several words stands in quotes: role="proxy registrar location"' \
	'graph { pbx [role=proxy registrar location]; }'
graph '1: a value of several words stands in quotes: label="Call through two"' \
	'graph { label=Call through two
 a -- b }'
graph '2: a file holds one graph' "graph a { $two; alice -- bob }
graph b { carol [role=ua] }"
graph '1: a { is missing behind graph' 'graph office
 alice [role=ua]
}'
graph '1: attributes stand in [ ], not in ( )' 'graph { alice (role=ua) }'
graph '1: subgraph {...}: attributes stand in [ ], not in { }' 'graph { alice {role=ua} }'
graph '1: an attribute is written name=value, not name:value' \
	'graph { alice [role=ua, answer:"2s"] }'
graph '1: an attribute is written name=value, with one =' \
	'graph { alice [role=ua, answer=="2s"] }'
graph '1: an attribute is written name=value, with one =' \
	"graph { alice [role=ua, answer=='2s'] }"
graph "1: a text stands in \", not in '" \
	"graph { alice [role=ua, answer='2s'] }"
graph '2: a remark begins with //, and a link with a node: a -- b' 'graph {
-- remark
alice [role=ua] }'
graph '1: attributes stand behind the whole link: a -- b [ … ]' \
	'graph { alice [role=ua] -- bob }'
graph '1: link a -- b: bandwidth belongs to nodes; did you mean “rate”?' \
	'graph { a -- b [bandwidth="10mbit"] }'
for role in router hub; do
	graph "1: node lan1: a $role has no role: leave role= out" \
		"graph { lan1 [role=$role]; $two; alice -- lan1 -- bob }"
done

# ---- scripts: what Lua can't read ----

whole '2: a comma is missing at the end' 'lab {
  title = "t"
  topology = "two-proxies.gv"
}'
whole '1: a comma is missing before “topology”' \
	'lab { title = "t" topology = "two-proxies.gv" }'
script '5: a comma is missing at the end' 'fault {
 method = "INVITE"
 drop = true }'
script '4: Lua writes then … end, do … end, function(…) … end, not { }' 'if alice {
 alice:invite(bob)
}'
script '4: Lua writes then … end, do … end, function(…) … end, not { }' 'if alice == bob {
 local x = 1
}'
script '4: Lua writes then … end, do … end, function(…) … end, not { }' 'if alice {
 alice:invite(bob)
 sleep(1)
}'
script '6: Lua writes then … end, do … end, function(…) … end, not { }' 'if alice then
 sleep(1)
}'
script '4: Lua writes then … end, do … end, function(…) … end, not { }' 'while true {
}'
script '4: Lua writes then … end, do … end, function(…) … end, not { }' 'for i = 1, 5 {
}'
script '4: Lua writes then … end, do … end, function(…) … end, not { }' 'bob:on("invite", function(call) {
 call:answer()
})'
whole '2: quotes are missing: node "alice"' 'lab { topology = "two-proxies.gv" }
local alice = node alice
local bob = node "bob"'
whole '2: quotes are missing: node "alice"' 'lab { topology = "two-proxies.gv" }
node alice'
script '4: a time stands in brackets or in quotes: sleep(5) or sleep "5s"' 'sleep 5'
script '5: call:bye needs brackets: call:bye()' 'local call = alice:invite(bob)
call:bye'
script '5: call:bye needs brackets: call:bye()' 'local call = alice:invite(bob)
call:bye
sleep(5)'
whole '1: the { of line 1 has no }' 'lab { topology = "two-proxies.gv"
local a = node "alice"'
whole '1: the { of line 1 has no }' 'lab { topology = "two-proxies.gv",
local a = node "alice"'
whole '1: the { of line 1 has no }' 'lab { topology = "two-proxies.gv"'
whole '1: the { of line 1 has no }' 'lab { topology = "two-proxies.gv"
script(function() local t = { 1 } end)'
whole '2: Lua writes local, not var' 'lab { topology = "two-proxies.gv" }
var alice = node "alice"'
whole '2: Lua writes local, not const' 'lab { topology = "two-proxies.gv" }
const alice = node "alice"'
whole '2: Lua writes local, not let' 'lab { topology = "two-proxies.gv" }
let alice = node "alice"'
whole '2: Lua writes elseif, not elif' 'if 1 then
elif 2 then end'
whole '1: Lua writes -- before a remark, not #' '# comment
lab { topology = "two-proxies.gv" }'
script '4: Lua writes -- before a remark, not //' 'sleep(1) // remark'
script '4: Lua writes -- before a remark, not //' 'local n = 1 // remark that is long'
script '4: Lua writes --[[ … ]] around a remark' '/* remark */'
script "4: syntax error near 'z'" 'x = 7 // 2 y z'
! grep -qF "//" "$work/.output" || bad "a division" "is no remark"

# ---- scripts: what a function needs ----
script '4: chance is not available in scripts, as runs repeat; probability= of a fault draws from the seed' \
	'local x = math.random()'
for wait in 'wait "5s"' 'wait(5)' 'wait(alice)' 'wait(nil, "confirmed")'; do
	script '4: wait needs a call or a node, and a state: wait(call, "confirmed"); a pause is sleep "5s"' "$wait"
done
script '4: at needs a time and a function: at("3s", function() … end)' \
	'at("3s", bob:crash())'
script '4: on needs an event and a function: bob:on("invite", function(call) … end)' \
	'bob:on("invite", bob:crash())'

# ---- scripts: what is nothing, dots ----
script '4: there is no “call”; did you mean function(call)?' \
	'bob:on("invite", function() call:answer() end)
alice:invite(bob) sleep(1)'
whole '2: quotes are missing: node "alice"' 'lab { topology = "two-proxies.gv" }
local alice = node(alice)'
script '5: quotes are missing: "confirmed"' 'local call = alice:invite(bob)
wait(call, confirmed)'
whole '1: quotes are missing: topology = "two-proxies.gv"' \
	'lab { topology = two-proxies.gv }'
script '5: call verbs with a colon: call:bye(…)' 'local call = alice:invite(bob)
call.bye()'
script '4: call verbs with a colon: bob:on(…)' 'bob.on("invite", function(call) end)'
script '5: call verbs with a colon: …:bye(…)' 'local bye = alice:invite(bob).bye
bye()'
script '4: link needs two nodes: link("alice", "lan1")' 'link("lan1"):down()'

# ---- topologies: names and links ----
remark 't.gv:3: node carol is linked to nothing; carol -- bob links it' \
	"graph { $two; alice -- bob
# a third
carol [role=ua] }"
remark 't.gv:2: node alise is named here for the first time; did you mean alice (line 1)?' \
	"graph { $two; pbx [role=\"proxy registrar location\"];
 alise -- pbx; bob -- pbx }"
gives "and nothing else" 1 sh -c "grep -c : '$work/.output'"

# ---- times without a unit ----
script '4: sleep 5000 is 5000 seconds; milliseconds are "5000ms"' \
	'sleep(5000)' 0
script '4: delay=200 is 200 seconds; milliseconds are "200ms"' \
	'fault { delay = 200 }' 0
remark '500 is 500 seconds; milliseconds are "500ms"' \
	"graph { $two; alice -- bob }" --until=500

# ---- what a verb takes ----
script '4: invite takes no “to”; it takes: target sdp headers' \
	'alice:invite { to = "bob" }'
script '5: bye takes no “foo”; it takes:' 'local call = alice:invite(bob)
call:bye { foo = 1 }'

# ---- check.lua ----
mkdir "$work/own"
cp topologies/direct-call.gv labs/direct-call/lab.lua "$work/own"
printf '1. Who?\n' > "$work/own/README.md"
check() { # PLACE: SENTENCE, LINES
	printf '%s\n' "$2" > "$work/own/check.lua"
	fails "$2" 2 "$RUNG" check "$work/own" --teacher
	grep -qF -- "check.lua:$1" "$work/.output" || bad "$2" "does not say: $1"
}
check '2: the { of line 2 has no }' 'lesson { minutes = 5 }
task { number = 5'
check '2: the { of line 2 has no }' 'lesson { minutes = 5 }
task { number = 5,

'
check '2: vary needs a list of texts: vary { "bob.answer=1s..5s:1s" }' \
	'lesson { minutes = 5 }
vary "bob.answer=1s..2s:1s"'
check '2: goal needs a function: goal(function(t) … end, "…")' \
	'lesson { minutes = 5 }
goal("x", function(t) end)'
check '1: minutes is a number: minutes = 30' 'lesson { minutes = "long" }'
check '2: number must be a number, not a function' \
	'lesson { minutes = 5 }
task { number = function(t) return t.count end }'
check '2: the trace has no node “bill”' 'lesson { minutes = 5 }
task { find = { node = "bill" } }'
# ---- blocks ----
begin='lab { topology = "two-proxies.gv" }
local alice, bob = node "alice", node "bob"'
whole '5: end is missing: of function, line 3' "$begin
script(function()
 sleep(1)
)"
whole '7: end is missing: of function, line 3' "$begin
script(function()
 sleep(1) -- end
 print \"end\"
"
script '6: end is missing: of function, line 3' 'if alice then
 sleep(1)'
script '6: end is missing: of function, line 4' 'bob:on("invite", function(call)
 for i = 1, 3 do call:answer() end
)'
script '7: end is missing: of while, line 5' 'local t = { f = function()
 while true do
 sleep(1)
}'
script '6: Lua writes elseif, or one more end' 'if alice then
 sleep(1)
else if bob then
 sleep(2)
end'
script '6: one end too many' 'sleep(1)
end'
script '5: one end too many' 'sleep(1)
end
sleep(2)'
whole '2: one end too many' 'lab { topology = "two-proxies.gv" }
end'
script "4: unexpected symbol near ')'" 'sleep(1))'
! grep -qF "end is" "$work/.output" || bad "a bracket too many" "is no end"

# ---- braces, quotes, words ----
script '4: fields stand in braces: fault { method = … }' \
	'local f = fault(method = "INVITE", drop = true)'
whole '1: fields stand in braces: lab { title = … }' \
	'lab ( title = "x", topology = "two-proxies.gv" )'
script '4: fields stand in braces: set { busy = … }' 'bob:set busy=true'
script '5: call:bye needs brackets: call:bye()' 'local call, x = alice:invite(bob)
call:bye
x = 1'
script '5: call:bye needs brackets: call:bye()' 'local call = alice:invite(bob)
if call:bye == 1 then end'
script '4: fields stand in braces: … { headers = … }' \
	'alice:invite(bob, headers = 1)'
quote='a quote is missing in this line, or one too many'
whole "1: $quote" 'lab { title = "x, topology = "two-proxies.gv" }'
whole "2: $quote" 'lab {
 title = "x,
 topology = "two-proxies.gv" }'
whole "1: $quote" 'lab { topology = two-proxies.gv" }'
script "4: $quote" 'print("It"s fine")'
script "4: $quote" "print('It's fine')"
script '4: Lua writes -- before a remark, not //' "sleep(1) // don't"
whole '3: script needs a function: script(function() … end)' "$begin
script function()
 sleep(1)
end"
script '4: Lua writes lists { 1, 2 }, not [ 1, 2 ]' 'local l = [1,2]'
script "4: 'then' expected near '='; Lua writes >=, not =>" 'if 1 => 2 then end'
script "4: 'then' expected near '='; Lua writes <=, not =<" 'if 1 =< 2 then end'
script "4: unexpected symbol near '>'; Lua writes ~=" 'if 1 <> 2 then end'
whole '1: Lua writes function name() … end, not def' 'def foo():'
whole '1: a script imports nothing' 'import x'
whole '1: there is no “Local”; did you mean “local”?' 'Local a = node "alice"'
whole '1: there is no “retrun”; did you mean “return”?' 'function f() retrun 1 end'
whole '1: there is no “fuction”; did you mean “function”?' 'fuction f() end'
script '4: there is no “whle”; did you mean “while”?' 'whle true do end'
script "4: <name> expected near '('" 'local function () end'

# ---- names, times ----
script '4: atl is a node: node "atl"' 'atl:crash()'
script '5: there is no “call”; alice:invite gives it: local call = alice:invite(…)' \
	'alice:invite(bob)
call:bye()' 2
script '4: delay=200 is 200 seconds; milliseconds are "200ms"' \
	'link("lan1", "lan2"):set { delay = 200 }' 0
script '4: jitter=3 is 3 seconds' 'link("lan1", "lan2"):set { jitter = 3 }' 0
whole '2: at: the lab is over by then, by duration=' \
	'lab { topology = "two-proxies.gv", duration = "40s" }
at("100s", function() end)' 0

# ---- topologies: wide signs, values ----
graph '1: ， is no sign of this language: write ,' \
	'graph { alice [role=ua， answer="2s"]; alice -- bob }'
graph '1: ＝ is no sign of this language: write =' 'graph { alice [role＝ua] }'
graph '1: 【 is no sign of this language: write [' 'graph { alice 【role=ua】 }'
graph '1: a value of several words stands in quotes: transport="tcp,udp"' \
	'graph { alice [transport=tcp,udp] }'
graph '1: password= has no value' 'graph { alice [role=ua, password=] }'
graph '1: answer= has no value' 'graph { alice [answer=, role=ua] }'
remark 't.gv: there is no phone: one is alice [role=ua]' \
	'graph { p [role=proxy]; q [role=proxy]; p -- q }'
remark 't.gv:1: no node has a role' 'graph { a; b; a -- b }'
! grep -qF "there is no phone" "$work/.output" || bad "routers" "are no proxies"
silent 'graph { p [role="proxy registrar location"]; q [role=proxy]; p -- q }'

# ---- words of other languages ----
script '4: there is no “range”; did you mean “for i = 1, 3 do … end”?' \
	'for i in range(3) do end'
script '4: there is no “None”; did you mean “nil”?' 'local x = None'
script '4: there is no “len”; did you mean “#”?' 'local n = len({})'
script "4: 'end' expected (to close 'function' at line 3) near 'else'; else stands between" \
	'else'

# ---- programs ----
cp topologies/script.gv "$work"
program() { # STATUS PLACE: SENTENCE, PROGRAM
	printf '%s\n' "$3" > "$work/echo.lua"
	answers "$1" "echo.lua:$2" "$work/script.gv"
}
program 0 '2: node echo: call it with a colon: …:get(…)' 'function on_request(r)
 print(r.get("Subject")) end'
program 2 '1: a program has no node(): see docs/PROGRAMS.md' \
	'local a = node "alice"'

# ---- what is not there ----
printf 'graph { start="2026-02-30T08:00:00"; a [role=ua]; b [role=ua]; lan -- {a b} }' > "$work/day.gv"
says "a day that its month has not" "that month has 28 days" "$RUNG" run -q "$work/day.gv"
says "… of a deadline" "that month has 30 days" "$RUNG" check --deadline=2026-11-31 labs/busy
printf 'graph { a [role=ua, addr="192.0.2.1"]; b [role=ua, addr="192.0.2.2"] }' > "$work/apart.gv"
says "two phones without a link" "no path leads from a to b: no link does" "$RUNG" run -q "$work/apart.gv"
printf 'graph {\n a [role=ua]\n lan -- {a\n' > "$work/open.gv"
says "which brace is open" "open.gv:3: the { of line 3 has no }" "$RUNG" run -q "$work/open.gv"
: > "$work/empty"
says "an empty file" "is empty" "$RUNG" import "$work/empty" -o "$work/x.jsonl"
"$RUNG" run -q direct-call -o "$work/d.jsonl"
"$RUNG" export -f pcapng "$work/d.jsonl" -o "$work/d.pcapng"
says "a name for nobody" "nothing goes to or from 10.9.9.9" "$RUNG" show "$work/d.pcapng" --alias=10.9.9.9=zed
says "… beside a time that is told by name" "that month has 28 days" "$RUNG" run -q busy --set=alice.certificate=until=2026-02-30
printf 'graph {\n domain="a.example"; alice [role=ua, register=true]
 px [role=proxy]; bob [role=ua]; alice -- px -- bob }' > "$work/t.gv"
answers 0 "t.gv:2: alice can't register: the domain a.example has no registrar; give px role=" "$work/t.gv"
silent 'graph { domain="a.example"; alice [role=ua, register=true]
 px [role="proxy registrar location"]; bob [role=ua]; alice -- px -- bob }'
says "a lab that was not copied" "nothing of busy is answered: rung copy busy FOLDER" \
	"$RUNG" check busy
check '2: no record is like “method=PUBLISH”; ' 'lesson { minutes = 5 }
task { number = function(t) return t:first("method=PUBLISH").time end }'
check '2: no record is like “INVITE@zed”; “r” is nothing' 'lesson { minutes = 5 }
task { number = function(t) local r = t:get "INVITE@zed" return r.time end }'

# ---- what stands before the FILE ----
says "a format" "“svg” is one word too many; did you mean -f svg?" "$RUNG" export svg busy
says "… behind it" "did you mean -f svg?" "$RUNG" export busy svg
says "a filter" "did you mean --filter=method=INVITE?" "$RUNG" export method=INVITE busy
says "a fault" "did you mean --only=drop?" "$RUNG" search drop busy
says "a setting" "did you mean --seed=3?" "$RUNG" play seed=3 busy
says "a number" "“17” is one word too many" "$RUNG" play 17 busy
says "seeds" "did you mean --seeds=1..4?" "$RUNG" sweep 1..4 busy

# ---- what a stranger writes ----
script "4: ',' expected near 'to'; Lua writes for i = 1, 3 do, not 1 to 3" 'for i = 1 to 3 do end'
script '4: string has no “fromat”; did you mean “format”?' 'string.fromat("x")'
script '4: a node stands before it: bob:on("invite"' 'on("invite", function(call) end)'
script '4: set needs names: set { busy = true }' 'bob:set("busy", true)'
script '4: too many arguments; register takes at most 0 without a name, and in braces { expires=' \
	'alice:register "bob"'
script "4: too many arguments; a link's verbs take none" 'link("alice", "lan1"):down("2s")'
script '4: “bob” is no URI; expected one such as sip:' 'alice:send { method = "INFO", uri = "bob" }'
script '4: fault: an ACK gets no response' 'fault { method = "ACK", respond = 503 }'
script '4: fault: what is dropped neither comes later' 'fault { method = "BYE", drop = true, delay = "1s" }'
script "4: unexpected symbol near ':'; Lua writes =, not :=" 'local x := 1'
whole '1: lab has no field “network”; there are: title topology' 'lab { network = "two-proxies.gv" }'
graph '1: node a: unknown attribute “username”, did you mean “aor”?' 'graph { a [username=x] }'
graph '1: node a: unknown role “pbx”, did you mean “proxy”?' 'graph { a [role=pbx] }'
graph '1: a node is missing behind --' "graph { $two; alice -- bob -- }"
graph '1: node alice: role stands here twice; several roles stand in one: role="ua proxy"' 'graph { alice [role=ua, role=proxy] }'
silent "graph { $two; alice -- bob [label=x, label=y] }"
check '2: number must be a number, and is nothing (nil); a function gives its value by return' 'lesson { minutes = 5 }
task { number = function(t) t:count "kind=send" end }'
check '2: call verbs with a colon: …:count(…)' 'lesson { minutes = 5 }
task { number = function(t) return t.count "kind=send" end }'
check '2: there is no “t”; did you mean function(t)?' 'lesson { minutes = 5 }
task { number = function() return t:count "kind=send" end }'
check '2: there is no rule “rfc3261”; one is named by its section' 'lesson { minutes = 5 }
task { number = 3, rule = "rfc3261" }'
program 0 '2: node echo: reply: argument 1 is to be a message, and is: number' 'function on_request(r)
 return reply(200) end'

script '4: answer=2000 is 2000 seconds; milliseconds are "2000ms"' 'bob:set { answer = 2000 }' 0
script "5: 'do' expected near 'end'; Lua writes while" 'repeat sleep "1s" while true'
script '4: “alice” is a node: it has no length' 'print(#alice)'
graph '1: ; or a new line ends a statement, not ,' 'graph { a [role=ua], b [role=ua] }'

# ---- words of the command line ----
for word in compare:diff grade:check submit:hand-in pcap:import call:run; do
	says "$word" "did you mean “${word#*:}”?" "$RUNG" "${word%:*}" busy
done
says "several records" "one record is shown at a time" "$RUNG" show busy 5-10
says "… by dots" "one record is shown at a time" "$RUNG" show busy 5..10
says "blanks in a setting" "no blanks stand around =: --set=bob.busy=…" \
	"$RUNG" run busy --set bob.busy = true
says "an arrow for a link" "the link is written alice--lan1" \
	"$RUNG" run busy --set 'alice->lan1.loss=1%'
printf '1;2\n' > "$work/class.csv"
says "what is no capture is not empty" "neither a capture" \
	"$RUNG" import "$work/class.csv" -o "$work/x.jsonl"
"$RUNG" copy busy "$work/mine" --student=1 2> /dev/null
says "a copy of a copy" "is a copy, and has no tasks of its own" \
	"$RUNG" copy "$work/mine" "$work/other"
fails "nothing was made" 1 test -e "$work/other"
sed -i 's/^4: *$/4: 500/' "$work/mine/answers.txt"
says "a time without its unit" "a number alone counts seconds" "$RUNG" check "$work/mine"
says "no folder to serve" "is no folder and no lab" "$RUNG" serve "$work/nothing"
printf '{"ask":"run"}\n' > "$work/asked"
says "a request" 'there is no request “run”; there are open, texts, grow, close' \
	sh -c '"$1" serve --stdio < "$2"' - "$RUNG" "$work/asked"
finish
