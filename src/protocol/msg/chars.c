/*
 * The table of character classes.  Each class is written as the set of its
 * characters, in two words of bits; the compiler makes the rows from those.
 */
#include "msg/chars.h"

#define BIT(c) (UINT64_C(1) << ((c)&63))
/* All from A to B, both within one half of ASCII. */
#define RANGE(a, b) ((BIT(b) - BIT(a)) | BIT(b))

#define LETTERS (RANGE('A', 'Z') | RANGE('a', 'z'))
#define DIGITS  RANGE('0', '9')

/* The characters 0 to 63 of a class, and 64 to 127. */
#define TOKEN_LOW                                                        \
	(DIGITS | BIT('-') | BIT('.') | BIT('!') | BIT('%') | BIT('*') | \
	    BIT('+') | BIT('\''))
#define TOKEN_HIGH (LETTERS | BIT('_') | BIT('`') | BIT('~'))
#define UNRESERVED_LOW                                                    \
	(DIGITS | BIT('-') | BIT('.') | BIT('!') | BIT('*') | BIT('\'') | \
	    BIT('(') | BIT(')'))
#define UNRESERVED_HIGH (LETTERS | BIT('_') | BIT('~'))
#define RESERVED_LOW                                                       \
	(BIT(';') | BIT('/') | BIT('?') | BIT(':') | BIT('&') | BIT('=') | \
	    BIT('+') | BIT('$') | BIT(','))
#define RESERVED_HIGH BIT('@')
#define URI_LOW       (RANGE('!', '?') & ~(BIT('"') | BIT('<') | BIT('>')))
#define URI_HIGH      RANGE('@', '~')
#define SPACE_LOW     (BIT(' ') | BIT('\t') | BIT('\r') | BIT('\n'))
#define HOST_LOW      (DIGITS | BIT('-') | BIT('.'))
#define HOST_HIGH     (LETTERS | BIT('_'))
#define NAME_LOW                                                            \
	(TOKEN_LOW | BIT('/') | BIT(':') | BIT('&') | BIT('$') | BIT('(') | \
	    BIT(')'))
#define NAME_HIGH  (TOKEN_HIGH | BIT('[') | BIT(']'))
#define VALUE_LOW  (RANGE('!', '?') & ~(BIT(';') | BIT(',') | BIT('"')))
#define VALUE_HIGH RANGE('@', '~')

#define IN(c, low, high, class) \
	((c) < 128 && (((c) < 64 ? (low) : (high)) & BIT(c)) != 0 ? (class) : 0)
#define ROW(c)                                                         \
	IN(c, TOKEN_LOW, TOKEN_HIGH, CHARS_TOKEN) |                    \
	    IN(c, UNRESERVED_LOW, UNRESERVED_HIGH, CHARS_UNRESERVED) | \
	    IN(c, RESERVED_LOW, RESERVED_HIGH, CHARS_RESERVED) |       \
	    IN(c, URI_LOW, URI_HIGH, CHARS_URI) |                      \
	    IN(c, SPACE_LOW, 0, CHARS_SPACE) |                         \
	    IN(c, HOST_LOW, HOST_HIGH, CHARS_HOST) |                   \
	    IN(c, NAME_LOW, NAME_HIGH, CHARS_NAME) |                   \
	    ((c) > 127 ? CHARS_VALUE                                   \
		       : IN(c, VALUE_LOW, VALUE_HIGH, CHARS_VALUE))
#define ROWS_4(c)  ROW(c), ROW(c + 1), ROW(c + 2), ROW(c + 3)
#define ROWS_16(c) ROWS_4(c), ROWS_4(c + 4), ROWS_4(c + 8), ROWS_4(c + 12)
#define ROWS_64(c) ROWS_16(c), ROWS_16(c + 16), ROWS_16(c + 32), ROWS_16(c + 48)

const unsigned char chars_classes[256] = { ROWS_64(0), ROWS_64(64),
	ROWS_64(128), ROWS_64(192) };

bool
chars_is_line(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] < ' ' && s.p[i] != '\t') ||
		    s.p[i] == 0x7f)
			return false;
	return true;
}
