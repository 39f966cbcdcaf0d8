/* Breaking texts into lines; see draw/wrap.h. */
#include "draw/wrap.h"

#include "text/utf8.h"

/*
 * What begins no line and what ends none (GB/T 15834-2011, 5.1: stops and
 * closing marks are in no line's first place, opening marks in no line's
 * last), and their like of ASCII beside Chinese.  Those of ASCII that may be
 * either, " and ', are left out.
 */
static const uint32_t closing[] = { '!', ')', ',', '.', ':', ';', '?', ']', '}',
	0x00b7, 0x2019, 0x201d, 0x2026, 0x3001, 0x3002, 0x3009, 0x300b, 0x300d,
	0x300f, 0x3011, 0x3015, 0x3017, 0xff01, 0xff05, 0xff09, 0xff0c, 0xff0e,
	0xff1a, 0xff1b, 0xff1f, 0xff3d, 0xff5d };
static const uint32_t opening[] = { '(', '[', '{', 0x2018, 0x201c, 0x3008,
	0x300a, 0x300c, 0x300e, 0x3010, 0x3014, 0x3016, 0xff08, 0xff3b,
	0xff5b };

static bool
is_among(uint32_t c, const uint32_t *marks, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (c == marks[i])
			return true;
	return false;
}

static bool
closes(uint32_t c)
{
	return is_among(c, closing, COUNT_OF(closing));
}

static bool
wrap_opens(uint32_t c)
{
	return is_among(c, opening, COUNT_OF(opening));
}

/* A number and its unit of time, "500 ms", have the space AT between them. */
static bool
is_measure(struct str text, size_t at)
{
	static const char *const units[] = { "s", "ms", "µs", "ns" };
	struct str rest = str_slice(text, at + 1, text.n);

	if (!chr_is_digit(text.p[at - 1]))
		return false;
	for (size_t i = 0; i < COUNT_OF(units); i++) {
		size_t n = strlen(units[i]);

		if (str_starts(rest, units[i]) &&
		    (n == rest.n || !chr_is_alnum(rest.p[n])))
			return true;
	}
	return false;
}

/* The character behind the spaces at AT; 0 at the end. */
static uint32_t
behind_spaces(struct str text, size_t at)
{
	struct str rest = wrap_rest(str_slice(text, at, text.n));
	size_t used;

	return rest.n > 0 ? utf8_decode(rest, &used) : 0;
}

/* Whether a line may end in TEXT before AT, between C and NEXT, which are
 * beside each other there. */
static bool
may_end(struct str text, size_t at, uint32_t c, uint32_t next, const char *also)
{
	char before = text.p[at - 1];
	bool wide = utf8_cells(c) == 2 || utf8_cells(next) == 2;

	if (next == ' ') {
		uint32_t first = behind_spaces(text, at);

		return !str_ends(str_slice(text, 0, at), "RFC") &&
		       !is_measure(text, at) &&
		       !(utf8_cells(c) == 2 && wrap_opens(c)) &&
		       !(utf8_cells(first) == 2 && closes(first));
	}
	if (also != NULL && before != '\0' && strchr(also, before) != NULL)
		return true;
	/* Behind a space it ended before that already, if it may. */
	return wide && c != ' ' && !wrap_opens(c) && !closes(next);
}

bool
wrap_ends_at(struct str text, size_t at)
{
	size_t used, before = at;
	uint32_t c, next = utf8_decode(str_slice(text, at, text.n), &used);

	while (before > 0 && ((unsigned char)text.p[--before] & 0xc0) == 0x80)
		;
	c = utf8_decode(str_slice(text, before, at), &used);
	return at > 0 && next != ' ' && may_end(text, at, c, next, NULL);
}

/*
 * A word fills the line up to AT, and a closing mark is next: the word gives it
 * company, from behind its last "@", "." … or else its last character.
 */
static size_t
leave_company(struct str text, size_t at)
{
	size_t used, end = at;
	uint32_t next = utf8_decode(str_slice(text, at, text.n), &used);

	if (utf8_cells(next) != 2 || !closes(next))
		return at;
	while (end > 1 && strchr("@:;/.-_", text.p[end - 1]) == NULL)
		end--;
	if (end > 1 && end < at)
		return end;
	for (end = at - 1;
	     end > 0 && ((unsigned char)text.p[end] & 0xc0) == 0x80;)
		end--;
	return end > 0 ? end : at;
}

/* A character of one cell, not a space. */
static inline bool
is_plain(char c)
{
	return c > ' ' && c < 0x7f;
}

size_t
wrap_fits(struct str text, size_t cells, const char *also, bool *forced)
{
	size_t best = 0, at = 0, width = 0;
	uint32_t before = 0;
	bool unused;

	if (forced == NULL)
		forced = &unused;
	*forced = false;
	while (at < text.n) {
		size_t used;
		uint32_t c;

		/* Between these two of ASCII no line ends. */
		if (also == NULL && before >= ' ' && before < 0x7f &&
		    is_plain(text.p[at]) && width < cells) {
			before = (unsigned char)text.p[at++];
			width++;
			continue;
		}
		c = utf8_decode(str_slice(text, at, text.n), &used);
		if (at > 0 && may_end(text, at, before, c, also))
			best = at;
		width += utf8_width(str_slice(text, at, at + used));
		if (width > cells) {
			*forced = best == 0;
			return best > 0 ? best
			       : at > 0 ? leave_company(text, at)
					: used;
		}
		at += used;
		before = c;
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
