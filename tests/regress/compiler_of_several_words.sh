# make CC="ccache gcc", CC="gcc -m64": the compiler may be several words.
. tests/fixtures/check.sh

ok "rules have names" make -s B="$work/b" CC="env gcc" "$work/b/gen/rule_names.inc"
ok "as many as ever" grep -q RULE_COUNT "$work/b/gen/rule_names.inc"
fails "no shell takes the second word for a command" 1 \
	grep -nE '[A-Z]=\$+\(CC\)' Makefile tests/build.mk assets/page/page.mk
finish
