#!/bin/sh
# Any two roles that a topology takes on one node leave each other's usages
# alone: registrations, subscriptions, publications and calls, of others at the
# node and of its own at others, are refreshed twice and stand at the end; in
# either order of the roles, by UDP and TCP, and after a crash and restart of
# either side with 10 % of loss everywhere.  (A request goes to the role that
# claims it most strongly: enum node_claim.)
. tests/fixtures/check.sh

all="ua proxy registrar location redirect presence controller voicemail handset"
all="$all b2bua sbc queue conference"
crash_s=4200 # some 70 min after the start

any() { # ROLE…: the node has one of them
	for role in "$@"; do
		case " $roles " in *" $role "*) return 0 ;; esac
	done
	return 1
}

# The topology of a node srv with $roles.  Where it takes registrations, or
# leads to who does, the phones are of its domain; else bob is of another one.
# lib is whatever srv lacks for that.  What must stand is $expected.
topology() { # TRANSPORT LOSS
	srv='' lib='' bob='' carol='' rest='' home=example.com watch='' eve=''
	expected='registration:sip:bob@'
	any location || rest=location
	any registrar || rest="$rest registrar"
	: "${rest:=proxy}"
	if any location; then lib=', location=srv'
	elif any registrar proxy redirect; then srv=', location=lib'; fi
	if any proxy registrar redirect presence voicemail; then
		srv="$srv, inbound=true"
	else
		lib="$lib, inbound=true"
	fi
	if ! any proxy registrar redirect && any presence voicemail; then
		home=home.example
	else
		carol=', register=true'
		expected="$expected registration:sip:carol@"
	fi
	if any ua proxy registrar redirect presence controller voicemail; then
		srv="$srv, transport=$1"
	fi
	if any registrar; then
		watch='reg'
		expected="$expected subscription:bob/reg"
	fi
	if any presence; then
		watch="$watch presence:sip:carol@example.com"
		carol="$carol, publish=open"
		expected="$expected publication:sip:carol@ subscription:bob/presence"
	fi
	if any voicemail; then
		srv="$srv, mailboxes=carol, record=\"9h\", answer=\"1s\""
		carol="$carol, subscribe=\"message-summary:carol\""
		expected="$expected subscription:carol/message-summary call:voicemail"
	fi
	if any ua; then
		watch="$watch dialog:sip:srv@192.0.2.1"
		expected="$expected subscription:bob/dialog subscription:srv/dialog"
		# Of two phones with one name the first has the calls.
		[ "$roles" = "voicemail ua" ] || expected="$expected call:ua"
		srv="$srv, subscribe=\"dialog:sip:bob@192.0.2.3"
		if any presence; then
			srv="$srv presence:carol"
			expected="$expected subscription:srv/presence"
		fi
		srv="$srv\""
	fi
	# Whom a box has, and a queue, apart from the others' users.
	serves=''
	if any b2bua; then
		serves="b2bua=sip:dan@192.0.2.6 "
		expected="$expected call:b2bua"
	fi
	if any sbc; then
		serves="${serves}sbc=sip:dora@192.0.2.7 "
		expected="$expected call:sbc"
	fi
	any b2bua sbc && eve=', outbound=srv'
	if any queue; then
		serves="${serves}queue=help"
		# Else it would not find out that a caller is gone (RFC 4028).
		srv="$srv, session_expires=\"30min\""
		expected="$expected call:queue"
	fi
	[ -z "$serves" ] || srv="$srv, serves=\"$serves\""
	if any conference; then
		srv="$srv, rooms=lecture"
		expected="$expected call:conference"
		# It is for a call that loss may end, and begins with the next.
		[ "$2" != 0% ] ||
			expected="$expected subscription:bob/conference"
	fi
	any handset && srv=''
	cat > "$work/t.gv" <<-GV
	graph t {
		graph [domain="example.com"]
		edge [loss="$2"]
		srv [role="$roles", addr="192.0.2.1"$srv]
		lib [role="$rest", addr="192.0.2.2", domain="$home"$lib]
		bob [role=ua, addr="192.0.2.3", domain="$home", transport=$1,
			register=true, session_expires="30min", subscribe="$watch"]
		carol [role=ua, addr="192.0.2.4", transport=$1, answer="0s"$carol]
		eve [role=ua, addr="192.0.2.5", transport=$1,
			session_expires="30min"$eve]
		dan [role=ua, addr="192.0.2.6", transport=$1, answer="0s"]
		dora [role=ua, addr="192.0.2.7", transport=$1, answer="0s"]
		srv -- r; lib -- r; bob -- r; carol -- r; eve -- r; dan -- r
		dora -- r
	}
	GV
}

