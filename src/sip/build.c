/*
 * Requests and responses, put together and printed by libosip2 (RFC 3261
 * 8.1.1, 8.2.6).  Two things are done around it: the fields by which messages
 * belong together and find their way (Via, From, To, Call-ID, CSeq, Contact,
 * Route, Record-Route and the Request-URI) are written as they were given and
 * not handed to the library, since it prints such values in its own way and
 * refuses good ones ("<sip:a>"); and the library's spelling of field names and
 * of Content-Length is made the usual one.  What comes out is read as if it had
 * arrived.
 */
#include "sip/build.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/chars.h"
#include "msg/parts.h"
#include "sip/defaults.h"
#include "sip/transaction.h"
#include "sip/transaction_priv.h"

#include <stdlib.h> /* libosip2's macros want it */
#include <string.h>

/* A message under construction; the first error is kept. */
struct making {
	osip_message_t *o;
	struct buf given; /* start line and fields as they were given */
	struct buf text;  /* one value, with a NUL */
	struct sip_engine *engine;
	int err;
};

static void
blame(struct making *k, int err)
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
			blame(k, ERR_SYNTAX);
}

/* S with a NUL behind, a part of one line. */
static const char *
cstr(struct making *k, struct str s)
{
	check_line(k, s);
	buf_clear(&k->text);
	buf_str(&k->text, s);
	if (k->text.err != 0)
		blame(k, k->text.err);
	return buf_cstr(&k->text);
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

/* A field of a message that has been read before. */
static void
copy(struct making *k, const char *name, struct str value)
{
	if (value.n == 0)
		return;
	buf_puts(&k->given, name);
	buf_puts(&k->given, ": ");
	buf_str(&k->given, value);
	buf_puts(&k->given, "\r\n");
}

/* A value that somebody here made. */
static void
give(struct making *k, const char *name, struct str value)
{
	if (k->err != 0)
		return;
	check_line(k, value);
	copy(k, name, value);
}

static void
give_contacts(struct making *k, struct str values)
{
	while (values.n > 0)
		give(k, "Contact", msg_cut_value(&values));
}

/* ---- fields that libosip2 prints ---- */

/* Lists whose emptiness says something: nothing of the kind (20.1, 20.37;
 * RFC 6086 4.2.2). */
static bool
may_be_empty(enum msg_header id)
{
	return id == MSG_H_ACCEPT || id == MSG_H_SUPPORTED ||
	       id == MSG_H_RECV_INFO;
}

/* A VALUE of no bytes, which is not STR_NULL, stands where the field may be
 * empty; else there is no field. */
static void
set_header(struct making *k, const char *name, struct str value)
{
	struct str n = str_of(name);
	enum msg_header id = msg_header_find(n);
	const char *text;

	if (value.n == 0 && value.p != NULL && may_be_empty(id))
		buf_printf(&k->given, "%s:\r\n", name);
	if (value.n == 0 || k->err != 0)
		return;
	text = cstr(k, value);
	if (n.n == 0 || chars_skip_token(n, 0) != n.n)
		blame(k, ERR_SYNTAX);
	if (k->err == 0 && stands_as_given(id))
		copy(k, name, value);
	else if (k->err == 0 && osip_message_set_header(k->o, name, text) != 0)
		k->err = ERR_SYNTAX;
}

static void
set_headers(struct making *k, const struct sip_header *headers, size_t n)
{
	/* The length is counted, whatever anybody says. */
	for (size_t i = 0; i < n; i++)
		if (msg_header_find(str_of(headers[i].name)) !=
		    MSG_H_CONTENT_LENGTH)
			set_header(k, headers[i].name, headers[i].value);
}

/* 20.35, 20.41: NAME says what S is, but for one who says something else. */
static void
set_product(struct making *k, const struct sip_stack *s, const char *name,
    const struct sip_header *headers, size_t n)
{
	enum msg_header id = msg_header_find(str_of(name));

	for (size_t i = 0; i < n; i++)
		if (msg_header_find(str_of(headers[i].name)) == id)
			return;
	set_header(k, name, str_of(s->config.product));
}

static void
set_body(struct making *k, struct str type, struct str body)
{
	const char *text;

	if (body.n == 0 || k->err != 0)
		return;
	text = cstr(k, type);
	if (k->err == 0 && type.n > 0 &&
	    osip_message_set_content_type(k->o, text) != 0)
		k->err = ERR_SYNTAX;
	if (k->err == 0 && osip_message_set_body(k->o, body.p, body.n) != 0)
		k->err = ERR_SYNTAX;
}

/* ---- begin and end ---- */

static int
start(struct making *k, struct sip_stack *s)
{
	memset(k, 0, sizeof(*k));
	k->engine = s->config.engine;
	if (sip_engine_enter(s->config.engine) != 0)
		return ERR_NOMEM;
	/* Room for most messages is asked for once. */
	if (buf_reserve(&k->given, 1000) != 0)
		return ERR_NOMEM;
	if (osip_message_init(&k->o) == 0)
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
tidy(struct making *k, struct str text)
{
	struct str line, rest;

	str_cut(text, '\n', &text);
	while ((line = str_cut(text, '\n', &rest)).n > 1) {
		tidy_line(str_slice(line, 0, line.n - 1), &k->given);
		text = rest;
	}
	buf_str(&k->given, text); /* the empty line and the body */
	if (k->given.err != 0)
		blame(k, k->given.err);
}

static int
print(struct making *k, struct sip_bytes **out)
{
	char *text = NULL;
	size_t n = 0;

	if (k->err == 0 && osip_message_to_str(k->o, &text, &n) != 0)
		k->err = ERR_SYNTAX;
	if (k->err == 0)
		tidy(k, (struct str){ text, n });
	osip_free(text);
	if (k->err == 0) {
		*out = sip_bytes_new(k->engine->sim, buf_view(&k->given));
		if (*out == NULL)
			k->err = ERR_NOMEM;
	}
	if (k->err == 0 && sip_own_check(k->engine, *out) != MSG_FAULT_NONE) {
		sip_bytes_unref(*out);
		*out = NULL;
		k->err = ERR_SYNTAX;
	}
	osip_message_free(k->o);
	buf_free(&k->given);
	buf_free(&k->text);
	return k->err;
}

/* ---- requests ---- */

/* CHECKED: by somebody who read them in another message. */
static void
set_request_line(
    struct making *k, struct str method, struct str uri, bool checked)
{
	osip_uri_t *u;

	if (!checked &&
	    (method.n == 0 || chars_skip_token(method, 0) != method.n ||
		uri.n == 0 || chars_skip(uri, 0, CHARS_URI) != uri.n)) {
		blame(k, ERR_SYNTAX);
		return;
	}
	osip_message_set_method(k->o, osip_strdup(cstr(k, method)));
	osip_message_set_version(k->o, osip_strdup("SIP/2.0"));
	if (osip_uri_init(&u) != 0) {
		blame(k, ERR_NOMEM);
		return;
	}
	/* A URI that is copied may be one that the library can't read. */
	if (osip_uri_parse(
		u, checked ? "sip:somebody@invalid" : cstr(k, uri)) != 0)
		blame(k, ERR_SYNTAX);
	osip_message_set_uri(k->o, u);
	buf_str(&k->given, method);
	buf_putc(&k->given, ' ');
	buf_str(&k->given, uri);
	buf_puts(&k->given, " SIP/2.0\r\n");
}

/* 8.1.1.6, but for one who gives a number of his own. */
static void
give_max_forwards(struct making *k, const struct sip_header *headers, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (msg_header_find(str_of(headers[i].name)) ==
		    MSG_H_MAX_FORWARDS)
			return;
	buf_puts(&k->given, "Max-Forwards: ");
	buf_u64(&k->given, SIP_MAX_FORWARDS);
	buf_puts(&k->given, "\r\n");
}

static void
give_via(struct making *k, struct sip_stack *s, struct str branch)
{
	struct buf via = BUF_INIT;

	/* 8.1.1.7, 18.1.1 */
	buf_puts(&via, "SIP/2.0/UDP ");
	buf_puts(&via, s->addr_text);
	if (s->config.ask_rport)
		buf_puts(&via, ";rport");
	buf_puts(&via, ";branch=");
	if (branch.n > 0)
		buf_str(&via, branch);
	else
		sip_stack_branch(s, &via);
	if (via.err != 0)
		blame(k, via.err);
	give(k, "Via", buf_view(&via));
	buf_free(&via);
}

int
sip_build_request(struct sip_stack *s, const struct sip_request_spec *spec,
    struct sip_bytes **out)
{
	struct buf cseq = BUF_INIT;
	struct making k;
	int err = start(&k, s);

	*out = NULL;
	if (err != 0)
		return err;
	set_request_line(&k, spec->method, spec->uri, false);
	give_via(&k, s, spec->branch);
	give_max_forwards(&k, spec->headers, spec->nheaders);
	for (size_t i = 0; i < spec->nroutes; i++)
		give(&k, "Route", spec->routes[i]);
	give(&k, "From", spec->from);
	give(&k, "To", spec->to);
	give(&k, "Call-ID", spec->call_id);
	buf_u64(&cseq, spec->cseq);
	buf_putc(&cseq, ' ');
	buf_str(&cseq, spec->method);
	if (cseq.err != 0)
		blame(&k, cseq.err);
	give(&k, "CSeq", buf_view(&cseq));
	buf_free(&cseq);
	give_contacts(&k, spec->contact);
	set_headers(&k, spec->headers, spec->nheaders);
	set_product(&k, s, "User-Agent", spec->headers, spec->nheaders);
	set_body(&k, spec->content_type, spec->body);
	return print(&k, out);
}

/* Fields as they stand. */
static void
copy_fields(struct making *k, const struct msg *m, enum msg_header id)
{
	const struct msg_field *f;

	for (size_t n = 0; (f = msg_field(m, id, n)) != NULL; n++)
		copy(k, msg_header_info(id)->name, f->value);
}

/* A list: a line for each value, while there are not too many. */
static void
copy_list(struct making *k, const struct msg *m, enum msg_header id)
{
	struct msg_values it = { 0 };
	struct str v;

	if (msg_count_values(m, id) > SIP_LIST_LINES)
		copy_fields(k, m, id);
	else
		while (msg_next_value(m, id, &it, &v))
			copy(k, msg_header_info(id)->name, v);
}

/* METHOD to where M goes, part of M's transaction or about it. */
static int
build_about(struct sip_stack *s, const char *method, const struct msg *m,
    struct str to, struct str reason, struct sip_bytes **out)
{
	struct msg_cseq cseq;
	struct making k;
	int err;

	*out = NULL;
	if (msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq) != 0)
		return ERR_SYNTAX;
	err = start(&k, s);
	if (err != 0)
		return err;
	set_request_line(&k, str_of(method), m->uri, true);
	copy(&k, "Via", sip_top_via(m));
	give_max_forwards(&k, NULL, 0);
	copy_list(&k, m, MSG_H_ROUTE);
	copy(&k, "From", msg_value(m, MSG_H_FROM));
	copy(&k, "To", to);
	copy(&k, "Call-ID", msg_value(m, MSG_H_CALL_ID));
	buf_printf(&k.given, "CSeq: %u %s\r\n", cseq.number, method);
	copy(&k, "Reason", reason);
	/* 22.1: an ACK has the credentials of its INVITE. */
	if (strcmp(method, "ACK") == 0) {
		copy_fields(&k, m, MSG_H_AUTHORIZATION);
		copy_fields(&k, m, MSG_H_PROXY_AUTHORIZATION);
	}
	return print(&k, out);
}

int
sip_build_cancel(struct sip_stack *s, const struct msg *m, struct str reason,
    struct sip_bytes **out)
{
	return build_about(s, "CANCEL", m, msg_value(m, MSG_H_TO), reason, out);
}

int
sip_build_ack(struct sip_stack *s, const struct msg *invite,
    const struct msg *response, struct sip_bytes **out)
{
	return build_about(
	    s, "ACK", invite, msg_value(response, MSG_H_TO), STR_NULL, out);
}

/* ---- responses ---- */

/* 8.2.6.1, 8.2.6.2: Via in the same order, From, Call-ID, CSeq and To are the
 * request's; a 100 has its Timestamp, too. */
static void
copy_request(
    struct making *k, const struct msg *m, const struct sip_response_spec *spec)
{
	struct str to = msg_value(m, MSG_H_TO);

	copy_list(k, m, MSG_H_VIA);
	if (spec->record_route)
		copy_list(k, m, MSG_H_RECORD_ROUTE);
	copy(k, "From", msg_value(m, MSG_H_FROM));
	if (spec->to_tag.n > 0 && msg_tag(to).n == 0) {
		buf_puts(&k->given, "To: ");
		buf_str(&k->given, to);
		buf_puts(&k->given, ";tag=");
		buf_puts(&k->given, cstr(k, spec->to_tag));
		buf_puts(&k->given, "\r\n");
	} else {
		copy(k, "To", to);
	}
	copy(k, "Call-ID", msg_value(m, MSG_H_CALL_ID));
	copy(k, "CSeq", msg_value(m, MSG_H_CSEQ));
	if (spec->status == 100)
		copy(k, "Timestamp", msg_value(m, MSG_H_TIMESTAMP));
}

int
sip_build_response(struct sip_stack *s, const struct msg *request,
    const struct sip_response_spec *spec, struct sip_bytes **out)
{
	struct making k;
	int err = start(&k, s);

	*out = NULL;
	if (err != 0)
		return err;
	osip_message_set_version(k.o, osip_strdup("SIP/2.0"));
	osip_message_set_status_code(k.o, (int)spec->status);
	osip_message_set_reason_phrase(k.o,
	    osip_strdup(spec->reason.n > 0 ? cstr(&k, spec->reason)
					   : msg_status_phrase(spec->status)));
	buf_puts(&k.given, "SIP/2.0 ");
	buf_u64(&k.given, spec->status);
	buf_putc(&k.given, ' ');
	buf_puts(&k.given, osip_message_get_reason_phrase(k.o));
	buf_puts(&k.given, "\r\n");
	copy_request(&k, request, spec);
	give_contacts(&k, spec->contact);
	set_headers(&k, spec->headers, spec->nheaders);
	if (spec->status > 100)
		set_product(&k, s, "Server", spec->headers, spec->nheaders);
	set_body(&k, spec->content_type, spec->body);
	return print(&k, out);
}

int
sip_reply(struct sip_stack *s, const struct sip_in *in,
    const struct sip_response_spec *spec, enum rule_id why)
{
	struct sip_response_spec full = *spec;
	struct sip_origin origin = { why, 0 };
	struct sip_bytes *response;
	struct buf tag = BUF_INIT;
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
	buf_free(&tag);
	return err;
}

int
sip_answer(const struct sip_in *in, struct sip_stack *s, unsigned status,
    enum rule_id why)
{
	struct sip_response_spec spec = { .status = status };

	return sip_reply(s, in, &spec, why);
}
