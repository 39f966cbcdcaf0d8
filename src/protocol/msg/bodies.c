/*
 * Bodies: several parts in one (RFC 2046 5.1), digits, mailboxes (RFC 3842),
 * presence (RFC 3863).
 */
#include "msg/bodies.h"

#include "base/err.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/parts.h"

#include <string.h>

#define DEPTH_MOST 3

/* The next line with its end; *REST is the part after it. */
static struct str
next_body_line(struct str s, struct str *rest)
{
	ptrdiff_t end = str_chr(s, '\n');
	size_t n = end >= 0 ? (size_t)end + 1 : s.n;

	*rest = str_slice(s, n, s.n);
	return str_slice(s, 0, n);
}

/* The next header field, which goes on in lines that begin with space. */
static struct str
next_part_field(struct str s, struct str *rest)
{
	struct str line = next_body_line(s, rest);

	while (rest->n > 0 && (rest->p[0] == ' ' || rest->p[0] == '\t'))
		line.n += next_body_line(*rest, rest).n;
	return line;
}

/* LINE stands between parts: "--BOUNDARY"; *LAST: behind all, with "--" at its
 * end. */
static bool
is_delimiter(struct str line, struct str boundary, bool *last)
{
	if (!str_starts(line, "--") ||
	    !str_eq(str_slice(line, 2, 2 + boundary.n), boundary))
		return false;
	line = str_trim(str_slice(line, 2 + boundary.n, line.n));
	*last = str_is(line, "--");
	return *last || line.n == 0;
}

/* The part before the next delimiter, with which P->rest begins then. */
static struct str
cut_to_delimiter(struct msg_parts *p)
{
	struct str all = p->rest, line;
	bool last;

	while (p->rest.n > 0) {
		struct str behind;

		line = next_body_line(p->rest, &behind);
		if (is_delimiter(line, p->boundary, &last))
			break;
		p->rest = behind;
	}
	return str_slice(all, 0, all.n - p->rest.n);
}

bool
msg_parts_begin(struct str params, struct str body, struct msg_parts *p)
{
	*p = (struct msg_parts){ .rest = body };
	if (!msg_param(params, "boundary", &p->boundary))
		return false;
	if (p->boundary.n > 1 && p->boundary.p[0] == '"')
		p->boundary = str_slice(p->boundary, 1, p->boundary.n - 1);
	cut_to_delimiter(p); /* 5.1.1: the part before is not shown */
	return p->boundary.n > 0;
}

/* 5.1: a part without a type is text. */
static void
body_read_type(struct msg_part *part)
{
	struct str rest = part->head, name, value;
	enum msg_header id;

	part->type = STR("text/plain");
	while (rest.n > 0) {
		name = str_trim(
		    str_cut(next_part_field(rest, &rest), ':', &value));
		id = msg_header_find(name);
		if (id == MSG_H_CONTENT_TYPE)
			part->type =
			    msg_cut_params(str_trim(value), &part->params);
		else if (id == MSG_H_CONTENT_DISPOSITION)
			part->disposition = str_trim(value);
	}
}

/* The line end before a delimiter is the delimiter's (5.1.1). */
static struct str
without_end(struct str s)
{
	if (str_ends(s, "\r\n"))
		return str_slice(s, 0, s.n - 2);
	return str_ends(s, "\n") ? str_slice(s, 0, s.n - 1) : s;
}

bool
msg_parts_next(struct msg_parts *p, struct msg_part *part)
{
	struct str content, line, rest;

	*part =
	    (struct msg_part){ .delimiter = next_body_line(p->rest, &rest) };
	if (p->rest.n == 0)
		return false;
	is_delimiter(part->delimiter, p->boundary, &p->ended);
	p->rest = p->ended ? STR_NULL : rest;
	if (p->ended)
		return false;
	content = cut_to_delimiter(p);
	rest = content;
	do
		line = next_body_line(rest, &rest);
	while (rest.n > 0 && str_trim(line).n > 0);
	part->head = str_slice(content, 0, content.n - rest.n);
	part->body = p->rest.n > 0 ? without_end(rest) : rest;
	body_read_type(part);
	return true;
}

/* BODY of the type OWN with PARAMS, or the first part of it, becomes that of
 * TYPE; parts of parts are looked into (5.1.3, 5.1.4). */
static bool
find_body(struct str own, unsigned depth, const char *type, struct str *params,
    struct str *body)
{
	struct msg_parts parts;
	struct msg_part part;

