# A figure is the same bytes whatever fonts the machine has, and has room for its
# texts in each family that it names: Graphviz, which measures them in the fonts
# of the machine, finds none larger than its place.
. tests/fixtures/check.sh

# An export each, of hard ones.
cat > "$work/figures" << 'END'
topology topologies/trunk.gv --lang=en
topology topologies/ims.gv --lang=zh
topology labs/box-that-breaks-calls --lang=en
map topologies/softswitch.gv --lang=en
machines labs/two-proxies --lang=en
machines labs/registration --lang=zh --machine=registration
ladder labs/call-queue --lang=zh --with=states --with=timers
ladder labs/stateless-proxy --lang=en
END

# Where the fonts are that have PATTERN.
folders_of() { # PATTERN
	env -u FONTCONFIG_FILE fc-list "$1" file 2> /dev/null |
		sed 's,/[^/]*$,,' | sort -u
}

# Fonts of FAMILY and Chinese ones alone, it for every other; false where there
# are none.
fonts_of() { # FAMILY
	[ -n "$(folders_of "$1")" ] || return
	FONTCONFIG_FILE=$work/fonts.conf
	export FONTCONFIG_FILE
	{
		echo "<fontconfig><cachedir>$work/cache</cachedir>"
		{ folders_of "$1"; folders_of :lang=zh-cn; } |
			sed 's,.*,<dir>&</dir>,'
		echo "<match><edit name='family' mode='prepend'" \
			"binding='strong'><string>$1</string></edit></match>" \
			"</fontconfig>"
	} > "$work/fonts.conf"
}

# The file of a ladder's figure (gv) without the room that its texts have behind
# them: with 9%, since Graphviz rounds each character of a small font.
without_slack() {
	awk '
	match($0, /^\tt[0-9]+ .*,width=/) {
		at = RSTART + RLENGTH
		end = index(substr($0, at), ",")
		width = substr($0, at, end - 1) * 72
		$0 = substr($0, 1, at - 1) ((width - 12) / 1.3 * 1.09 + 1) \
		    / 72 substr($0, at + end - 1)
	}
	{ print }' "$1"
}

export_figures() { # FOLDER
	mkdir -p "$work/$1"
	n=0
	while read -r what file options; do
		n=$((n + 1))
		find_trace "$file" protocol
		for format in svg gv; do
			# shellcheck disable=SC2086  # several
			"$RUNG" export --what=$what $options "$trace" \
				-o "$work/$1/$what$n.$format" 2>&1
		done
	done < "$work/figures"
}

ok "figures are exported" export_figures usual
for family in "DejaVu Sans" "Liberation Sans" "Nimbus Sans" "Noto Sans"; do
	fonts_of "$family" || {
		skip "there is no $family"
		continue
	}
	export_figures here > "$work/.output"
	ok "the same with $family alone" diff -r "$work/usual" "$work/here"
	for file in "$work"/here/*.gv; do
		without_slack "$file" > "$work/tight.gv"
		dot -Tsvg "$work/tight.gv" -o "$work/tight.svg" 2>&1 |
			grep -F "too small" -A 1 > "$work/.output"
		empty "${file##*/} has room for $family"
	done
done
finish
