# A script or a program that catches an error and prints it, or compares it, had
# the sentence in the user's language: the same run gave other bytes.  Whoever
# reads the error still has it in theirs.
. tests/fixtures/check.sh

# RUNG in LANGUAGE, whatever the machine has.
in_language() { # LANGUAGE ARGUMENT…
	language=$1
	shift
	env -u LC_MESSAGES -u LANGUAGE LC_ALL="$language.UTF-8" "$RUNG" "$@"
}

# A program that does what it may not fails the run.
run_in() { # LANGUAGE FILE OUTPUT
	in_language "$1" run -q "$2" -o "$3" || [ $? = 1 ]
}

same_bytes() { # NAME FILE
	for language in C zh_CN; do
		ok "$1, $language" run_in $language "$2" \
			"$work/$language.jsonl"
	done
	same "$1" "$work/C.jsonl" "$work/zh_CN.jsonl"
	LC_ALL=C grep '"kind":"note"' "$work/zh_CN.jsonl" > "$work/notes"
	ok "$1: it has errors" [ "$(grep -c '"false' "$work/notes")" -ge "$3" ]
	LC_ALL=C sed 's/[“”…]//g' "$work/notes" | LC_ALL=C grep -c '[^ -~]' \
		> "$work/foreign"
	ok "$1: they are English" [ "$(cat "$work/foreign")" = 0 ]
}

mkdir "$work/lab"
cat > "$work/lab/network.gv" << 'END'
graph network {
	graph [domain="a.example"]
	p     [role=proxy, addr="192.0.2.1", route="route.lua"]
	alice [role=ua, addr="192.0.2.2", outbound=p]
	bob   [role=ua, addr="192.0.2.3"]
	alice -- p -- bob
}
END
# What a program can do wrong, each in a call of its own.
cat > "$work/lab/route.lua" << 'END'
local function try(f, ...) print(pcall(f, ...)) end

function on_request(m)
	local wrong = {
		{ parallel }, { parallel, 1 }, { in_turn, "x" }, { weighted, 3 },
		{ weighted, { { "sip:a", -1 } } }, { weighted, { ["sip:a"] = "x" } },
		{ watch, "sip:192.0.2.7", "5s" }, { alive, "sip:192.0.2.7" },
		{ m.add, m, "Call-ID", "x" }, { m.add, m, "no name", "x" },
		{ m.add, m, "X-A", "a\nb" }, { m.set, m, "From", "x" },
		{ m.remove, m, "From" }, { m.add, m, "Date", ("x"):rep(3000) },
		{ string.format, "%y" }, { string.format, "%p", 1 },
		{ string.find, "a", "%" }, { string.find, "a", "[" },
		{ string.find, "a", "(" }, { string.gsub, "a", "a", "%2" },
		{ string.rep, "x", 1 << 40 }, { next, {}, "x" },
		{ coroutine.yield }, { setmetatable, {}, { __gc = 1 } },
	}
	for _, w in ipairs(wrong) do try(table.unpack(w)) end
	try(function() return m.nothing end)
	try(function() m.uri = "nowhere" end)
	try(function() m.body = "x" end)
	try(function() return nothing end)
	try(function() return os.time() end)
	try(function() return m.uri.x.y end)
	try(function() for _ in pairs { [{}] = 1, [{}] = 2 } do end end)
	try(load or print, "x =")
	print(select(2, pcall(parallel)) == "")
end
END
cat > "$work/lab/lab.lua" << 'END'
lab { title = "errors", topology = "network.gv", duration = "5s" }
local function try(f, ...) print(pcall(f, ...)) end
local alice, bob, p = node "alice", node "bob", node "p"
script(function()
	local c = alice:invite "sip:bob@a.example"
	local wrong = {
		{ alice.invite, alice }, { alice.invite, alice, 3 },
		{ alice.invite, alice, "sip:" }, { alice.invite, alice, { x = 1 } },
		{ alice.invite, alice, bob, { 1, 2, 3 } }, { alice.register, alice, 1, 2, 3, 4, 5, 6 },
		{ alice.set, alice, { nothing = 1 } }, { alice.set, alice, { expires = "x" } },
		{ p.crash, p, 3 }, { p.set, p, { role = "ua" } },
		{ link, alice, bob }, { link, "alice", "p" }, { link },
		{ fault }, { fault, 1 }, { fault, { "x" } }, { fault, { metod = "INVITE" } },
		{ fault, { method = "INVITE" } }, { fault, { method = "invite", drop = true } },
		{ fault, { drop = "x" } }, { fault, { delay = "1 fortnight" } },
		{ sleep }, { sleep, "1 min" }, { sleep, "soon" }, { sleep, {} }, { at, "1ms" },
		{ at, 0, function() end }, { at, "x", function() end },
		{ wait, alice }, { wait, c, "nowhere" }, { wait, c, "ended", "x y" },
		{ wait, c, "ended", "3 minutes" }, { wait, 1, "ended" },
		{ alice.on, alice, "nothing", print }, { alice.on, alice, "redirect", 1 },
		{ note, ("x"):rep(1 << 17) }, { note }, { lab, {} }, { script, 1 },
		{ node, "alic" }, { node, 1 },
	}
	for i, w in ipairs(wrong) do
		if w[1] then try(table.unpack(w)) else print(i, "none") end
	end
	try(function() return alice.nothing end)
	try(function() alice.name = "x" end)
	try(function() return alice.screen end)
	try(function() return alice:invit(bob) end)
	try(function() return p:invite(bob) end)
	try(function() return bob:accept() end)
	try(function() return alice:press "1" end)
	try(function() return wait_screen(alice, "x") end)
	try(function() return c:acept() end)
	try(function() return c.sate end)
	try(function() return alise:invite(bob) end)
	try(function() return alice.invite(bob) end)
	try(function() return link(alice, p):nothing() end)
	try(function() return link(alice, p):set { loss = "x" } end)
	try(function() return link(alice, p):set { los = "1%" } end)
	c:bye()
	sleep "2s"
	try(function() c:bye() end)
	try(function() c:accept() end)
end)
END
same_bytes "script and program" "$work/lab" 60

# Nobody catches these: people have them in their language, also where
# something stands before.
uncaught() { # NAME TEXT STATEMENT
	printf 'lab { topology = "network.gv" }
local alice = node "alice"
script(function()\n%s\nend)\n' \
		"$3" > "$work/lab/lab.lua"
	in_language zh_CN run -q "$work/lab" -o "$work/x.jsonl" \
		> "$work/said" 2>&1
	ok "$1" grep -q "$2" "$work/said"
}
uncaught "a name" "不支持" 'alice:nothing()'
uncaught "raised again" "不支持" \
	'local _, e = pcall(function() alice:nothing() end) error(e, 0)'
uncaught "after others" "不支持" \
	'local _, e = pcall(function() alice:nothing() end)
	pcall(sleep) pcall(fault) pcall(at, 0, print) error(e, 0)'
uncaught "with a word before" "then: .*不支持" \
	'local _, e = pcall(function() alice:nothing() end) error("then: " .. e, 0)'
finish
