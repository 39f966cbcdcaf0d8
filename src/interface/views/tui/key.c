/* Keys and their names; see views/tui/key.h. */
#include "views/tui/key.h"

#include "text/utf8.h"
#include "views/tui/requests.h"

static const struct {
	const char *name, *utf8, *ascii;
} names[] = {
#define X(id, name, utf8, ascii) { name, utf8, ascii },
	KEY_NAMES(X)
#undef X
};

struct key
key_of_name(struct str name)
{
	size_t used;

	if (str_is(name, "Space"))
		return KEY_CHAR(' ');
	if (name.n == 3 && str_starts(name, "C-"))
		return KEY_CHAR((uint32_t)(name.p[2] - 'a' + 1));
	for (unsigned i = 1; i < KEY_NAME_COUNT; i++)
		if (str_is(name, names[i].name))
			return (struct key){ .name = i };
	return KEY_CHAR(name.n > 0 ? utf8_decode(name, &used) : 0);
}

struct key
key_plain(struct key k)
{
	/* The punctuation of Chinese keyboards that is not just full-width. */
	static const struct {
		uint32_t from;
		char to;
	} twins[] = {
		{ 0x3000, ' ' },
		{ 0x3001, '/' },
		{ 0x3002, '.' },
		{ 0x3008, '<' },
		{ 0x3009, '>' },
		{ 0x300a, '<' },
		{ 0x300b, '>' },
		{ 0x300c, '[' },
		{ 0x300d, ']' },
		{ 0x3010, '[' },
		{ 0x3011, ']' },
		{ 0x2018, '\'' },
		{ 0x2019, '\'' },
		{ 0x00b7, '`' },
	};

	if (k.name != KEY_IS_NONE)
		return k;
	if (k.ch >= 0xff01 && k.ch <= 0xff5e)
		k.ch -= 0xfee0;
	for (size_t i = 0; i < COUNT_OF(twins); i++)
		if (k.ch == twins[i].from)
			k.ch = (uint32_t)twins[i].to;
	return k;
}

void
key_put(struct key k, bool ascii, struct buf *out)
{
	if (k.name != KEY_IS_NONE)
		buf_puts(out, ascii ? names[k.name].ascii : names[k.name].utf8);
	else if (k.ch == ' ')
		buf_puts(out, "Space");
	else if (k.ch >= 1 && k.ch <= 26)
		buf_printf(out, "C-%c", (char)('a' + k.ch - 1));
	else
		utf8_encode(out, k.ch);
}
