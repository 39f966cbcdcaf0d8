/* See base/xml.h. */
#include "base/xml.h"

#include "base/err.h"
#include "base/utf8.h"

#include <string.h>

void
xml_begin(struct xml *x, struct str document)
{
	memset(x, 0, sizeof(*x));
	/* The byte order mark of UTF-8. */
	if (str_starts(document, "\xef\xbb\xbf"))
		document = str_slice(document, 3, document.n);
	x->rest = document;
}

/* ---- characters ---- */

/* XML 2.3; what is not ASCII is let through. */
static bool
is_name_char(char c, bool first)
{
	return chr_is_alpha(c) || c == '_' || c == ':' || (c & 0x80) != 0 ||
	       (!first && (chr_is_digit(c) || c == '-' || c == '.'));
}

static struct str
cut_name(struct str *s)
{
	size_t n = 0;
	struct str name;

	while (n < s->n && is_name_char(s->p[n], n == 0))
		n++;
	name = str_slice(*s, 0, n);
	*s = str_slice(*s, n, s->n);
	return name;
}

static bool
skip_spaces(struct str *s)
{
	size_t n = 0;

	while (n < s->n && chr_is_space(s->p[n]))
		n++;
	*s = str_slice(*s, n, s->n);
	return n > 0;
}

static struct str
without_prefix(struct str name)
{
	ptrdiff_t colon = str_chr(name, ':');

	return colon < 0 ? name : str_slice(name, (size_t)colon + 1, name.n);
}

/* ---- entities ---- */

