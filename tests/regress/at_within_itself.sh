#!/bin/sh
# at() within what at() runs, and functions that call themselves there without
# end, ended with a sentence that named no line where the bound was reached
# before the first one of a function.
. tests/fixtures/check.sh
cp topologies/direct-call.gv "$work"

# The script on standard input, whose second line is the first of the test's,
# ends with status 2, and TEXT behind its LINE.
ends() { # NAME LINE TEXT
	{
		echo 'lab { topology = "direct-call.gv" }'
		cat
	} > "$work/lab.lua"
	fails "$1" 2 timeout "$patience" "$RUNG" run -q "$work/lab.lua"
	says "$1: the line" "lab.lua:$2: $3" "$RUNG" run -q "$work/lab.lua"
}

ends "at within itself" 2 "the script executed 25,000,000 instructions" << 'END'
local function f() at(0, f) end
at(0, f)
END
ends "at twice within itself" 3 "the script executed 25,000,000 instructions" << 'END'
local function f()
	at(0, f) at(0, f)
end
f()
END
ends "at of another function each time" 3 "the script executed 25,000,000" << 'END'
local function f()
	at(0, function() f() end)
end
f()
END
ends "at as what at calls" 3 "at needs a time" << 'END'

at(0, function() at(0, at) end)
END
ends "script as what script calls" 3 "argument 1 must be a function" << 'END'

script(script)
END
ends "a function of Lua's on a call" 4 "string.rep: argument 1 must be a string" << 'END'
local alice, bob = node "alice", node "bob"

bob:on("invite", string.rep)
script(function() alice:invite "bob" end)
END
ends "recursion in what at calls" 5 "too many nested calls" << 'END'
local function f(n) return n end

at("1s", function()
	local function g() return g() + 1 end
	g()
end)
END
ends "recursion beside at" 3 "too many nested calls" << 'END'

local function f() at(1, f) return f() + 1 end
at(0, f)
END
finish
