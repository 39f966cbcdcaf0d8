/* Breaking texts into lines; see draw/wrap.h. */
#include "draw/wrap.h"

#include "base/utf8.h"

/* Stops, closing quotes and brackets of Chinese begin no line. */
static bool
closes(uint32_t c)
{
	static const uint32_t stops[] = { 0x3001, 0x3002, 0x300b, 0x300d,
		0x201d, 0xff01, 0xff09, 0xff0c, 0xff0e, 0xff1a, 0xff1b,
		0xff1f };

	for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++)
		if (c == stops[i])
			return true;
	return false;
}

/* A number and its unit of time, "500 ms", have the space AT between them. */
static bool
is_measure(struct str text, size_t at)
{
	static const char *const units[] = { "s", "ms", "µs", "ns" };
	struct str rest = str_slice(text, at + 1, text.n);

	if (!chr_is_digit(text.p[at - 1]))
		return false;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		size_t n = strlen(units[i]);

		if (str_starts(rest, units[i]) &&
		    (n == rest.n || !chr_is_alnum(rest.p[n])))
			return true;
	}
	return false;
}

/* Whether a line may end in TEXT before AT, where C stands. */
static bool
may_end(struct str text, size_t at, uint32_t c, bool wide, const char *also)
{
	char before = text.p[at - 1];

	if (c == ' ')
		return !str_ends(str_slice(text, 0, at), "RFC") &&
		       !is_measure(text, at);
	if (also != NULL && before != '\0' && strchr(also, before) != NULL)
		return true;
	return wide && !closes(c);
}

size_t
wrap_fits(struct str text, size_t cells, const char *also, bool *forced)
{
	size_t best = 0, at = 0, width = 0;
	bool wide = false, unused;

	if (forced == NULL)
		forced = &unused;
	*forced = false;
	while (at < text.n) {
		size_t used;
		uint32_t c = utf8_decode(str_slice(text, at, text.n), &used);
		bool now = utf8_cells(c) == 2;

		if (at > 0 && may_end(text, at, c, now || wide, also))
			best = at;
		width += utf8_width(str_slice(text, at, at + used));
		if (width > cells) {
			*forced = best == 0;
			return best > 0 ? best : at > 0 ? at : used;
		}
		at += used;
		wide = now;
	}
	return text.n;
}

struct str
wrap_rest(struct str text)
{
	while (text.n > 0 && text.p[0] == ' ')
		text = str_slice(text, 1, text.n);
	return text;
}
