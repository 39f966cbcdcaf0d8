/* Bodies besides a session description; see agent/multipart.h. */
#include "agent/multipart.h"

#include "agent/call.h"
#include "base/err.h"
#include "msg/header_names.h"
#include "msg/splice.h"
#include "rules/rule_names.h"

/* *B has BODY of TYPE (empty: of that which it has), and LINES more. */
static int
change_body(struct agent *agent, struct sip_bytes **b, struct str type,
    struct str body, struct buf *lines)
{
	struct world *w = agent->node->world;
	const struct msg *m = world_read(w, *b);
	const struct msg_field *old = msg_field(m, MSG_H_CONTENT_TYPE, 0);
	const struct msg_field *mime = msg_field(m, MSG_H_MIME_VERSION, 0);
	const struct msg_field *length = msg_field(m, MSG_H_CONTENT_LENGTH, 0);
	size_t behind = m->bytes.n - m->body.n;
	struct sip_bytes *changed = NULL;
	LOCAL_BUF count = BUF_INIT;
	struct msg_splice sp;
	int err;

	msg_splice_init(&sp, m->bytes);
	buf_u64(&count, body.n);
	if (old == NULL && type.n > 0)
		buf_printf(lines, "Content-Type: %.*s\r\n", STR_ARG(type));
	else if (type.n > 0)
		msg_splice_replace(&sp, old->value, type);
	if (mime != NULL && type.n > 0)
		msg_splice_delete(&sp, mime->line);
	msg_splice_before(&sp, length->line, buf_view(lines));
	msg_splice_replace(&sp, length->value, buf_view(&count));
	msg_splice_replace(&sp, str_slice(m->bytes, behind, m->bytes.n), body);
	if (lines->err != 0 || count.err != 0)
		sp.err = ERR_NOMEM;
	err = sip_bytes_splice(w->sim, &sp, &changed);
	if (err == 0) {
		sip_bytes_unref(*b);
		*b = changed;
	}
	buf_free(lines);
	return err;
}

/* ---- parts ---- */

static void
enclosed_body_write_part(
    struct buf *out, const char *boundary, const struct agent_multipart_body *p)
{
	buf_printf(out,
	    "--%s\r\nContent-Type: %s\r\nContent-Disposition: %s\r\n\r\n",
	    boundary, p->type, p->disposition);
	buf_str(out, p->body);
	buf_puts(out, "\r\n");
}

/* RFC 2046 5.1.1: a boundary that is in none of the parts. */
static void
write_boundary(struct buf *out, struct str body,
    const struct agent_multipart_body *list, size_t n)
{
	unsigned number = 0;
	bool stands;

	do {
		buf_clear(out);
		buf_printf(out, "unique-boundary-%u", ++number);
		stands = str_find(body, buf_cstr(out)) >= 0;
		for (size_t i = 0; i < n; i++)
			stands |= str_find(list[i].body, buf_cstr(out)) >= 0;
	} while (stands && out->err == 0);
}

/* What there is already, and LIST. */
static int
enclose_parts(struct agent *agent, const struct agent_multipart_body *list,
    size_t n, struct sip_bytes **b)
{
	const struct msg *m = world_read(agent->node->world, *b);
	const struct agent_multipart_body sdp = { AGENT_SDP,
		"session;handling=required", m->body };
	LOCAL_BUF boundary = BUF_INIT, type = BUF_INIT, body = BUF_INIT,
		  lines = BUF_INIT;

	write_boundary(&boundary, m->body, list, n);
	if (m->body.n > 0)
		enclosed_body_write_part(&body, buf_cstr(&boundary), &sdp);
	for (size_t i = 0; i < n; i++)
		enclosed_body_write_part(&body, buf_cstr(&boundary), &list[i]);
	buf_printf(&body, "--%s--\r\n", buf_cstr(&boundary));
	buf_printf(&type, "multipart/mixed;boundary=%s", buf_cstr(&boundary));
	buf_puts(&lines, "MIME-Version: 1.0\r\n");
	return boundary.err != 0 || type.err != 0 || body.err != 0
		   ? ERR_NOMEM
		   : change_body(
			 agent, b, buf_view(&type), buf_view(&body), &lines);
}

int
agent_multipart_add(struct agent *agent,
    const struct agent_multipart_body *list, size_t n, struct sip_bytes **b)
{
	struct buf lines = BUF_INIT;

	if (n == 0)
		return 0;
	if (n > 1 || world_read(agent->node->world, *b)->body.n > 0)
		return enclose_parts(agent, list, n, b);
	buf_printf(&lines, "Content-Disposition: %s\r\n", list->disposition);
	return change_body(agent, b, str_of(list->type), list->body, &lines);
}

/* ---- a request's description ---- */

bool
agent_client_strip(struct agent_client *q)
{
	const struct msg *m = world_read(q->agent->node->world, q->base);
	struct str sdp = agent_call_sdp_of(m);
	struct buf none = BUF_INIT;

	return sdp.n > 0 && sdp.n < m->body.n &&
	       change_body(q->agent, &q->base, STR(AGENT_SDP), sdp, &none) == 0;
}

