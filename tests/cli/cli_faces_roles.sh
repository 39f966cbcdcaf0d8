# Every role as a node with a face in each of two networks that nothing else
# joins: it does its work for hosts of both, by UDP and TCP, with loss, and again
# after a crash.  What it sends comes from the face that looks to whom it is for,
# and names no address of the other side that is its own.
. tests/fixtures/check.sh

t=$work/t.jsonl

# What scripts say: each `done` is a note that must say yes.
cat > "$work/head.lua" <<'X'
lab { topology = "net.gv", duration = "600s" }
local s = node "s"
local alice, ann, zoe, zed = node "alice", node "ann", node "zoe", node "zed"
local round = "first"
local function done(who, what, yes, why)
	note((yes and "yes: " or "no: ") .. round .. ": " .. who.name .. " " ..
		what .. (yes and "" or " " .. tostring(why)))
end
-- What TRY begins comes to STATE; once more where a server's own questions, which
-- it asks three times, are lost.
local function comes(who, what, state, try)
	local object, yes, why
	for _ = 1, 3 do
		object = try() or who
		yes, why = wait(object, state, "40s")
		if yes then break end
	end
	done(who, what, yes, why)
	return yes and object
end
local function registers(who)
	comes(who, "registers", "registered", function() who:register {} end)
end
local function leaves(who)
	comes(who, "leaves", "unregistered", function() who:unregister() end)
end
local function calls(who, target)
	local c = comes(who, "calls", "confirmed", function()
		return who:invite(target)
	end)
	if not c then return end
	sleep "1s"
	c:refresh()
	sleep "5s"
	c:bye()
	done(who, "hangs up", wait(c, "terminated", "40s"))
	sleep "1s"
end
local function sends(who, target)
	who:message(target, "hello")
	done(who, "sends", wait(who, "delivered", "40s"))
end
local function asks(who, target, event)
	local u = who:subscribe(target, { event = event, expires = "300s" })
	done(who, "asks", wait(u, "active", "40s"))
	sleep "2s"
	u:refresh()
	sleep "5s"
	u:unsubscribe()
	done(who, "asks no more", wait(u, "terminated", "60s"))
end
local function tells(who)
	who:publish "open"
	done(who, "tells", wait(who, "published", "40s"))
end
local function twice(work)
	script(function()
		for _, r in ipairs { "first", "again" } do
			round = r
			work()
			if r == "first" then
				sleep "70s"
				s:crash()
				sleep "1s"
				s:restart()
				sleep "1s"
			end
		end
	end)
end
X

# role WORD ATTRIBUTES MORE: the network: two phones inside, two outside, MORE.
net() {
	cat > "$work/net.gv" <<-GV
	graph {
		$graph
		alice [role=ua, addr="10.0.0.11", answer="1s" $in]
		ann [role=ua, addr="10.0.0.12", answer="1s" $in]
		s [role="$1", faces="inside=10.0.0.1 outside=192.0.2.1" $2]
		zoe [role=ua, addr="192.0.2.11", answer="1s" $out]
		zed [role=ua, addr="192.0.2.12", answer="1s" $out]
		lan; wan
		{ alice ann } -- lan -- s:inside
		s:outside -- wan -- { zoe zed }
		$3
	}
	GV
}

