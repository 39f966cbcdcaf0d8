#!/bin/sh
# Any two roles of one node, and all of them, do their own work side by side,
# told apart by users and domains: each role has a probe whose answer says that
# it was this role.  By UDP and by TCP, in either order of the roles, and again
# after a crash and restart of the node.
. tests/fixtures/check.sh

all="ua proxy registrar location redirect presence controller voicemail"
all="$all b2bua sbc queue conference script menu"
# No node is gateway and switch, or mgc and mg.
sets="hss+gateway+mgc hss+switch+mg"

any() { # ROLE…: the node has one of them
	for role in "$@"; do
		case " $roles " in *" $role "*) return 0 ;; esac
	done
	return 1
}

# A node srv with $roles, lib with the rest of what they need, and phones that
# have it as their domain's server or are called by their addresses.
topology() { # TRANSPORT
	srv='serves="' lib='' rest=''
	any redirect && srv="${srv}redirect=moved redirect=old.example.com "
	any voicemail && srv="${srv}voicemail=vm "
	any ua && srv="${srv}ua=desk "
	any b2bua && srv="${srv}b2bua=sip:dan@192.0.2.6 "
	any sbc && srv="${srv}sbc=sip:dora@192.0.2.7 "
	any queue && srv="${srv}queue=help "
	any script && srv="${srv}script=lua "
	any menu && srv="${srv}menu=ivr "
	any gateway && srv="${srv}gateway=9725552222 "
	any mgc && srv="${srv}mgc=8001 "
	srv="$srv\""
	eve=''
	any proxy b2bua sbc && eve=', outbound=srv'
	home=example.com
	any proxy registrar redirect || home=home.example
	any location || rest=location
	any registrar || rest="$rest registrar"
	if any location; then lib=', location=srv'
	elif any registrar proxy redirect; then srv="$srv, location=lib"; fi
	if any proxy registrar redirect presence voicemail queue conference \
		script menu gateway mgc; then
		srv="$srv, inbound=true"
	else
		lib="$lib, inbound=true"
	fi
	any voicemail && srv="$srv, mailboxes=carol"
	any conference && srv="$srv, rooms=lecture"
	any script && srv="$srv, program=\"lua.lua\""
	any menu && srv="$srv, menu=\"menu.lua\""
	any ua voicemail && srv="$srv, answer=\"0s\""
	others=''
	if any hss; then
		others="$others
		cscf [role=\"registrar location proxy\", hss=srv, transport=$1]
		una [role=ua, outbound=cscf, transport=$1,
			sim=\"impi=una@example.com k=$K opc=$K\"]
		cscf -- r; una -- r"
	fi
	if any gateway; then
		srv="$srv, trunks=\"far:1-4\""
		others="$others
		far [role=switch, trunks=\"srv:1-4\", telephones=\"9725552222\",
			pick_up=\"0s\"]
		far -- r"
	elif any switch; then
		srv="$srv, trunks=\"far:1-4\", pick_up=\"0s\""
		others="$others
		far [role=gateway, trunks=\"srv:1-4\", addr=\"192.0.2.8\",
			transport=$1]
		far -- r"
	fi
	lines=''
	any switch && lines="$lines 9725553333"
	if any mg; then
		srv="$srv, controller=mgc"
		lines="$lines A1=8002"
		others="$others
		mgc [role=mgc, gateways=srv, addr=\"192.0.2.9\", transport=$1]
		mgc -- r"
	elif any mgc; then
		srv="$srv, gateways=mg"
		others="$others
		mg [role=mg, controller=srv, telephones=\"A1=8001\"]
		mg -- r"
	fi
	[ -z "$lines" ] || srv="$srv, telephones=\"${lines# }\""
	for role in $roles; do
		case $role in
		location | hss | switch | mg) ;;
		*) srv="$srv, transport=$1" && break ;;
		esac
	done
	cat > "$work/t.gv" <<-GV
	graph t {
		graph [domain="example.com"]
		srv [role="$roles", addr="192.0.2.1", $srv]
		lib [role="${rest:-proxy}", domain="$home", addr="192.0.2.2"$lib]
		bob [role=ua, addr="192.0.2.3", transport=$1, answer="0s",
			domain="$home"]
		carol [role=ua, addr="192.0.2.4", transport=$1, answer="0s"]
		eve [role=ua, addr="192.0.2.5", transport=$1$eve]
		dan [role=ua, addr="192.0.2.6", transport=$1, answer="0s"]
		dora [role=ua, addr="192.0.2.7", transport=$1, answer="0s"]
		srv -- r; lib -- r; bob -- r; carol -- r; eve -- r; dan -- r
		dora -- r
		$others
	}
	GV
}
K=465b5ce8b199b49faa5f0a2ee238a6bc

# What each role does, asked for by the phones, twice: before and after a crash.
script() { # TRANSPORT
	quoted=$(for role in $roles; do printf '"%s", ' "$role"; done)
	cat > "$work/lab.lua" <<-LUA
	lab { title = "t", topology = "t.gv", duration = "10min" }
	local srv, lib = node "srv", node "lib"
	local bob, carol, eve = node "bob", node "carol", node "eve"
	local here = "@192.0.2.1;transport=$1"
	local roles = { $quoted}
	local function is(role)
		for _, r in ipairs(roles) do
			if r == role then return true end
		end
	end
	local function ends(call)
		wait(call, "confirmed", "20s")
		local did = call.state == "confirmed"
		if did then call:bye() end
		sleep "2s"
		return did and call.state == "terminated"
	end
	local function lifts(mg, uri)
		local call = bob:invite(uri)
		sleep "2s"
		node(mg):off_hook "A1"
		local did = ends(call)
		node(mg):on_hook "A1"
		sleep "2s"
		return did
	end
	local probes = {
		ua = function() return ends(bob:invite("sip:desk" .. here)) end,
		proxy = function()
			return ends(eve:invite("sip:carol@192.0.2.4"))
		end,
		registrar = function()
			bob:register()
			return wait(bob, "registered", "20s")
		end,
		location = function()
			bob:register()
			return wait(bob, "registered", "20s")
		end,
		redirect = function()
			return ends(bob:invite("sip:moved@example.com")) and
			    ends(bob:invite("sip:x@old.example.com"))
		end,
		presence = function()
			carol:publish("open")
			bob:subscribe("sip:carol@example.com")
			sleep "5s"
			return true
		end,
		controller = function()
			local call = srv:connect("sip:bob@192.0.2.3",
			    "sip:carol@192.0.2.4")
			sleep "5s"
			return ends(call)
		end,
		voicemail = function()
			return ends(bob:invite("sip:vm" .. here ..
			    ";target=sip:carol%40example.com"))
		end,
		b2bua = function()
			return ends(eve:invite("sip:dan@192.0.2.6"))
		end,
		sbc = function()
			return ends(eve:invite("sip:dora@192.0.2.7"))
		end,
		queue = function()
			srv:logon("sip:carol@192.0.2.4")
			return ends(bob:invite("sip:help" .. here))
		end,
		conference = function()
			return ends(bob:invite("sip:lecture" .. here))
		end,
		script = function()
			return ends(bob:invite("sip:lua" .. here))
		end,
		menu = function()
			return ends(bob:invite("sip:ivr" .. here))
		end,
		hss = function()
			local una = node "una"
			una:register()
			local did = wait(una, "registered", "20s")
			una:unregister()
			sleep "2s"
			return did
		end,
		gateway = function()
			return ends(bob:invite("sip:9725552222" .. here))
		end,
		switch = function()
			return ends(bob:invite(
			    "sip:9725553333@192.0.2.8;transport=$1"))
		end,
		mgc = function()
			return lifts("mg", "sip:8001" .. here)
		end,
		mg = function()
			return lifts("srv", "sip:8002@192.0.2.9;transport=$1")
		end,
	}
	local function work()
		local at = is "location" and srv or lib
		at:bind("sip:moved@example.com", "sip:carol@192.0.2.4")
		at:bind("sip:x@old.example.com", "sip:carol@192.0.2.4")
		for _, role in ipairs(roles) do
			if probes[role]() then note(role .. " works") end
		end
	end
	script(function()
		sleep "1s"
		work()
		srv:crash()
		sleep "5s"
		srv:restart()
		sleep "1s"
		work()
	end)
	LUA
}

# What stands in records of srv's of the role's own work alone: a rule that only
# it names; of a box whose media address a call that goes on has.
mark_of() { # ROLE
	case $1 in
	ua) echo '"rule":"invite-accept' ;;
	proxy) echo '"rule":"proxy-by-uri' ;;
	registrar) echo '"rule":"register-ok' ;;
	location) echo '"rule":"location-store' ;;
	redirect) echo '"rule":"redirect-302' ;;
	presence) echo '"rule":"publish-accept' ;;
	controller) echo '"rule":"third-' ;;
	voicemail) echo '"rule":"mailbox-record' ;;
	b2bua) echo '"rule":"pair-call.*"INVITE sip:dan@.*c=IN IP4 192.0.2.5[^0-9]' ;;
	sbc) echo '"rule":"pair-call.*"INVITE sip:dora@.*c=IN IP4 192.0.2.1[^0-9]' ;;
	queue) echo '"rule":"queue-talk' ;;
	conference) echo '"rule":"conference-enter' ;;
	script) echo '"rule":"script-reply' ;;
	menu) echo '"rule":"menu-program' ;;
	hss) echo '"rule":"cx-serve' ;;
	gateway) echo '"rule":"trunk-seize' ;;
	switch) echo '"rule":"exchange-answer' ;;
	mgc) echo '"rule":"megaco-connect' ;;
	mg) echo '"proto":"megaco"' ;;
	esac
}