static const struct {
	const char *name;
	char c;
} entities[] = { { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' },
	{ "apos", '\'' } };

/* XML 2.2 */
static bool
is_char(uint32_t c)
{
	if (c < ' ')
		return c == '\t' || c == '\n' || c == '\r';
	return c <= 0x10ffff && (c < 0xd800 || c > 0xdfff) && c != 0xfffe &&
	       c != 0xffff;
}

/* XML 2.2, 4.1: "#65" or "#x41"; 0: no character. */
static uint32_t
read_reference(struct str digits)
{
	bool hex = str_starts(digits, "#x");
	uint32_t c = 0;

	digits = str_slice(digits, hex ? 2 : 1, digits.n);
	if (digits.n == 0 || digits.n > 8)
		return 0;
	for (size_t i = 0; i < digits.n; i++) {
		int d = chr_hex(digits.p[i]);

		if (d < 0 || (!hex && d > 9))
			return 0;
		c = c * (hex ? 16 : 10) + (uint32_t)d;
	}
	return is_char(c) ? c : 0;
}

/* The character that NAME, without & and ;, stands for; 0: none. */
static uint32_t
find_entity(struct str name)
{
	if (str_starts(name, "#"))
		return read_reference(name);
	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
		if (str_is(name, entities[i].name))
			return (unsigned char)entities[i].c;
	return 0;
}

/* Every & of TEXT begins an entity that is known. */
static bool
has_known_entities(struct str text)
{
	ptrdiff_t amp;

	while ((amp = str_chr(text, '&')) >= 0) {
		struct str rest = str_slice(text, (size_t)amp + 1, text.n);
		ptrdiff_t end = str_chr(rest, ';');

		if (end < 0 ||
		    find_entity(str_slice(rest, 0, (size_t)end)) == 0)
			return false;
		text = str_slice(rest, (size_t)end + 1, rest.n);
	}
	return true;
}

void
xml_add_text(struct str raw, struct buf *out)
{
	struct str text = str_trim(raw);

	while (text.n > 0) {
		ptrdiff_t amp = str_chr(text, '&'), end;
		struct str rest;

		buf_add(out, text.p, amp < 0 ? text.n : (size_t)amp);
		if (amp < 0)
			return;
		rest = str_slice(text, (size_t)amp + 1, text.n);
		end = str_chr(rest, ';');
		if (end < 0)
			return;
		utf8_encode(out, find_entity(str_slice(rest, 0, (size_t)end)));
		text = str_slice(rest, (size_t)end + 1, rest.n);
	}
}

/* ---- attributes ---- */

/* name="value" at the beginning of *S, cut off it; false: none is there. */
static bool
cut_attr(struct str *s, struct str *name, struct str *value)
{
	char quote;
	ptrdiff_t end;

	*name = cut_name(s);
	skip_spaces(s);
	if (name->n == 0 || !str_starts(*s, "="))
		return false;
	*s = str_slice(*s, 1, s->n);
	skip_spaces(s);
	if (s->n == 0 || (s->p[0] != '"' && s->p[0] != '\''))
		return false;
	quote = s->p[0];
	*s = str_slice(*s, 1, s->n);
	end = str_chr(*s, quote);
	if (end < 0)
		return false;
	*value = str_slice(*s, 0, (size_t)end);
	*s = str_slice(*s, (size_t)end + 1, s->n);
	return str_chr(*value, '<') < 0 && has_known_entities(*value);
}

/* XML 3.1: each is named once. */
static bool
is_named_before(struct str attrs, struct str name)
{
	struct str other, value;

	for (skip_spaces(&attrs);
	     attrs.p < name.p && cut_attr(&attrs, &other, &value);
	     skip_spaces(&attrs))
		if (other.p < name.p && str_eq(other, name))
			return true;
	return false;
}

bool
xml_attr(const struct xml_item *item, const char *name, struct str *value)
{
	struct str rest = item->attrs, found;

	for (skip_spaces(&rest); cut_attr(&rest, &found, value);
	     skip_spaces(&rest))
		if (str_is(found, name))
			return true;
	*value = STR_NULL;
	return false;
}

bool
xml_attr_any(const struct xml_item *item, const char *name, struct str *value)
{
	struct str rest = item->attrs, found;

	for (skip_spaces(&rest); cut_attr(&rest, &found, value);
	     skip_spaces(&rest))
		if (str_is(without_prefix(found), name))
			return true;
	*value = STR_NULL;
	return false;
}

/* What stands behind the name in a tag up to its end: attributes, each behind
 * white space; false where it is something else. */
static bool
cut_attrs(struct str *rest, struct str *attrs)
{
	struct str name, value;
	const char *from = rest->p;
	bool spaced;

	for (int n = 0; n <= XML_ATTRS; n++) {
		*attrs = (struct str){ from, (size_t)(rest->p - from) };
		spaced = skip_spaces(rest);
		if (rest->n == 0 || rest->p[0] == '>' || rest->p[0] == '/')
			return rest->n > 0;
		if (!spaced || !cut_attr(rest, &name, &value))
			return false;
		attrs->n = (size_t)(rest->p - from);
		if (is_named_before(*attrs, name))
			return false;
	}
	return false;
}

/* ---- tags ---- */

/* Behind the next END, which must be there. */
static int
skip_past(struct xml *x, const char *end)
{
	ptrdiff_t at = str_find(x->rest, end);

	if (at < 0)
		return ERR_SYNTAX;
	x->rest = str_slice(x->rest, (size_t)at + strlen(end), x->rest.n);
	return 0;
}

static int
open_element(struct xml *x, struct xml_item *item)
{
	struct str rest = str_slice(x->rest, 1, x->rest.n);
	struct str name = cut_name(&rest);

	if (name.n == 0 || x->depth == XML_DEPTH ||
	    (x->depth == 0 && x->rooted) || !cut_attrs(&rest, &item->attrs))
		return ERR_SYNTAX;
	x->empty = rest.p[0] == '/';
	rest = str_slice(rest, x->empty ? 1 : 0, rest.n);
	if (!str_starts(rest, ">"))
		return ERR_SYNTAX;
	x->rest = str_slice(rest, 1, rest.n);
	x->open[x->depth++] = name;
	x->rooted = true;
	item->kind = XML_OPEN;
	item->name = without_prefix(name);
	return 0;
}

static void
close_innermost(struct xml *x, struct xml_item *item)
{
	item->kind = XML_CLOSE;
	item->name = without_prefix(x->open[--x->depth]);
	x->empty = false;
}

static int
close_element(struct xml *x, struct xml_item *item)
{
	struct str rest = str_slice(x->rest, 2, x->rest.n);
	struct str name = cut_name(&rest);

	skip_spaces(&rest);
	if (x->depth == 0 || !str_eq(name, x->open[x->depth - 1]) ||
	    !str_starts(rest, ">"))
		return ERR_SYNTAX;
	x->rest = str_slice(rest, 1, rest.n);
	close_innermost(x, item);
	return 0;
}

/* Text up to the next tag; outside of the root it may only be white space. */
static int
read_text(struct xml *x, struct xml_item *item)
{
	ptrdiff_t tag = str_chr(x->rest, '<');
	struct str text =
	    str_slice(x->rest, 0, tag < 0 ? x->rest.n : (size_t)tag);

	x->rest = str_slice(x->rest, text.n, x->rest.n);
	if (!has_known_entities(text) || str_chr(text, '\0') >= 0 ||
	    (x->depth == 0 && str_trim(text).n > 0))
		return ERR_SYNTAX;
	item->kind = XML_TEXT;
	item->text = text;
	return 0;
}

/* Comments and instructions are passed over. */
static int
skip_asides(struct xml *x)
{
	for (;;) {
		const char *end = str_starts(x->rest, "<!--") ? "-->"
				  : str_starts(x->rest, "<?") ? "?>"
							      : NULL;
		if (end == NULL)
			return 0;
		if (skip_past(x, end) != 0)
			return ERR_SYNTAX;
	}
}

int
xml_next(struct xml *x, struct xml_item *item)
{
	memset(item, 0, sizeof(*item));
	if (x->empty) {
		close_innermost(x, item);
		return 0;
	}
	if (skip_asides(x) != 0)
		return ERR_SYNTAX;
	if (x->rest.n == 0) {
		item->kind = XML_DONE;
		return x->rooted && x->depth == 0 ? 0 : ERR_SYNTAX;
	}
	if (str_starts(x->rest, "</"))
		return close_element(x, item);
	if (str_starts(x->rest, "<"))
		return open_element(x, item);
	return read_text(x, item);
}

bool
xml_is_within(const struct xml *x, unsigned depth, const char *name)
{
	return x->depth > depth && str_is(without_prefix(x->open[depth]), name);
}
