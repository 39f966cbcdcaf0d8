/*
 * Requests and responses, put together (RFC 3261 8.1.1, 8.2.6); how they are
 * printed is said in making.c.
 */
#include "sip/build.h"

#include "base/err.h"
#include "msg/chars.h"
#include "msg/parts.h"
#include "sip/defaults.h"
#include "sip/making_in.h"
#include "sip/transaction_in.h"

#include <string.h>

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
		making_give(k, "Contact", msg_cut_value(&values));
}

/* 20.35, 20.41: NAME says what S is, but for one who says something else. */
static void
set_product(struct making *k, const struct sip_stack *s, const char *name,
    const struct sip_header *headers, size_t n)
{
	if (have_header(headers, n, msg_header_find(str_of(name))))
		return;
	making_set_header(k, name, str_of(s->config.product));
}

/* ---- requests ---- */

/* CHECKED: by somebody who read them in another message. */
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
		making_check_uri(k, uri);
	buf_str(&k->given, method);
	buf_putc(&k->given, ' ');
	buf_str(&k->given, uri);
	buf_puts(&k->given, " SIP/2.0\r\n");
}

/* 8.1.1.6, but for one who gives a number of his own. */
static void
give_max_forwards(struct making *k, const struct sip_header *headers, size_t n)
{
	if (have_header(headers, n, MSG_H_MAX_FORWARDS))
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
	making_give(k, "Via", buf_view(&via));
	buf_free(&via);
}

int
sip_build_request(struct sip_stack *s, const struct sip_request_spec *spec,
    struct sip_bytes **out)
{
	struct buf cseq = BUF_INIT;
	struct making k;
	int err = making_start(&k, s->config.engine);

	*out = NULL;
	if (err != 0)
		return err;
	set_request_line(&k, spec->method, spec->uri, false);
	give_via(&k, s, spec->branch);
	give_max_forwards(&k, spec->headers, spec->nheaders);
	for (size_t i = 0; i < spec->nroutes; i++)
		making_give(&k, "Route", spec->routes[i]);
	making_give(&k, "From", spec->from);
	making_give(&k, "To", spec->to);
	making_give(&k, "Call-ID", spec->call_id);
	buf_u64(&cseq, spec->cseq);
	buf_putc(&cseq, ' ');
	buf_str(&cseq, spec->method);
	if (cseq.err != 0)
		making_blame(&k, cseq.err);
	making_give(&k, "CSeq", buf_view(&cseq));
	buf_free(&cseq);
	give_contacts(&k, spec->contact);
	making_set_headers(&k, spec->headers, spec->nheaders);
	set_product(&k, s, "User-Agent", spec->headers, spec->nheaders);
	making_set_body(&k, spec->content_type, spec->body);
	return making_print(&k, out);
}

/* Fields as they stand. */
static void
copy_fields(struct making *k, const struct msg *m, enum msg_header id)
{
	const struct msg_field *f;

	for (size_t n = 0; (f = msg_field(m, id, n)) != NULL; n++)
		making_copy(k, msg_header_info(id)->name, f->value);
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
			making_copy(k, msg_header_info(id)->name, v);
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
	err = making_start(&k, s->config.engine);
	if (err != 0)
		return err;
	set_request_line(&k, str_of(method), m->uri, true);
	making_copy(&k, "Via", sip_top_via(m));
	give_max_forwards(&k, NULL, 0);
	copy_list(&k, m, MSG_H_ROUTE);
	making_copy(&k, "From", msg_value(m, MSG_H_FROM));
	making_copy(&k, "To", to);
	making_copy(&k, "Call-ID", msg_value(m, MSG_H_CALL_ID));
	buf_printf(&k.given, "CSeq: %u %s\r\n", cseq.number, method);
	making_copy(&k, "Reason", reason);
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
	making_copy(k, "From", msg_value(m, MSG_H_FROM));
	if (spec->to_tag.n > 0 && msg_tag(to).n == 0) {
		buf_puts(&k->given, "To: ");
		buf_str(&k->given, to);
		buf_puts(&k->given, ";tag=");
		making_put(k, spec->to_tag);
		buf_puts(&k->given, "\r\n");
	} else {
		making_copy(k, "To", to);
	}
	making_copy(k, "Call-ID", msg_value(m, MSG_H_CALL_ID));
	making_copy(k, "CSeq", msg_value(m, MSG_H_CSEQ));
	if (spec->status == 100)
		making_copy(k, "Timestamp", msg_value(m, MSG_H_TIMESTAMP));
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
	buf_puts(&k.given, "SIP/2.0 ");
	buf_u64(&k.given, spec->status);
	buf_putc(&k.given, ' ');
	if (spec->reason.n > 0)
		making_put(&k, spec->reason);
	else
		buf_puts(&k.given, msg_status_phrase(spec->status));
	buf_puts(&k.given, "\r\n");
	copy_request(&k, request, spec);
	give_contacts(&k, spec->contact);
	making_set_headers(&k, spec->headers, spec->nheaders);
	if (spec->status > 100)
		set_product(&k, s, "Server", spec->headers, spec->nheaders);
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
