#!/bin/sh
# What a script's function was given beyond what it takes was dropped without a
# word, and so was a script that had nothing done.
. tests/fixtures/check.sh
rung=$(realpath "$RUNG")
root=$PWD
RUNG_SHARE=$root
export RUNG_SHARE
cd "$work" || exit 1
call='local call = alice:invite "sip:bob@biloxi.example.com"'

# SAID LINE…: of a script with these lines.  STATUS: 2, or $status.
script() {
	script_said=$1
	shift
	{
		echo 'lab { title = "t", topology = "two-proxies.gv", duration = "10s" }'
		echo 'local alice, bob = node "alice", node "bob"'
		for line; do printf '%s\n' "$line"; done
	} > lab.lua
	timeout "$patience" "$rung" run lab.lua > .output 2>&1 < /dev/null
	script_is=$?
	if [ "$script_is" -ne "${status:-2}" ]; then
		bad "$*" "status $script_is"
	elif ! grep -qF -- "$script_said" .output; then
		bad "$*" "should say: $script_said"
	else
		good
	fi
}
much() { # FUNCTION FORM LINE
	script "$1 was given too much in its brackets; it is written $2" "$3"
}
much node 'node "alice"' 'local both = node("alice", "bob")'
much link 'link("alice", "bob")' 'link("lan1", "lan2", "lan3")'
much script 'script(function() … end)' 'script(function() end, function() end)'
much at 'at("3s", function() … end)' 'at("1s", function() end, "5s")'
much note 'note "…"' 'note("a", "b")'
much sleep 'sleep "5s"' 'script(function() sleep("1s", "2s") end)'
much wait 'wait(call, "confirmed", "5s")' \
	"script(function() $call wait(call, \"confirmed\", \"2s\", \"x\") end)"
much nodes 'nodes()' 'nodes("alice")'
much now 'now()' 'note(now("s"))'
much fault 'fault { method = "INVITE", drop = true }' \
	'fault({ method = "INVITE", drop = true }, 2)'
much lab 'lab { topology = "….gv" }' 'lab({}, {})'
script 'codecs is one text, not a list in braces: codecs = "…"' \
	'alice:set { codecs = { "PCMU" } }'
script 'header fields in braces need names' \
	"script(function() alice:invite(\"sip:bob@biloxi.example.com\", { headers = { \"x\" } }) end)"
script 'a function is given by its name alone: script(main)' \
	'local function main() sleep "1s" end' 'script(main())'
script 'fault: method is of requests, status of responses' \
	'fault { method = "INVITE", status = 180, drop = true }'
script 'of both is cseq=INVITE' \
	'fault { method = "INVITE", status = "2xx", drop = true }'
script 'fault: rewrite is a function that returns the new text' \
	'fault { method = "INVITE", rewrite = "x" }'
status=0
script 'lab.lua:3: no function is given to script, at or on, so this script has nothing done: script(main)' \
	'function main()' '  alice:invite "sip:bob@biloxi.example.com"' end
script 'nothing done: script(go)' 'local function go() end' 'local x = 1'
script 'nothing done: script(main)' '' 'local go = function() end'
script 'wait 5000 is 5000 seconds; milliseconds are "5000ms"' \
	"script(function() $call wait(call, \"confirmed\", 5000) end)"
script 'src and dst are the two ends of one hop' \
	'fault { method = "INVITE", src = "alice", dst = "bob", drop = true }' \
	"script(function() $call end)"
script 'and no routers' 'fault { src = "lan1", drop = true }' \
	"script(function() $call end)"

# ---- of which nothing is said ----
silent() {
	script '' "$@"
	if grep -q '^rung: ' .output; then bad "$*" 'is right'; else good; fi
}
silent 'alice:set { busy = true }'
silent 'bob:on("invite", function(call) call:reject(486) end)'
silent 'print("a", "b")' 'node("alice")'
silent "script(function() $call wait(call, \"confirmed\", 5) end)"
silent 'fault { cseq = "INVITE", status = 180, drop = true }' \
	"script(function() $call end)"

sed 's/duration = "10s"/duration = "0s"/' lab.lua > zero.lua
if "$rung" run zero.lua 2>&1 | grep -qF 'duration: nothing happens before 0 s'
then good; else bad zero.lua 'a run of 0 s'; fi

# ---- programs of nodes, and check.lua ----
mkdir labs topologies
cp -r "$root/labs/busy" own
echo 'task({}, {})' >> own/check.lua
"$rung" check --teacher own > .output 2>&1
if grep -qF 'task was given too much' .output; then good; else bad task '?'; fi
cat > p.lua << 'END'
function on_request(m)
  reply(m, 200, {}, "x")
end
END
cat > p.gv << 'END'
graph { a [role=ua] b [role=script, addr="192.0.2.2", program="p.lua"] lan a -- lan -- b }
END
cat > p-lab.lua << 'END'
lab { topology = "p.gv", duration = "1s" }
script(function() node "a":invite "sip:x@192.0.2.2" end)
END
"$rung" run p-lab.lua > .output 2>&1
if grep -qF 'reply was given too much' .output; then good; else bad reply '?'; fi
finish
