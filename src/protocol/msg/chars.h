/*
 * The character classes of RFC 3261 25.1, for the readers in this folder: one
 * look into a table for each character.
 */
#ifndef MSG_CHARS_H
#define MSG_CHARS_H

#include "base/str.h"

enum {
	CHARS_TOKEN = 1,      /* alphanum - . ! % * _ + ` ' ~ */
	CHARS_UNRESERVED = 2, /* alphanum - _ . ! ~ * ' ( ) */
	CHARS_RESERVED = 4,   /* ; / ? : @ & = + $ , */
	CHARS_URI = 8,        /* printable ASCII but " < > and the space */
	CHARS_SPACE = 16,     /* SP, HT and the folds' CR and LF */
	CHARS_HOST = 32,      /* alphanum - . and _, not allowed but seen */
	CHARS_NAME = 64,      /* of a parameter, in a header or a URI */
	CHARS_VALUE = 128, /* of a parameter, unquoted: printable but ; , " */
};

extern const unsigned char chars_classes[256];

static inline bool
chars_are(char c, unsigned classes)
{
	return (chars_classes[(unsigned char)c] & classes) != 0;
}

/* The index of the first character from AT on that is of none of CLASSES. */
static inline size_t
chars_skip(struct str s, size_t at, unsigned classes)
{
	while (at < s.n && chars_are(s.p[at], classes))
		at++;
	return at;
}

/* White space as it stands inside a value. */
static inline size_t
chars_skip_space(struct str s, size_t at)
{
	return chars_skip(s, at, CHARS_SPACE);
}

static inline size_t
chars_skip_token(struct str s, size_t at)
{
	return chars_skip(s, at, CHARS_TOKEN);
}

static inline bool
chars_is_token(struct str s)
{
	return s.n > 0 && chars_skip_token(s, 0) == s.n;
}

/* S holds no control character but HT: it may be a value as it is. */
bool chars_is_line(struct str s);

/* AT is at a quote: the index behind the closing one, or 0 if it is open. */
static inline size_t
chars_skip_quoted(struct str s, size_t at)
{
	for (at++; at < s.n; at++) {
		if (s.p[at] == '"')
			return at + 1;
		if (s.p[at] == '\\')
			at++;
	}
	return 0;
}

#endif
