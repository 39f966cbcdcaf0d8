#!/bin/sh
# The systems of GB/T 28181 right at the second time, too: what restarts, gives
# up, ends and begins anew left keep-alives that doubled, streams that nobody
# ended and registrations that ran out.
. tests/fixtures/check.sh
rung=$(realpath "$RUNG")
cp topologies/gb28181* "$work"
cd "$work" || exit 1
t=t.jsonl
A="password=12345678 media=sip:33010600002020000001@192.0.2.20"
U="password=12345678 media=sip:33010000002020000001@198.51.100.20"

# run TOPOLOGY SECONDS SCRIPT [OPTION…]: that topology in a lab with SCRIPT.
run() {
	net=$1 seconds=$2
	printf 'lab { title = "x", topology = "%s.gv", duration = "%ss" }\n%s\n' \
		"$1" "$2" "$3" > lab.lua
	shift 3
	"$rung" run -q lab.lua "$@" -o $t > .output 2>&1
}
plan() { echo "platform.settings=$A plan=$1"; }
upper() { echo "upper.settings=$U plan=$1"; }
crash() { # NODE AT SECONDS
	echo "at('$2s', function() node('$1'):crash() end)
	at('$(($2 + $3))s', function() node('$1'):restart() end)"
}
cut() { # A B AT SECONDS
	echo "at('$3s', function() link('$1', '$2'):down() end)
	at('$(($3 + $4))s', function() link('$1', '$2'):up() end)"
}
# count FROM TO FILTER PATTERN
count() { "$rung" show $t --from="$1s" --to="$2s" "$3" -m 2> /dev/null | grep -c -- "$4"; }
is() { # NAME EXPECTED SEEN
	if [ "$2" = "$3" ]; then good; else bad "$1" "$3 instead of $2"; fi
}
# Nothing that was begun is left at the end, and each minute is as before.
at_rest() { # NAME
	"$rung" show $t --at=$((seconds - 1))s > at.txt 2>&1
	grep -A4 '^Calls\|^Media' at.txt > .output
	empty "$1: no call, no stream"
	is "$1: nothing flows" 0 "$("$rung" show $t --from=$((seconds - 241))s kind=media 2> /dev/null | grep -c media)"
	is "$1: no program fails" 0 "$(grep -c '"verdict":"failed"' $t)"
	steady="$(count $((seconds - 241)) $((seconds - 1)) kind=send 'SIP/2.0$') messages, $(
		grep -c 'lua:' at.txt) timers"
	if [ "$1" = "at rest" ]; then
		usual=$steady
	else
		is "$1: as before" "$usual" "$steady"
	fi
}

# ---- 9.1, 9.6: who was forgotten registers anew, once, and beats as before ----

run gb28181 900 "$(for at in 70 270 470; do crash platform $at 5; done)" --set "$(plan Catalog@1)"
is "three restarts leave two keep-alives in two minutes" 2 "$(count 730 850 'kind=send src=recorder' '<CmdType>Keepalive')"
is "and one registration each, with its challenge" 8 "$(count 0 900 'kind=send src=recorder' '^    REGISTER')"
run gb28181-cascade 900 "$(for at in 70 80 90; do crash upper $at 5; done)" --set "$(upper Catalog@3)"
is "three restarts of the upper platform, too" 2 "$(count 730 850 'kind=send src=lower dst=upper' '<CmdType>Keepalive')"
is "and one registration, with its challenge" 4 "$(count 0 900 'kind=send src=lower' '^    REGISTER')"
run gb28181 900 "$(crash platform 70 5)" --set recorder.settings="interval=120" --set "$(plan Catalog@1) interval=120"
is "an interval of 120 s stays one" 3 "$(count 420 780 'kind=send src=recorder' '<CmdType>Keepalive')"
run gb28181-events 400 "$(crash platform 70 5)" --set "platform.settings=subscribe=MobilePosition expires=600"
is "who is not known is refused" 1 "$(count 75 400 'kind=send src=platform' '^    SIP/2.0 403')"
is "and registers anew, not before a minute" 1 "$(count 180 200 'kind=send src=bus' '^    REGISTER')"
ok "it is told of positions again" [ "$(count 300 360 'kind=send src=bus' '<Speed>')" -ge 11 ]
run gb28181-events 400 "$(crash platform 70 5)" --set "bus.settings=losses=3" --set "platform.settings=subscribe=Alarm" \
	--set "bus.settings=alarms=300"
