# Messages of other protocols that a program (role=script) sends and is told of.
. tests/fixtures/check.sh

cat > "$work/two.gv" <<'GV'
graph {
	a [role=script, addr="192.0.2.1", program="a.lua"]
	b [role=script, addr="192.0.2.2", program="b.lua"]
	a -- b
}
GV
cat > "$work/b.lua" <<'LUA'
function on_message(m)
	print("from " .. m.from .. ": " .. m.protocol .. " " .. m.body)
end
LUA

# sends TABLE: the records of a run in which a sends that.
sends() {
	cat > "$work/a.lua" <<LUA
function on_start()
	local ok, why = pcall(send, { $1 })
	if not ok then print(why) end
end
function on_message(m) end
LUA
	"$RUNG" run -q "$work/two.gv" -o "$work/t.jsonl" && "$RUNG" show "$work/t.jsonl"
}

says "by a name" "from a: h323 Setup to=b" sends 'protocol = "h323", to = "b", body = "Setup to=b"'
says "its name" "send     Setup → b" sends 'protocol = "h323", to = "192.0.2.2", body = "Setup to=b"'
says "another" "from a: megaco !/1 " sends 'protocol = "megaco", to = "b", body = "!/1 [192.0.2.1] K{1}"'
says "nobody's" "does not speak" sends 'protocol = "dns", to = "b", body = "x"'
says "no such one" "does not speak" sends 'protocol = "h32", to = "b", body = "x"'
says "nowhere" "no way is known to zoe" sends 'protocol = "h323", to = "zoe", body = "x"'
says "without a name" "begins with its name" sends 'protocol = "h323", to = "b", body = " x"'
says "what else" "there is no" sends 'protocol = "h323", to = "b", body = "x", uri = "sip:x"'
finish
