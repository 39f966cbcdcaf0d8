/* UTF-8, widths and the sanitiser; signs that look alike. */
#include "text/utf8.h"

#include <stddef.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"

uint32_t
utf8_decode(struct str s, size_t *used)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)s.p;
	size_t n = 0;
	uint32_t c;

	*used = s.n > 0;
	if (s.n == 0)
		return UTF8_BAD;
	if (p[0] < 0x80)
		return p[0];
	if (p[0] >= 0xc2 && p[0] <= 0xdf)
		n = 2;
	else if (p[0] >= 0xe0 && p[0] <= 0xef)
		n = 3;
	else if (p[0] >= 0xf0 && p[0] <= 0xf4)
		n = 4;
	if (n == 0 || n > s.n)
		return UTF8_BAD;
	c = p[0] & (0xffu >> (n + 1));
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return UTF8_BAD;
		c = c << 6 | (p[i] & 0x3f);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return UTF8_BAD;
	*used = n;
	return c;
}

void
utf8_encode(struct buf *b, uint32_t c)
{
	char out[4];
	size_t n;

	if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		c = UTF8_BAD;
	if (c < 0x80) {
		out[0] = (char)c;
		n = 1;
	} else if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		n = 2;
	} else if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		n = 3;
	} else {
		out[0] = (char)(0xf0 | (c >> 18 & 0x07));
		out[1] = (char)(0x80 | (c >> 12 & 0x3f));
		out[2] = (char)(0x80 | (c >> 6 & 0x3f));
		out[3] = (char)(0x80 | (c & 0x3f));
		n = 4;
	}
	buf_add(b, out, n);
}

/* Runs once for every message of a simulation: four words at a time while
 * they are ASCII. */
size_t
utf8_good(struct str s)
{
	size_t i = 0, used;
	uint64_t x, words[4];

	while (i < s.n) {
		if (s.n - i >= sizeof(words)) {
			memcpy(words, s.p + i, sizeof(words));
			x = words[0] | words[1] | words[2] | words[3];
			if ((x & UINT64_C(0x8080808080808080)) == 0) {
				i += sizeof(words);
				continue;
			}
		}
		if (s.n - i >= sizeof(x)) {
			memcpy(&x, s.p + i, sizeof(x));
			if ((x & UINT64_C(0x8080808080808080)) == 0) {
				i += sizeof(x);
				continue;
			}
		}
		if ((unsigned char)s.p[i] < 0x80) {
			i++;
			continue;
		}
		if (utf8_decode(str_slice(s, i, s.n), &used) == UTF8_BAD &&
		    used == 1)
			break;
		i += used;
	}
	return i;
}

struct range {
	uint32_t from, to;
};

/* The ranges of R follow each other. */
static bool
in_ranges(const struct range *r, size_t n, uint32_t c)
{
	for (size_t i = 0; i < n && c >= r[i].from; i++)
		if (c <= r[i].to)
			return true;
	return false;
}

#define IN(table, c) in_ranges(table, COUNT_OF(table), c)

/* clang-format off */
/* Unicode Standard Annex 11, classes W and F, as whole blocks. */
static const struct range wide[] = {
	{ 0x1100, 0x115f }, { 0x231a, 0x231b }, { 0x2329, 0x232a },
	{ 0x2e80, 0x303e }, { 0x3041, 0x33ff }, { 0x3400, 0x4dbf },
	{ 0x4e00, 0x9fff }, { 0xa000, 0xa4cf }, { 0xa960, 0xa97f },
	{ 0xac00, 0xd7a3 }, { 0xf900, 0xfaff }, { 0xfe10, 0xfe19 },
	{ 0xfe30, 0xfe6f }, { 0xff00, 0xff60 }, { 0xffe0, 0xffe6 },
	{ 0x1f300, 0x1f64f }, { 0x1f680, 0x1f6ff }, { 0x1f900, 0x1f9ff },
	{ 0x20000, 0x3fffd },
};

/* Marks that combine with the character before them, and joiners. */
static const struct range combining[] = {
	{ 0x0300, 0x036f }, { 0x0483, 0x0489 }, { 0x0591, 0x05bd },
	{ 0x064b, 0x065f }, { 0x1ab0, 0x1aff }, { 0x1dc0, 0x1dff },
	{ 0x200b, 0x200d }, { 0x20d0, 0x20ff }, { 0x302a, 0x302d },
	{ 0x3099, 0x309a }, { 0xfe00, 0xfe0f }, { 0xfe20, 0xfe2f },
};