for role in $all hss gateway switch mgc mg; do
	echo "$role $(mark_of "$role")"
done > "$work/marks"
# These have no SIP that others could take for theirs, or share no node (handset).
apart="dns stun nat handset"
for role in $(sed -nE 's/^	X\(([a-z0-9]+), NOW,.*/\1/p' src/record/role/rows.h); do
	case " $apart " in *" $role "*) continue ;; esac
	grep -q "^$role ." "$work/marks" || echo "$role"
done > "$work/.output"
empty "each role has a probe and a mark here, or is set apart"

# Which of $roles have not worked twice, or not themselves.
idle() {
	awk -v roles="$roles" '
	BEGIN { n = split(roles, role, " ") }
	NR == FNR {
		name = $1
		sub(/^[^ ]* /, "")
		mark[name] = $0
		next
	}
	/"text":"[a-z0-9]* works"/ || /"node":"srv"/ {
		for (i = 1; i <= n; i++) {
			worked[i] += index($0, "\"text\":\"" role[i] " works\"") > 0
			itself[i] += /"node":"srv"/ && $0 ~ mark[role[i]]
		}
	}
	END {
		for (i = 1; i <= n; i++)
			if (worked[i] != 2 || itself[i] < 2)
				print role[i] ": " worked[i] + 0 " times, " \
				    itself[i] + 0 " records of its own"
	}' "$work/marks" "$work/o.jsonl"
}

