# A page had in its archive of handouts when it was made, so that no two were the same.
. tests/fixtures/check.sh

mkdir "$work/engine"
echo wasm > "$work/engine/engine.lzma"
echo script > "$work/engine/worker.js"
for nth in 1 2; do
	"$RUNG" page busy --engine="$work/engine" -o "$work/$nth.html"
done
ok "the same bytes" cmp "$work/1.html" "$work/2.html"
finish