/* Bidirectional and other invisible controls (Unicode 5.4, 9.0). */
static const struct range steering[] = {
	{ 0x80, 0x9f }, { 0xad, 0xad }, { 0x034f, 0x034f },
	{ 0x061c, 0x061c }, { 0x115f, 0x1160 }, { 0x17b4, 0x17b5 },
	{ 0x180b, 0x180f }, { 0x200b, 0x200b }, { 0x200e, 0x200f },
	{ 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0x3164, 0x3164 },
	{ 0xfeff, 0xfeff }, { 0xffa0, 0xffa0 }, { 0xfff9, 0xfffb },
	{ 0xe0000, 0xe0fff },
};

/* clang-format on */

unsigned
utf8_cells(uint32_t c)
{
	if (c < 0x300)
		return 1;
	if (IN(combining, c))
		return 0;
	return IN(wide, c) ? 2 : 1;
}

/* Appends one code point as a person may see it; returns its cells. */
static size_t
add_safe(struct buf *b, uint32_t c)
{
	if (c < 0x20)
		c = 0x2400 + c;
	else if (c == 0x7f)
		c = 0x2421;
	if (c >= 0x80 && IN(steering, c)) {
		size_t before = b->n;

		buf_printf(b, "<U+%04X>", (unsigned)c);
		return b->n - before;
	}
	utf8_encode(b, c);
	return utf8_cells(c);
}

bool
utf8_has_unseen(struct str s)
{
	size_t used;

	for (; s.n > 0; s = str_slice(s, used, s.n)) {
		uint32_t c = utf8_decode(s, &used);

		if (c < 0x20 || c == 0x7f || c == UTF8_BAD || IN(steering, c) ||
		    IN(combining, c))
			return true;
	}
	return false;
}

static size_t
safe_cells(uint32_t c)
{
	if (c < 0x20 || c == 0x7f)
		return 1;
	if (c >= 0x80 && IN(steering, c))
		return c > 0xffff ? 9 : 8;
	return utf8_cells(c);
}

/* How many bytes at the beginning of S are printable ASCII: most texts are
 * that and nothing else. */
static size_t
count_plain(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= ' ' && s.p[n] <= '~')
		n++;
	return n;
}

size_t
utf8_width(struct str s)
{
	size_t cells = 0;

	while (s.n > 0) {
		size_t used = count_plain(s);

		if (used > 0) {
			cells += used;
			s = str_slice(s, used, s.n);
			continue;
		}
		cells += safe_cells(utf8_decode(s, &used));
		s = str_slice(s, used, s.n);
	}
	return cells;
}

struct str
utf8_clip(struct str s, size_t cells)
{
	size_t at = 0;

	while (at < s.n) {
		size_t used = count_plain(str_slice(s, at, s.n)), c;

		if (used > 0) {
			c = used < cells ? used : cells;
			at += c;
			cells -= c;
			if (c < used)
				break;
			continue;
		}
		c = safe_cells(utf8_decode(str_slice(s, at, s.n), &used));
		if (c > cells)
			break;
		cells -= c;
		at += used;
	}
	return str_slice(s, 0, at);
}

void
utf8_add_safe(struct buf *b, struct str s)
{
	while (s.n > 0) {
		size_t used = count_plain(s);

		if (used > 0)
			buf_str(b, str_slice(s, 0, used));
		else
			add_safe(b, utf8_decode(s, &used));
		s = str_slice(s, used, s.n);
	}
}

void
utf8_add_safe_lines(struct buf *b, struct str s)
{
	while (s.n > 0) {
		size_t used;
		uint32_t c = utf8_decode(s, &used);

		bool crlf = c == '\r' && s.n > 1 && s.p[1] == '\n';

		s = str_slice(s, used, s.n);
		if (crlf)
			continue;
		if (c == '\n')
			buf_putc(b, '\n');
		else if (c == '\t')
			buf_putc(b, ' ');
		else
			add_safe(b, c);
	}
}

void
utf8_add_cell(struct buf *b, struct str s, size_t cells)
{
	size_t at = b->n, width;

	utf8_add_clipped(b, s, cells);
	width = utf8_width(str_slice(buf_view(b), at, b->n));
	buf_fill(b, ' ', width < cells ? cells - width : 0);
}

