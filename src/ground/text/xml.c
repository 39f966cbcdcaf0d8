/* XML, read (text/xml.h) and escaped for it and SVG. */
#include "text/xml.h"

#include <assert.h>
#include <expat.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"

#define SEPARATOR '\n' /* of namespace and name: no URI has one */

#define NEAR 8 /* items, in which a namespace is looked for */

struct reader {
	struct xml *x;
	XML_Parser parser;
	struct buf text; /* between two tags, so far */
	unsigned depth, entities;
	size_t left; /* bytes that its texts may yet have */
	int err;
};

/* ---- state ---- */

static void
xml_stop(struct reader *r, int err)
{
	if (r->err == 0)
		r->err = err;
	XML_StopParser(r->parser, XML_FALSE);
}

/* A copy of TEXT, or empty where R was stopped. */
static struct str
keep_xml_text(struct reader *r, struct str text)
{
	char *copy;

	if (r->err != 0 || text.n == 0)
		return STR_NULL;
	if (text.n > r->left) {
		xml_stop(r, ERR_SYNTAX);
		return STR_NULL;
	}
	copy = arena_str(r->x->texts, text);
	if (copy == NULL) {
		xml_stop(r, ERR_NOMEM);
		return STR_NULL;
	}
	r->left -= text.n;
	return (struct str){ copy, text.n };
}

/* Expat tells the namespace with each of its names: it is kept once where that
 * of an element shortly before is the same. */
static struct str
keep_space(struct reader *r, struct str space)
{
	const struct xml *x = r->x;

	for (size_t i = x->n; i-- > 0 && i + NEAR >= x->n;)
		if (str_eq(x->items[i].name.space, space))
			return x->items[i].name.space;
	return keep_xml_text(r, space);
}

/* Expat writes "namespace\nname", or "name". */
static struct xml_name
xml_keep_name(struct reader *r, const char *written)
{
	struct str rest = str_of(written), space = STR_NULL;
	ptrdiff_t end = str_chr(rest, SEPARATOR);

	if (end >= 0)
		space = str_cut(rest, SEPARATOR, &rest);
	return (struct xml_name){
		.space = keep_space(r, space),
		.local = keep_xml_text(r, rest),
	};
}

static void
xml_add_item(struct reader *r, struct xml_item item)
{
	struct xml *x = r->x;

	if (r->err == 0 && ARRAY_ROOM(&x->items, &x->cap, x->n + 1) != 0)
		xml_stop(r, ERR_NOMEM);
	if (r->err == 0)
		x->items[x->n++] = item;
}

/* ---- what expat tells ---- */

static void
flush_text(struct reader *r)
{
	if (r->text.err != 0)
		xml_stop(r, ERR_NOMEM);
	if (r->text.n > 0)
		xml_add_item(
		    r, (struct xml_item){ .kind = XML_TEXT,
			   .text = keep_xml_text(r, buf_view(&r->text)) });
	buf_clear(&r->text);
}

static void
keep_attributes(struct reader *r, const char **list, struct xml_item *item)
{
	struct xml_attribute *attrs;
	size_t n = 0;

	while (list[2 * n] != NULL)
		n++;
	if (n == 0)
		return;
	if (n > XML_ATTRS) {
		xml_stop(r, ERR_SYNTAX);
		return;
	}
	attrs = arena_get(r->x->texts, n, sizeof(*attrs));
	if (attrs == NULL) {
		xml_stop(r, ERR_NOMEM);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		attrs[i].name = xml_keep_name(r, list[2 * i]);
		attrs[i].value = keep_xml_text(r, str_of(list[2 * i + 1]));
	}
	item->attrs = attrs;
	item->nattrs = n;
}

static void
xml_on_open(void *arg, const char *name, const char **attrs)
{
	struct reader *r = arg;
	struct xml_item item = { .kind = XML_OPEN };

	flush_text(r);
	if (r->depth++ == XML_DEPTH) {
		xml_stop(r, ERR_SYNTAX);
		return;
	}
	item.name = xml_keep_name(r, name);
	keep_attributes(r, attrs, &item);
	xml_add_item(r, item);
}

