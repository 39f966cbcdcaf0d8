/* See msg/pidf.h. */
#include "msg/pidf.h"

#include "base/err.h"
#include "text/xml.h"

#include <string.h>

#define NAMESPACE "urn:ietf:params:xml:ns:pidf"

/* ---- reading ---- */

/* ITEM is the element LOCAL of PIDF's. */
static bool
is_element(const struct xml_item *item, const char *local)
{
	return item->kind == XML_OPEN && str_is(item->name.local, local) &&
	       str_is(item->name.space, NAMESPACE);
}

/* Skips what is left of the innermost open element, with its end. */
static void
skip_element(struct xml *x)
{
	unsigned depth = x->depth;

	while (x->depth >= depth)
		xml_next(x);
}

/* RFC 3863 4.2.3: an element that nobody here knows; false where it must be
 * known, whatever the namespace. */
static bool
pass_over(struct xml *x, const struct xml_item *item)
{
	struct str value;

	if (xml_attr_any(item, "mustUnderstand", &value) &&
	    (str_is(str_trim(value), "true") || str_is(str_trim(value), "1")))
		return false;
	skip_element(x);
	return true;
}

/* The text of the innermost open element, which has nothing else, and its end.
 */
static bool
read_text(struct xml *x, struct str *text)
{
	const struct xml_item *item = xml_next(x);

	*text = STR_NULL;
	if (item->kind == XML_TEXT) {
		*text = str_trim(item->text);
		item = xml_next(x);
	}
	return item->kind == XML_CLOSE;
}

/* The next element within the innermost open one; NULL at its end. */
static const struct xml_item *
next_element(struct xml *x)
{
	const struct xml_item *item;

	do {
		item = xml_next(x);
	} while (item->kind == XML_TEXT);
	return item->kind == XML_OPEN ? item : NULL;
}

static bool
read_status(struct xml *x, struct pidf_tuple *t)
{
	const struct xml_item *item;
	struct str text;

	while ((item = next_element(x)) != NULL) {
		if (!is_element(item, "basic")) {
			if (!pass_over(x, item))
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
	return true;
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
read_part(struct xml *x, const struct xml_item *item, struct pidf_tuple *t,
    bool *status)
{
	if (is_element(item, "status")) {
		bool first = !*status;

		*status = true;
		return first && read_status(x, t);
	}
	if (is_element(item, "contact")) {
		xml_attr(item, "priority", &t->priority);
		return read_first(x, &t->contact);
	}
	if (is_element(item, "timestamp"))
		return read_first(x, &t->timestamp);
	if (is_element(item, "note"))
		return read_first(x, &t->note);
	return pass_over(x, item);
}

/* RFC 3863 4.1.2: an id, and exactly one status. */
static bool
read_tuple(struct xml *x, const struct xml_item *tuple, struct pidf_tuple *t)
{
	const struct xml_item *item;
	bool status = false;

	memset(t, 0, sizeof(*t));
	if (!xml_attr(tuple, "id", &t->id) || t->id.n == 0)
		return false;
	while ((item = next_element(x)) != NULL)
		if (!read_part(x, item, t, &status))
			return false;
	return status;
}

static int
read_child(const struct xml_item *item, struct pidf *p)
{
	struct xml *x = &p->document;
	bool good;

	if (is_element(item, "tuple")) {
		if (p->n == PIDF_TUPLES)
			return ERR_LIMIT;
		good = read_tuple(x, item, &p->tuples[p->n++]);
	} else if (is_element(item, "note")) {
		good = read_first(x, &p->note);
	} else {
		good = pass_over(x, item);
	}
	return good ? 0 : ERR_SYNTAX;
}

static int
read_presence(struct pidf *p)
{
	const struct xml_item *item = xml_next(&p->document);
	int err = 0;

	if (!is_element(item, "presence") ||
	    !xml_attr(item, "entity", &p->entity) || p->entity.n == 0)
		return ERR_SYNTAX;
	while (err == 0 && (item = next_element(&p->document)) != NULL)
		err = read_child(item, p);
	return err;
}

int
pidf_read(struct pidf *p, struct str body)
{
	int err;

	memset(p, 0, sizeof(*p));
	err = xml_read(&p->document, body);
	if (err == 0)
		err = read_presence(p);
	if (err != 0)
		pidf_free(p);
	return err;
}

void
pidf_free(struct pidf *p)
{
	xml_free(&p->document);
}

/* ---- writing ---- */

void
pidf_write_begin(struct buf *out, struct str entity)
{
	xml_print(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
	    "<presence xmlns=\"" NAMESPACE "\"\r\n"
	    "          entity=\"%.*s\">\r\n",
	    STR_ARG(entity));
}

static void
write_element(struct buf *out, const char *name, struct str text)
{
	if (text.n == 0)
		return;
	buf_printf(out, "    <%s>", name);
	xml_put(out, text);
	buf_printf(out, "</%s>\r\n", name);
}

void
pidf_write_tuple(struct buf *out, const struct pidf_tuple *t, struct str id)
{
	buf_puts(out, "  <tuple id=\"");
	xml_put(out, id);
	buf_puts(out, "\">\r\n    <status>");
	if (t->said)
		buf_printf(
		    out, "<basic>%s</basic>", t->open ? "open" : "closed");
	buf_puts(out, "</status>\r\n");
	if (t->contact.n > 0) {
		buf_puts(out, "    <contact");
		if (t->priority.n > 0) {
			buf_puts(out, " priority=\"");
			xml_put(out, t->priority);
			buf_putc(out, '"');
		}
		buf_putc(out, '>');
		xml_put(out, t->contact);
		buf_puts(out, "</contact>\r\n");
	}
	write_element(out, "note", t->note);
	write_element(out, "timestamp", t->timestamp);
	buf_puts(out, "  </tuple>\r\n");
}

void
pidf_write_end(struct buf *out, struct str note)
{
	if (note.n > 0) {
		buf_puts(out, "  <note>");
		xml_put(out, note);
		buf_puts(out, "</note>\r\n");
	}
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
		return err == ERR_NOMEM ? err : ERR_SYNTAX;
	note = p.note;
	for (size_t i = 0; i < p.n; i++) {
		said |= p.tuples[i].said;
		open |= p.tuples[i].open;
		if (note.n == 0)
			note = p.tuples[i].note;
	}
	buf_str(out, str_trim(p.entity));
	buf_puts(out, !said  ? " says nothing of itself"
		      : open ? " is open"
			     : " is closed");
	if (note.n > 0) {
		buf_puts(out, ": ");
		buf_str(out, note);
	}
	pidf_free(&p);
	return out->err;
}
