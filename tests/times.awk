# tests/order anew, from what tests/run.sh says that tests computed when they ran last;
# what did not run stays as it was, and so do the words behind it.
#
#	ls tests/*/test_*.c … |
#		awk -f tests/times.awk build/logs/times build/san/logs/times tests/order -
#
# A line of times is "1m2.3s 0m0.4s NAME", where NAME is a program's path or "BUILD
# cli_X.sh"; what is listed are the sources of all tests.
function seconds(text, part) {
	split(text, part, "m")
	return part[1] * 60 + part[2]
}

FILENAME ~ /times$/ {
	took = seconds($1) + seconds($2)
	name = $NF
	sub(/.*\//, "", name)
	if (took > last[name])
		last[name] = took
	next
}
FILENAME ~ /order$/ && /^#/ { print; next }
FILENAME ~ /order$/ {
	before[$2] = $1
	words[$2] = substr($0, length($1 $2) + 2)
	next
}
{
	name = $1
	sub(/.*\//, "", name)
	sub(/\.c$/, "", name)
	took = name in last ? last[name] : before[$1]
	took = took < 1 ? 0 : int(took + 0.5)
	if (took > 0 || words[$1] != "")
		print took " " $1 words[$1] | "LC_ALL=C sort -k 1,1nr -k 2,2"
}
