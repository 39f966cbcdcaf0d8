#!/bin/sh
# A phone with register=true registers again after any failure that may pass (RFC
# 3261 10.2.7, 20.33), at RFC 5626 4.5's pace; so it asks anew for what it watches
# by subscribe= (RFC 6665 4.1.2.2), and tells anew what publish= says.  The waits
# are draws from streams of their own, and hold no run open.
. tests/fixtures/check.sh

# lab NAME ATTRS LUA [LENGTH]: alice with ATTRS, her registrar, which is a
# presence agent, too; what LUA does at its top and in the script.
lab() {
	mkdir -p "$work/$1"
	cat > "$work/$1/t.gv" <<-GV
	graph t {
		graph [domain="example.com"]
		alice [role=ua, $2]
		bob [role=ua, registered=true]
		reg [role="registrar location presence proxy", inbound=true,
			ip_forward=true]
		alice -- reg -- bob
	}
	GV
	length=${4:+, duration = '"'$4'"'}
	cat > "$work/$1/lab.lua" <<-LUA
	lab { title = "t", topology = "t.gv"$length }
	local reg, alice, bob = node "reg", node "alice", node "bob"
	$3
	LUA
	ok "$1 runs" "$RUNG" run -q -o "$work/$1.jsonl" "$work/$1"
	trace=$work/$1.jsonl what=$1
}

# counted WHAT PATTERN COUNT
counted() {
	seen=$(grep -c "$2" "$trace")
	if [ "$seen" = "$3" ]; then good; else
		grep "$2" "$trace" | cut -c 1-300 > "$work/.output"
		bad "$what: $1" "$seen times instead of $3"
	fi
}

# The waits that MACHINE took, in ns.
waits() { # MACHINE
	grep "\"op\":\"set\",\"name\":\"recovery\",\"machine\":\"$1\"" \
		"$trace" | sed 's/.*"length":\([0-9]*\).*/\1/'
}

# paced MACHINE COUNT: so many waits in a row after COUNT failures, each
# between half and all of 60 s, 120 s, … 1800 s.
paced() {
	waits "$1" > "$work/.output"
	if awk -v count="$2" '{
		most = 30 * 2 ^ NR
		if (most > 1800)
			most = 1800
		if ($1 < most / 2 * 1e9 || $1 > most * 1e9)
			wrong = 1
	} END { exit wrong || NR != count }' "$work/.output"; then good; else
		bad "$what: the pace" "$2 waits, of other lengths"
	fi
}

recovered='"node":"alice","kind":"send".*"rule":"register-recover"'
bound='"machine":"registration".*"event":"2xx"'
anew='"node":"alice","kind":"send".*"rule":"subscribe-recover"'

# ---- registration ----

lab unheard 'register=true' 'script(function()
	reg:crash()
	sleep "3h"
	reg:restart()
	wait(alice, "registered", "40min")
end)' 4h
paced registration 12
counted "bound in the end" "$bound" 1
counted "one Call-ID, CSeq growing" '"node":"alice","kind":"send".*"cseq":"13 REGISTER"' 1

lab tcp 'register=true, transport=tcp' 'script(function()
	reg:crash()
	sleep "90s"
	reg:restart()
end)' 10min
counted "the connection fails" '"machine":"registration".*"event":"timeout"' 2
paced registration 2
counted "bound in the end" "$bound" 1

lab broken 'register=true, transport=tcp, expires="10min"' 'script(function()
	sleep "9min"
	reg:crash()
	sleep "1min"
	reg:restart()
end)' 20min
counted "the refresh fails" '"from":"refreshing","to":"failed"' 1
counted "bound again" '"from":"registering","to":"registered"' 2

for status in 404 480 500 503 600; do
	lab "refused-$status" 'register=true' "fault { status = 200, cseq = 'REGISTER',
		first = true, nth = 1, rewrite = function(text)
			return (text:gsub('200 OK', '$status No'))
		end }" 10min
	paced registration 1
	counted "bound in the end" "$bound" 1
