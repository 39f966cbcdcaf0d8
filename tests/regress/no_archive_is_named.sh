# Scripts that build bare systems fell back on an archive of packages by its name,
# and notices named another: no file names the host of one, for whoever builds
# rung has his own (.ci/mirror).  Licences stand as their authors wrote them.
. tests/fixtures/check.sh

hosts='(deb|ftp[0-9]*|archive|security|ports|mirrors?|snapshot|registry|pypi|proxy)\.([a-z0-9-]+\.)*[a-z0-9-]+\.(org|com|net|io|cn|edu)\b'
paths='https?://[^ /"]+/([^ "]+/)?(debian|debian-security|ubuntu|ubuntu-ports|dists|pool|npm|simple|goproxy)(/|[^a-z0-9/._-]|$)'
lines='^ *(deb|deb-src) +(\[[^]]*\] +)?[a-z]+:/|^ *URIs: *[a-z]+:/|(registry|index-url|resolved)["'\'']? *[=: ] *["'\'']?https?:/'

named() { # FOLDER
	grep -rIEn --exclude-dir=build --exclude-dir=.git --exclude-dir=licences \
		"$hosts|$paths|$lines" "$1" |
		grep -vE '[./@]example\.(org|com|net)' | cut -c1-160
}

dir=$work/planted
mkdir "$dir"
while read -r line; do
	echo "$line" | tr _ / > "$dir/file"
	[ -n "$(named "$dir")" ] && good "finds $line" || bad "finds $line" "nothing" "it"
done << 'END'
deb http:__192.0.2.1_x bookworm main
URIs: https:__192.0.2.1_x
mirror=${1:-http:__ftp.uni.edu_linux}
curl http:__192.0.2.1:8081_debian
"resolved": "https:__192.0.2.1_left-pad.tgz"
END
same_text() { [ "$(named .)" = "" ]; }
ok "no file of rung names one" same_text || named . >&2
says "the machine's own" "/" sh .ci/mirror
finish
