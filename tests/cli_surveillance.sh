#!/bin/sh
# Bodies of GB/T 28181 as people, programs and checks have them: docs/GB28181.md.
. tests/check.sh
LC_ALL=C.UTF-8
export LC_ALL

t=$work/t.jsonl
awk '/^```lua$/ { inside = 1; next } /^```$/ { inside = 0 } inside' \
	docs/GB28181.md > "$work/page.lua"
ok "the page's program is that of the topology" \
	cmp -s "$work/page.lua" topologies/gb28181-platform.lua

"$RUNG" run -q topologies/gb28181.gv --until=90s -o "$t" > "$work/.output" 2>&1
"$RUNG" show "$t" kind=note > "$work/notes"
ok "the catalogue comes in three pages" \
	grep -q '+ Item 3: 东门 1' "$work/notes"
ok "the camera turns" grep -q 'right 64' "$work/notes"
ok "nothing is bad" [ "$(grep -c '"kind":"bad"' "$t")" = 0 ]
says "a body in GB 2312 is shown" "<Name>东门 2</Name>" \
	"$RUNG" show "$t" -m "kind=send node=recorder"
"$RUNG" export "$t" -f html -o "$work/page.html"
ok "the page explains its elements" grep -q 'By its digits it is a network video recorder' "$work/page.html"
ok "and names their clauses" grep -q '"GB/T28181 A.2.6.4"' "$work/page.html"
n=$("$RUNG" show "$t" "kind=send node=recorder method=MESSAGE" |
	awk '$2 == "0.120" { print $1; exit }')
says "explain says what a body is" "Response Catalog, SN 17" \
	"$RUNG" explain "$t" "$n"

# Another reader of XML and of GB 2312 finds the same in the bytes.
"$RUNG" export "$t" -f pcapng -o "$work/t.pcapng"
if command -v xmllint > /dev/null; then
	LC_ALL=C grep -aPzo '(?s)<\?xml(?:(?!<\?xml).)*?</Response>' "$work/t.pcapng" |
		tr '\0' '\n' | LC_ALL=C awk '/<\?xml/ { n++ } n == 1' > "$work/body.xml"
	says "xmllint finds the name" "东门 1" \
		xmllint --xpath 'string(//DeviceList[@Num=1]/Item/Name)' "$work/body.xml"
else
	skip "xmllint is missing"
fi

# A check reads what a lab's messages carry; scripts of labs write such bodies.
cp topologies/gb28181-recorder.lua "$work"
cat > "$work/net.gv" <<'GV'
graph net {
	graph [domain="3301060000"]
	recorder [role=script, addr="192.0.2.70", program="gb28181-recorder.lua"]
	alice [role=ua, addr="192.0.2.10"]
	recorder -- alice
}
GV
cat > "$work/lab.lua" <<'LUA'
lab { title = "turned", topology = "net.gv", duration = "20s" }
local alice = node "alice"
script(function()
	sleep "1s"
	alice:send { method = "MESSAGE", uri = "sip:r@192.0.2.70", headers = {
		["Content-Type"] = "Application/MANSCDP+xml" }, body = gb28181.write {
		root = "Control", CmdType = "DeviceControl", SN = 5,
		DeviceID = "33010600001310000001", PTZCmd = gb28181.ptz { up = 9 } } }
	sleep "1s"
	alice:send { method = "MESSAGE", uri = "sip:r@192.0.2.70", headers = {
		["Content-Type"] = "Application/MANSCDP+xml" }, body = "<Query>" }
end)
LUA
cat > "$work/check.lua" <<'LUA'
lesson { minutes = 5, level = 1 }
task { ask = "How fast?", why = "It is said.", number = function(t)
	local body = gb28181.read(t:first("method=MESSAGE src=alice").body)
	return gb28181.ptz(body.PTZCmd).up
end }
LUA
"$RUNG" run -q "$work/lab.lua" -o "$t" > "$work/.output" 2>&1
ok "a script of a lab turns it" sh -c '"$1" show "$2" kind=note | grep -q "up 9"' - "$RUNG" "$t"
ok "what can't be read is refused with the reason" \
	grep -q '400 It is no well-formed XML' "$t"
mkdir "$work/lab"
mv "$work"/*.lua "$work/net.gv" "$work/lab"
says "a check has read it" "9" "$RUNG" check --teacher "$work/lab"
finish
