/* Requests and responses, put together and printed (RFC 3261 8.1.1, 8.2.6). */
#include "sip/build.h"

#include "base/err.h"
#include "msg/chars.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/parts.h"
#include "msg/composed_message.h"
#include "sip/defaults.h"
#include "sip/engine_in.h"
#include "sip/transaction_in.h"

#include <stdlib.h> /* libosip2's macros want it */
#include <string.h>

/* More than any message of a phone or proxy has. */
#define MAKING_FIELDS 16

/* A field that libosip2 would print as it is given. */
struct making_field {
	enum msg_header id;
	struct str value;
};

/* A message under construction; the first error is kept. */
struct making {
	struct sip_engine *engine;
	struct msg_composed
	    given;       /* start line and fields as they were given */
	struct buf text; /* one value, with a NUL */
	struct making_field fields[MAKING_FIELDS];
	size_t nfields;
	struct str type, body;
	osip_message_t *o; /* of what the library must print, or NULL */
	int err;
};

static void
making_blame(struct making *k, int err)
{
	if (k->err == 0)
		k->err = err;
}

/* What would break a line or end the text early is rejected. */
static void
message_build_check_line(struct making *k, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\r' || s.p[i] == '\n' || s.p[i] == '\0')
			making_blame(k, ERR_SYNTAX);
}

/* S with a NUL behind, a part of one line. */
static const char *
message_build_make_line(struct making *k, struct str s)
{
	message_build_check_line(k, s);
	buf_clear(&k->text);
	buf_str(&k->text, s);
	if (k->text.err != 0)
		making_blame(k, k->text.err);
	return buf_cstr(&k->text);
}

/* ---- fields as given ---- */

static bool
stands_as_given(enum msg_header id)
{
	switch ((unsigned)id) {
	case MSG_H_VIA:
	case MSG_H_RECORD_ROUTE:
	case MSG_H_ROUTE:
	case MSG_H_FROM:
	case MSG_H_TO:
	case MSG_H_CALL_ID:
	case MSG_H_CSEQ:
	case MSG_H_CONTACT:
		return true;
	default:
		return false;
	}
}

/* A field whose value is in a sound message, or else is one line. */
static void
making_copy(struct making *k, enum msg_header id, struct str value, bool sound)
{
	if (value.n > 0)
		msg_composed_field(
		    &k->given, msg_header_info(id)->name, id, value, sound);
}

/* A value that was made here: ERR_SYNTAX where it is not one line. */
static void
making_give(struct making *k, enum msg_header id, struct str value)
{
	if (k->err != 0)
		return;
	message_build_check_line(k, value);
	making_copy(k, id, value, false);
}

/* ---- fields as libosip2 prints them ---- */

/* Lists whose emptiness says something: nothing of the kind (20.1, 20.37;
 * RFC 6086 4.2.2). */
static bool
may_be_empty(enum msg_header id)
{
	return id == MSG_H_ACCEPT || id == MSG_H_SUPPORTED ||
	       id == MSG_H_RECV_INFO;
}

/* libosip2 has a reader and a printer of its own for them, or we have no row to
 * spell them by. */
static bool
library_prints(enum msg_header id)
{
	switch ((unsigned)id) {
	case MSG_H_CONTENT_TYPE:
	case MSG_H_CONTENT_ENCODING:
	case MSG_H_MIME_VERSION:
	case MSG_H_ACCEPT:
	case MSG_H_ACCEPT_ENCODING:
	case MSG_H_ACCEPT_LANGUAGE:
	case MSG_H_ALERT_INFO:
	case MSG_H_CALL_INFO:
	case MSG_H_ERROR_INFO:
	case MSG_H_WWW_AUTHENTICATE:
	case MSG_H_AUTHORIZATION:
	case MSG_H_PROXY_AUTHENTICATE:
	case MSG_H_PROXY_AUTHORIZATION:
	case MSG_H_AUTHENTICATION_INFO:
	case MSG_H_OTHER:
		return true;
	default:
		return false;
	}
}

/* It cuts white space off. */
static bool
is_trimmed(struct str value)
{
	return value.n > 0 && (unsigned char)value.p[0] > ' ' &&
	       (unsigned char)value.p[value.n - 1] > ' ';
}

static void
tell_library(struct making *k, const char *name, struct str value)
{
	const char *text = message_build_make_line(k, value);

	if (k->err == 0 && osip_message_set_header(k->o, name, text) != 0)
		k->err = ERR_SYNTAX;
}

