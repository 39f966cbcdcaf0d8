# What exports in JSON show, a line each, for tests/cli/export_arrows.awk and
# tests/cli/cli_exports.sh: lab, item, number, record, ns, from, to, why lost,
# label, kind, and whether it had not ended.
def name($columns; $i): if $i == null then "-" else $columns[$i].name end;
(input_filename | split("/") | last | rtrimstr(".json")) as $lab |
.columns as $columns | .rows[] |
[$lab, .item, .number // 0, .seq, .t, name($columns; .from // .at),
	name($columns; .to), .lost // "-",
	.label + (if .retransmission and .kind != "other" then
		" ↻\(.retransmission)" elif .item == "media" then
		" ×\(.copies // 1)" + (if .missing then " of \(.copies + .missing)"
			else "" end) else "" end),
	.kind // "-", if .end_seq then "ended" else "open" end] | @tsv
