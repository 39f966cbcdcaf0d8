# A lab that says live = false runs, and is rejected by rung live: by its name, its
# script, its trace, and its topology in the same folder.
. tests/fixtures/check.sh

refused="this lab says live = false"
cp -r labs/invite-flood "$work/flood"

# rejects NAME FILE
rejects() {
	says "rejects $1" "$refused" timeout "$patience" "$RUNG" live "$2" --until=10ms
	fails "… with status 2 ($1)" 2 timeout "$patience" "$RUNG" live "$2" --until=10ms
}

for lab in bye-from-outside calls-abroad extension-scanner invite-flood \
	password-guessing register-takeover; do
	rejects "$lab" "$lab"
done
rejects "its topology" labs/invite-flood/flood.gv
rejects "a copy" "$work/flood"
rejects "the copy's topology" "$work/flood/flood.gv"
"$RUNG" run -q "$work/flood" -o "$work/t.jsonl"
rejects "its trace" "$work/t.jsonl"

sed '/live = false/d' labs/invite-flood/lab.lua > "$work/flood/lab.lua"
ok "a copy without the line runs" timeout "$patience" "$RUNG" live -q "$work/flood" \
	--until=10ms -o "$work/l.jsonl"
ok "… and its topology" timeout "$patience" "$RUNG" live -q "$work/flood/flood.gv" \
	--until=10ms -o "$work/l.jsonl"
sed 's/live = false/live = true/' labs/invite-flood/lab.lua > "$work/flood/lab.lua"
ok "live = true is no hindrance" timeout "$patience" "$RUNG" live -q "$work/flood" \
	--until=10ms -o "$work/l.jsonl"
sed 's/live = false/live = "no"/' labs/invite-flood/lab.lua > "$work/flood/lab.lua"
says "live is a boolean" "live is true or false" "$RUNG" run "$work/flood"
finish
