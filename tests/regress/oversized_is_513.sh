# A valid message that is larger than what is accepted is answered 513 (RFC 3261
# 21.5.7), by each role, over UDP and TCP, with all Vias of the request.
set -u
. tests/fixtures/check.sh

mkdir "$work/lab"
cat > "$work/lab/t.gv" << 'END'
graph t {
	graph [domain="example.com"]
	mallory [role=ua]
	bob [role=ua]
	px [role=proxy, domain="example.org"]
	less [role=proxy, stateless=true, domain="example.net"]
	reg [role="registrar location"]
	red [role="redirect location", domain="example.edu"]
	mallory -- bob; mallory -- px; mallory -- less; mallory -- reg
	mallory -- red
}
END
cat > "$work/lab/lab.lua" << 'END'
lab { title = "t", topology = "t.gv", duration = "60s" }
local mallory = node "mallory"
local function vias(n, transport)
	local v = {}
	for i = 1, n do
		v[i] = ("Via: SIP/2.0/%s 192.0.2.1;branch=z9hG4bK%d"):format(
			transport, i)
	end
	return table.concat(v, "\r\n") .. "\r\n"
end
local function request(before, between, id)
	return before .. between .. "Max-Forwards: 9\r\n" ..
		"To: <sip:bob@example.com>\r\n" ..
		"From: <sip:m@example.com>;tag=m\r\n" ..
		"Call-ID: " .. id .. "\r\nCSeq: 1 OPTIONS\r\n" ..
		"Content-Length: 0\r\n\r\n"
end
local line = "OPTIONS sip:bob@example.com SIP/2.0\r\n"
local function variants(tr)
	local one, long = vias(1, tr), (";parameter=1"):rep(2000)
	return {
		vias = request(line .. vias(400, tr), "", "v" .. tr),
		params = request(line .. one:sub(1, -3) .. long .. "\r\n", "",
			"p" .. tr),
		fields = request(line .. one, ("X: y\r\n"):rep(300), "f" .. tr),
		head = request(line .. one, "X: " .. ("y"):rep(30000) .. "\r\n",
			"h" .. tr),
		uri = request("OPTIONS sip:bob@example.com" .. long ..
			" SIP/2.0\r\n" .. one, "", "u" .. tr),
	}
end
script(function()
	for _, tr in ipairs { "UDP", "TCP" } do
		local all = variants(tr)
		for _, what in ipairs { "vias", "params", "fields", "head",
			"uri" } do
			for _, to in ipairs { "bob", "px", "less", "reg",
				"red" } do
				mallory:send { raw = all[what], to = to,
					transport = tr:lower() }
				sleep "500ms"
			end
		end
	end
end)
END
ok "runs" "$RUNG" run "$work/lab" -o "$work/t.jsonl"

# Each answers five times by UDP and five times by TCP, those of 400 Vias with
# 400 Vias and the others with one.
for node in bob px less reg red; do
	"$RUNG" show "$work/t.jsonl" -m src=$node kind=send > "$work/sent"
	check_seen=$(grep -c '^    SIP/2.0 513 Message Too Large' "$work/sent")
	check_vias=$(grep -c '^    Via: ' "$work/sent")
	if [ "$check_seen" = 10 ]; then good; else
		bad "$node" "$check_seen answers 513 instead of 10"
	fi
	if [ "$check_vias" = 808 ]; then good; else
		bad "$node" "$check_vias Vias answered instead of 808"
	fi
done

# What is just not too large is answered as well, by what others can read: 64
# parameters in a Via got no answer, as where it came from made them more.
{
	sed '/^local function variants/,$d; s/"60s"/"400s"/' "$work/lab/lab.lua"
	cat
} > "$work/lab/edge.lua" << 'END'
local serial = 0
local function edge(to, more, params, n, routes)
	serial = serial + 1
	local head = vias(1, "UDP"):sub(1, -3) .. "e" .. serial .. more .. "\r\n" ..
		("v: SIP/2.0/UDP a\r\n"):rep(n or 0) .. ("Record-Route: <sip:a;lr>\r\n"):rep(routes or 0)
	local raw = request(line .. head, "", "edge" .. serial):gsub("s: 9", "s: 0")
	mallory:send { to = to, raw = raw:gsub("(To: [^\r]*)", "%1" .. params) }
	sleep "1s"
end
script(function()
	for _, to in ipairs { "bob", "px", "less", "reg", "red" } do
		for n = 57, 63 do edge(to, (";p"):rep(n), "") edge(to, "", (";p"):rep(n + 1)) end
		for n = 234, 249, 3 do edge(to, "", "", n) edge(to, "", "", 0, n) end
		for n = 14800, 16100, 100 do edge(to, ";p=" .. ("y"):rep(n), "") end
	end
end)
END
ok "runs at the edge" "$RUNG" run "$work/lab/edge.lua" -o "$work/e.jsonl"
for kind in src dst; do
	"$RUNG" show "$work/e.jsonl" -m $kind=mallory kind=send |
		grep '^    Call-ID: edge' | sort -u > "$work/$kind"
done
ok "requests at the edge" [ "$(wc -l < "$work/src")" = 200 ]
ok "each is answered" cmp "$work/src" "$work/dst"
ok "all can be read" [ "$(grep -c '"node":"mallory","kind":"bad".*"fault"' "$work/e.jsonl")" = 0 ]
finish
