# A report whose page gives another's code, or none, was told as changed where it
# was a page, and not at all where it was a PDF.
. tests/fixtures/check.sh
RUNG_SHARE=$(pwd)
export RUNG_SHARE
SOURCE_DATE_EPOCH=1795000000
export SOURCE_DATE_EPOCH
told="the code of the report does not match its contents"

for id in 2023001 2023002; do
	"$RUNG" copy direct-call "$work/$id" --student=$id 2> /dev/null
	sed -i 's/^1:.*/1: a/' "$work/$id/answers.txt"
	for form in html md pdf; do
		ok "report of $id, $form" \
			"$RUNG" report "$work/$id" -o "$work/$id.$form"
	done
done

tells() { # NAME FILE
	"$RUNG" check "$2" > "$work/said" 2>&1
	says "$1" "$told" cat "$work/said"
	mkdir "$work/class"
	cp "$2" "$work/class/"
	"$RUNG" check --class "$work/class" > "$work/said" 2>&1
	says "$1, of a class" "$told" cat "$work/said"
	rm -r "$work/class"
}

code() { # FILE
	grep -oE '[0-9a-f]{4}(-[0-9a-f]{4}){3}' "$1" | tail -1
}

for form in html md pdf; do
	"$RUNG" check "$work/2023001.$form" > "$work/said" 2>&1
	fails "its own code is no fault, $form" 1 grep -qF "$told" "$work/said"
	fails "nothing was changed, $form" 1 grep -q "changed" "$work/said"
done
for form in html md; do
	mine=$(code "$work/2023001.$form")
	other=$(code "$work/2023002.$form")
	ok "two codes" test -n "$mine" -a "$mine" != "$other"
	sed "s/$mine/$other/" "$work/2023001.$form" > "$work/swapped.$form"
	tells "another's code, $form" "$work/swapped.$form"
	sed "s/$mine//" "$work/2023001.$form" > "$work/none.$form"
	tells "no code, $form" "$work/none.$form"
	# What the student writes beside it is no fault.
	sed "1s/^/<!-- mine -->/" "$work/2023001.$form" > "$work/more.$form"
	"$RUNG" check "$work/more.$form" > "$work/said" 2>&1
	fails "own words, $form" 1 grep -qF "$told" "$work/said"
done

# The pages of the one with the hand-in of the other, with and without the code
# that goes with it; pages that were changed; a PDF that was added to, as
# programs for annotations do, still has its own.
if command -v python3 > /dev/null; then
	python3 - "$work" << 'END'
import sys
folder = sys.argv[1]
a, b = (open("%s/%s.pdf" % (folder, n), "rb").read()
        for n in ("2023001", "2023002"))
def cut(pdf, mark):
    at = pdf.index(mark)
    end = pdf.index(b"\n", at) + 1
    return pdf[:at], pdf[at:end], pdf[end:]
def write(name, *parts):
    open("%s/%s.pdf" % (folder, name), "wb").write(b"".join(parts))
pages, code, rest = cut(a, b"%<!-- rung-pages ")
other_pages, other_code, other_rest = cut(b, b"%<!-- rung-pages ")
write("pages", other_pages, code, rest)
write("both", pages, other_code, other_rest)
write("handin", pages, code, other_rest)
write("none", pages, rest)
write("changed", pages.replace(b"/Title (", b"/Title (("), code, rest)
write("added", a, b"%more\n")
END
	for name in pages both handin none changed; do
		tells "PDF, $name" "$work/$name.pdf"
	done
	"$RUNG" check "$work/added.pdf" > "$work/said" 2>&1
	fails "what is added is no fault" 1 grep -qF "$told" "$work/said"
else
	skip "no PDF is changed without python3"
fi
if command -v pdfinfo > /dev/null; then
	pdfinfo "$work/2023001.pdf" > "$work/said" 2>&1
	fails "the PDF is whole" 1 grep -qi error "$work/said"
fi
finish
