/*
 * How a request has come to where it is: History-Info (RFC 7044) of a proxy
 * with history=true, and Diversion (RFC 5806) of one with diversion=true.
 *
 * The history is a tree: an entry for each Request-URI that the request had, in
 * preorder, each hop a level of its index.  A proxy adds one for each copy that
 * it sends; copies of other branches are in it once they were answered, with
 * the status as Reason.  A client that has asked for it gets the history back
 * in the responses.
 */
#include "roles/proxy/proxy_in.h"

#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

/* RFC 7044 5: numbers with dots between. */
static bool
read_index(struct str value, struct str *index)
{
	struct msg_addr a;

	if (msg_addr_read(value, &a) != 0 || a.star ||
	    !msg_param(a.params, "index", index))
		return false;
	for (size_t i = 0; i < index->n; i++)
		if (!chr_is_digit(index->p[i]) && index->p[i] != '.')
			return false;
	return index->n > 0;
}

/* ---- the request: RFC 7044 9.1 ---- */

static void
append_value(struct buf *out, struct str value)
{
	if (out->n > 0)
		buf_puts(out, ", ");
	buf_str(out, value);
}

/* 10.1.2: with privacy it tells that there was a user, not which. */
static void
write_own_entry(const struct proxy_context *c, struct str uri, unsigned status,
    struct buf *out)
{
	buf_putc(out, '<');
	if (c->history_private)
		buf_puts(out, "sip:anonymous@anonymous.invalid");
	else
		buf_str(out, uri);
	/* 10.2: escaped, as a header of the URI. */
	if (status >= 300)
		buf_printf(out, "%cReason=SIP%%3Bcause%%3D%u",
		    !c->history_private && str_chr(uri, '?') >= 0 ? '&' : '?',
		    status);
	buf_putc(out, '>');
}

/* The entries of M into GOT; LAST is the index of the last, and its URI in
 * *URI. */
static void
read_entries(
    const struct msg *m, struct buf *got, struct buf *last, struct str *uri)
{
	struct msg_values it = { 0 };
	struct msg_addr a;
	struct str v, index;

	while (msg_next_value(m, MSG_H_HISTORY_INFO, &it, &v)) {
		append_value(got, v);
		if (!read_index(v, &index))
			continue;
		buf_clear(last);
		buf_str(last, index);
		msg_addr_read(v, &a);
		*uri = a.uri;
	}
}

/* C keeps what B has, or NULL where that is nothing. */
static char *
take_history_text(struct proxy_context *c, struct buf *b)
{
	char *text = b->err == 0 && b->n > 0 ? buf_take(b) : NULL;

	node_fail_nomem(c->proxy->node, b->err);
	buf_free(b);
	return text;
}

void
proxy_history_take(struct proxy_context *c)
{
	struct buf got = BUF_INIT, own = BUF_INIT, base = BUF_INIT;
	const struct msg *m = proxy_context_request(c);
	struct str uri = STR_NULL;

	if (!node_attr_bool(c->proxy->node, "history", false) ||
	    msg_tag_of(m, MSG_H_TO).n > 0)
		return;
	c->history_private = proxy_wants_privacy(m, "history") ||
			     proxy_wants_privacy(m, "header");
	c->history_uri = m->uri;
	read_entries(m, &got, &base, &uri);
	/* 9.4 */
	c->history_back =
	    got.n > 0 || msg_lists(m, MSG_H_SUPPORTED, "histinfo");
	if (base.n == 0 || !msg_uri_equal(uri, m->uri)) {
		/* 9.1, 10.3 rule 6: on behalf of a sender that left it out. */
		buf_puts(&base, base.n == 0 ? "1" : ".0");
		write_own_entry(c, m->uri, 0, &own);
		buf_puts(&own, ";index=");
		buf_str(&own, buf_view(&base));
	}
	if (got.err != 0)
		base.err = got.err;
	c->history_own = take_history_text(c, &own);
	c->history_got = take_history_text(c, &got);
	c->history_base = take_history_text(c, &base);
}

