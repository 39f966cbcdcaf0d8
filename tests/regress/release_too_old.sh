# On Ubuntu 22.04, which has no libunicorn-dev and an old libosip2-dev, make demo
# ended in apt's bare error; so did make test on 24.04, which has no chromium; and
# who had neither root nor sudo was told to use sudo.
. tests/fixtures/check.sh
if ! command -v dpkg > "$work/.output"; then
	skip "there is no dpkg, which compares versions"
	finish
	exit
fi

# A machine with nothing that is asked for, whose apt knows what $work/known has.
mkdir "$work/bin"
for tool in sh cat awk sed head tr grep dpkg env; do
	ln -s "$(command -v $tool)" "$work/bin/$tool"
done
cat > "$work/bin/apt-cache" << 'END'
#!/bin/sh
case $1 in
policy) echo ' 500 https://192.0.2.1/x jammy/main amd64 Packages' ;;
show) awk -v p="$2" '$1 == p { print "Package: " p "\nVersion: " $2 }' "$KNOWN" ;;
esac
END
printf '#!/bin/sh\necho "E: Unable to locate package" "$@"\nexit 100\n' > "$work/bin/apt-get"
printf '#!/bin/sh\necho ${ID:-0}\n' > "$work/bin/id"
chmod +x "$work/bin/apt-cache" "$work/bin/apt-get" "$work/bin/id"
echo 'PRETTY_NAME="Ubuntu 22.04.5 LTS"' > "$work/release"
echo '#!/bin/sh' > "$work/sudo"
chmod +x "$work/sudo"

table='build there-dev module there
build libosip2-dev module libosip2 >= 5.3.0
build libunicorn-dev module unicorn
test browser command browser
test libtest-dev module test'
packages() { # ID GROUP…
	packages_id=$1
	shift
	env PATH="$work/bin" KNOWN="$work/known" OS_RELEASE="$work/release" \
		ID="$packages_id" PACKAGES="$table" sh .ci/packages "$@"
}
joined() {
	"$@" 2>&1 | tr '\n' ' '
}

printf '%s\n' 'there-dev 1.0' 'libosip2-dev 4.1.0-2.1' > "$work/known"
sentence="Ubuntu 22.04.5 LTS has no libosip2-dev >= 5.3.0 (it has 4.1.0-2.1), libunicorn-dev: rung is \
built on Debian 12, 13 or Ubuntu 24.04, and runs here from the archive that make bundle writes there."
# As root it asks apt for new lists first, which this apt does not get.
fails "without root" 1 packages 1000 build
says "what is too old and what is not there" "$sentence" joined packages 1000 build
printf '#!/bin/sh\ncase "$*" in *install*) echo "E: bare"; exit 100 ;; esac\n' \
	> "$work/bin/apt-get"
fails "as root" 1 packages 0 build
says "the same" "$sentence" joined packages 0 build
fails "apt is not called" 1 grep -q 'E: bare' "$work/.output"

printf '%s\n' 'there-dev 1.0' 'libosip2-dev 5.3.1-1.1build1' 'libunicorn-dev 2.0.1' \
	'libtest-dev 1' > "$work/known"
list='there-dev libosip2-dev libunicorn-dev'
says "without sudo" "  su -c 'apt-get install --no-install-recommends $list'" \
	packages 1000 build
fails "no sudo is named" 1 grep -q sudo "$work/.output"
says "what tests start may be missing" "There is no browser here: tests that need it are skipped." \
	packages 1000 build test
says "and is not installed" "  su -c 'apt-get install --no-install-recommends $list libtest-dev'" \
	packages 1000 build test
mv "$work/sudo" "$work/bin/sudo"
printf '#!/bin/sh\nexit 1\n' > "$work/bin/sudo"
says "with sudo" "  sudo apt-get install --no-install-recommends $list" packages 1000 build
rm "$work/bin/apt-get"
says "without apt" "make bundle" packages 1000 build
finish