is "an alarm comes by one NOTIFY again" 1 "$(count 290 400 'kind=send src=bus' '^    NOTIFY.*')"

run gb28181-events 60 "at('10.04s', function() node('bus'):crash() end)
	at('15.04s', function() node('bus'):restart() end)"
is "what comes in the instant of a start comes behind on_start" 0 "$(grep -c '"verdict":"failed"' $t)"

# ---- 9.5: a catalogue of which something was lost is asked for again, and each hour ----

viewed() { # NAME SECOND: the channel, whose ID a catalogue alone has told
	is "$1: it is viewed" 1 "$(count $(($2 - 1)) $(($2 + 5)) 'kind=send src=recorder' '^    y=')"
}
run gb28181-cascade 220 "$(cut lower upper 3 35)" --set "$(upper Catalog@3,live@200)"
viewed "the upper platform could not be reached" 200
run gb28181-cascade 3900 "$(crash lower 1 5)" --set "$(upper Catalog@3,live@3800)"
viewed "the lower platform had forgotten" 3800
run gb28181-cascade 3900 "$(crash recorder 0 5)" --set "$(upper Catalog@3,live@3800)"
viewed "the recorder had not registered" 3800
run gb28181 3000 "" --set "$(plan Catalog@1)"
is "not more often than needed" 1 "$(count 0 3000 'kind=send src=platform dst=recorder' '<CmdType>Catalog')"

# ---- registrations are refreshed, and end ----

run gb28181-cascade 3000 ""
is "the lower platform refreshes" 2 "$(count 2800 3000 'kind=send src=lower' '^    REGISTER')"
run gb28181-events 3000 ""
is "the bus refreshes" 1 "$(count 2800 3000 'kind=send src=bus' '^    REGISTER')"
# One registers for 90 s, is looked at, and says nothing more.
sed 's/^}/	alice [role=ua, addr="192.0.2.66"]\n	alice -- platform\n}/' gb28181.gv > ends.gv
run ends 200 "local alice = node 'alice'
script(function() sleep '1s'
alice:send { method = 'REGISTER', uri = 'sip:33010600002000000001@192.0.2.10', headers = { Expires = '90', Contact = '<sip:33010600001320000009@192.0.2.66>',
From = '<sip:33010600001320000009@3301060000>;tag=a', To = '<sip:33010600001320000009@3301060000>' } } end)" \
	--set "platform.settings=interval=60 media=sip:33010600002020000001@192.0.2.20"
says "what has expired is off-line" "33010600001320000009 is off-line" "$rung" show $t kind=note --from=90s --to=92s

# ---- 9.10: the time in Beijing ----

run gb28181 5 ""
is "a Date is eight hours ahead of UTC" 1 "$(count 0 5 'kind=send src=platform' 'Date: 2026-03-02T08:00:00')"
sed 's/T00:00:00Z/T20:00:00Z/' gb28181.gv > late.gv
run late 5 ""
is "and may be of the next day" 1 "$(count 0 5 'kind=send src=platform' 'Date: 2026-03-03T04:00:00')"

# ---- a recording: its end, its control ----

