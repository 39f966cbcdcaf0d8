#!/bin/sh
# Fetches a Debian package for another architecture and unpacks it, without
# touching the system's packages, lists or caches and without being root:
#
#	sh src/simulator/firmware/fetch.sh FOLDER libosip2-dev armel
#
# Afterwards FOLDER/root holds the package's files, FOLDER/package.deb is the
# package, as signed lists say it is, and FOLDER/version says which version.
#
# apt reads the system's configuration (so its proxies hold) and after it
# FOLDER/apt.conf, which leads every folder that apt writes to into FOLDER.  The
# sources are the system's, of /etc/apt/sources.list and sources.list.d in both
# forms, with their keys, for that architecture.
set -eu
folder=$1 package=$2 arch=$3
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

die() {
	echo "$1" >&2
	[ ! -s "$folder/apt.log" ] || tail -n 5 "$folder/apt.log" >&2
	exit 1
}

command -v apt-get > /dev/null 2>&1 ||
	die "There is no apt-get here to fetch $package:$arch with."
rm -rf "$folder/root" "$folder/package.deb" "$folder/version" "$folder/apt.log"
mkdir -p "$folder/sources" "$folder/state/lists/partial" \
	"$folder/cache/archives/partial" "$folder/download"

# One line a source: the options without arch, and the architecture wanted.
one_line() {
	cat "$@" 2> /dev/null | awk -v arch="$arch" '
	{ sub(/#.*/, "") }
	$1 != "deb" { next }
	{
		sub(/^[ \t]*deb[ \t]+/, "")
		options = ""
		if (sub(/^\[/, "")) {
			n = split(substr($0, 1, index($0, "]") - 1), o, " ")
			sub(/^[^]]*\][ \t]*/, "")
			for (i = 1; i <= n; i++)
				if (o[i] !~ /^arch[-+]?=/)
					options = options o[i] " "
		}
		print "deb [" options "arch=" arch "] " $0
	}'
}

# A stanza a source; a field goes on in lines that begin with a blank.
deb822() {
	for file; do
		[ -r "$file" ] || continue
		awk -v arch="$arch" '
		function stanza() {
			if (text != "")
				printf "%sArchitectures: %s\n\n", text, arch
			text = ""
		}
		/^#/ { next }
		/^[ \t]*$/ { stanza(); next }
		/^[^ \t]/ {
			field = tolower($0)
			sub(/:.*/, "", field)
			keep = field !~ /^architectures(-add|-remove)?$/
		}
		field == "types" && /[: \t]deb([ \t]|$)/ { $0 = "Types: deb" }
		keep { text = text $0 "\n" }
		END { stanza() }' "$file"
		echo
	done
}

etc=$(apt-config shell d Dir::Etc/d)
eval "$etc"
etc=${d:-/etc/apt/}
one_line "$etc/sources.list" "$etc"/sources.list.d/*.list \
	> "$folder/sources/system.list"
deb822 "$etc"/sources.list.d/*.sources > "$folder/sources/system.sources"

cat > "$folder/apt.conf" <<END
#clear APT::Architectures;
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Pre-Invoke;
#clear DPkg::Post-Invoke;
#clear DPkg::Pre-Install-Pkgs;
#clear APT::Default-Release;
APT::Architecture "$arch";
APT::Architectures { "$arch"; };
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
Acquire::Retries "2";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$folder/sources/";
Dir::State "$folder/state/";
Dir::State::lists "$folder/state/lists/";
Dir::State::status "/dev/null";
Dir::State::extended_states "$folder/state/extended_states";
Dir::Cache "$folder/cache/";
Dir::Log "$folder/";
END

# A source that has nothing for this architecture, or can't be reached, is no
# reason to give up: what counts is whether the package comes.
apt-get -c "$folder/apt.conf" -q update > "$folder/apt.log" 2>&1 || true
(cd "$folder/download" && rm -f ./*.deb &&
	apt-get -c "$folder/apt.conf" -q download "$package:$arch") \
	>> "$folder/apt.log" 2>&1 ||
	die "$package:$arch could not be fetched from the system's Debian sources."
for deb in "$folder"/download/*.deb; do
	mv "$deb" "$folder/package.deb"
done
mkdir "$folder/root"
dpkg-deb -x "$folder/package.deb" "$folder/root"
dpkg-deb -f "$folder/package.deb" Version > "$folder/version"