	if (str_iis(own, type))
		return depth > 0 || body->n > 0;
	if (depth == DEPTH_MOST || !str_istarts(own, "multipart/") ||
	    !msg_parts_begin(*params, *body, &parts))
		return false;
	while (msg_parts_next(&parts, &part))
		if (find_body(
			part.type, depth + 1, type, &part.params, &part.body)) {
			*params = part.params;
			*body = part.body;
			return true;
		}
	return false;
}

bool
msg_body_of(
    const struct msg *m, const char *type, struct str *params, struct str *body)
{
	struct str own =
	    msg_cut_params(msg_value(m, MSG_H_CONTENT_TYPE), params);

	*body = m->body;
	return find_body(own, 0, type, params, body);
}

bool
msg_parts_lost(const struct msg *m, struct str *boundary)
{
	struct msg_parts parts = { .rest = STR_NULL };
	struct str params,
	    own = msg_cut_params(msg_value(m, MSG_H_CONTENT_TYPE), &params);

	if (!str_istarts(own, "multipart/") || m->body.n == 0)
		return false;
	msg_parts_begin(params, m->body, &parts);
	*boundary = parts.boundary;
	return boundary->n == 0 || parts.rest.n == 0;
}

struct str
msg_sdp_of(const struct msg *m)
{
	struct str params, body;

	return msg_body_of(m, "application/sdp", &params, &body) ? body
								 : STR_NULL;
}

bool
msg_isup_is_ansi(struct str params)
{
	static const char *const names[] = { "base", "version" };
	struct str v = STR_NULL;

	for (size_t i = 0; i < 2; i++)
		if (msg_param(params, names[i], &v) &&
		    (str_istarts(v, "ansi") || str_iis(v, "gr317")))
			return true;
	return false;
}

/* The value of the line NAME=VALUE of BODY, or empty. */
static struct str
body_find_line(struct str body, const char *name)
{
	while (body.n > 0) {
		struct str value, line = str_cut(body, '\n', &body);
		struct str key = str_trim(str_cut(line, '=', &value));

		if (str_iis(key, name))
			return str_trim(value);
	}
	return STR_NULL;
}

bool
msg_is_digit(struct str signal)
{
	return signal.n == 1 &&
	       str_chr(STR("0123456789*#ABCDabcd"), signal.p[0]) >= 0;
}

struct str
msg_digit(const struct msg *m, struct str *duration)
{
	struct str rest, signal = body_find_line(m->body, "Signal");
	struct str type =
	    str_trim(str_cut(msg_value(m, MSG_H_CONTENT_TYPE), ';', &rest));

	if (duration != NULL)
		*duration = body_find_line(m->body, "Duration");
	return str_iis(type, MSG_DTMF_RELAY) && msg_is_digit(signal) ? signal
								     : STR_NULL;
}

/* ---- reading ---- */

/* The next line, without its end; false: the head of the body is over. */
static bool
next_entry(struct str *rest, struct str *name, struct str *value)
{
	struct str line = str_trim(str_cut(*rest, '\n', rest));

	*name = str_trim(str_cut(line, ':', value));
	*value = str_trim(*value);
	return line.n > 0;
}

/* "2/8" */
static int
body_read_count(struct str text, struct message_count *c)
{
	struct str old, fresh = str_cut(text, '/', &old);

	if (str_u32(str_trim(fresh), &c->fresh) != 0 ||
	    str_u32(str_trim(old), &c->old) != 0)
		return ERR_SYNTAX;
	return 0;
}

/* "2/8 (0/2)", of which the second part may be missing. */
static int
body_read_voice(struct message_summary *s, struct str value)
{
	struct str urgent, all = str_cut(value, '(', &urgent);
	struct message_count none = { 0, 0 };

	s->counted = true;
	s->urgent = none;
	if (body_read_count(all, &s->voice) != 0)
		return ERR_SYNTAX;
	if (all.n == value.n)
		return 0;
	if (!str_ends(urgent, ")") ||
	    body_read_count(str_slice(urgent, 0, urgent.n - 1), &s->urgent) !=
		0)
		return ERR_SYNTAX;
	return s->urgent.fresh > s->voice.fresh || s->urgent.old > s->voice.old
		   ? ERR_SYNTAX
		   : 0;
}