run gb28181 60 "" --set "$(plan Catalog@1,playback@2,live@4,bye@50)"
is "121 names the channel" 1 "$(count 30 40 'kind=send src=recorder method=MESSAGE' '<DeviceID>33010600001310000001<')"
is "and comes within the recording's call" 1 "$(count 30 40 'kind=send src=recorder method=MESSAGE' 'To: .*;tag=')"
is "that call ends" 1 "$(count 30 45 'kind=send src=platform dst=recorder' '^    BYE')"
is "and not the one begun last" 1 "$("$rung" show $t --at=45s --node=recorder | grep -c "recorder/.* confirmed ")"
run gb28181 60 "" --set "$(plan Catalog@1,live@2,live@4,bye@8,bye@10)"
is "two views have two SSRCs" 2 "$(count 0 5 'kind=send src=platform dst=recorder' '^    y=010600000')"
is "the second does not forget the first" 2 "$(count 8 12 'kind=send src=platform dst=recorder' '^    BYE')"
ended() { # PLAN AT NAME: the end of the recording, in whole seconds
	run gb28181 90 "" --set "$(plan "Catalog@1,playback@2,$1")"
	is "$3" "$2" "$("$rung" show $t -m 'src=recorder kind=send method=MESSAGE' --from=5s |
		awk '/^ *[0-9]+ +[0-9.]+ +recorder/ { at = int($2) } /NotifyType/ { print at }')"
}
ended "fast@4,pause@6,resume@10" 15 "who goes on keeps the speed"
ended "jump@4" 9 "Range: npt=25- leads there"
ended "pause@6,back@8" 12 "a negative Scale plays back to the beginning"
run gb28181 60 "" --set "$(plan Catalog@1,playback@2,stop@8)"
is "TEARDOWN ends it" 1 "$(count 8 9 'kind=send src=platform dst=recorder' '^    TEARDOWN')"
at_rest "at rest"
run gb28181-cascade 60 "" --set "$(upper Catalog@1,playback@2,pause@8,resume@12)"
is "through a cascade, too" 2 "$(count 8 13 'kind=send src=lower dst=recorder' '^    INFO')"
is "121 goes up within the upper call" 1 "$(count 36 37 'kind=send src=lower dst=upper method=MESSAGE' 'To: .*;tag=')"

# ---- what a body, a field and an attribute say ----

run gb28181-cascade 5 ""
is "each of a catalogue of 2016 has an Owner" 3 "$(count 0 5 'kind=send src=lower dst=upper' '<Owner>')"
run gb28181 3 "" --set "recorder.settings=version=2022"
is "none of 2022" 0 "$(count 0 3 'kind=send src=recorder' '<Owner>')"
run gb28181 20 "" --set "$(plan Catalog@1,download@2)"
"$rung" show $t -m 'method=INVITE dst=recorder kind=send' | sed '1,2d; s/^    //' > invite.sip
"$rung" parse invite.sip > said 2>&1
says "Subject is told" "33010600001310000001 sends stream 1106000001: recorded" cat said
says "downloadspeed is known" "a multiple of the recording speed" cat said
printf 'v=0\r\no=- 0 0 IN IP4 192.0.2.1\r\ns=Download\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=video 9 RTP/AVP 96\r\na=rtpmap:96 PS/90000\r\na=filesize:7\r\na=streamnumber:1\r\n' > body
printf 'SIP/2.0 200 OK\r\nContent-Type: application/sdp\r\nContent-Length: %s\r\n\r\n' "$(wc -c < body)" | cat - body > answer.sip
"$rung" parse answer.sip > said 2>&1
says "filesize is known" "That is 7 octets" cat said
says "streamnumber is known" "1: the secondary stream" cat said

# ---- one port, NATs ----