script() { # CRASHING
	whom=''
	case $expected in *call:ua*) whom='ua = "sip:srv@192.0.2.1",' ;; esac
	any voicemail && whom="$whom voicemail = \"sip:carol@example.com\","
	any b2bua && whom="$whom b2bua = \"sip:dan@192.0.2.6\","
	any sbc && whom="$whom sbc = \"sip:dora@192.0.2.7\","
	any queue && whom="$whom queue = \"sip:help@192.0.2.1\","
	any conference && whom="$whom conference = \"sip:lecture@192.0.2.1\""
	cat > "$work/lab.lua" <<-LUA
	lab { title = "t", topology = "t.gv", duration = "6h" }
	local bob, eve = node "bob", node "eve"
	local caller = { b2bua = eve, sbc = eve }
	local whom, calls, again = { $whom }, {}, 0
	-- One that is over is placed again: no usage of its own brings it back.
	local function call()
		for what, uri in pairs(whom) do
			local c = calls[what]
			if not c or c.state ~= "confirmed" then
				if c then again = again + 1 end
				if what == "queue" then
					node("srv"):logon "sip:carol@192.0.2.4"
				end
				calls[what] = (caller[what] or bob):invite(uri)
				wait(calls[what], "confirmed", "1min")
			end
		end
	end
	script(function()
		sleep "5s"
		call()
		sleep "70min"
		local name = "$1"
		if name ~= "" then
			node(name):crash()
			sleep "1s"
			node(name):restart()
		end
		for i = 1, 24 do
			sleep "10min"
			call()
		end
		for what, c in pairs(calls) do
			note("call:" .. what .. " " .. c.state .. " " .. again)
		end
	end)
	LUA
}

# Prints each of $expected that does not stand, or was not refreshed twice since
# SINCE (s); in a run without a crash also what came to an end.
judge() { # SINCE
	LC_ALL=C awk -v expected="$expected" -v since="$1" '
	function field(name,    at, text) {
		at = index($0, "\"" name "\":\"")
		if (at == 0)
			return ""
		text = substr($0, at + length(name) + 4)
		return substr(text, 1, index(text, "\"") - 1)
	}
	# "bob/reg-1" is bob/reg, "sip:bob@example.com" sip:bob@.
	function kind(id) {
		sub(/-[0-9]+$/, "", id)
		sub(/@.*/, "@", id)
		return id
	}
	{ t = substr($0, index($0, "\"t\":") + 4) / 1e9 }
	/"kind":"fsm"/ && /"machine":"(subscription|registration|publication)"/ {
		key = field("machine") ":" field("id")
		state[key] = field("to")
		if (state[key] ~ /terminated|failed/)
			ended[key] = t
	}
	/"kind":"timer"/ && /"op":"fire"/ &&
	    /"name":"(resubscribe|refresh|republish|session-refresh)"/ {
		key = (/"machine"/ ? field("machine") : "call") ":" field("id")
		mine[key] = 1
		if (t > since)
			fires[key]++
		if (t > since && key ~ /^call:/)
			refreshed++
	}
	/"kind":"note"/ && /"text":"call:/ {
		split(field("text"), word, " ")
		if (word[2] == "confirmed")
			stands[word[1]] = 1
		if (since == 0 && word[3] > 0)
			print "a call had to be placed again"
	}
	/"start":481,/ && /"kind":"send"/ && since == 0 {
		print "a 481 at " t " s"
	}
	END {
		for (key in mine) {
			split(key, part, ":")
			name = kind(substr(key, length(part[1]) + 2))
			name = part[1] ":" name
			if (state[key] ~ /^(active|registered|published)$/ &&
			    fires[key] >= 2)
				good[name] = 1
			if (since == 0 && key in ended)
				print key " ended at " ended[key] " s"
		}
		n = split(expected, want, " ")
		for (i = 1; i <= n; i++)
			if (want[i] ~ /^call:/) {
				if (!(want[i] in stands))
					print want[i] " does not stand"
				sessions++
			} else if (!(want[i] in good)) {
				print want[i] " does not stand"
			}
		if (refreshed < 2 * sessions)
			print "calls were refreshed " refreshed + 0 " times"
	}' "$work/o.jsonl"
}

# One run, with $roles.
run() { # TRANSPORT LOSS CRASHING
	topology "$1" "$2"
	script "$3"
	check_what="$roles, $1, loss $2${3:+, a crash of $3}"
	runs=$((runs + 1))
	if ! "$RUNG" run -q -o "$work/o.jsonl" "$work/lab.lua" \
		> "$work/.output" 2>&1; then
		bad "$check_what" "it does not run"
		return
	fi
	judge "${3:+$crash_s}" > "$work/.output"
	if [ -s "$work/.output" ]; then
		bad "$check_what" "usages are gone"
	else good; fi
}

# The roles that no node has together, and what is said of it.
refused() { # SENTENCE
	topology udp 0%
	script ''
	says "$roles" "$1" "$RUNG" run -q -o "$work/o.jsonl" "$work/lab.lua"
}

runs=0
for one in $all; do
	for other in $all; do
		[ "$one" != "$other" ] || continue
		roles="$one $other"
		if any handset; then
			refused "a handset can't have another role"
		else
			run udp 0% ''
			# The order tells apart who claims as strongly.
			case $all in *"$one "*"$other"*)
				run tcp 0% ''
				for t in udp tcp; do
					run $t 10% srv
					run $t 10% bob
				done
			esac
		fi
	done
done
echo "$runs runs"
finish
