# A pipe in a file's place is not waited for where it lies in a lab's folder or
# is to be a topology or a roster.  A trace or a capture may come out of one that
# a command names (tests/cli/cli_files.case).

# What is in /dev is what the shell has opened; tests/run.sh has its folders there.
case ${TMPDIR:-} in
/dev/*)
	TMPDIR=/tmp
	export TMPDIR
	;;
esac
. tests/fixtures/check.sh
mkfifo "$work/pipe.gv" "$work/pipe.jsonl"

# refuses COMMAND…: says what it is.
refuses() {
	says "$*" "A pipe or a device, not a file" "$RUNG" "$@"
}

refuses run "$work/pipe.gv"
refuses check --class labs/busy --roster "$work/pipe.jsonl"

for file in lab.lua check.lua answers.txt README.md; do
	cp -R labs/direct-call "$work/$file"
	rm -f "$work/$file/$file"
	mkfifo "$work/$file/$file"
done
refuses run "$work/lab.lua"
refuses check "$work/check.lua"
refuses check "$work/answers.txt"
refuses worksheet "$work/README.md" -o "$work/sheet.md"

# ---- what the shell has opened ----
ok "standard input" sh -c 'cat topologies/direct-call.gv | "$1" run -q -' - "$RUNG"
ok "/dev/stdin" sh -c 'cat topologies/direct-call.gv | "$1" run -q /dev/stdin' - \
	"$RUNG"
ok "a descriptor" sh -c 'cat topologies/direct-call.gv |
	{ "$1" run -q /dev/fd/3; } 3<&0' - "$RUNG"
finish
