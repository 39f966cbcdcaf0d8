/*
 * How a message is put together.  The fields by which messages belong together
 * and find their way (Via, From, To, Call-ID, CSeq, Contact, Route,
 * Record-Route and the Request-URI) are written as they were given.  The others
 * come behind, in libosip2's order and spelling: those that it keeps as text
 * and prints as it got them are written the same way here; as soon as there is
 * one that it reads and prints in its own way, it gets all of them, and its
 * spelling of field names and of Content-Length is made the usual one.  What
 * comes out is read as if it had arrived.
 */
#include "sip/making_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/chars.h"
#include "sip/transaction_in.h"

#include <stdlib.h> /* libosip2's macros want it */
#include <string.h>

void
making_blame(struct making *k, int err)
{
	if (k->err == 0)
		k->err = err;
}

/* What would break a line or end the text early is refused. */
static void
check_line(struct making *k, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\r' || s.p[i] == '\n' || s.p[i] == '\0')
			making_blame(k, ERR_SYNTAX);
}

/* S with a NUL behind, a part of one line. */
static const char *
make_line(struct making *k, struct str s)
{
	check_line(k, s);
	buf_clear(&k->text);
	buf_str(&k->text, s);
	if (k->text.err != 0)
		making_blame(k, k->text.err);
	return buf_cstr(&k->text);
}

void
making_put(struct making *k, struct str s)
{
	check_line(k, s);
	buf_str(&k->given, s);
}

void
making_check_uri(struct making *k, struct str uri)
{
	osip_uri_t *u;

	if (osip_uri_init(&u) != 0) {
		making_blame(k, ERR_NOMEM);
		return;
	}
	if (osip_uri_parse(u, make_line(k, uri)) != 0)
		making_blame(k, ERR_SYNTAX);
	osip_uri_free(u);
}

/* ---- fields as given ---- */

static bool
stands_as_given(enum msg_header id)
{
	switch (id) {
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

void
making_copy(struct making *k, const char *name, struct str value)
{
	if (value.n == 0)
		return;
	buf_puts(&k->given, name);
	buf_puts(&k->given, ": ");
	buf_str(&k->given, value);
	buf_puts(&k->given, "\r\n");
}

void
making_give(struct making *k, const char *name, struct str value)
{
	if (k->err != 0)
		return;
	check_line(k, value);
	making_copy(k, name, value);
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
	switch (id) {
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
	const char *text = make_line(k, value);

	if (k->err == 0 && osip_message_set_header(k->o, name, text) != 0)
		k->err = ERR_SYNTAX;
}

/* From now on the library has the fields; its start line is nobody's. */
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
		tell_library(k, k->fields[i].name, k->fields[i].value);
}

void
making_set_header(struct making *k, const char *name, struct str value)
{
	struct str n = str_of(name);
	enum msg_header id = msg_header_find(n);

	if (value.n == 0 && value.p != NULL && may_be_empty(id))
		buf_printf(&k->given, "%s:\r\n", name);
	if (value.n == 0 || k->err != 0)
		return;
	check_line(k, value);
	if (n.n == 0 || chars_skip_token(n, 0) != n.n)
		making_blame(k, ERR_SYNTAX);
	if (k->err == 0 && stands_as_given(id)) {
		making_copy(k, name, value);
		return;
	}
	if (library_prints(id) || !is_trimmed(value) ||
	    k->nfields == MAKING_FIELDS)
		call_library(k);
	if (k->o != NULL)
		tell_library(k, name, value);
	else if (k->err == 0)
		k->fields[k->nfields++] =
		    (struct making_field){ msg_header_info(id)->name, value };
}

void
making_set_headers(struct making *k, const struct sip_header *headers, size_t n)
{
	/* The length is counted, whatever anybody says. */
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

void
making_set_body(struct making *k, struct str type, struct str body)
{
	if (body.n == 0 || k->err != 0)
		return;
	check_line(k, type);
	k->type = type;
	k->body = body;
	if (!is_bare_type(type) && !has_boundary(type))
		call_library(k);
}

/* ---- begin and end ---- */

int
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
	k->given = e->made;
	e->made = BUF_INIT;
	buf_clear(&k->given);
	if (sip_engine_enter(e) == 0 && buf_reserve(&k->given, 1000) == 0)
		return 0;
	buf_free(&k->given);
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

	str_cut(text, '\n', &text);
	while ((line = str_cut(text, '\n', &rest)).n > 1) {
		tidy_line(str_slice(line, 0, line.n - 1), &k->given);
		text = rest;
	}
	buf_str(&k->given, text); /* the empty line and the body */
}

/* The library's part. */
static void
print_by_library(struct making *k)
{
	char *text = NULL;
	size_t n = 0;

	if (k->body.n > 0 && k->type.n > 0 &&
	    osip_message_set_content_type(k->o, make_line(k, k->type)) != 0)
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
	making_copy(k, "Content-Type", k->type);
	for (size_t i = 0; i < k->nfields; i++)
		making_copy(k, k->fields[i].name, k->fields[i].value);
	buf_puts(&k->given, "Content-Length: ");
	buf_u64(&k->given, k->body.n);
	buf_puts(&k->given, "\r\n\r\n");
	buf_str(&k->given, k->body);
}

int
making_print(struct making *k, struct sip_bytes **out)
{
	struct sip_engine *e = k->engine;

	if (k->err == 0 && k->o != NULL)
		print_by_library(k);
	else if (k->err == 0)
		print_as_given(k);
	if (k->given.err != 0)
		making_blame(k, k->given.err);
	if (k->err == 0) {
		*out = sip_bytes_new(e->sim, buf_view(&k->given));
		if (*out == NULL)
			k->err = ERR_NOMEM;
	}
	if (k->err == 0 && sip_own_check(e, *out) != MSG_FAULT_NONE) {
		sip_bytes_unref(*out);
		*out = NULL;
		k->err = ERR_SYNTAX;
	}
	osip_message_free(k->o);
	buf_free(&e->made);
	e->made = k->given;
	if (e->made.err != 0)
		buf_free(&e->made);
	buf_free(&k->text);
	return k->err;
}
