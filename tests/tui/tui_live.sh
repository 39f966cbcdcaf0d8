# rung live --play: a run that goes as the clock does grows on the screen, also
# while somebody looks back; what is done at its end is done to those who are there,
# what is done before is a branch without them; its trace runs again.
. tests/fixtures/check.sh
. tests/fixtures/tui.sh
XDG_STATE_HOME=$work/state
RUNG_SHARE=$PWD
export XDG_STATE_HOME RUNG_SHARE
case $RUNG in /*) ;; *) RUNG=$PWD/$RUNG ;; esac
cd "$work" || exit
cat > t.gv <<'G'
graph {
	edge [delay="1ms"]
	alice [role=ua]
	bob [role=ua]
	alice -- bob
}
G
echo 'lab { title = "live", topology = "t.gv" }' > lab.lua
command -v python3 > /dev/null || { skip "no python3"; finish; }

# ask ID: bob's program asks alice what she can do; what she says, or nothing.
ask() {
	python3 - "$alice" "$bob" "$1" <<'P'
import socket, sys
alice, bob, name = sys.argv[1:]
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind((bob, 5060))
s.settimeout(3)
s.sendto(f"""OPTIONS sip:alice@{alice} SIP/2.0
Via: SIP/2.0/UDP {bob};branch=z9hG4bK{name}
From: <sip:bob@{bob}>;tag=1
To: <sip:alice@{alice}>
Call-ID: {name}
CSeq: 1 OPTIONS
Max-Forwards: 70
Content-Length: 0

""".replace("\n", "\r\n").encode(), (alice, 5060))
try:
    print(s.recv(4096).decode().splitlines()[0])
except OSError:
    print("nothing")
P
}

says "an option that goes with it" "play --outside is now rung live --play --outside" "$RUNG" play lab.lua --outside=bob
says "a face of who is no border" "alice" "$RUNG" live --play lab.lua --face=alice:lo=127.9.9.9

tui_start 120x36 "$RUNG" live --play lab.lua --outside=bob -o live.jsonl
tui_shows "where everybody is" "Your programs, which listen at"
alice=$(tui_screen | grep -o '127[.][0-9.]*:5060' | sed -n '1s/:.*//p')
bob=$(tui_screen | grep 'sip:bob' | grep -o '127[.][0-9.]*' | head -n 1)
tui_press Escape shows "follows" " now"
gives "is answered" "SIP/2.0 200 OK" ask one
tui_shows "grows" "message 2 of 2"
tui_press "Left Left" shows "looks back" "message 1 of 2"
tui_shows "and it lives" " running"
gives "is answered meanwhile" "SIP/2.0 200 OK" ask two
tui_shows "grows behind" "message 1 of 4"

# In the past: a branch, and they who are there hear nothing of it.
tui_press a shows "what can be acted on" "this message"
tui_press Enter shows "what can be done" "lose it on its way"
tui_press Enter shows "a branch" "a new branch"
tui_shows "which says who is in it" "programs do what they did"
gives "is answered as before" "SIP/2.0 200 OK" ask three
tui_press b shows "branches" "main"
tui_press "Up Enter" hides "of the first branch" "branch drop"
tui_press End shows "the live one again" "message 6 of 6"
tui_shows "is followed" " now"

# At its end: alice is down for whoever asks her.
tui_keys :
tui_enter "act alice crash" shows "done at once" "done"
gives "nobody is there" nothing ask four
tui_keys :
tui_enter "act alice restart" shows "she is back" "done"
gives "is answered again" "SIP/2.0 200 OK" ask five
tui_press q ends "quits" 0
ok "its trace runs again" "$RUNG" run -q live.jsonl -o again.jsonl
ok "to the same bytes" cmp live.jsonl again.jsonl
gives "both acts are in it" 2 grep -c '"by":"person"' live.jsonl

# Sound goes on behind an act, by which the run is another.
cat > sound.gv <<'G'
graph {
	node [media=true, sound=tone]
	alice [role=ua]
	bob [role=ua, answer="100ms"]
	alice -- bob
}
G
mkdir bin
printf '#!/bin/sh\nexec cat > "%s"\n' "$work/played" > bin/aplay
chmod +x bin/aplay
# The bytes of sound that were played, silence apart.
loud() { tr -d '\000' < played | wc -c; }
louder() { # THAN
	for _ in $(seq 300); do
		[ "$(loud)" -le "$1" ] || return 0
		sleep 0.1
	done
	return 1
}
tui_start 120x36 env PATH="$work/bin:$PATH" "$RUNG" live --play sound.gv --hear=bob --limit=trace=4MB \
	-o sound.jsonl
tui_keys Escape
ok "is played" louder 30000
tui_keys :
tui_type "act alice register"
tui_keys Enter
ok "and behind an act" louder "$(($(loud) + 60000))"
tui_press q ends "quits" 0
ok "runs again" "$RUNG" run -q sound.jsonl -o again.jsonl
ok "to the same bytes" cmp sound.jsonl again.jsonl

# As much as the trace may have ends the run, not the screen.
tui_start 120x36 "$RUNG" live --play lab.lua --outside=bob --limit=trace=4MB -o most.jsonl
tui_shows "where everybody is" "Your programs, which listen at"
alice=$(tui_screen | grep -o '127[.][0-9.]*:5060' | sed -n '1s/:.*//p')
bob=$(tui_screen | grep 'sip:bob' | grep -o '127[.][0-9.]*' | head -n 1)
tui_keys Escape
python3 - "$alice" "$bob" <<'P'
import socket, sys, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind((sys.argv[2], 5060))
for n in range(6000):
    s.sendto(b"x" * 1000, (sys.argv[1], 5060))
    time.sleep(0.0005)
P
tui_hides "the run has ended" " now"
tui_press q ends "quits" 0
says "why is said" "the trace has reached its limit (--limit=trace)" tui_screen
ok "has no more than it may" test "$(wc -c < most.jsonl)" -le 4194304
ok "… and has much" test "$(wc -c < most.jsonl)" -ge 3000000
ok "runs again" "$RUNG" run -q most.jsonl -o again.jsonl
ok "to the same bytes" cmp most.jsonl again.jsonl
finish
