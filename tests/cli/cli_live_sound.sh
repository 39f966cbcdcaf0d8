# rung live --hear: what nodes hear and say is played while the run goes on, the same samples as
# its trace has; a player that ends, that takes nothing, that is not there, is no loss to the run.
. tests/fixtures/check.sh
[ "$patience" -lt 60 ] || patience=60

cat > "$work/t.gv" <<'G'
graph {
	node [media=true]
	edge [delay="10ms", jitter="20ms", loss="5%"]
	alice [role=ua, sound=speech]
	bob [role=ua, sound=tone, answer="100ms"]
	alice -- bob
}
G
mkdir "$work/bin"
# player COMMAND: that is aplay.
player() {
	printf '#!/bin/sh\n%s\n' "$1" > "$work/bin/aplay"
	chmod +x "$work/bin/aplay"
}
live() {
	PATH=$work/bin:$PATH timeout "$patience" "$RUNG" live "$work/t.gv" --until=3s \
		-o "$work/t.jsonl" "$@" > "$work/said" 2>&1
}
# as_the_trace ARGUMENTS: what was played begins as what the trace has.
as_the_trace() {
	"$RUNG" export "$work/t.jsonl" -f wav --from=0 "$@" -o "$work/t.wav" || return
	tail -c +45 "$work/t.wav" > "$work/wanted"
	cmp -n "$(wc -c < "$work/played")" "$work/played" "$work/wanted"
}

player "echo \"\$@\" > '$work/asked'; exec cat > '$work/played'"
ok "runs" live --hear=bob --say=alice
says "in which form" "-t raw -f S16_LE -r 8000 -c 2" cat "$work/asked"
ok "there are two seconds and more" test "$(wc -c < "$work/played")" -gt 64000
tr -d '\000' < "$work/played" > "$work/loud"
ok "… with something in them" test "$(wc -c < "$work/loud")" -gt 32000
ok "what is played is what the trace has" as_the_trace --hear=bob --say=alice
ok "says nothing of it" test "$(grep -c keep "$work/said")" = 0

player 'exit 1'
ok "a player that ends" live --hear=bob
says "… is told, once" "the program that plays the sound has ended" grep "that plays the sound" "$work/said"
ok "… and the run goes on" test "$("$RUNG" show "$work/t.jsonl" kind=send | wc -l)" -gt 100

player 'trap "" TERM HUP; while :; do sleep 60; done'
ok "a player that takes nothing" live --hear=bob
says "holds up no clock" "Messages from programs 0" cat "$work/said"

rm "$work/bin/aplay"
mkdir "$work/none"
for need in sh env; do ln -s "$(command -v $need)" "$work/none"; done
case $RUNG in /*) ;; *) RUNG=$PWD/$RUNG ;; esac
fails "no player" 2 env PATH="$work/none" "$RUNG" live "$work/t.gv" --hear=bob --until=1s
says "… which is said" "install aplay" cat "$work/.output"
player 'exec cat > /dev/null'
fails "no such node" 2 live --hear=bo
says "… which are there" "did you mean “bob”?" cat "$work/said"
ok "… and nothing else is said" test "$(wc -l < "$work/said")" -le 8
ok "sound of a program" live --hear=alice --outside=bob
fails "… is kept, of which nothing is said" 1 grep "what people say" "$work/said"
fails "no switch keeps it" 2 "$RUNG" live "$work/t.gv" --keep
says "… which is said" "live --keep is now always on, up to 100 MB of sound" cat "$work/.output"
finish
