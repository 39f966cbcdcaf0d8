#!/bin/sh
# A lab opened files outside of its folder: by a name that goes up, and by a
# link.
. tests/fixtures/check.sh

mkdir "$work/lab" "$work/linked"
cp topologies/direct-call.gv "$work/secret.gv"
lab() { # TOPOLOGY
	echo "lab { topology = \"$1\" }" > "$work/lab/lab.lua"
}

lab ../secret.gv
says "a way up" 'lab.lua:1: the topology “../secret.gv” must lie beside' \
	"$RUNG" run "$work/lab" -q
lab "$work/secret.gv"
says "a way from the root" "must lie beside" "$RUNG" run "$work/lab" -q
lab sub/../../secret.gv
says "a way down and up" "must lie beside" "$RUNG" run "$work/lab" -q
ln -s ../secret.gv "$work/lab/net.gv"
lab net.gv
says "a link" "be no link to elsewhere" "$RUNG" run "$work/lab" -q
rm "$work/lab/net.gv"
cp "$work/secret.gv" "$work/lab/own.gv"
ln -s own.gv "$work/lab/net.gv"
ok "a link that stays" "$RUNG" run "$work/lab" -q
lab direct-call.gv
ok "a shared topology" "$RUNG" run "$work/lab" -q

ln -s "$work/lab/lab.lua" "$work/linked/lab.lua"
says "a lab.lua that is a link" "is a link to elsewhere" \
	"$RUNG" run "$work/linked" -q
ln -s "$work/lab" "$work/folder"
ok "a folder that is a link" "$RUNG" run "$work/folder" -q
finish