/* From now on the library has the fields; its start line is not used. */
static void
call_library(struct making *k)
{
	if (k->o != NULL || k->err != 0)
		return;
	if (osip_message_init(&k->o) != 0) {
		k->o = NULL;
		k->err = ERR_NOMEM;
		return;
	}
	osip_message_set_version(k->o, osip_strdup("SIP/2.0"));
	osip_message_set_status_code(k->o, 200);
	osip_message_set_reason_phrase(k->o, osip_strdup("OK"));
	for (size_t i = 0; i < k->nfields; i++)
		tell_library(k, msg_header_info(k->fields[i].id)->name,
		    k->fields[i].value);
}

/* A VALUE of no bytes, which is not STR_NULL, stands where the field may be
 * empty; else there is no field.  NAME and VALUE are borrowed until the end, as
 * are those of the next two. */
static void
making_set_header(struct making *k, const char *name, struct str value)
{
	struct str n = str_of(name);
	enum msg_header id = msg_header_find(n);

	if (value.n == 0 && value.p != NULL && may_be_empty(id)) {
		buf_printf(&k->given.text, "%s:\r\n", name);
		k->given.lost = true;
	}
	if (value.n == 0 || k->err != 0)
		return;
	message_build_check_line(k, value);
	if (n.n == 0 || chars_skip_token(n, 0) != n.n)
		making_blame(k, ERR_SYNTAX);
	if (k->err == 0 && stands_as_given(id)) {
		msg_composed_field(&k->given, name, id, value, false);
		return;
	}
	if (library_prints(id) || !is_trimmed(value) ||
	    k->nfields == MAKING_FIELDS)
		call_library(k);
	if (k->o != NULL)
		tell_library(k, name, value);
	else if (k->err == 0)
		k->fields[k->nfields++] = (struct making_field){ id, value };
}

static void
making_set_headers(struct making *k, const struct sip_header *headers, size_t n)
{
	/* The length is computed, a given one is ignored. */
	for (size_t i = 0; i < n; i++)
		if (msg_header_find(str_of(headers[i].name)) !=
		    MSG_H_CONTENT_LENGTH)
			making_set_header(k, headers[i].name, headers[i].value);
}

/* Type and subtype, without parameters or parts: what the library prints as it
 * is. */
static bool
is_bare_type(struct str type)
{
	struct str sub, main = str_cut(type, '/', &sub);

	return main.n > 0 && sub.n > 0 && chars_skip_token(main, 0) == main.n &&
	       chars_skip_token(sub, 0) == sub.n && !str_iis(main, "multipart");
}

/* Several parts, whose octets the library would cut at a NUL. */
static bool
has_boundary(struct str type)
{
	struct str params, value;

	return str_istarts(msg_cut_params(type, &params), "multipart/") &&
	       msg_param(params, "boundary", &value);
}

static void
making_set_body(struct making *k, struct str type, struct str body)
{
	if (body.n == 0 || k->err != 0)
		return;
	message_build_check_line(k, type);
	k->type = type;
	k->body = body;
	if (!is_bare_type(type) && !has_boundary(type))
		call_library(k);
}

/* ---- begin and end ---- */

/* K is to be ended by making_print.  0 or ERR_NOMEM. */
static int
making_start(struct making *k, struct sip_engine *e)
{
	/* The fields need no clearing: their number does. */
	k->nfields = 0;
	k->type = k->body = STR_NULL;
	k->text = BUF_INIT;
	k->o = NULL;
	k->err = 0;
	k->engine = e;
	/* Room for most messages is asked for once. */
	msg_composed_begin(&k->given, &e->made);
	if (sip_engine_enter(e) == 0 && buf_reserve(&k->given.text, 1000) == 0)
		return 0;
	buf_free(&k->given.text);
	return ERR_NOMEM;
}

/* One line as libosip2 printed it, in the usual form. */
static void
tidy_line(struct str line, struct buf *out)
{
	struct str value, name = str_cut(line, ':', &value);
	enum msg_header id = msg_header_find(name);
	const struct msg_header_info *info = msg_header_info(id);

	if (stands_as_given(id))
		return;
	if (info != NULL)
		buf_puts(out, info->name);
	else
		buf_str(out, name);
	buf_puts(out, ": ");
	buf_str(out, str_trim(value)); /* "Content-Length:   142" */
	buf_puts(out, "\r\n");
}