run() { # TRANSPORT
	topology "$1"
	script "$1"
	check_what="$roles, $1"
	runs=$((runs + 1))
	if ! "$RUNG" run -q -o "$work/o.jsonl" "$work/lab.lua" \
		> "$work/.output" 2>&1; then
		bad "$check_what" "it does not run"
		return
	fi
	idle > "$work/.output"
	if [ -s "$work/.output" ]; then
		bad "$check_what" "not all work"
	else good; fi
}

cat > "$work/lua.lua" <<'LUA'
function on_request(m)
	if m.method == "ACK" then return end
	reply(m, 200, m.method == "INVITE" and {
		type = "application/sdp", body = "v=0\r\n" ..
		    "o=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\n" ..
		    "t=0 0\r\nm=audio 4000 RTP/AVP 0\r\n" } or nil)
end
LUA
cat > "$work/menu.lua" <<'LUA'
function on_call(call)
	call:answer()
	call:play("welcome", "60s")
end
LUA

runs=0
for one in $all; do
	for other in $all; do
		[ "$one" != "$other" ] || continue
		roles="$one $other"
		run udp
		run tcp
	done
done
turned=''
for one in $all; do turned="$one $turned"; done
for roles in "$all" "$turned"; do
	run udp
	run tcp
done
both='udp tcp'
for set in $sets; do
	for other in $all; do
		roles="$(echo "$set" | tr + ' ') $other"
		run "${both%% *}"
		both="${both#* } ${both%% *}"
	done
done
for set in "hss gateway mg" "switch mgc"; do
	roles="$all $set"
	run udp
	run tcp
done
echo "$runs runs"
finish