void
agent_client_set_body(struct agent_client *q, struct str sdp)
{
	struct world *w = q->agent->node->world;
	const struct msg *m = world_read(w, q->base);
	struct str old = agent_call_sdp_of(m);
	size_t at = (size_t)(old.p - m->body.p);
	LOCAL_BUF body = BUF_INIT, none = BUF_INIT;

	buf_str(&body, str_slice(m->body, 0, at));
	buf_str(&body, sdp);
	buf_str(&body, str_slice(m->body, at + old.n, m->body.n));
	if (body.err != 0 || change_body(q->agent, &q->base, STR_NULL,
				 buf_view(&body), &none) != 0)
		agent_fail_memory(q->agent);
}

/* ---- INFO within a call: RFC 6086 4.2.2 ---- */

/* RFC 6086 2, 9: a digit that the peer presses belongs to no package.  It comes
 * as application/dtmf-relay says it ("Signal=5", "Duration=160").  The requests
 * of a phone are in roles/ua/ua_outbox.c. */
char
agent_digit_of(const struct msg *m)
{
	struct str signal = msg_digit(m, NULL);

	return signal.n > 0 && msg_value(m, MSG_H_INFO_PACKAGE).n == 0
		   ? signal.p[0]
		   : '\0';
}

/* What was heard. */
static void
enclosed_body_note_digit(
    struct agent_call *c, struct str signal, struct str duration)
{
	struct buf text = BUF_INIT;
	uint32_t ms;

	buf_puts(&text, "DTMF ");
	buf_str(&text, signal);
	if (str_u32(duration, &ms) == 0)
		buf_printf(&text, ", %u ms", ms);
	node_note(c->agent->node, RULE_INFO_DIGIT, &text);
}

/* 9: what belongs to no package. */
static void
enclosed_body_take_digit(struct agent_call *c, const struct sip_in *in)
{
	static const struct sip_header accept = { "Accept",
		STR_INIT(AGENT_DTMF) };
	static const struct sip_response_spec other_type = {
		.status = 415, .headers = &accept, .nheaders = 1
	};
	static const struct sip_response_spec no_digit = { .status = 400,
		.reason = STR_INIT("Bad Signal in the Body") };
	struct str duration, signal = msg_digit(in->m, &duration);
	bool any = in->m->body.n > 0;

	if (any && !str_iis(agent_call_type_of(in->m), AGENT_DTMF)) {
		node_reply(c->agent->node, in, &other_type, RULE_UAS_TYPE);
	} else if (any && signal.n == 0) {
		node_reply(c->agent->node, in, &no_digit, RULE_BAD_REQUEST);
	} else {
		if (any)
			enclosed_body_note_digit(c, signal, duration);
		node_answer(c->agent->node, in, 200,
		    any ? RULE_INFO_DIGIT : RULE_INFO_EMPTY);
	}
}

/* ---- packages ---- */

/* 7.2: octet by octet, without parameters. */
static struct str
cut_package_name(struct str value)
{
	struct str rest;

	return str_trim(str_cut(value, ';', &rest));
}

static bool
enclosed_body_is_announced(const struct agent *agent, struct str package)
{
	struct str all = str_of(node_attr(agent->node, "packages", ""));

	while (all.n > 0)
		if (str_eq(cut_package_name(msg_cut_value(&all)), package))
			return true;
	return false;
}

static void
take_package(struct agent_call *c, struct str package, const struct sip_in *in)
{
	struct buf text = BUF_INIT;

	buf_printf(&text, "INFO of the package %.*s", STR_ARG(package));
	if (in->m->body.n > 0)
		buf_printf(&text, ": %zu bytes of %.*s", in->m->body.n,
		    STR_ARG(agent_call_type_of(in->m)));
	node_note(c->agent->node, RULE_INFO_TAKEN, &text);
	node_answer(c->agent->node, in, 200, RULE_INFO_TAKEN);
}

/* 4.2.2: it says what would have been taken, nothing maybe. */
static void
refuse_package(struct agent_call *c, const struct sip_in *in)
{
	struct sip_header announced = { "Recv-Info",
		str_of(node_attr(c->agent->node, "packages", "")) };
	struct sip_response_spec bad_package = {
		.status = 469, .headers = &announced, .nheaders = 1
	};

	node_reply(c->agent->node, in, &bad_package, RULE_INFO_PACKAGE);
}

void
agent_call_informed(struct agent_call *c, const struct sip_in *in)
{
	struct str package =
	    cut_package_name(msg_value(in->m, MSG_H_INFO_PACKAGE));

	if (package.n == 0)
		enclosed_body_take_digit(c, in);
	else if (enclosed_body_is_announced(c->agent, package))
		take_package(c, package, in);
	else
		refuse_package(c, in);
}