done
for status in 401 403; do
	lab "for-good-$status" 'register=true' "fault { status = 200, cseq = 'REGISTER',
		first = true, nth = 1, rewrite = function(text)
			return (text:gsub('200 OK', '$status No'))
		end }" 3h
	paced registration 0
	counted "not again" '"node":"alice","kind":"send".*"cseq":"2 REGISTER"' 0
done

lab later 'register=true' 'fault { status = 200, cseq = "REGISTER", first = true,
	nth = 1, rewrite = function(text)
		return (text:gsub("200 OK", "503 No\r\nRetry-After: 777 (a pause)"))
	end }' 20min
if [ "$(waits registration)" = 777000000000 ]; then good; else
	bad "Retry-After" "$(waits registration) ns"
fi
counted "bound in the end" "$bound" 1

# A 2xx that does not bind the Contact is a failure, too.
lab unbound 'register=true' 'fault { status = 200, cseq = "REGISTER", first = true,
	nth = 1, rewrite = function(text)
		return (text:gsub("expires=%d+", "expires=0"))
	end }' 10min
paced registration 1
counted "bound in the end" "$bound" 1

# Who has no registrar looks for one again; the pace begins anew with each
# success, and after a crash of the phone's own.
lab restarted 'register=true' 'script(function()
	reg:crash()
	sleep "5min"
	alice:crash()
	alice:restart()
	sleep "45s"
	reg:restart()
end)' 20min
waits registration > "$work/.output"
if [ "$(tail -n 1 "$work/.output")" -le 60000000000 ]; then good; else
	bad "restarted" "it goes on counting"
fi
counted "bound in the end" "$bound" 1

# A script that registers, or unregisters, decides for itself.
lab script 'answer="1s"' 'script(function()
	reg:crash()
	alice:register()
	wait(alice, "failed", "1min")
	reg:restart()
end)' 1h
paced registration 0
lab unregister 'register=true' 'script(function()
	reg:crash()
	wait(alice, "failed", "1min")
	reg:restart()
	alice:unregister()
end)' 1h
paced registration 1
counted "the wait is over" '"op":"stop","name":"recovery"' 1
counted "it stays unregistered" "$recovered" 0

# No run is held open, and no other draw is another one: the call's Call-ID,
# tags and branch are those of the run without failures, but for REGISTER's.
lab open 'register=true' 'script(function() reg:crash() end)'
counted "the end" '"t":32[0-9]*,.*"kind":"end".*"reason":"idle"' 1
call='script(function()
	FIRST
	sleep "10min"
	local call = alice:invite "sip:bob@192.0.2.2"
	wait(call, "confirmed")
	call:bye()
end)'
lab calm 'register=true' "$(echo "$call" | sed 's/FIRST//')" 20min
cut='s/.*"start":"INVITE".*"call_id":"\([^"]*\)".*From: [^;]*;tag=\([a-z0-9]*\).*/\1 \2/p'
sed -n "/\"node\":\"alice\",\"kind\":\"send\"/$cut" "$trace" > "$work/calm.id"
lab stormy 'register=true' "$(echo "$call" |
	sed 's/FIRST/reg:crash() sleep "1min" reg:restart()/')" 20min
sed -n "/\"node\":\"alice\",\"kind\":\"send\"/$cut" "$trace" > "$work/stormy.id"
counted "it failed" "$recovered" 1
if [ -s "$work/calm.id" ] && cmp -s "$work/calm.id" "$work/stormy.id"; then
	good
else
	cat "$work/calm.id" "$work/stormy.id" > "$work/.output"
	bad "draws" "a wait moves others"
fi

# ---- subscriptions ----

watch='subscribe="presence:bob"'
active='"machine":"subscription","id":"alice/presence-1","from":"notify_wait","to":"active"'

lab silent "$watch" 'script(function()
	reg:crash()
	sleep "1h"
	reg:restart()
