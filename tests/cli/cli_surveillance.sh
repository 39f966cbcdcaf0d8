#!/bin/sh
# Bodies of GB/T 28181 as people, programs and checks have them: docs/GB28181.md.
. tests/fixtures/check.sh

t=$work/t.jsonl
net=topologies/gb28181.gv
sets="password=12345678 media=sip:33010600002020000001@192.0.2.20"

# run NAME SECONDS PLAN [OPTION…]: the system by that plan.
run() {
	name=$1 seconds=$2 plan=$3
	shift 3
	"$RUNG" run -q $net "--until=${seconds}s" --set "platform.settings=$sets plan=$plan" \
		"$@" -o "$work/$name.jsonl" > "$work/.output" 2>&1
}
# seen NAME WHAT FILTER…: a line of the records chosen has WHAT.
seen() {
	name=$1 what=$2
	shift 2
	"$RUNG" show "$work/$name.jsonl" "$@" > "$work/.seen"
	grep -q -- "$what" "$work/.seen"
}

for f in topologies/gb28181*; do
	ok "$f has 200 lines at most" [ "$(wc -l < "$f")" -le 200 ]
done

# Registered, kept alive, asked, looked at, turned.
"$RUNG" run -q $net --until=130s -o "$t" > "$work/.output" 2>&1
ok "nobody complains" [ ! -s "$work/.output" ]
# Settings may stand in lines of their own.
sed 's/ media=/\n\t\tmedia=/; s/ plan=/\n\t\tplan=/' $net > "$work/lines.gv"
cp topologies/gb28181*.lua "$work"
fails "settings in three lines" 0 "$RUNG" run -q "$work/lines.gv" --until=130s -o "$work/lines.jsonl"
gives "… are settings" "$(grep -c '"kind":"send"' "$t")" grep -c '"kind":"send"' "$work/lines.jsonl"
ok "nothing is bad" [ "$(grep -c '"kind":"bad"' "$t")" = 0 ]
ok "the catalogue is whole" seen t "+ SumNum 3" kind=note
ok "it came in three pages" [ "$("$RUNG" show "$t" kind=send src=recorder -m | grep -c '<DeviceList Num="1">')" = 3 ]
ok "the camera turns" seen t "PTZCmd left 64" kind=note
ok "it was asked who it is" seen t "401 Unauthorized" kind=send src=platform
ok "the stream has the SSRC of y=" grep -q '"op":"flow".*"ssrc":106000001' "$t"
ok "all of it is heard" seen t "end of PS ← recorder, 309 packets" kind=media node=media
ok "three keep-alives in two minutes" \
	[ "$("$RUNG" show "$t" kind=send src=recorder -m | grep -c 'Keepalive<')" = 3 ]
ok "nobody is off-line" [ "$("$RUNG" show "$t" kind=note | grep -c off-line)" = 0 ]
says "a body in GB 2312 is shown" "<Name>东门 2</Name>" \
	"$RUNG" show "$t" -m "kind=send node=recorder"
for f in txt svg html md; do
	"$RUNG" export "$t" -f $f -o "$work/page.$f"
	ok "an arrow of $f says which command" grep -q 'MESSAGE Keepalive' "$work/page.$f"
done
ok "the page explains its elements" grep -q 'By its digits, it is a network video recorder' "$work/page.html"
ok "and names their clauses" grep -q '"GB/T28181 A.2.6.4"' "$work/page.html"
n=$("$RUNG" show "$t" "kind=send src=recorder method=MESSAGE" |
	awk '$2 == "1.040" { print $1; exit }')
says "explain says what a body is" "Response Catalog, SN 17" \
	"$RUNG" explain "$t" "$n"
same=$("$RUNG" run -q $net --until=130s -o - | cksum)
ok "the same run again" [ "$same" = "$(cksum < "$t")" ]

# A wrong password: asked again and again, not before a minute has passed.
run wrong 100 "" --set recorder.password=87654321
ok "it is refused" [ "$("$RUNG" show "$work/wrong.jsonl" kind=send src=platform | grep -c '200 OK')" = 0 ]
ok "it tries again after a minute" seen wrong "REGISTER" kind=send src=recorder from=60s

