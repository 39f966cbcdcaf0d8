/* See msg/pidf.h. */
#include "msg/pidf.h"

#include "base/err.h"
#include "base/utf8.h"
#include "base/xml.h"
#include "base/xml_put.h"

#define NAMESPACE "urn:ietf:params:xml:ns:pidf"

/* ---- reading ---- */

/* The item is the element LOCAL of PIDF's namespace, which has PREFIX. */
static bool
is_element(const struct xml *x, const struct xml_item *item, struct str prefix,
    const char *local)
{
	struct str name = x->open[x->depth - 1];
	ptrdiff_t colon = str_chr(name, ':');

	return item->kind == XML_OPEN && str_is(item->name, local) &&
	       str_eq(
		   str_slice(name, 0, colon < 0 ? 0 : (size_t)colon), prefix);
}

/* The prefix (empty: none) of PIDF's namespace, which the root declares. */
static bool
find_prefix(
    const struct xml *x, const struct xml_item *root, struct str *prefix)
{
	struct str name = x->open[0], value;
	struct buf key = BUF_INIT;
	bool found;

	*prefix = str_slice(name, 0, name.n - root->name.n);
	if (prefix->n > 0)
		prefix->n--; /* the colon */
	buf_printf(
	    &key, "xmlns%s%.*s", prefix->n > 0 ? ":" : "", STR_ARG(*prefix));
	found = key.err == 0 && xml_attr(root, buf_cstr(&key), &value) &&
		str_is(value, NAMESPACE);
	buf_free(&key);
	return found;
}

/* Skips what is left of the innermost open element, with its end. */
static bool
skip_element(struct xml *x)
{
	unsigned depth = x->depth;
	struct xml_item item;

	while (x->depth >= depth)
		if (xml_next(x, &item) != 0)
			return false;
	return true;
}

/* RFC 3863 4.2.3: an element that nobody here knows; false where it must be
 * known, whatever the prefix says. */
static bool
pass_over(struct xml *x, const struct xml_item *item)
{
	struct str value;

	if (xml_attr_any(item, "mustUnderstand", &value) &&
	    (str_is(str_trim(value), "true") || str_is(str_trim(value), "1")))
		return false;
	return skip_element(x);
}

/* The text of the innermost open element, which has nothing else, and its end.
 */
static bool
read_text(struct xml *x, struct str *text)
{
	struct xml_item item;

	*text = STR_NULL;
	while (xml_next(x, &item) == 0) {
		if (item.kind == XML_CLOSE)
			return true;
		if (item.kind != XML_TEXT)
			return false;
		if (text->n == 0)
			*text = str_trim(item.text);
	}
	return false;
}

/* The next element within the innermost open one: 1; 0 at its end, -1 where the
 * document is none. */
static int
next_element(struct xml *x, struct xml_item *item)
{
	do {
		if (xml_next(x, item) != 0)
			return -1;
	} while (item->kind == XML_TEXT);
	return item->kind == XML_OPEN ? 1 : item->kind == XML_CLOSE ? 0 : -1;
}

static bool
read_status(struct xml *x, struct str prefix, struct pidf_tuple *t)
{
	struct xml_item item;
	struct str text;
	int more;

	while ((more = next_element(x, &item)) > 0) {
		if (!is_element(x, &item, prefix, "basic")) {
			if (!pass_over(x, &item))
				return false;
			continue;
		}
		if (t->said || !read_text(x, &text))
			return false;
		t->said = true;
		t->open = str_is(text, "open");
		if (!t->open && !str_is(text, "closed"))
			return false;
	}
	return more == 0;
}

/* The first of its kind counts. */
static bool
read_first(struct xml *x, struct str *to)
{
	struct str text;

	if (!read_text(x, &text))
		return false;
	if (to->n == 0)
		*to = text;
	return true;
}

/* An element of a tuple. */
static bool
read_part(struct xml *x, struct str prefix, const struct xml_item *item,
    struct pidf_tuple *t, bool *status)
{
	if (is_element(x, item, prefix, "status")) {
		bool first = !*status;

		*status = true;
		return first && read_status(x, prefix, t);
	}
	if (is_element(x, item, prefix, "contact")) {
		xml_attr(item, "priority", &t->priority);
		return read_first(x, &t->contact);
	}
	if (is_element(x, item, prefix, "timestamp"))
		return read_first(x, &t->timestamp);
	if (is_element(x, item, prefix, "note"))
		return read_first(x, &t->note);
	return pass_over(x, item);
}

/* RFC 3863 4.1.2: an id, and exactly one status. */
static bool
read_tuple(struct xml *x, struct str prefix, const struct xml_item *tuple,
    struct pidf_tuple *t)
{
	bool status = false;
	struct xml_item item;
	int more;