/* The given part, then the lines of TEXT behind its start line, its body. */
static void
tidy_text(struct making *k, struct str text)
{
	struct str line, rest;

	k->given.lost = true;
	str_cut(text, '\n', &text);
	while ((line = str_cut(text, '\n', &rest)).n > 1) {
		tidy_line(str_slice(line, 0, line.n - 1), &k->given.text);
		text = rest;
	}
	buf_str(&k->given.text, text); /* the empty line and the body */
}

/* The library's part. */
static void
print_by_library(struct making *k)
{
	char *text = NULL;
	size_t n = 0;

	if (k->body.n > 0 && k->type.n > 0 &&
	    osip_message_set_content_type(
		k->o, message_build_make_line(k, k->type)) != 0)
		making_blame(k, ERR_SYNTAX);
	if (k->err == 0 && k->body.n > 0 &&
	    osip_message_set_body(k->o, k->body.p, k->body.n) != 0)
		making_blame(k, ERR_SYNTAX);
	if (k->err == 0 && osip_message_to_str(k->o, &text, &n) != 0)
		making_blame(k, ERR_SYNTAX);
	if (k->err == 0)
		tidy_text(k, (struct str){ text, n });
	osip_free(text);
}

/* The same where it would print everything as it is. */
static void
print_as_given(struct making *k)
{
	making_copy(k, MSG_H_CONTENT_TYPE, k->type, false);
	for (size_t i = 0; i < k->nfields; i++)
		making_copy(k, k->fields[i].id, k->fields[i].value, false);
	msg_composed_body(&k->given, k->body);
}

/* B is what was written. */
static bool
making_is_sound(struct making *k, struct sip_bytes *b)
{
	struct sip_engine *e = k->engine;

	if (!msg_composed_index(&k->given, sip_bytes_view(b), &e->built))
		return sip_own_check(e, b) == MSG_FAULT_NONE;
	sip_recent_messages_keep(&e->recent, b, &e->built);
	memcpy(&e->own, &e->built, msg_size(&e->built));
	sip_own_is(e, b);
	return true;
}

/*
 * One reference in *OUT, or NULL. 0 or the first error.
 *
 * The fields by which messages belong together and find their way (Via, From,
 * To, Call-ID, CSeq, Contact, Route, Record-Route and the Request-URI) are
 * written as they were given.  The others come after them, in libosip2's order
 * and spelling: fields that it keeps as text and prints as it got them are
 * written the same way here; as soon as there is one that it reads and prints
 * in its own way, it gets all of them, and its spelling of field names and of
 * Content-Length is made the usual one.  The index of the written fields is
 * noted meanwhile, and fields that are copied out of a sound message are not
 * checked again.  Printed bytes of the library are read as if they had arrived.
 */
static int
making_print(struct making *k, struct sip_bytes **out)
{
	struct sip_engine *e = k->engine;

	if (k->err == 0 && k->o != NULL)
		print_by_library(k);
	else if (k->err == 0)
		print_as_given(k);
	if (k->given.text.err != 0)
		making_blame(k, k->given.text.err);
	if (k->err == 0) {
		*out = sip_bytes_new(e->sim, buf_view(&k->given.text));
		if (*out == NULL)
			k->err = ERR_NOMEM;
	}
	if (k->err == 0 && !making_is_sound(k, *out)) {
		sip_bytes_unref(*out);
		*out = NULL;
		k->err = ERR_SYNTAX;
	}
	osip_message_free(k->o);
	buf_free(&e->made);
	e->made = k->given.text;
	if (e->made.err != 0)
		buf_free(&e->made);
	buf_free(&k->text);
	return k->err;
}

/* ---- Requests and responses, put together: 8.1.1, 8.2.6 ---- */

/* ---- fields of both ---- */

/* One of the N HEADERS is of ID. */
static bool
have_header(const struct sip_header *headers, size_t n, enum msg_header id)
{
	char first = msg_header_info(id)->name[0];

	/* Most begin with another letter; a compact form is one letter. */
	for (size_t i = 0; i < n; i++) {
		const char *name = headers[i].name;

		if ((chr_lower(name[0]) == chr_lower(first) ||
			strlen(name) == 1) &&
		    msg_header_find(str_of(name)) == id)
			return true;
	}
	return false;
}

static void
give_contacts(struct making *k, struct str values)
{
	while (values.n > 0)
		making_give(k, MSG_H_CONTACT, msg_cut_value(&values));
}