# The platform is gone, and comes back: three keep-alives without an answer.
cat > "$work/gone.lua" <<'LUA'
lab { title = "gone", topology = "gb28181.gv", duration = "500s" }
at("70s", function() node("platform"):crash() end)
at("300s", function() node("platform"):restart() end)
LUA
cp topologies/gb28181* "$work"
"$RUNG" run -q "$work/gone.lua" -o "$work/gone.jsonl"
ok "the device notices" seen gone "the platform is off-line / 平台离线: 3" kind=note node=recorder
ok "and registers anew" seen gone "200 OK" kind=send src=platform from=300s
# The recorder is gone.
sed 's/"platform"/"recorder"/g' "$work/gone.lua" > "$work/gone2.lua"
"$RUNG" run -q "$work/gone2.lua" -o "$work/gone2.jsonl"
ok "the platform notices after three" seen gone2 "is off-line / 离线: 180 s" kind=note node=platform

# Recordings: paused, resumed, four times as fast; the end is told.
run play 40 "Catalog@1,RecordInfo@2,playback@3,pause@8,resume@12,fast@16"
ok "paused" seen play "inactive" kind=media node=recorder
ok "the end is told" [ "$("$RUNG" show "$work/play.jsonl" -m src=recorder | grep -c '<NotifyType>121<')" = 1 ]
ok "at four times the speed" seen play "BYE" kind=send src=platform from=21s to=22s
"$RUNG" export "$work/play.jsonl" -f txt -o "$work/play.txt"
ok "an arrow says how" grep -q 'INFO PAUSE' "$work/play.txt"
# A download at four times the speed, voice.
run talk 20 "Catalog@1,talk@2,bye@8,download@10"
ok "the loudspeaker hears" seen talk "end of PCMA ← platform, [0-9]* packets, MOS 4" kind=media node=recorder
ok "the file is there after 7.5 s" seen talk "BYE" kind=send src=platform from=17s to=18s
# The edition of 2022.
run new 5 "Catalog@1" --set "recorder.settings=cameras=3 version=2022 page=2"
ok "in GB 18030" seen new 'encoding="GB18030"' -m src=recorder
ok "and it says which edition" seen new "X-GB-Ver: 3.0" -m method=REGISTER src=recorder
# Another SSRC: a media server that waits for the one of the offer drops all.
run ssrc 12 "live@2,bye@8 ssrc=offer" --set "recorder.settings=ssrc=0106007777"
ok "refused" seen ssrc "another SSRC than agreed: [1-9]" kind=media op=refused
says "inspect says why" "the offer has y=0106000001, and the answer" \
	"$RUNG" inspect --width=100 "$work/ssrc.jsonl"
says "and of what the media server hears" "have another SSRC" \
	"$RUNG" inspect "$work/ssrc.jsonl"
run ssrc2 12 "live@2,bye@8" --set "recorder.settings=ssrc=0106007777"
ok "the answer's counts" seen ssrc2 "hears PS" kind=media node=media
says "a timer of the same line goes on" " 5.03 s left" "$RUNG" show "$work/ssrc2.jsonl" --at=3s
run roles 8 "live@2" --set "media.settings=tcp=passive" --set "recorder.settings=setup=passive"
"$RUNG" explain labs/gb28181-private-sdp --hear=media > "$work/said"
ok "who is told later has not ended the call" [ "$(sed -n 2p "$work/said" | grep -c 'Nothing is agreed yet')" = 1 ]
says "when it has ended" "12.070 s  no call" cat "$work/said"
says "both wait" "recorder sends nothing: the TCP connection" "$RUNG" explain "$work/roles.jsonl" --hear=media
# A cascade: what the upper platform asks for goes down with a number of the lower one's own.
# To the upper one's media server, which comes for it, the picture goes over TCP.
"$RUNG" run -q topologies/gb28181-cascade.gv --until=16s --set media.settings=tcp=active -o "$work/cascade.jsonl"
ok "the upper platform has three" seen cascade "+ SumNum 3" kind=note node=upper
ok "the picture comes through" seen cascade "end of PS ← lower" kind=media node=media
says "each call of a box in between has its own other side" "lower    ◀┄╳┄ media" "$RUNG" show "$work/cascade.jsonl" --at=8s
ok "with the lower domain's SSRC" grep -q '"node":"lower".*"op":"flow".*"ssrc":106000001' "$work/cascade.jsonl"
ok "its camera turns" seen cascade "PTZCmd left 64" kind=note node=recorder
ok "a command's answer comes up" [ "$("$RUNG" show "$work/cascade.jsonl" -m "src=lower dst=upper kind=send from=8s" | grep -c '<Result>OK<')" = 1 ]
ok "another domain's SSRC is no fault" [ "$("$RUNG" inspect "$work/cascade.jsonl" | grep -c 'the offer has y=')" = 0 ]
# Who has subscribed is told; an alarm waits for its reset.
"$RUNG" run -q topologies/gb28181-events.gv --until=60s -o "$work/events.jsonl"
ok "two alarms of three" [ "$("$RUNG" show "$work/events.jsonl" -m "method=NOTIFY kind=send" | grep -c '<AlarmMethod>')" = 2 ]
ok "the third is kept back" seen events "AlarmCmd ResetAlarm?" kind=note node=bus
ok "positions every five seconds" [ "$("$RUNG" show "$work/events.jsonl" -m "method=NOTIFY kind=send to=40s" | grep -c '<Speed>')" = 8 ]
ok "off and on again" [ "$("$RUNG" show "$work/events.jsonl" -m "method=NOTIFY kind=send" | grep -c '<Event>O')" = 2 ]
ok "all three end" [ "$("$RUNG" show "$work/events.jsonl" -m "method=NOTIFY kind=send" | grep -c 'terminated')" -ge 3 ]
# The edition of 2022: positions as a list, and both say which edition.
"$RUNG" run -q topologies/gb28181-events.gv --until=12s --set bus.settings=version=2022 \
	--set "platform.settings=subscribe=MobilePosition expires=30 version=2022" -o "$work/list.jsonl"
