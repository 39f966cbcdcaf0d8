# In a map no line goes through a node or a text, and no text lies over another,
# a node or the edge of the page: Graphviz leads lines around nodes only, so that
# a label at a line was struck through by the next one (topologies/ims.gv).
# Neighbours in a tier are joined straight: all lines within a tier went down and
# up again, across each other.  The sample is looked at, in one language, in turn
# (FIGURES=all: each lab and topology in both); the measure is that of networks,
# and topology_links.sh shows that it finds what is amiss.
. tests/fixtures/check.sh

# clear FILE LANGUAGE: it is so in the map of FILE.
clear() {
	if ! timeout "$patience" "$RUNG" --lang="$2" export --what=map \
		"$trace" -o "$work/x.svg" 2> "$work/err"; then
		bad "$1, $2" "$(cat "$work/err")"
		return
	fi
	LC_ALL=C awk -v rows=1 -f tests/regress/font_widths.awk \
		-f tests/regress/topology_links.awk "$work/x.svg" \
		> "$work/struck"
	if [ -s "$work/struck" ]; then
		bad "$1, $2" "$(cat "$work/struck")"
	else
		good
	fi
}

[ "${FIGURES:-}" != all ] || LABS=all
labs_some topologies/ims.gv topologies/queue.gv topologies/trunk.gv \
	labs/bad-certificates labs/call-centre labs/co-located \
	labs/dtmf-ways labs/early-media-two-phones labs/five-functions \
	> "$work/files"
while read -r file; do
	find_trace "$file" protocol
	language=$([ "${language:-zh}" = zh ] && echo en || echo zh)
	for l in $([ "${FIGURES:-}" = all ] && echo en zh || echo $language); do
		clear "$file" "$l"
	done
done < "$work/files"
finish