static void
on_close(void *arg, const char *name)
{
	struct reader *r = arg;

	(void)name;
	flush_text(r);
	r->depth--;
	xml_add_item(r, (struct xml_item){ .kind = XML_CLOSE });
}

static void
on_text(void *arg, const char *text, int n)
{
	struct reader *r = arg;

	if ((size_t)n > r->left - r->text.n)
		xml_stop(r, ERR_SYNTAX);
	else
		buf_add(&r->text, text, (size_t)n);
}

/* Text alone: what has markup or entities in it could grow with each of them.
 * NULL: it stands elsewhere, and must not be used. */
static void
on_entity(void *arg, const char *name, int is_parameter, const char *value,
    int n, const char *base, const char *system, const char *public,
    const char *notation)
{
	struct reader *r = arg;
	struct str text = { value, value != NULL ? (size_t)n : 0 };

	(void)name;
	(void)is_parameter;
	(void)base;
	(void)system;
	(void)public;
	(void)notation;
	if (r->entities++ == XML_ENTITIES || str_chr(text, '&') >= 0 ||
	    str_chr(text, '<') >= 0)
		xml_stop(r, ERR_SYNTAX);
}

static int
on_external(XML_Parser parser, const char *context, const char *base,
    const char *system, const char *public)
{
	(void)parser;
	(void)context;
	(void)base;
	(void)system;
	(void)public;
	return XML_STATUS_ERROR;
}

/* ---- a document ---- */

/* Expat tells not every failed allocation as one; the heap counts them all. */
static int
xml_parse(struct reader *r, struct str document)
{
	unsigned long failures = mem_failures();

	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, xml_on_open, on_close);
	XML_SetCharacterDataHandler(r->parser, on_text);
	XML_SetEntityDeclHandler(r->parser, on_entity);
	XML_SetExternalEntityRefHandler(r->parser, on_external);
	if (XML_Parse(r->parser, document.p, (int)document.n, 1) ==
	    XML_STATUS_OK)
		return r->err;
	if (r->err != 0)
		return r->err;
	return mem_failures() != failures ? ERR_NOMEM : ERR_SYNTAX;
}

int
xml_read(struct xml *x, struct str document)
{
	static const XML_Memory_Handling_Suite memory = { mem_alloc,
		mem_realloc, mem_free };
	static const char separator[] = { SEPARATOR, '\0' };
	struct reader r = {
		.x = x,
		.text = BUF_INIT,
		.left = XML_TIMES * document.n + XML_MORE,
	};
	int err;

	memset(x, 0, sizeof(*x));
	if (document.n > INT_MAX / 8)
		return ERR_SYNTAX;
	err = arena_create(&x->texts);
	if (err != 0)
		return err;
	r.parser = XML_ParserCreate_MM(NULL, &memory, separator);
	err = r.parser != NULL ? xml_parse(&r, document) : ERR_NOMEM;
	if (r.parser != NULL)
		XML_ParserFree(r.parser);
	buf_free(&r.text);
	if (err != 0)
		xml_free(x);
	return err;
}

void
xml_free(struct xml *x)
{
	arena_destroy(x->texts);
	mem_free(x->items);
	memset(x, 0, sizeof(*x));
}

/* ---- queries ---- */

const struct xml_item *
xml_next(struct xml *x)
{
	static const struct xml_item done = { .kind = XML_DONE };
	const struct xml_item *item = x->at < x->n ? &x->items[x->at++] : &done;

	if (item->kind == XML_OPEN)
		x->open[x->depth++] = item->name;
	else if (item->kind == XML_CLOSE)
		x->depth--;
	return item;
}

static bool
find_attribute(
    const struct xml_item *item, const char *name, bool any, struct str *value)
{
	for (size_t i = 0; i < item->nattrs; i++) {
		const struct xml_attribute *a = &item->attrs[i];

		if (!str_is(a->name.local, name) ||
		    (a->name.space.n > 0 && !any))
			continue;
		*value = a->value;
		return true;
	}
	*value = STR_NULL;
	return false;
}

bool
xml_attr(const struct xml_item *item, const char *name, struct str *value)
{
	return find_attribute(item, name, false, value);
}