ok "positions in a list" [ "$("$RUNG" show "$work/list.jsonl" -m "method=NOTIFY kind=send" | grep -A 4 '<SumNum>1<' | grep -c '<CaptureTime>')" = 3 ]
ok "asker and asked say which edition" [ "$("$RUNG" show "$work/list.jsonl" -m kind=send | grep -c 'X-GB-Ver: 3.0')" = 2 ]
# Nobody has subscribed: by MESSAGE.
"$RUNG" run -q topologies/gb28181-events.gv --until=30s --set "platform.settings=reset=1" -o "$work/alarm.jsonl"
ok "alarms by MESSAGE" [ "$("$RUNG" show "$work/alarm.jsonl" -m "method=MESSAGE src=bus kind=send" | grep -c '<AlarmMethod>')" = 3 ]
# A body that can't be read is refused, and the node goes on.
cat > "$work/bomb.lua" <<'LUA'
lab { title = "bomb", topology = "bomb.gv", duration = "9s" }
local alice = node "alice"
local function say(body)
	alice:send { method = "MESSAGE", uri = "sip:platform@192.0.2.10", headers = {
		["From"] = "<sip:33010600001180000002@3301060000>;tag=x", ["Content-Type"] = "Application/MANSCDP+xml" }, body = body }
end
script(function()
	sleep "3s"
	say "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><Notify>&b;</Notify>"
	sleep "1s"
	say "<?xml version=\"1.0\" encoding=\"Big5\"?><Notify/>"
	sleep "1s"
	say("<Notify><CmdType>Keepalive</CmdType><SN>1</SN><DeviceID>1</DeviceID><Status>" .. ("x"):rep(60000) .. "</Status></Notify>")
	sleep "1s"
	say("<?xml version=\"1.0\"?><Response><CmdType>Catalog</CmdType><SN>17</SN><DeviceID>1</DeviceID><SumNum>3</SumNum><DeviceList Num=\"9\">" ..
		"</DeviceList></Response>")
end)
LUA
sed 's/^}/	alice [role=ua, addr="192.0.2.66"]\n	alice -- platform\n}/' topologies/gb28181.gv > "$work/bomb.gv"
"$RUNG" run -q "$work/bomb.lua" -o "$work/bomb.jsonl"
ok "a document type is refused" seen bomb "400 It has a document type" kind=send src=platform
ok "and a character set that is not known" seen bomb "400 " kind=send src=platform from=3.9s to=4.9s
ok "the platform goes on" seen bomb "200 OK" kind=send src=platform from=5.9s

# Over TCP, either way.
for way in active passive; do
	run $way 12 "live@2,bye@8" --set "media.settings=tcp=$way" --set recorder.transport=tcp
	ok "media over TCP, $way" seen $way "end of PS ← recorder" kind=media node=media
	ok "and the recorder is called over its connection" seen $way "INVITE" kind=recv node=recorder
done

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
cat > "$work/net.gv" <<'GV'
graph net {
	graph [domain="3301060000"]
	recorder [role=script, addr="192.0.2.70", program="gb28181-device.lua", aor="sip:33010600001180000002@3301060000"]
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
	grep -q '400 It is not well-formed XML' "$t"
mkdir "$work/lab"
mv "$work"/*.lua "$work/net.gv" "$work/lab"
says "a check has read it" "9" "$RUNG" check --teacher "$work/lab"
finish
