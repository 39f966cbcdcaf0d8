# Of a media gateway in the middle of a call it was said that nothing lives there:
# its terminations are states of a machine (RFC 3525 6.2), with their context, mode
# and signal; and a crash takes them away.
. tests/fixtures/check.sh

t=$work/t.jsonl
"$RUNG" run -q media-gateway -o "$t"
at() { "$RUNG" show "$t" --at="$1" --node="$2"; }
says "a line that rings" "signal    cg/rt" at 6s mg1
says "what its stream may do" "mode      ReceiveOnly" at 6s mg1
says "which context" "context   1" at 6s mg1
says "they talk" "mode      SendReceive" at 8s mg2
for node in mg1 mg2; do
	says "$node in a call: it lives" 0 sh -c "'$RUNG' show '$t' --at=8s --node=$node | grep -c 'Nothing lives' || true"
	"$RUNG" show "$t" --at=15s --node=$node | grep "A1\|RTP/" > "$work/.output"
	empty "$node after it: nothing is left"
done
cat > "$work/lab.lua" <<'E1'
lab { topology = "mg.gv", duration = "60s" }
E1
"$RUNG" run -q media-gateway --act=75:mg2.crash --act=75@9s:mg2.restart -o "$t" 2> "$work/said"
"$RUNG" show "$t" --at=8500ms --node=mg2 | grep "A1\|RTP/" > "$work/.output"
empty "a crash takes them away"
says "why it was connected" "Add puts a termination into a context" \
	"$RUNG" explain "$t" "$("$RUNG" show "$t" | awk '/termination.*Add/ { print $1; exit }')"
says "its figure" "Subtract" "$RUNG" export --what=machines --machine=termination -f gv "$t"
finish
