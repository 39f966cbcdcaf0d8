#!/bin/sh
# Scripts that could not be stopped, or that filled memory and disk: each ends
# with a sentence and its line.
. tests/fixtures/check.sh

cp topologies/direct-call.gv "$work/net.gv"

# ends NAME SENTENCE LINE OPTION…: the script is standard input, from line 3 on.
ends() {
	ends_name=$1 ends_text=$2
	shift 2
	{
		echo 'lab { topology = "net.gv" }'
		echo 'local alice, bob = node "alice", node "bob"'
		cat
	} > "$work/lab.lua"
	fails "$ends_name" 2 "$RUNG" run "$work/lab.lua" -q "$@"
	says "$ends_name: the sentence" "$ends_text" \
		"$RUNG" run "$work/lab.lua" -q "$@"
}

# One instruction that follows __call without end.
ends "a table that calls itself" "lab.lua:4:" <<'L'
local t = setmetatable({}, {})
getmetatable(t).__call = t t()
L
ends "a chain of calls" "lab.lua:3: a metatable's __call must be a function" \
	<<'L'
setmetatable({}, { __call = {} })
L
ends "a chain set later" "__call must be a function" <<'L'
local m = setmetatable({}, {})
getmetatable(m).__call = {}
for i = 1, 1000 do end
L
ends "endless recursion" "lab.lua:3: calls within calls" <<'L'
local function f() return 1 + f() end
f()
L

# Numbers read from long strings.
for call in 'tonumber(s)' 's + 1' 'math.floor(s)' 'math.max(s, s)' \
	'utf8.len(s)' '("x"):rep(s)'; do
	ends "long strings, $call" "lab.lua:4:" <<L
local s = ("1"):rep(1000000)
while true do pcall(function() local x = $call end) end
L
done

# What a run makes.
ends "invites without a pause" "lab.lua:3: the script told" <<'L'
script(function() while true do alice:invite "sip:bob@192.0.2.3" end end)
L
ends "invites with a pause" "lab.lua:4: more than 500 calls, transactions" \
	--limit=alive=500 <<'L'
script(function()
	while true do alice:invite "sip:bob@192.0.2.3" sleep "1us" end
end)
L
ends "a pause without end" "lab.lua:3: the script ran 25,000,000" <<'L'
script(function() while true do sleep "1us" end end)
L
ends "a limit that is given" "lab.lua:3: the script ran 1,000,000" \
	--limit=instructions=1000000 <<'L'
script(function() while true do sleep "1us" end end)
L
ends "work between pauses" "--limit=instructions=N allows more" <<'L'
script(function()
	while true do for i = 1, 300000 do end sleep "1us" end
end)
L
# What it costs, tests/regress/script_costs.c counts.
for costly in 'string.format("%99.99f", 1e300)' 'table.concat(t)' \
	'local x = f .. f .. f .. f .. f' 'local x = f % 5e-320'; do
	ends "without end, $costly" "lab.lua:4: the script ran 10,000,000" <<L
local f, t = 1.7e308, {} for i = 1, 100000 do t[i] = "x" end
while true do $costly end
L
done
ends "no time passes" "lab.lua:3: a loop in which no time passes" <<'L'
script(function() while true do sleep(0) end end)
L
ends "a long note" "lab.lua:3: a note of 100,000 bytes is too long" <<'L'
script(function() note(("x"):rep(100000)) end)
L
ends "a long print" "lab.lua:3: a note of 100,000 bytes is too long" <<'L'
script(function() print(("x"):rep(100000)) end)
L
ends "records" "lab.lua:3: the run made more than 100 records" \
	--limit=records=100 <<'L'
script(function() while true do note "x" sleep "1ms" end end)
L
ends "bytes" "lab.lua:3: the run made more than 20,000 bytes" \
	--limit=bytes=20000 <<'L'
script(function() while true do note "x" sleep "1ms" end end)
L

# A limit that is no limit.
says "a misspelt limit" 'did you mean “records”?' \
	"$RUNG" run direct-call --limit=recods=3
says "no number" "expected a whole number" \
	"$RUNG" run direct-call --limit=records=many

# The limits are inputs of the run: the trace alone ends it there again.
"$RUNG" run direct-call --limit=records=30 -o "$work/a.jsonl" > /dev/null 2>&1
fails "again" 2 "$RUNG" run "$work/a.jsonl" -q

# Compiling names the line.
ends "a wrong word" "lab.lua:4: unexpected symbol near '='" <<'L'

x = = 3
L
ends "a missing end" "lab.lua:4: end is missing: of function, line 3" <<'L'
script(function()
L
finish