/* 20.35, 20.41: NAME has S's value, unless the caller gives another. */
static void
set_product(struct making *k, const struct sip_stack *s, enum msg_header id,
    const struct sip_header *headers, size_t n)
{
	if (!have_header(headers, n, id))
		making_set_header(
		    k, msg_header_info(id)->name, str_of(s->config.product));
}

/* ---- requests ---- */

/* CHECKED: the values come from a message that was checked. */
static void
set_request_line(
    struct making *k, struct str method, struct str uri, bool checked)
{
	if (!checked &&
	    (method.n == 0 || chars_skip_token(method, 0) != method.n ||
		uri.n == 0 || chars_skip(uri, 0, CHARS_URI) != uri.n)) {
		making_blame(k, ERR_SYNTAX);
		return;
	}
	/* A URI that is copied may be one that the library can't read. */
	if (!checked)
		making_blame(k, sip_engine_read_uri(k->engine, uri));
	msg_composed_request(&k->given, method, uri);
}

/* 8.1.1.6, unless the caller gives a number. */
static void
give_max_forwards(struct making *k, const struct sip_header *headers, size_t n)
{
	if (!have_header(headers, n, MSG_H_MAX_FORWARDS))
		msg_composed_number(&k->given, "Max-Forwards",
		    MSG_H_MAX_FORWARDS, SIP_MAX_FORWARDS, STR_NULL);
}

static void
give_via(struct making *k, struct sip_stack *s, struct str branch)
{
	LOCAL_BUF via = BUF_INIT;

	/* 8.1.1.7, 18.1.1 */
	sip_stack_begin_via(s, &via);
	if (s->config.ask_rport)
		buf_puts(&via, ";rport");
	buf_puts(&via, ";branch=");
	if (branch.n > 0)
		buf_str(&via, branch);
	else
		sip_stack_branch(s, &via);
	if (via.err != 0)
		making_blame(k, via.err);
	making_give(k, MSG_H_VIA, buf_view(&via));
}

int
sip_build_request(struct sip_stack *s, const struct sip_request_spec *spec,
    struct sip_bytes **out)
{
	struct making k;
	int err = making_start(&k, s->config.engine);

	*out = NULL;
	if (err != 0)
		return err;
	set_request_line(&k, spec->method, spec->uri, false);
	give_via(&k, s, spec->branch);
	give_max_forwards(&k, spec->headers, spec->nheaders);
	for (size_t i = 0; i < spec->nroutes; i++)
		making_give(&k, MSG_H_ROUTE, spec->routes[i]);
	making_give(&k, MSG_H_FROM, spec->from);
	making_give(&k, MSG_H_TO, spec->to);
	making_give(&k, MSG_H_CALL_ID, spec->call_id);
	msg_composed_number(
	    &k.given, "CSeq", MSG_H_CSEQ, spec->cseq, spec->method);
	give_contacts(&k, spec->contact);
	making_set_headers(&k, spec->headers, spec->nheaders);
	set_product(&k, s, MSG_H_USER_AGENT, spec->headers, spec->nheaders);
	making_set_body(&k, spec->content_type, spec->body);
	return making_print(&k, out);
}

/* M's fields of ID, unchanged. */
static void
copy_fields(struct making *k, const struct msg *m, enum msg_header id)
{
	const struct msg_field *f;

	for (size_t n = 0; (f = msg_field(m, id, n)) != NULL; n++)
		making_copy(k, id, f->value, m->sound);
}

/* The same of a list: a line for each value, unless there are too many. */
static void
copy_list(struct making *k, const struct msg *m, enum msg_header id)
{
	struct msg_values it = { 0 };
	struct str v;

	if (msg_count_values(m, id) > SIP_LIST_LINES)
		copy_fields(k, m, id);
	else
		while (msg_next_value(m, id, &it, &v))
			making_copy(k, id, v, m->sound);
}

/* M's first value of ID, unchanged. */
static void
copy_value(struct making *k, const struct msg *m, enum msg_header id)
{
	making_copy(k, id, msg_value(m, id), m->sound);
}

/* M's parts as its readers know them; NULL: they are to be read. */
static const struct msg_known *
known_of(const struct msg *m)
{
	return m->sound && m->known.all ? &m->known : NULL;
}

static void
copy_from(struct making *k, const struct msg *m)
{
	if (known_of(m) != NULL)
		k->given.from = &m->known.from;
	copy_value(k, m, MSG_H_FROM);
}

static void
copy_to(struct making *k, const struct msg *m)
{
	if (known_of(m) != NULL)
		k->given.to = &m->known.to;
	copy_value(k, m, MSG_H_TO);
}

