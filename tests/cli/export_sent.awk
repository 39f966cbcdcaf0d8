# Has the list of what exports in JSON show (tests/cli/export_list.jq) each message
# of the traces (tests/cli/export_sent.jq), in order, and nothing else?  For
# tests/cli/cli_exports.sh; says what is otherwise, and then has status 1.
#
#	awk -f tests/cli/export_sent.awk SENT LIST
BEGIN { FS = "\t" }

FNR == 1 { files++ }

files == 1 && $2 == "send" {
	sent[$1, ++n[$1]] = $3 " " $4 " " $5 " " $6
	# Of what TLS says at once the first that is more than a change of keys.
	sub(/^ChangeCipherSpec, /, "", $7)
	sub(/, .*/, "", $7)
	start[$1, n[$1]] = $7
}
files == 1 && $2 == "recv" { of[$1, $3] = $4 }
files == 1 && $2 == "drop" {
	lost[$1, ($1, $4) in of ? of[$1, $4] : $4] = $5
}

files == 2 && $2 == "message" {
	message = sent[$1, ++listed[$1]]
	why = ($1, $4) in lost ? lost[$1, $4] : "-"
	if ($4 " " $5 " " $6 " " $7 != message || $3 != listed[$1])
		complain("“" $0 "”, not “" message "”")
	else if (index($9, start[$1, listed[$1]]) != 1)
		complain("“" $9 "”, not “" start[$1, listed[$1]] "”")
	else if ($8 != why)
		complain("“" $0 "”: is lost by “" $8 "”, not by “" why "”")
}

function complain(what) {
	if (complaints++ < 20)
		print what
}

END {
	for (lab in n)
		if (listed[lab] != n[lab])
			complain(lab ": " listed[lab] + 0 " messages of " n[lab])
	exit complaints > 0 || NR == 0 || files < 2
}
