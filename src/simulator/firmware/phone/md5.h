/* MD5 (RFC 1321), for digests of RFC 2617 and RFC 7616, for nothing else. */
#ifndef FIRMWARE_PHONE_MD5_H
#define FIRMWARE_PHONE_MD5_H

#include <stddef.h>

#define MD5_HEX 33 /* bytes of a digest in hexadecimal, with its NUL */

/* Of the N texts of PART with a colon between each two, as digests want it. */
void md5_joined(char hex[MD5_HEX], size_t n, const char *const part[]);

#endif