void
proxy_history_free(struct proxy_context *c)
{
	mem_free(c->history_got);
	mem_free(c->history_own);
	mem_free(c->history_base);
}

/* ---- the entries of the branches: 9.2, 9.3 ---- */

/* 10.4: how the target was found. */
static const struct target_row {
	enum rule_id why;
	const char *param;
	const char *reason; /* of a Diversion: RFC 5806 4 */
} targets[] = {
	{ RULE_PROXY_BY_LOCATION, "rc", NULL },
	{ RULE_PROXY_BY_PATH, "rc", NULL },
	{ RULE_SERVICE_FIND_ME, "rc", NULL },
	{ RULE_SERVICE_FORWARD, "mp", "unconditional" },
	{ RULE_SERVICE_BUSY, "mp", "user-busy" },
	{ RULE_SERVICE_NO_ANSWER, "mp", "no-answer" },
	/* A redirect server alone would know. */
	{ RULE_PROXY_RECURSE, NULL, NULL },
};

/* Its row; NULL where it was the way to the Request-URI alone. */
static const struct target_row *
find_target_row(enum rule_id why)
{
	for (size_t i = 0; i < COUNT_OF(targets); i++)
		if (targets[i].why == why)
			return &targets[i];
	return NULL;
}

/* B's place among its context's, from 1. */
static unsigned
number_of_branch(const struct proxy_branch *b)
{
	unsigned n = 1;

	list_each (
	    const struct proxy_branch, other, &b->context->branches, link) {
		if (other == b)
			break;
		n += other->route != 0;
	}
	return n;
}

static void
write_entry(const struct proxy_branch *b, struct str uri, struct buf *out)
{
	const struct proxy_context *c = b->context;
	const struct target_row *row = find_target_row(b->hop.why);
	const char *param = row != NULL ? row->param : "np";
	LOCAL_BUF entry = BUF_INIT;

	write_own_entry(
	    c, b->hop.uri.n > 0 ? b->hop.uri : uri, b->status, &entry);
	buf_printf(
	    &entry, ";index=%s.%u", c->history_base, number_of_branch(b));
	if (param != NULL)
		buf_printf(&entry, ";%s=%s", param, c->history_base);
	append_value(out, buf_view(&entry));
	if (entry.err != 0)
		out->err = entry.err;
}

/* 9.3: the branches answered, or given up, except for BUT; each with the
 * entries below it in its answer. */
static void
write_answered(const struct proxy_context *c, const struct proxy_branch *but,
    struct str uri, struct buf *out)
{
	list_each (const struct proxy_branch, b, &c->branches, link) {
		if (b == but || b->route == 0 ||
		    (!b->provisional && b->status == 0))
			continue;
		write_entry(b, uri, out);
		if (b->history != NULL)
			append_value(out, str_of(b->history));
	}
}

/* All that those who get a response hear. */
static void
write_told(const struct proxy_context *c, struct buf *out)
{
	if (c->history_got != NULL)
		append_value(out, str_of(c->history_got));
	if (c->history_own != NULL)
		append_value(out, str_of(c->history_own));
	write_answered(c, NULL, c->history_uri, out);
}

/* There is room for TEXT in M, whatever is there: a field that is too long
 * would be dropped by the next server. */
static bool
fits_message(const struct msg *m, const struct buf *text)
{
	struct str rest = buf_view(text);
	size_t n = 0;

	while (rest.n > 0)
		n += msg_cut_value(&rest).n > 0;
	return n + msg_count_values(m, MSG_H_HISTORY_INFO) <= MSG_MAX_VALUES &&
	       msg_head(m).n + text->n + 1024 <= MSG_MAX_HEAD &&
	       m->nfields + 8 <= MSG_MAX_HEADERS;
}