void
utf8_add_ascii(struct buf *b, struct str s)
{
	static const struct {
		uint32_t c;
		const char *ascii;
	} looks[] = {
		{ 0x2192, "->" },
		{ 0x2190, "<-" },
		{ 0x2026, "..." },
		{ 0xb7, "-" },
		{ 0x2013, "-" },
		{ 0x2014, "--" },
		{ 0x2018, "'" },
		{ 0x2019, "'" },
		{ 0x201c, "\"" },
		{ 0x201d, "\"" },
		{ 0x21bb, "again " },
		{ 0xd7, "x" },
		{ 0x2500, "-" },
		{ 0x2502, "|" },
		{ 0xb5, "u" },
		{ 0x2588, "#" },
		{ 0x2591, "." },
		{ 0xa0, " " },
		{ 0x2713, "+" },
		{ 0x2717, "x" },
	};

	while (s.n > 0) {
		size_t used, i = 0;
		uint32_t c = utf8_decode(s, &used);

		while (i < COUNT_OF(looks) && looks[i].c != c)
			i++;
		if (c < 0x80)
			buf_putc(b, (char)c);
		else if (i < COUNT_OF(looks))
			buf_puts(b, looks[i].ascii);
		else if (i18n_needs_utf8() && utf8_cells(c) == 2)
			buf_str(b, str_slice(s, 0, used));
		else
			buf_putc(b, '?');
		s = str_slice(s, used, s.n);
	}
}

void
utf8_add_clipped(struct buf *b, struct str s, size_t cells)
{
	if (utf8_width(s) <= cells) {
		utf8_add_safe(b, s);
		return;
	}
	if (cells == 0)
		return;
	utf8_add_safe(b, utf8_clip(s, cells - 1));
	buf_puts(b, "…");
}

void
utf8_add_gap(struct buf *b)
{
	static const char *const marks[] = { "。", "：", "，", "；", "、", "？",
		"！", "）" };

	if (b->n == 0)
		return;
	for (size_t i = 0; i < COUNT_OF(marks); i++)
		if (str_ends(buf_view(b), marks[i]))
			return;
	buf_putc(b, ' ');
}

/* ---- the table of signs: see utf8.h ---- */

/* clang-format off */
static const struct {
	struct str sign;
	const char *meant;
} rows[] = {
	{ STR_INIT("“"), "\"" },
	{ STR_INIT("”"), "\"" },
	{ STR_INIT("„"), "\"" },
	{ STR_INIT("«"), "\"" },
	{ STR_INIT("»"), "\"" },
	{ STR_INIT("‘"), "'" },
	{ STR_INIT("’"), "'" },
	{ STR_INIT("–"), "--" },
	{ STR_INIT("—"), "--" },
	{ STR_INIT("−"), "-" },
	{ STR_INIT("："), ":" },
	{ STR_INIT("；"), ";" },
	{ STR_INIT("，"), "," },
	{ STR_INIT("。"), "." },
	{ STR_INIT("（"), "(" },
	{ STR_INIT("）"), ")" },
	{ STR_INIT("｛"), "{" },
	{ STR_INIT("｝"), "}" },
	{ STR_INIT("［"), "[" },
	{ STR_INIT("］"), "]" },
	{ STR_INIT("【"), "[" },
	{ STR_INIT("】"), "]" },
	{ STR_INIT("＝"), "=" },
	{ STR_INIT("＂"), "\"" },
	{ STR_INIT("\xc2\xa0"), " " },
	{ STR_INIT("\xe3\x80\x80"), " " },
};

/* clang-format on */

const char *
lookalike_meant(struct str s, struct str *sign)
{
	/* None of them is of ASCII. */
	if (s.n == 0 || (unsigned char)s.p[0] < 0x80)
		return NULL;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (s.n < rows[i].sign.n ||
		    !str_eq(str_slice(s, 0, rows[i].sign.n), rows[i].sign))
			continue;
		*sign = str_slice(s, 0, rows[i].sign.n);
		return rows[i].meant;
	}
	return NULL;
}

void
diag_write(const struct diag *d, struct buf *out)
{
	if (d->file[0] != '\0') {
		utf8_add_safe(out, str_of(d->file));
		if (d->line != 0)
			buf_printf(out, ":%u", d->line);
		buf_puts(out, ": ");
	}
	if (d->text[0] != '\0')
		utf8_add_safe(out, str_of(d->text));
	else
		buf_puts(out, err_text(d->err));
}