/* 0 or ERR_SYNTAX. */
static int
read_summary(struct message_summary *s, struct str body)
{
	struct str name, value, rest = body;
	int err = 0;

	*s = (struct message_summary){ .waiting = false };
	if (!next_entry(&rest, &name, &value) ||
	    !str_iis(name, "Messages-Waiting"))
		return ERR_SYNTAX;
	s->waiting = str_iis(value, "yes");
	if (!s->waiting && !str_iis(value, "no"))
		return ERR_SYNTAX;
	while (err == 0 && next_entry(&rest, &name, &value))
		if (str_iis(name, "Message-Account"))
			s->account = value;
		else if (str_iis(name, "Voice-Message"))
			err = body_read_voice(s, value);
	return err;
}

/* ---- writing ---- */

void
message_summary_write(const struct message_summary *s, struct buf *out)
{
	buf_printf(out, "Messages-Waiting: %s\r\n", s->waiting ? "yes" : "no");
	if (s->account.n > 0)
		buf_printf(
		    out, "Message-Account: %.*s\r\n", STR_ARG(s->account));
	if (s->counted)
		buf_printf(out, "Voice-Message: %u/%u (%u/%u)\r\n",
		    s->voice.fresh, s->voice.old, s->urgent.fresh,
		    s->urgent.old);
}

static void
body_say_count(const struct message_summary *s, struct buf *out)
{
	if (s->voice.fresh == 0)
		buf_puts(out, "no new voice messages");
	else
		buf_printf(out, "%u new voice message%s", s->voice.fresh,
		    s->voice.fresh == 1 ? "" : "s");
	if (s->urgent.fresh > 0)
		buf_printf(out, " (%u urgent)", s->urgent.fresh);
	if (s->voice.old > 0)
		buf_printf(out, ", %u old", s->voice.old);
}

int
message_summary_say(struct str body, struct buf *out)
{
	struct message_summary s;
	int err = read_summary(&s, body);

	if (err != 0)
		return err;
	if (s.counted)
		body_say_count(&s, out);
	else
		buf_puts(out, s.waiting ? "messages are waiting"
					: "no messages are waiting");
	return out->err != 0 ? ERR_NOMEM : 0;
}

#define NAMESPACE "urn:ietf:params:xml:ns:pidf"

/* ---- reading ---- */

/* ITEM is the element LOCAL of PIDF's. */
static bool
is_element(const struct xml_item *item, const char *local)
{
	return item->kind == XML_OPEN && str_is(item->name.local, local) &&
	       str_is(item->name.space, NAMESPACE);
}

/* Skips the rest of the innermost open element, with its end. */
static void
skip_element(struct xml *x)
{
	unsigned depth = x->depth;

	while (x->depth >= depth)
		xml_next(x);
}

/* RFC 3863 4.2.3: an unknown element; false where it must be understood,
 * whatever the namespace. */
static bool
body_pass_over(struct xml *x, const struct xml_item *item)
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
body_read_text(struct xml *x, struct str *text)
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
body_read_status(struct xml *x, struct pidf_tuple *t)
{
	const struct xml_item *item;
	struct str text;

	while ((item = next_element(x)) != NULL) {
		if (!is_element(item, "basic")) {
			if (!body_pass_over(x, item))
				return false;
			continue;
		}
		if (t->said || !body_read_text(x, &text))
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

	if (!body_read_text(x, &text))
		return false;
	if (to->n == 0)
		*to = text;
	return true;
}

/* An element of a tuple. */
static bool
body_read_part(struct xml *x, const struct xml_item *item, struct pidf_tuple *t,
    bool *status)
{
	if (is_element(item, "status")) {
		bool first = !*status;

		*status = true;
		return first && body_read_status(x, t);
	}
	if (is_element(item, "contact")) {
		xml_attr(item, "priority", &t->priority);
		return read_first(x, &t->contact);
	}
	if (is_element(item, "timestamp"))
		return read_first(x, &t->timestamp);
	if (is_element(item, "note"))
		return read_first(x, &t->note);
	return body_pass_over(x, item);
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
		if (!body_read_part(x, item, t, &status))
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
		good = body_pass_over(x, item);
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
body_write_element(struct buf *out, const char *name, struct str text)
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
	body_write_element(out, "note", t->note);
	body_write_element(out, "timestamp", t->timestamp);
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
	buf_puts(out, !said  ? " publishes no state"
		      : open ? " is open"
			     : " is closed");
	if (note.n > 0) {
		buf_puts(out, ": ");
		buf_str(out, note);
	}
	pidf_free(&p);
	return out->err;
}