run gb28181 20 "" --set media.settings=port=single --set "$(plan Catalog@1,live@2,live@4,bye@10,bye@12)"
is "two streams come to one port" 2 "$("$rung" show $t kind=media node=media | grep -c 'hears PS')"
is "and are told apart" 0 "$(grep -c '"kind":"bad"' $t)"
# Two cameras that answer with the same SSRC, whatever they are asked for.
sed 's/^	recorder \[/	second [role=script, addr="192.0.2.71", aor="sip:33010600001180000003@3301060000", password="12345678",\
		program="gb28181-device.lua", settings="ssrc=0106007777"]\
	second -- platform\
	second -- media\
&/; s/cameras=3/cameras=3 ssrc=0106007777/' gb28181.gv > clash.gv
run clash 20 "" --set "$(plan live@2,bye@12)"
says "inspect finds two of one SSRC" "whose stream is still running" "$rung" inspect $t
run clash 20 "" --set media.settings=port=single --set "$(plan live@2,bye@12)"
is "a port for all refuses the second" 1 "$("$rung" show $t kind=note node=media | grep -c 'y=0106007777')"
is "and only that one ends" 2 "$("$rung" show $t --at=6s | grep -c '^  \(recorder\|second\|media\)/[0-9]* *confirmed')"
cat > nat.gv <<'GV'
graph nat { graph [domain="3301060000", start="2026-03-02T00:00:00Z"]; edge [delay="10ms"]
	camera [role=script, addr="192.168.1.20", aor="sip:33010600001320000007@3301060000", password="12345678",
		program="gb28181-device.lua", settings="interval=20"]
	home [role=nat, faces="inside=192.168.1.1 outside=203.0.113.7", ports=sequential, timeout="30s"]
	net [addr="192.0.2.1"]
	platform [role=script, addr="192.0.2.10", aor="sip:33010600002000000001@3301060000", inbound=true,
		program="gb28181-platform.lua", settings="password=12345678"]
	media [role=script, addr="192.0.2.20", aor="sip:33010600002020000001@3301060000", program="gb28181-media.lua"]
	camera -- home:inside
	home:outside -- net -- { platform media } }
GV
run nat 100 "at('30s', function() node('home'):forget() end)" --set "$(plan live@4,bye@60) interval=20"
says "a port that changes is told" "no more from 203.0.113.7:49" "$rung" show $t kind=media node=media
n=$("$rung" show $t kind=media | awk '/no more from/ { print $1; exit }')
says "and explained" "has chosen another port" "$rung" explain $t "$n"
is "a BYE reaches the camera behind it" 1 "$("$rung" show $t --from=60s 'kind=recv node=camera' | grep -c 'BYE ← platform')"

# ---- whatever is cut off, given up or crashes: nothing is left ----

run gb28181 900 "" --set "$(plan Catalog@1,live@4,bye@12)"
at_rest "at rest"
for node in recorder platform media; do
	for when in 7 100; do
		run gb28181 900 "$(crash $node $when 5)"
		at_rest "$node crashes at $when s"
	done
done
run gb28181 900 "$(crash media 100 5)" --set "$(plan Catalog@1,live@4)"
at_rest "the media server crashes in a view without end"
run gb28181 900 "$(crash recorder 100 5)" --set "$(plan Catalog@1,live@4)"
at_rest "the recorder crashes in a view without end"
for link in "recorder platform" "recorder media" "platform media"; do
	# shellcheck disable=SC2086
	run gb28181 900 "$(cut $link 7 30)"
	at_rest "$link are cut off from each other"
done
for what in live talk; do
	for ms in 005 015 025 035 045; do
		run gb28181 900 "" --set "$(plan Catalog@1,$what@4,bye@4.$ms)"
		at_rest "$what given up after $ms ms"
	done
done
run gb28181-cascade 900 ""
at_rest "at rest"
for node in recorder lower upper media; do
	run gb28181-cascade 900 "$(crash $node 9 5)"
	at_rest "cascade: $node crashes in a view"
done
run gb28181-cascade 900 "$(crash lower 9 5)" --set "$(upper Catalog@3,live@5)"
at_rest "cascade: the lower platform crashes in a view without end"
for ms in 015 035 055 075; do
	run gb28181-cascade 900 "" --set "$(upper Catalog@3,live@5,bye@5.$ms)"
	at_rest "cascade: given up after $ms ms"
done
finish