end)' 3h
counted "active in the end" "$active" 1

lab lost "$watch" 'script(function()
	sleep "20min"
	reg:crash()
	reg:restart()
end)' 3h
counted "a 481" '"node":"reg","kind":"send".*"start":481' 1
counted "at once" '"name":"recovery","machine":"subscription".*"length":0' 1
counted "active again" "$active" 2
ids=$(grep '"node":"alice".*"start":"SUBSCRIBE","cseq":"1 ' "$trace" |
	sed 's/.*"call_id":"\([^"]*\)".*/\1/' | sort -u | wc -l)
tags=$(grep '"node":"alice".*"start":"SUBSCRIBE","cseq":"1 ' "$trace" |
	sed 's/.*From: [^;]*;tag=\([a-z0-9]*\).*/\1/' | sort -u | wc -l)
if [ "$ids $tags" = "2 2" ]; then good; else
	bad "lost" "$ids Call-IDs, $tags From tags"
fi

# Whoever answers 481 each time is not asked each time.
lab never "$watch" 'fault { status = 200, cseq = "SUBSCRIBE", first = true,
	nth = 1, rewrite = function(text)
		return (text:gsub("200 OK", "481 No"))
	end }
fault { method = "NOTIFY", drop = true, first = true }' 2h
counted "at once only once" '"machine":"subscription".*"length":0' 1

for status in 408 480 503 504; do
	lab "asked-$status" "$watch" "fault { status = 200, cseq = 'SUBSCRIBE',
		nth = 1, rewrite = function(text)
			return (text:gsub('200 OK', '$status No'))
		end }
	fault { method = 'NOTIFY', nth = 1, drop = true }" 10min
	paced subscription 1
	counted "asked anew" "$anew" 1
	counted "active in the end" "$active" 1
done
for status in 403 404 489 603; do
	lab "denied-$status" "$watch" "fault { status = 200, cseq = 'SUBSCRIBE',
		nth = 1, rewrite = function(text)
			return (text:gsub('200 OK', '$status No'))
		end }
	fault { method = 'NOTIFY', drop = true }" 3h
	paced subscription 0
	counted "not asked anew" "$anew" 0
done

# A refresh that gets 503 ends nothing: it goes out again, later, in the dialog.
lab refresh "$watch" 'fault { method = "SUBSCRIBE", nth = 2, respond = 503 }' 65min
counted "within a minute" '"op":"set","name":"resubscribe".*"length":[3-5][0-9]\{10\}[,}]' 1
counted "in the dialog" '"cseq":"3 SUBSCRIBE"' 2
counted "it never ended" '"machine":"subscription","id":"alice/presence-1".*"to":"terminated"' 0

# ---- publications ----

lab published 'publish=open' 'script(function()
	reg:crash()
	sleep "5min"
	reg:restart()
end)' 1h
paced publication 3
counted "published in the end" '"machine":"publication".*"from":"publishing","to":"published"' 1
lab unpublish 'publish=open' 'script(function()
	reg:crash()
	sleep "1min"
	alice:unpublish()
	reg:restart()
end)' 1h
paced publication 1
counted "the wait is over" '"op":"stop","name":"recovery"' 1
lab unwanted 'publish=open' 'fault { method = "PUBLISH", respond = 403 }' 1h
paced publication 0
lab said 'answer="1s"' 'script(function()
	reg:crash()
	alice:publish "open"
	sleep "1min"
	reg:restart()
end)' 1h
paced publication 0

# ---- who asks ----

# What a script has asked for is the script's.
lab own 'answer="1s"' 'script(function()
	reg:crash()
	local s = alice:subscribe("bob")
	wait(s, "terminated", "1min")
	reg:restart()
end)' 1h
paced subscription 0
lab idle "$watch" 'script(function() reg:crash() sleep "2s" end)'
counted "the end" '"t":33[0-9]*,.*"kind":"end".*"reason":"idle"' 1
finish
