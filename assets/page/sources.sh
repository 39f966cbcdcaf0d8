#!/bin/sh
# Gets the sources of the libraries that rung is linked of, in the versions that
# are installed here, by lists of its own: the machine's stay as they are.
#
#	sh assets/page/sources.sh FOLDER
#
# FOLDER/NAME is each library's source; FOLDER/done says which versions.
set -eu
folder=$1
mkdir -p "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial" \
	"$folder/apt/parts"
here=$(cd "$folder" && pwd)

# The installed version of package $1, without the part of this architecture; of "-" none.
version_of() {
	[ "$1" != - ] || { echo any; return; }
	dpkg-query -W -f '${source:Version}' "$1"
}

wanted() {
	sed 's/#.*//' assets/page/packages | while read -r source package same; do
		[ -n "$source" ] || continue
		version=$(version_of "$package")
		case $same in
		"$version"=*) echo "$source $version ${same#*=}" ;;
		*) echo "$source $version $version" ;;
		esac
	done
}

wanted > "$here/wanted"
if cmp -s "$here/wanted" "$here/done"; then exit 0; fi

# The release before and behind this one, too.
mirror=$(sh .ci/mirror)
cat > "$here/apt/parts/source.sources" << LIST
Types: deb-src
URIs: $mirror
Suites: bookworm bookworm-updates trixie
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
LIST
in_lists() { # COMMAND ARGUMENT…
	program=$1
	shift
	"$program" -o Dir::Etc::sourcelist=/dev/null \
		-o Dir::Etc::sourceparts="$here/apt/parts" \
		-o Dir::State::Lists="$here/apt/lists" \
		-o Dir::Cache="$here/apt/cache" \
		-o APT::Sandbox::User=root "$@"
}

# The versions of source $1 that are as good as $2: that, $3, and other revisions
# of the same upstream version.
versions() {
	[ "$2" != any ] || { echo any; return; }
	printf '%s\n' "$2" "$3"
	in_lists apt-cache showsrc --only-source "$1" 2> /dev/null |
		sed -n 's/^Version: *//p' | while read -r found; do
		[ "${found%-*}" != "${2%-*}" ] || echo "$found"
	done
}

# get SOURCE VERSION SAME: unpacked with Debian's patches.
get() {
	versions "$1" "$2" "$3" | sort -u > "$here/versions"
	while read -r version; do
		rm -rf "$here/get"
		mkdir "$here/get"
		which=$1
		[ "$version" = any ] || which=$1=$version
		if (cd "$here/get" && in_lists apt-get -qq source \
			"$which") > "$here/log" 2>&1; then
			rm -rf "${here:?}/$1"
			mv "$here/get/"*/ "$here/$1"
			return
		fi
	done < "$here/versions"
	echo "make page: there are no sources of $1 $2" >&2
	tail -n 3 "$here/log" >&2
	return 1
}

in_lists apt-get -qq update
while read -r source version same; do
	get "$source" "$version" "$same"
done < "$here/wanted"
rm -rf "$here/get"
mv "$here/wanted" "$here/done"
