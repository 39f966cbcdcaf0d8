# Files that commands of a document had left were committed once, a private key
# among them.  What lies at the top is what the project has there.
. tests/fixtures/check.sh

git ls-files > "$work/files" 2> "$work/err" || {
	skip "no git"
	finish
}
sed 's,/.*,/,' "$work/files" | LC_ALL=C sort -u > "$work/top"
cat > "$work/known" <<'E1'
.ci/
.clang-format
.clang-tidy
.editorconfig
.git-blame-ignore-revs
.gitattributes
.gitignore
CONTRIBUTING.md
LICENSE
Makefile
README.md
README.zh.md
assets/
docs/
examples/
labs/
src/
templates/
tests/
topologies/
E1
same "at the top" "$work/known" "$work/top"
fails "no private key" 1 git grep -qI -e "^-----BEGIN.*PRIVATE KEY"
finish
