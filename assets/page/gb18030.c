/*
 * UTF-8 as GB 18030, which musl's iconv can only read: what it reads of each
 * code gives the way back.  Stands in for iconv in base/charset.c.
 */
#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

iconv_t page_iconv_open(const char *into, const char *from);
size_t page_iconv(
    iconv_t cd, char **in, size_t *in_left, char **out, size_t *out_left);
int page_iconv_close(iconv_t cd);

/* By the character: its code, as many bytes of it as are not zero. */
static uint32_t *codes;
#define PLANE 0x10000
/* U+10000; codes of four bytes count on from here. */
#define BEHIND_PLANE 0x90308130

static uint32_t
next_code(uint32_t code)
{
	static const unsigned char least[] = { 0x30, 0x81, 0x30, 0x81 };
	static const unsigned char most[] = { 0x39, 0xFE, 0x39, 0xFE };

	for (unsigned i = 0; i < 4; i++) {
		unsigned byte = code >> 8 * i & 0xFF;

		if (byte < most[i])
			return code + (1u << 8 * i);
		code -= (byte - least[i]) << 8 * i;
	}
	return 0;
}

/* What CODE, N bytes, is. */
static void
note_code(iconv_t cd, uint32_t code, unsigned n)
{
	char bytes[4], text[8], *in = bytes, *out = text;
	size_t left = n, room = sizeof(text), used;
	uint32_t c;

	for (unsigned i = 0; i < n; i++)
		bytes[i] = (char)(code >> 8 * (n - 1 - i));
	iconv(cd, NULL, NULL, NULL, NULL);
	if (iconv(cd, &in, &left, &out, &room) != 0 || left != 0)
		return;
	c = utf8_decode((struct str){ text, sizeof(text) - room }, &used);
	if (c < PLANE && used == sizeof(text) - room && codes[c] == 0)
		codes[c] = code;
}

static int
learn_codes(void)
{
	iconv_t cd = iconv_open("UTF-8", "GB18030");

	codes = cd != (iconv_t)-1 ? calloc(PLANE, sizeof(*codes)) : NULL;
	if (codes == NULL)
		return -1;
	for (uint32_t c = 1; c < 0x80; c++)
		codes[c] = c;
	for (uint32_t a = 0x81; a < 0xFF; a++)
		for (uint32_t b = 0x40; b < 0xFF; b++)
			note_code(cd, a << 8 | b, 2);
	for (uint32_t code = 0x81308130; code <= 0x8431A439;
	     code = next_code(code))
		note_code(cd, code, 4);
	iconv_close(cd);
	return 0;
}

iconv_t
page_iconv_open(const char *into, const char *from)
{
	if (strcmp(into, "GB18030") != 0)
		return iconv_open(into, from);
	if (codes == NULL && learn_codes() != 0) {
		errno = ENOMEM;
		return (iconv_t)-1;
	}
	return (iconv_t)&codes;
}

static uint32_t
code_of(uint32_t c)
{
	uint32_t code = BEHIND_PLANE, by = c - PLANE;

	if (c < PLANE)
		return codes[c];
	/* Ten, 126 and ten of each byte make one of the byte before. */
	code += by / 12600 << 24;
	for (uint32_t rest = by % 12600; rest > 0; rest--)
		code = next_code(code);
	return code;
}

size_t
page_iconv(iconv_t cd, char **in, size_t *in_left, char **out, size_t *out_left)
{
	struct str rest = { *in, *in_left };

	if (cd != (iconv_t)&codes)
		return iconv(cd, in, in_left, out, out_left);
	while (rest.n > 0) {
		size_t used;
		uint32_t c = utf8_decode(rest, &used), code = code_of(c);
		unsigned n = code > 0xFFFF ? 4 : code > 0xFF ? 2 : 1;

		if (*out_left < n || (code == 0 && c != 0) ||
		    (c == UTF8_BAD && used != 3))
			return (size_t)-1;
		for (unsigned i = 0; i < n; i++)
			*(*out)++ = (char)(code >> 8 * (n - 1 - i));
		*out_left -= n;
		rest = str_slice(rest, used, rest.n);
	}
	*in += *in_left;
	*in_left = 0;
	return 0;
}

int
page_iconv_close(iconv_t cd)
{
	return cd == (iconv_t)&codes ? 0 : iconv_close(cd);
}
