#!/bin/sh
# In networks of ours one node answered another's ordinary request with 405: a
# voice mail the digits of a caller, a controller the question what it can do, a
# phone its own PUBLISH, which had nobody else to go to.  And a server that was
# named as a target was taken for a user of the own domain.
. tests/fixtures/check.sh

scene() { # NAME TOPOLOGY, the script behind lab{} on stdin
	{
		echo "lab { topology = \"$2\", duration = \"60s\" }"
		cat
	} > "$work/$1.lua"
	ok "$1 runs" "$RUNG" run -q -o "$work/$1.rung" "$work/$1.lua"
	if grep -q '"start":40[45],' "$work/$1.rung"; then
		bad "$1" "something was not served"
	else
		good
	fi
}

records() { # NAME WHAT PATTERN COUNT
	seen=$(grep -c "$3" "$work/$1.rung")
	if [ "$seen" = "$4" ]; then good; else
		bad "$1: $2" "$seen times instead of $4"
	fi
}

scene digits voicemail.gv <<'LUA'
script(function()
	local call = node "alice":invite "bob"
	wait(call, "confirmed", "20s")
	call:dtmf "1"
	sleep "1s"
	call:options()
	sleep "1s"
	call:bye()
end)
LUA
records digits "heard" '"node":"vm","kind":"note".*DTMF 1' 1

scene asked third-party.gv <<'LUA'
local alice, controller = node "alice", node "controller"
alice:on("invite", function(call)
	call:answer()
	sleep "3s"
	call:options()
end)
script(function()
	controller:connect(alice, "bob")
	sleep "1s"
	alice:options(controller)
end)
LUA
records asked "within and outside" '"kind":"send".*"start":200,"cseq":"[0-9]* OPTIONS"' 2

scene servers presence.gv <<'LUA'
script(function()
	for _, name in ipairs { "atl", "bil", "pa" } do
		node "alice":options(name)
		sleep "1s"
	end
	pcall(function() node "alice":publish "open" end)
	node "bob":publish "open"
end)
LUA
records servers "one is published" '"kind":"send".*"start":"PUBLISH"' 2
finish
