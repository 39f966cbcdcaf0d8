# docs/CAPTURES.md promises --call for explain; neither explain nor inspect took
# it, so nothing could be explained of a large capture, and inspect had its
# samples alone.
. tests/fixtures/check.sh

"$RUNG" run -q labs/early-dialogs -o "$work/run.jsonl"
"$RUNG" run -q labs/busy -o "$work/busy.jsonl"
"$RUNG" export "$work/run.jsonl" -o "$work/run.pcapng" 2> /dev/null
"$RUNG" show --calls "$work/run.pcapng" | sed 1d > "$work/calls"
calls=$(wc -l < "$work/calls")
[ "$calls" -ge 2 ] && good || bad "calls" "$calls of them"
ids=$(awk '{ print $NF }' "$work/calls")

# ---- explain: as show numbers the records of that call ----
for id in $ids; do
	"$RUNG" show "$work/run.pcapng" --call "$id" kind=send > "$work/shown"
	first=$(sed -n '1s/^ *\([0-9]*\) .*/\1/p' "$work/shown")
	start=$("$RUNG" show "$work/run.pcapng" --call "$id" -m kind=send |
		grep -m1 'SIP/2.0$' | tr -d '\r' | sed 's/^ *//; s/ .*//')
	"$RUNG" explain "$work/run.pcapng" "$first" --call "$id" > "$work/said"
	says "$id: record $first" "$start" cat "$work/said"
done
fails "no such call" 2 "$RUNG" explain "$work/run.pcapng" 1 --call nobody
says "which is said" "there is no call “nobody”" \
	"$RUNG" explain "$work/run.pcapng" 1 --call nobody
fails "of no capture" 2 "$RUNG" explain "$work/run.jsonl" 1 --call x
says "since it does nothing" "is not a capture" \
	"$RUNG" explain "$work/run.jsonl" 1 --call x

# ---- inspect: of a trace as of a capture, and the report says how many ----
for file in run.jsonl run.pcapng; do
	"$RUNG" inspect "$work/$file" > "$work/all"
	fails "$file: all of it" 1 grep -q "of $calls calls" "$work/all"
	for id in $ids; do
		"$RUNG" inspect "$work/$file" --call "$id" > "$work/said"
		tr -s '\n ' '  ' < "$work/said" > "$work/line"
		says "$file $id: how many" "of $calls calls" cat "$work/line"
		fails "$file $id: no sample" 1 grep -q sample "$work/line"
	done
	# shellcheck disable=SC2046  # one word each
	"$RUNG" inspect "$work/$file" $(printf -- '--call %s ' $ids) \
		> "$work/said"
	sed 's/;[^;]* calls$//' "$work/said" > "$work/rest"
	grep -A999 '^Findings\|^Find\|^  *error\|T P R' "$work/rest" \
		> "$work/a" || true
	grep -A999 '^Findings\|^Find\|^  *error\|T P R' "$work/all" \
		> "$work/b" || true
	[ -s "$work/b" ] && good || bad "$file" "nothing to compare"
	same "$file: all calls are all" "$work/a" "$work/b"
done
# What is wrong in one call alone is found in that one alone.
set -- $ids
sed "/\"call_id\":\"$1/s/Max-Forwards: 70\\\\r\\\\n//" "$work/run.jsonl" \
	> "$work/broken.jsonl"
fails "in this call" 1 "$RUNG" inspect "$work/broken.jsonl" --call "$1"
ok "not in that one" "$RUNG" inspect "$work/broken.jsonl" --call "$2"
fails "in one of both" 1 \
	"$RUNG" inspect "$work/broken.jsonl" --call "$1" --call "$2"
fails "no call of it" 2 "$RUNG" inspect "$work/run.jsonl" --call nobody
says "nor there" "nobody" "$RUNG" inspect "$work/run.jsonl" --call nobody
fails "two ways to choose" 2 \
	"$RUNG" inspect "$work/run.pcapng" --call "$1" --sample 1
finish
