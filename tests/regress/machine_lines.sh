# In the figures of state machines no line goes through a text or a state, and no
# text lies over another: what was said of a loop stood beside its state, where
# Graphviz leads other edges, and what was said of an edge was struck through.
# Every machine is looked at in two fonts (DejaVu Sans, and Liberation Sans,
# which is as wide as Helvetica and Nimbus Sans), and the machines of some labs
# beside each other, in one language, in turn (FIGURES=all: of all, in both).
. tests/fixtures/check.sh

# clear NAME LANGUAGE OPTIONS…: it is so in that figure.
clear() {
	clear_name=$1 clear_language=$2
	shift 2
	if ! timeout "$patience" "$RUNG" --lang="$clear_language" export \
		"$@" -o "$work/x.svg" 2> "$work/err"; then
		bad "$clear_name" "$(cat "$work/err")"
		return
	fi
	for font in dejavu liberation; do
		LC_ALL=C awk -v font=$font -f tests/regress/font_widths.awk \
			-f tests/regress/topology_links.awk \
			"$work/x.svg" > "$work/.output"
		empty "$clear_name, $clear_language, $font"
	done
}

machines=$("$RUNG" export --machine=zzzzzz 2>&1 |
	sed -n 's/.*; there are //; s/,//gp')
ok "there are machines" test "$(echo "$machines" | wc -w)" -ge 20
for machine in $machines; do
	for l in en zh; do
		clear "$machine" $l --machine="$machine"
	done
done

[ "${FIGURES:-}" != all ] || LABS=all
labs_some topologies/ims.gv topologies/queue.gv topologies/script.gv \
	labs/call-queue labs/two-proxies labs/pstn-gateway labs/conference \
	labs/ims-call > "$work/files"
while read -r file; do
	find_trace "$file" protocol
	language=$([ "${language:-zh}" = zh ] && echo en || echo zh)
	for l in $([ "${FIGURES:-}" = all ] && echo en zh || echo $language); do
		clear "$file" "$l" --what=machines "$trace"
	done
done < "$work/files"
finish