static void
put_history_field(const char *name, struct buf *values, struct buf *out)
{
	if (values->err != 0)
		out->err = values->err;
	else if (values->n > 0)
		buf_printf(out, "%s: %s\r\n", name, buf_cstr(values));
}

void
proxy_history_request(
    const struct proxy_branch *b, const struct msg *m, struct buf *out)
{
	const struct proxy_context *c = b->context;
	LOCAL_BUF values = BUF_INIT;

	if (c->history_base == NULL)
		return;
	if (c->history_own != NULL)
		append_value(&values, str_of(c->history_own));
	write_answered(c, b, m->uri, &values);
	write_entry(b, m->uri, &values);
	if (values.err != 0 || fits_message(m, &values)) {
		put_history_field("History-Info", &values, out);
		proxy_note(c->proxy, "+ History-Info: ", buf_view(&values),
		    RULE_HISTORY_ADDED);
	}
}

/* What M, a response of B, has below B's own entry. */
static void
take_below(struct proxy_branch *b, const struct msg *m)
{
	struct msg_values it = { 0 };
	LOCAL_BUF below = BUF_INIT, prefix = BUF_INIT;
	struct str v, index;

	buf_printf(
	    &prefix, "%s.%u.", b->context->history_base, number_of_branch(b));
	while (msg_next_value(m, MSG_H_HISTORY_INFO, &it, &v))
		if (read_index(v, &index) &&
		    str_starts(index, buf_cstr(&prefix)))
			append_value(&below, v);
	if (below.n > 0 || below.err != 0) {
		mem_free(b->history);
		b->history = take_history_text(b->context, &below);
	}
}

void
proxy_history_response(struct proxy_branch *b, const struct msg *m,
    struct sip_change *change, struct buf *out)
{
	struct proxy_context *c = b->context;
	LOCAL_BUF values = BUF_INIT;

	if (c->history_base == NULL || m->status == 100)
		return;
	take_below(b, m);
	if (!c->history_back)
		return;
	write_told(c, &values);
	if (change->ndrop < SIP_CHANGE_DROPS &&
	    (values.err != 0 || fits_message(m, &values))) {
		change->drop[change->ndrop++] = MSG_H_HISTORY_INFO;
		put_history_field("History-Info", &values, out);
	}
}

size_t
proxy_history_reply(struct proxy_context *c, unsigned status,
    struct buf *values, struct sip_header *field)
{
	const struct msg *m = proxy_context_request(c);

	if (c->history_base == NULL || !c->history_back || status == 100)
		return 0;
	write_told(c, values);
	if (values->err != 0 || !fits_message(m, values))
		return 0;
	*field = (struct sip_header){ "History-Info", buf_view(values) };
	proxy_note(
	    c->proxy, "+ History-Info: ", buf_view(values), RULE_HISTORY_TOLD);
	return 1;
}

/* ---- Diversion: RFC 5806 5.4 ---- */

/* RFC 5806 4: the last diversion stands first. */
void
proxy_divert(const struct proxy_branch *b, const struct msg *m,
    struct sip_change *change, struct buf *out)
{
	const struct proxy *p = b->context->proxy;
	const struct target_row *row = find_target_row(b->hop.why);
	struct msg_values it = { 0 };
	LOCAL_BUF values = BUF_INIT;
	struct str v;

	if (row == NULL || row->reason == NULL ||
	    !node_attr_bool(p->node, "diversion", false) ||
	    change->ndrop == SIP_CHANGE_DROPS)
		return;
	buf_putc(&values, '<');
	buf_str(&values, m->uri);
	buf_printf(&values, ">;reason=%s;counter=1", row->reason);
	while (msg_next_value(m, MSG_H_DIVERSION, &it, &v))
		append_value(&values, v);
	change->drop[change->ndrop++] = MSG_H_DIVERSION;
	put_history_field("Diversion", &values, out);
	proxy_note(p, "+ Diversion: ", buf_view(&values), RULE_DIVERSION_ADDED);
}
