# make release: it refuses what may not be given out, each time by one sentence; the source
# archive has git's files, and its own source archive is the same; the folder has the sums
# of all its files and the notes of its version.  Parts are small files here.
#
# "sh tests/cli/cli_release.sh whole" (make release-test) looks into the folder that make
# release has made, and builds rung from its source.
. tests/fixtures/check.sh
here=$(pwd)
version=$(sed -n 's/^VERSION *:= *//p' Makefile)

check_folder() { # FOLDER VERSION
	ok "the sums are right" sh -c 'cd "$1" && sha256sum -c --quiet --strict SHA256SUMS' - "$1"
	gives "every file has one" "$(ls "$1" | grep -v '^SHA256SUMS$')" \
		sh -c 'cut -c 67- "$1"' - "$1/SHA256SUMS"
	gives "and is there" "NOTES.md
rung-$2-site.tar.gz
rung-$2-teacher.tar.gz
rung-$2-$(uname -m).tar.gz
rung-$2.tar.gz
rung-teacher_$2-1~X_all.deb
rung.html
rung_$2-1~X_$(dpkg --print-architecture).deb" \
		sh -c 'sed "s/^.\{66\}//; s/~[^_]*/~X/" "$1" | LC_ALL=C sort' - "$1/SHA256SUMS"
	gives "the notes are the version's" "# rung $2," sh -c 'head -c $2 "$1"' - "$1/NOTES.md" $((${#2} + 8))
	sed -n '/^## What changed$/,$p' "$1/NOTES.md" > "$work/.output"
	fails "their links are names" 1 grep -F '](' "$work/.output"
}

if [ "${1:-}" = whole ]; then
	folder=$(cd "$(dirname "$RUNG")/release/rung-$version" && pwd)
	check_folder "$folder" "$version"
	awk '/^## / { n++; next } n == 1 && NF' docs/CHANGELOG.md | head -n 1 > "$work/first"
	says "with the first entry" "$(cut -c 1-30 "$work/first")" cat "$folder/NOTES.md"
	for file in rung.html index.html README.html; do
		ok "the site has $file" sh -c 'tar -tzf "$1" | grep -qx "$2"' - \
			"$folder/rung-$version-site.tar.gz" "rung-$version-site/$file"
	done
	gives "its page is the page" "$(sha256sum < "$folder/rung.html")" \
		sh -c 'tar -xOzf "$1" "$2" | sha256sum' - \
		"$folder/rung-$version-site.tar.gz" "rung-$version-site/rung.html"
	says "the package has the version" "$version-1~" dpkg-deb -f "$folder"/rung_*.deb Version
	tar -C "$work" -xzf "$folder/rung-$version.tar.gz"
	cd "$work/rung-$version" || exit 1
	gives "the source's source archive is the same" "$(sha256sum < "$folder/rung-$version.tar.gz")" \
		sh -c 'sh assets/release/source.sh "$1" | sha256sum' - "$version"
	ok "the source builds" make -j2 build/rung
	says "rung of this version" "rung $version" build/rung --version
	cd "$here" || exit 1
	rm -rf "$work/rung-$version"
	finish
fi

if sanitized || ! command -v git > "$work/.output"; then
	skip "one build is enough, and git is needed"
	finish
fi
unset SOURCE_DATE_EPOCH

# ---- the source archive of this tree ----
sh assets/release/source.sh "$version" > "$work/source.tar.gz"
if [ -e .git ]; then
	git ls-files > "$work/known"
	git ls-files --deleted > "$work/deleted"
	gives "git's files" "$(LC_ALL=C sort "$work/known" "$work/deleted" | uniq -u | wc -l)" \
		sh -c 'tar -tzf "$1" | wc -l' - "$work/source.tar.gz"
fi
tar -C "$work" -xzf "$work/source.tar.gz"
mkdir "$work/rung-$version/build"
touch "$work/rung-$version/build/rung"
gives "its own source archive is the same" "$(sha256sum < "$work/source.tar.gz")" \
	sh -c 'cd "$1" && sh assets/release/source.sh "$2" | sha256sum' - \
	"$work/rung-$version" "$version"
rm -rf "$work/rung-$version"
says "and its CHANGELOG begins with the Makefile's version" "## $version" \
	sh -c 'grep -m 1 "^## " docs/CHANGELOG.md'

# ---- a small tree of version 9.8.7 ----
tree=$work/tree
mkdir -p "$tree/docs" "$tree/tests" "$tree/assets"
cp -r assets/release "$tree/assets"
cd "$tree" || exit 1
git init -q .
echo /build/ > .gitignore
commit() {
	git add -A && git -c user.name=rung -c user.email=rung@rung.invalid commit -q -m "$1"
}
changelog() { # TITLE
	printf '# What changed\n\n## %s\n\nLabs are new ([LABS.md](LABS.md)).\n\n## 9.8.6, 2026-01-01\n\nOld.\n' \
		"$1" > docs/CHANGELOG.md
}
check() {
	sh assets/release/build.sh --check 9.8.7
}
refused() { # WHAT TEXT
	fails "$1 is refused" 1 check
	says "$1: why" "make release: $2" cat "$work/.output"
	gives "$1: in one line" 1 sh -c 'wc -l < "$1"' - "$work/.output"
}
echo "rung 9.8.7" > tests/released
changelog "9.8.7, 2026-02-03"
commit "all"
ok "a closed version is released" check
changelog "9.8.7"
refused "an open version" "version 9.8.7 is still open in docs/CHANGELOG.md; close it by its date"
changelog "9.9.0, 2026-02-03"
refused "another version" "docs/CHANGELOG.md begins with version \"9.9.0, 2026-02-03\", but VERSION in"
changelog "9.8.7, 2026-02-03"
echo "rung 9.8.6" > tests/released
refused "a version whose labs are not noted" "tests/released has the labs of version 9.8.6; run make released"
echo "rung 9.8.7" > tests/released
touch new
refused "a tree that is not clean" "git status shows changes; commit or remove them."
rm new
ok "all is as it was" check

mkdir -p build/site build/bundle build/deb
echo page > build/rung.html
cp build/rung.html build/site
for file in bundle/rung-9.8.7-teacher.tar.gz "bundle/rung-9.8.7-$(uname -m).tar.gz" \
	deb/rung-teacher_9.8.7-1~deb99_all.deb \
	"deb/rung_9.8.7-1~deb99_$(dpkg --print-architecture).deb" deb/rung_9.8.6-1~deb99_all.deb; do
	echo "$file" > "build/$file"
done
ok "a folder is made" sh assets/release/build.sh build 9.8.7
folder=$tree/build/release/rung-9.8.7
check_folder "$folder" 9.8.7
says "with its entries" "Labs are new (LABS.md)." cat "$folder/NOTES.md"
fails "and no other's" 1 grep Old "$folder/NOTES.md"
says "the site is in it" "rung-9.8.7-site/rung.html" tar -tzf "$folder/rung-9.8.7-site.tar.gz"
says "and the source" "rung-9.8.7/docs/CHANGELOG.md" tar -tzf "$folder/rung-9.8.7.tar.gz"
sums=$(cat "$folder/SHA256SUMS")
ok "made again" sh assets/release/build.sh build 9.8.7
gives "it is the same" "$sums" cat "$folder/SHA256SUMS"
cd "$here" || exit 1
finish
