#!/bin/sh
# Says what an image was built of: the file BUILD beside it.
#
#	sh src/simulator/firmware/record.sh arm-none-eabi- build/armel IMAGE FLAGS
set -eu
cross=$1 armel=$2 image=$3 flags=$4

sum() {
	sha256sum "$1" | cut -d ' ' -f 1
}

debian() { # PACKAGE: its version, where Debian's packages are what is used
	dpkg-query -W -f '${Version}' "$1" 2> /dev/null || echo unknown
}

cat << END
compiler  $("${cross}gcc" --version | sed 1q)
binutils  $("${cross}ld" --version | sed 1q)
newlib    libnewlib-arm-none-eabi $(debian libnewlib-arm-none-eabi)
libosip2  libosip2-dev_$(cat "$armel/version")_armel.deb
          SHA-256 $(sum "$armel/package.deb")
font      GNU Unifont 15.0.01 (Debian unifont 1:15.0.01-2),
          src/simulator/firmware/phone/font.inc
flags     $flags
image     $(wc -c < "$image" | tr -d ' ') bytes
          SHA-256 $(sum "$image")
END