# What S sends to one side has no address of its own on the other in fields that
# it writes for it: the first Via, Contact, the session description.  Nor is
# anything sent there.
keeps_apart() {
	grep '"kind":"send"' "$t" | grep '"dst":"s"' | grep -e \
		'"src_addr":"10\.[^"]*","dst_addr":"192' -e \
		'"src_addr":"192\.[^"]*","dst_addr":"10\.' > "$work/.output"
	empty "$what: it is asked at the face that is seen"
	grep '"kind":"send"' "$t" | grep '"src":"s"' | grep '"proto":"sip"' |
		awk '
	function other(text, mine, theirs) {
		if (match(text, "Via: SIP/2.0/[A-Z]+ [^;]*") &&
		    text !~ /"text":"SIP/ &&
		    index(substr(text, RSTART, RLENGTH), mine) == 0)
			return "Via"
		if (match(text, "Contact: [^\\\\]*") &&
		    index(substr(text, RSTART, RLENGTH), theirs))
			return "Contact"
		if (match(text, "c=IN IP4 [^\\\\]*") &&
		    index(substr(text, RSTART, RLENGTH), theirs))
			return "c="
		return ""
	}
	{
		in_ = /"dst_addr":"10\./
		if (in_ != (/"src_addr":"10\.0\.0\.1:/ ? 1 : 0))
			print "from the other face:", $0
		else if ((bad = other($0, in_ ? "10.0.0.1:" : "192.0.2.1:",
			in_ ? "192.0.2.1:" : "10.0.0.1:")) != "")
			print bad, $0
	}' > "$work/.output"
	empty "$what: each side sees its own face"
}

# plays NOTES RECORDS: the script runs by each transport, without and with loss;
# it says yes so often, and so many pairs "KIND WORDS" are found.
plays() {
	for by in udp tcp; do
		for loss in 0% 10%; do
			what="$role, $by, $loss"
			play "$1"
		done
	done
}
play() {
	set -- "$1" --set loss=$loss
	for n in alice ann zoe zed $speaks; do
		set -- "$@" --set "$n.transport=$by"
	done
	yes=$1
	shift
	fails "$what: it runs" 0 timeout "$patience" \
		"$RUNG" run -q "$work/lab.lua" "$@" -o "$t"
	"$RUNG" run -q "$work/lab.lua" "$@" -o "$work/again"
	same "$what: twice" "$t" "$work/again"
	grep '"kind":"note"' "$t" | grep '"no: ' > "$work/.output"
	empty "$what: all of it is done"
	found=$(grep '"kind":"note"' "$t" | grep -c '"text":"yes: ')
	ok "$what: $yes things are, not $found" [ "$found" = "$yes" ]
	grep '"kind":"bad"' "$t" > "$work/.output"
	empty "$what: nothing is bad"
	keeps_apart
}
lab() { cat "$work/head.lua" - > "$work/lab.lua"; }

graph='domain="a.example"' in= out= speaks=s

role=registrar
net "registrar location"
lab <<'X'
twice(function()
	for _, who in ipairs { alice, zoe } do
		registers(who)
		who:register { contact = "" }
		sleep "5s"
		asks(who, nil, "reg")
		leaves(who)
	end
end)
X
plays 16

role=proxy
net "proxy registrar location"
lab <<'X'
twice(function()
	for _, who in ipairs { alice, ann, zoe, zed } do registers(who) end
	calls(alice, zoe)
	calls(zoe, alice)
	calls(alice, ann)
	calls(zoe, zed)
	sends(alice, zoe)
	sends(zoe, alice)
	alice:set { presence = "self" }
	zoe:set { presence = "self" }
	asks(alice, zoe, "presence")
	asks(zoe, alice, "presence")
	for _, who in ipairs { alice, ann, zoe, zed } do leaves(who) end
end)
X
plays 44

# An edge: the registrar is outside, phones inside are reached by the Path that
# their REGISTERs leave there (RFC 3327 5.2), which has the edge twice.
role=edge speaks="s home" in=', outbound=s'
net proxy ', domain="edge.example", path=true' 'home [role="proxy registrar location",
	addr="192.0.2.9", inbound=true]; wan -- home'
lab <<'X'
twice(function()
	for _, who in ipairs { alice, ann, zoe } do registers(who) end
	calls(zoe, alice)
	calls(alice, zoe)
	calls(alice, ann)
	sends(zoe, ann)
	for _, who in ipairs { alice, ann, zoe } do leaves(who) end
end)
X
plays 26
path="Path: <sip:192.0.2.1:5060;transport=$by;lr>, <sip:10.0.0.1:5060;transport=$by;lr>"
grep '"kind":"send"' "$t" | grep '"src":"s"' | grep '"text":"REGISTER ' |
	grep -vF '10.0.0.12:5060>;' > "$work/registers"
fails "it is twice in Path" 1 grep -vF "$path" "$work/registers"
says "and in the 200" "$path" grep '"src":"home".*"text":"SIP/2.0 200.* REGISTER' "$t"
says "requests go by both" \
	"Route: <sip:192.0.2.1:5060;transport=$by;lr>" \
	grep '"src":"home","dst":"s".*"text":"INVITE ' "$t"

role=redirect speaks=s in= out=
net "redirect" ", location=loc" 'loc [role="location registrar", addr="10.0.0.9"]; lan -- loc'
lab <<'X'
twice(function()
	node "loc":bind("ann", "ann")
	node "loc":bind("zed", "zed")
	calls(alice, ann)
	calls(zoe, zed)
	sends(alice, ann)
	sends(zoe, zed)
end)
X
plays 12

role=presence
net presence ', inbound=true'
lab <<'X'
twice(function()
	for _, who in ipairs { alice, zoe } do tells(who) end
	asks(ann, alice, "presence")
	asks(zed, alice, "presence")
	asks(ann, zoe, "presence")
	asks(zed, zoe, "presence")
	for _, who in ipairs { alice, zoe } do
		who:unpublish()
		done(who, "tells no more", wait(who, "unpublished", "40s"))
	end
end)
X
plays 24

role=voicemail
net voicemail ', inbound=true, mailboxes="alice zoe", record="3s", answer="1s"'
lab <<'X'
twice(function()
	for _, who in ipairs { ann, zed } do
		for _, box in ipairs { "alice", "zoe" } do
			local c = who:invite("sip:" .. box .. "@a.example")
			done(who, "speaks", wait(c, "confirmed", "40s"))
			done(who, "is heard", wait(c, "terminated", "60s"))
		end
	end
	asks(alice, nil, "message-summary")
	asks(zoe, nil, "message-summary")
end)
X
plays 24

role=queue
net queue ', inbound=true, wrap_up="0s", rest="0s"'
lab <<'X'
twice(function()
	s:logon "ann"
	calls(alice, "sip:help@a.example")
	calls(zoe, "sip:help@a.example")
	s:logoff "ann"
	s:logon "zed"
	calls(alice, "sip:help@a.example")
	s:logoff "zed"
end)
X
plays 12

role=conference
net conference ', inbound=true, rooms="lecture"'
lab <<'X'
twice(function()
	for _, who in ipairs { alice, zoe } do
		calls(who, "sip:lecture@a.example")
		local c = who:invite "sip:lecture@a.example"
		done(who, "is in it", wait(c, "confirmed", "40s"))
		asks(who, "sip:lecture@a.example", "conference")
		c:bye()
		done(who, "has left", wait(c, "terminated", "40s"))
	end
end)
X
plays 24

graph= role=controller
net controller
lab <<'X'
twice(function()
	for _, pair in ipairs { { alice, zoe }, { zed, ann } } do
		for _, flow in ipairs { "I", "III", "IV" } do
			local c = s:connect(pair[1], pair[2], { flow = flow })
			sleep "20s"
			done(pair[1], "talks", c.state == "confirmed", c.state)
			c:bye()
			done(pair[1], "is done", wait(c, "terminated", "40s"))
			sleep "5s"
		end
	end
end)
X
plays 24

graph='domain="a.example"' role=location speaks="reg1 reg2"
net location '' 'reg1 [role="proxy registrar", addr="10.0.0.9", location=s, domain="in.example"]
	reg2 [role="proxy registrar", addr="192.0.2.9", location=s, domain="out.example"]
	lan -- reg1; wan -- reg2'
sed -e '/10\.0\.0\.1[12]"/s/role=/domain="in.example", role=/' \
	-e '/192\.0\.2\.1[12]"/s/role=/domain="out.example", role=/' \
	"$work/net.gv" > "$work/other.gv"
mv "$work/other.gv" "$work/net.gv"
lab <<'X'
twice(function()
	for _, who in ipairs { alice, ann, zoe, zed } do registers(who) end
	calls(alice, ann)
	calls(zed, zoe)
	for _, who in ipairs { alice, ann, zoe, zed } do leaves(who) end
end)
X
plays 24

# A phone between both, which is called by its addresses; without a domain by its
# name, too, which leads each side to the face that it sees.
graph='domain="a.example"' role=ua speaks="s home"
net ua ', presence=self, answer="1s"' \
	'home [role="proxy registrar location", addr="192.0.2.9"]; wan -- home'
lab <<'X'
twice(function()
	registers(s)
	for _, who in ipairs { alice, zoe } do
		local own = "sip:s@" .. (who == alice and "10.0.0.1" or "192.0.2.1")
		local his = "sip:" .. who.name .. "@" .. who.addr
		calls(who, own)
		calls(s, his)
		sends(who, own)
		sends(s, his)
		asks(who, own, "presence")
	end
	leaves(s)
end)
X
plays 36

graph= role="ua without a domain" speaks=s
net ua ', presence=self, answer="1s"'
lab <<'X'
twice(function()
	for _, who in ipairs { alice, zoe } do
		calls(who, "s")
		calls(s, who.name)
		sends(who, "s")
		sends(s, who.name)
		asks(who, "s", "presence")
	end
end)
X
plays 32

finish
