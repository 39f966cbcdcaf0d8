# A topology with BOXES boxes of ROLE before its phones, one behind the other, and
# links that lose LOSS of what they carry.
/^[ \t]*\/\// { next }
{
	sub(/[ \t]*\/\/.*/, "")
	if (match($0, /^[ \t]*[a-z0-9_]+[ \t]*\[role=ua/)) {
		name = $1
		phones[++n] = name
		if (BOXES && $0 !~ /outbound/)
			sub(/role=ua/, "role=ua, outbound=box1")
	}
	if (match($0, /^[ \t]*[a-z0-9_]+[ \t]*\[shape=(ellipse|point|circle)/) && hub == "")
		hub = $1
	if (LOSS != "")
		sub(/delay="[0-9]+ms"/, "&, loss=\"" LOSS "\"")
	text[NR] = $0
	if ($0 ~ /}/)
		last = NR
}
END {
	for (i = 1; i < last; i++)
		print text[i]
	end = text[last]
	sub(/}[^}]*$/, "", end)
	print end
	for (i = 1; i <= BOXES; i++) {
		print "box" i " [role=" ROLE (i < BOXES ? ", outbound=box" (i + 1) : "") "]"
		if (hub != "")
			print "box" i " -- " hub
		for (k = 1; hub == "" && k <= n; k++)
			print "box" i " -- " phones[k]
		for (k = 1; hub == "" && k < i; k++)
			print "box" k " -- box" i
	}
	print "}"
}