	memset(t, 0, sizeof(*t));
	if (!xml_attr(tuple, "id", &t->id) || t->id.n == 0)
		return false;
	while ((more = next_element(x, &item)) > 0)
		if (!read_part(x, prefix, &item, t, &status))
			return false;
	return more == 0 && status;
}

static int
read_child(struct xml *x, struct str prefix, const struct xml_item *item,
    struct pidf *p)
{
	bool good;

	if (is_element(x, item, prefix, "tuple")) {
		if (p->n == PIDF_TUPLES)
			return ERR_LIMIT;
		good = read_tuple(x, prefix, item, &p->tuples[p->n++]);
	} else if (is_element(x, item, prefix, "note")) {
		good = read_first(x, &p->note);
	} else {
		good = pass_over(x, item);
	}
	return good ? 0 : ERR_SYNTAX;
}

/* XML 1.0 2.2; all of it UTF-8. */
static bool
is_text(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' && s.p[i] != '\t' &&
		    s.p[i] != '\r' && s.p[i] != '\n')
			return false;
	return utf8_valid(s);
}

int
pidf_read(struct pidf *p, struct str body)
{
	struct xml_item item;
	struct str prefix;
	struct xml x;
	int err = 0, more;

	memset(p, 0, sizeof(*p));
	xml_begin(&x, body);
	if (!is_text(body) || next_element(&x, &item) != 1 ||
	    !find_prefix(&x, &item, &prefix) ||
	    !is_element(&x, &item, prefix, "presence") ||
	    !xml_attr(&item, "entity", &p->entity) || p->entity.n == 0)
		return ERR_SYNTAX;
	while ((more = next_element(&x, &item)) > 0) {
		err = read_child(&x, prefix, &item, p);
		if (err != 0)
			return err;
	}
	/* Behind the root there is nothing. */
	while (more == 0 && xml_next(&x, &item) == 0)
		if (item.kind == XML_DONE)
			return 0;
	return ERR_SYNTAX;
}

/* ---- writing ---- */

void
pidf_write_begin(struct buf *out, struct str entity)
{
	buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
		      "<presence xmlns=\"" NAMESPACE "\"\r\n"
		      "          entity=\"");
	xml_put(out, entity);
	buf_puts(out, "\">\r\n");
}

static void
write_element(struct buf *out, const char *name, struct str text)
{
	if (text.n > 0)
		buf_printf(
		    out, "    <%s>%.*s</%s>\r\n", name, STR_ARG(text), name);
}

/* In quotes of either kind in the document it came from. */
static void
write_value(struct buf *out, struct str raw)
{
	struct buf text = BUF_INIT;

	xml_add_text(raw, &text);
	xml_put(out, buf_view(&text));
	if (text.err != 0)
		out->err = text.err;
	buf_free(&text);
}

void
pidf_write_tuple(struct buf *out, const struct pidf_tuple *t, struct str id)
{
	buf_puts(out, "  <tuple id=\"");
	write_value(out, id);
	buf_puts(out, "\">\r\n    <status>");
	if (t->said)
		buf_printf(
		    out, "<basic>%s</basic>", t->open ? "open" : "closed");
	buf_puts(out, "</status>\r\n");
	if (t->contact.n > 0) {
		buf_puts(out, "    <contact");
		if (t->priority.n > 0) {
			buf_puts(out, " priority=\"");
			write_value(out, t->priority);
			buf_putc(out, '"');
		}
		buf_printf(out, ">%.*s</contact>\r\n", STR_ARG(t->contact));
	}
	write_element(out, "note", t->note);
	write_element(out, "timestamp", t->timestamp);
	buf_puts(out, "  </tuple>\r\n");
}

void
pidf_write_end(struct buf *out, struct str note)
{
	if (note.n > 0)
		buf_printf(out, "  <note>%.*s</note>\r\n", STR_ARG(note));
	buf_puts(out, "</presence>\r\n");
}

/* ---- for people ---- */

int
pidf_say(struct str body, struct buf *out)
{
	bool said = false, open = false;
	struct str note;
	struct pidf p;
	int err = pidf_read(&p, body);

	if (err != 0)
		return ERR_SYNTAX;
	note = p.note;
	for (size_t i = 0; i < p.n; i++) {
		said |= p.tuples[i].said;
		open |= p.tuples[i].open;
		if (note.n == 0)
			note = p.tuples[i].note;
	}
	xml_add_text(p.entity, out);
	buf_puts(out, !said  ? " says nothing of itself"
		      : open ? " is open"
			     : " is closed");
	if (note.n > 0) {
		buf_puts(out, ": ");
		xml_add_text(note, out);
	}
	return out->err;
}
