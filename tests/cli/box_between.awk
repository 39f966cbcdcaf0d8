# The topology on standard input with a box [role=ROLE] between its phones and
# whatever they call by: -v role=b2bua -v also=', transport=tcp' (of the phones).
# The box has the first outbound proxy that a phone had.
BEGIN { RS = "]" }
function outbound_of(s) {
	if (!match(s, /outbound=[a-z0-9_]+/))
		return ""
	return substr(s, RSTART + 9, RLENGTH - 9)
}
{
	text = $0
	if (text ~ /\[/ && text ~ /role="?ua/) {
		if (before == "")
			before = outbound_of(text)
		gsub(/,[ \t\n]*outbound=[a-z0-9_]+/, "", text)
		text = text ", outbound=box" also
	}
	if (text ~ /role=/ && match(text, /[a-z0-9_]+[ \t]*\[/))
		names = names "\n\tbox -- " substr(text, RSTART, RLENGTH - 1)
	if (text ~ /router|lan/)
		hub = text ~ /router/ ? "router" : "lan"
	parts[NR] = text
}
END {
	for (i = 1; i < NR; i++)
		printf "%s]", parts[i]
	sub(/}[ \t\n]*$/, "", parts[NR])
	print parts[NR]
	printf "\tbox [role=%s%s]\n", role,
	    before != "" ? ", outbound=" before : ""
	if (hub != "")
		print "\tbox -- " hub
	else
		print names
	print "}"
}