bool
xml_attr_any(const struct xml_item *item, const char *name, struct str *value)
{
	return find_attribute(item, name, true, value);
}

bool
xml_is_within(const struct xml *x, unsigned depth, const char *name)
{
	return x->depth > depth && str_is(x->open[depth].local, name);
}

/* ---- escaping for XML and SVG ---- */

static const char *
entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

/* Neither markup nor what utf8_add_safe has to look at. */
static bool
stands_for_itself(char c)
{
	return c >= ' ' && c < 0x7f && entity(c) == NULL;
}

/* SAFE has no control characters: utf8_add_safe or a similar function wrote
 * it. */
static void
put_safe(struct buf *b, struct buf *safe)
{
	for (size_t i = 0; i < safe->n; i++) {
		const char *name = entity(safe->p[i]);

		/* U+FFFE and U+FFFF are no characters of XML's. */
		if (safe->n - i >= 3 &&
		    memcmp(safe->p + i, "\xef\xbf", 2) == 0 &&
		    (unsigned char)safe->p[i + 2] >= 0xbe) {
			buf_puts(b, "\xef\xbf\xbd");
			i += 2;
		} else if (name != NULL) {
			buf_puts(b, name);
		} else {
			buf_putc(b, safe->p[i]);
		}
	}
	if (safe->err != 0)
		b->err = safe->err;
	buf_free(safe);
}

void
xml_put(struct buf *b, struct str text)
{
	struct buf safe = BUF_INIT;
	size_t plain = 0;

	while (plain < text.n && stands_for_itself(text.p[plain]))
		plain++;
	buf_add(b, text.p, plain);
	if (plain == text.n)
		return;
	utf8_add_safe(&safe, str_slice(text, plain, text.n));
	put_safe(b, &safe);
}

void
xml_put_lines(struct buf *b, struct str text)
{
	struct buf safe = BUF_INIT;

	utf8_add_safe_lines(&safe, text);
	put_safe(b, &safe);
}

void
xml_put_number(struct buf *b, double v)
{
	long long tenths = llround(v * 10);

	if (tenths < 0) {
		buf_putc(b, '-');
		tenths = -tenths;
	}
	buf_u64(b, (unsigned long long)tenths / 10);
	if (tenths % 10 != 0) {
		buf_putc(b, '.');
		buf_putc(b, (char)('0' + tenths % 10));
	}
}

enum conversion { TEXT, SLICE, NUMBER, SIZE, LONG_NUMBER, CONVERSIONS };

static const char *const conversions[CONVERSIONS] = {
	[TEXT] = "%s",
	[SLICE] = "%.*s",
	[NUMBER] = "%u",
	[SIZE] = "%zu",
	[LONG_NUMBER] = "%llu",
};

/* One of xml_print's conversions, at MARK; how many bytes it has.  Another one
 * is a mistake of the calling code. */
static size_t
xml_put_conversion(struct buf *b, const char *mark, va_list *ap)
{
	unsigned i = 0;
	struct str text;

	while (i < CONVERSIONS && !str_starts(str_of(mark), conversions[i]))
		i++;
	assert(i < CONVERSIONS);
	switch (i) {
	case NUMBER:
		buf_u64(b, va_arg(*ap, unsigned));
		break;
	case SIZE:
		buf_u64(b, va_arg(*ap, size_t));
		break;
	case LONG_NUMBER:
		buf_u64(b, va_arg(*ap, unsigned long long));
		break;
	case SLICE:
		text.n = (size_t)va_arg(*ap, int);
		text.p = va_arg(*ap, const char *);
		xml_put(b, text);
		break;
	default:
		xml_put(b, str_of(va_arg(*ap, const char *)));
	}
	return strlen(conversions[i]);
}

void
xml_print(struct buf *b, const char *markup, ...)
{
	const char *mark;
	va_list ap;

	va_start(ap, markup);
	while ((mark = strchr(markup, '%')) != NULL) {
		buf_add(b, markup, (size_t)(mark - markup));
		markup = mark + xml_put_conversion(b, mark, &ap);
	}
	buf_puts(b, markup);
	va_end(ap);
}
