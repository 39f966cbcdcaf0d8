# The messages of traces, and what became of them, for tests/cli/cli_exports.sh: of
# what was sent lab, record, ns, from, to and what its start line says first; of
# what was lost, record and why, and of what came, which record it was.
(input_filename | split("/") | last | ltrimstr("labs_") |
	sub("\\.(network|protocol)\\.jsonl$"; "")) as $lab |
if .kind == "send" then [$lab, .kind, .seq, .t, .src, .dst, .start]
elif .kind == "recv" or .kind == "drop" then
	[$lab, .kind, .seq, .of, .reason // "-"]
else empty end | @tsv