/* METHOD to where M goes, part of M's transaction or about it. */
static int
build_about(struct sip_stack *s, const char *method, const struct msg *m,
    const struct msg *to, struct str reason, struct sip_bytes **out)
{
	struct msg_cseq cseq;
	struct making k;
	int err;

	*out = NULL;
	if (msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq) != 0)
		return ERR_SYNTAX;
	err = making_start(&k, s->config.engine);
	if (err != 0)
		return err;
	set_request_line(&k, str_of(method), m->uri, true);
	k.given.via = known_of(m);
	making_copy(&k, MSG_H_VIA, sip_top_via(m), m->sound);
	give_max_forwards(&k, NULL, 0);
	copy_list(&k, m, MSG_H_ROUTE);
	copy_from(&k, m);
	copy_to(&k, to);
	copy_value(&k, m, MSG_H_CALL_ID);
	msg_composed_number(
	    &k.given, "CSeq", MSG_H_CSEQ, cseq.number, str_of(method));
	making_copy(&k, MSG_H_REASON, reason, false);
	/* 22.1: an ACK has the credentials of its INVITE. */
	if (strcmp(method, "ACK") == 0) {
		copy_fields(&k, m, MSG_H_AUTHORIZATION);
		copy_fields(&k, m, MSG_H_PROXY_AUTHORIZATION);
	}
	return making_print(&k, out);
}

int
sip_build_cancel(struct sip_stack *s, const struct msg *m, struct str reason,
    struct sip_bytes **out)
{
	return build_about(s, "CANCEL", m, m, reason, out);
}

int
sip_build_ack(struct sip_stack *s, const struct msg *invite,
    const struct msg *response, struct sip_bytes **out)
{
	return build_about(s, "ACK", invite, response, STR_NULL, out);
}

/* ---- responses ---- */

/* 8.2.6.1, 8.2.6.2: Via in the same order, From, Call-ID, CSeq and To are the
 * request's; a 100 has its Timestamp as well. */
static void
message_build_copy_request(
    struct making *k, const struct msg *m, const struct sip_response_spec *spec)
{
	k->given.via = known_of(m);
	copy_list(k, m, MSG_H_VIA);
	if (spec->record_route)
		copy_list(k, m, MSG_H_RECORD_ROUTE);
	copy_from(k, m);
	copy_to(k, m);
	if (spec->to_tag.n > 0 && msg_tag_of(m, MSG_H_TO).n == 0) {
		message_build_check_line(k, spec->to_tag);
		msg_composed_tag(&k->given, spec->to_tag);
	}
	copy_value(k, m, MSG_H_CALL_ID);
	copy_value(k, m, MSG_H_CSEQ);
	if (spec->status == 100)
		copy_value(k, m, MSG_H_TIMESTAMP);
}

int
sip_build_response(struct sip_stack *s, const struct msg *request,
    const struct sip_response_spec *spec, struct sip_bytes **out)
{
	struct making k;
	int err = making_start(&k, s->config.engine);

	*out = NULL;
	if (err != 0)
		return err;
	message_build_check_line(&k, spec->reason);
	msg_composed_response(&k.given, spec->status,
	    spec->reason.n > 0 ? spec->reason
			       : str_of(msg_status_phrase(spec->status)),
	    request->method);
	/* Of another the method in CSeq may be another one. */
	k.given.lost = !request->sound;
	message_build_copy_request(&k, request, spec);
	give_contacts(&k, spec->contact);
	making_set_headers(&k, spec->headers, spec->nheaders);
	if (spec->status > 100)
		set_product(&k, s, MSG_H_SERVER, spec->headers, spec->nheaders);
	making_set_body(&k, spec->content_type, spec->body);
	return making_print(&k, out);
}

int
sip_reply(struct sip_stack *s, const struct sip_in *in,
    const struct sip_response_spec *spec, enum rule_id why)
{
	struct sip_response_spec full = *spec;
	struct sip_origin origin = { why, 0 };
	struct sip_bytes *response;
	LOCAL_BUF tag = BUF_INIT;
	int err;

	if (full.to_tag.n == 0 && full.status > 100) {
		sip_stack_token(s, SIP_STREAM_TAG, 8, &tag);
		full.to_tag = buf_view(&tag);
	}
	err = tag.err != 0 ? tag.err
			   : sip_build_response(s, in->m, &full, &response);
	if (err == 0) {
		err = sip_server_respond(in->tr, response, &origin);
		sip_bytes_unref(response);
	}
	return err;
}
