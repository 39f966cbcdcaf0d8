# What is read is never written over, under whatever name, by any command that
# takes -o.
. tests/check.sh
LC_ALL=C.UTF-8
export LC_ALL
XDG_STATE_HOME=$work/state
export XDG_STATE_HOME

# refused NAME FILE COMMAND…: status 2, one sentence that names -o, and FILE has
# the bytes that it had.
refused() {
	refused_what=$1
	refused_file=$2
	shift 2
	cp "$refused_file" "$work/before"
	"$@" > /dev/null 2> "$work/.output" < /dev/null
	set -- $?
	if [ "$1" != 2 ]; then
		bad "$refused_what" "status $1 instead of 2"
	elif ! cmp -s "$work/before" "$refused_file"; then
		bad "$refused_what" "$refused_file is not what it was"
	elif ! grep -qF "name another file with -o" "$work/.output"; then
		bad "$refused_what" "does not say what to do"
	elif [ "$(wc -l < "$work/.output")" != 1 ]; then
		bad "$refused_what" "more than one line"
	else
		good
	fi
}

lab=$work/labs/mine
mkdir -p "$work/labs" "$work/topologies"
cp -R labs/redirection "$lab"
cp -R labs/two-proxies "$work/labs/shared"
cp topologies/*.gv "$work/topologies"
network=$(sed -n 's/.*topology *= *"\([^"]*\)".*/\1/p' "$lab/lab.lua")
shared=$(sed -n 's/.*topology *= *"\([^"]*\)".*/\1/p' "$work/labs/shared/lab.lua")
cp labs/direct-call/lab.lua "$work/lab.lua"
cp topologies/star.gv "$work/star.gv"
"$RUNG" run -q two-proxies -o "$work/t.jsonl"
"$RUNG" export two-proxies -o "$work/t.pcapng"
echo '192.0.2.1 phone' > "$work/names"
ln -s "$work/t.jsonl" "$work/symbolic"
ln "$work/t.jsonl" "$work/hard"

# ---- what stands on the command line ----
refused "run, script" "$work/lab.lua" "$RUNG" run "$work/lab.lua" -o "$work/lab.lua"
refused "run, topology" "$work/star.gv" "$RUNG" run -q "$work/star.gv" -o "$work/star.gv"
refused "run, trace" "$work/t.jsonl" "$RUNG" run "$work/t.jsonl" -o "$work/t.jsonl"
refused "export, topology" "$work/star.gv" \
	"$RUNG" export "$work/star.gv" -o "$work/star.gv"
refused "export, its network" "$work/star.gv" \
	"$RUNG" export --what=topology "$work/star.gv" -o "$work/star.gv"
refused "export, trace" "$work/t.jsonl" \
	"$RUNG" export -f json "$work/t.jsonl" -o "$work/t.jsonl"
refused "export, html" "$work/t.jsonl" \
	"$RUNG" export -f html "$work/t.jsonl" -o "$work/t.jsonl"
refused "export, capture" "$work/t.pcapng" \
	"$RUNG" export "$work/t.pcapng" -o "$work/t.pcapng"
refused "import" "$work/t.pcapng" "$RUNG" import "$work/t.pcapng" -o "$work/t.pcapng"
refused "diff, the first" "$work/t.jsonl" \
	"$RUNG" diff -f txt "$work/t.jsonl" busy -o "$work/t.jsonl"
refused "diff, the second" "$work/t.jsonl" \
	"$RUNG" diff -f txt busy "$work/t.jsonl" -o "$work/t.jsonl"

# ---- other names of it ----
refused "a symbolic link" "$work/t.jsonl" \
	"$RUNG" run "$work/t.jsonl" -q -o "$work/symbolic"
refused "from a symbolic link" "$work/t.jsonl" \
	"$RUNG" export -f md "$work/symbolic" -o "$work/t.jsonl"
refused "a hard link" "$work/t.jsonl" \
	"$RUNG" export -f md "$work/t.jsonl" -o "$work/hard"
refused "another way" "$work/t.jsonl" \
	"$RUNG" export -f md "$work/t.jsonl" -o "$work/labs/../t.jsonl"
refused "standard input" "$work/t.jsonl" \
	sh -c '"$1" export -f md - -o "$2" < "$2"' - "$RUNG" "$work/t.jsonl"

# ---- what is read on the way ----
refused "a lab's script" "$lab/lab.lua" "$RUNG" run "$lab" -o "$lab/lab.lua"
refused "a lab's topology" "$lab/$network" \
	"$RUNG" run -q "$lab" -o "$lab/$network"
refused "the topology of a figure" "$lab/$network" \
	"$RUNG" export "$lab" -o "$lab/$network"
refused "a shared topology" "$work/topologies/$shared" \
	"$RUNG" export "$work/labs/shared" -o "$work/topologies/$shared"
refused "names of addresses" "$work/names" "$RUNG" import "$work/t.pcapng" \
	--aliases="$work/names" -o "$work/names"

# ---- and what is no input ----
echo old > "$work/other"
ok "another file is replaced" "$RUNG" run -q "$work/lab.lua" -o "$work/other"
ok "a device" "$RUNG" run -q "$work/lab.lua" -o /dev/null
ok "standard output" "$RUNG" export "$work/star.gv" -f gv -o -
ok "a device to a device" sh -c '"$1" export -f md - -o /dev/null < "$2"' - \
	"$RUNG" "$work/t.jsonl"
finish
