/*
 * Follows the queries of DNS and STUN as their messages go by, and finds whose
 * query each is; see inspect/dns_stun_queries.h.
 */
#include "inspect/dns_stun_queries.h"

#include "base/err.h"
#include "base/mem.h"
#include "dns/dns_message.h"
#include "inspect/inspect_in.h"
#include "inspect/locate.h"
#include "msg/bodies.h"
#include "msg/header_names.h"
#include "follower/related_calls.h"
#include "stun/stun.h"

/* ---- the program that a query belongs to ---- */

static void
query_put_name(struct inspect *in, struct str name)
{
	buf_clear(&in->bytes2);
	for (size_t i = 0; i < name.n; i++)
		buf_putc(&in->bytes2, chr_lower(name.p[i]));
	if (name.n > 1 && name.p[name.n - 1] == '.')
		in->bytes2.n--;
	inspect_put_number(
	    in, inspect_mark(in, MARK_NAMED, buf_view(&in->bytes2)), 1);
}

/* ---- what messages have ---- */

static void
query_put_uri(struct inspect *in, struct str text)
{
	struct msg_uri uri;

	if (msg_uri_read(text, &uri) == 0 && uri.sip)
		query_put_name(in, uri.host);
}

static void
query_put_field(struct inspect *in, const struct msg *m, enum msg_header id)
{
	struct msg_values iter = { 0 };
	struct str value;
	struct msg_via via;

	while (msg_next_value(m, id, &iter, &value))
		if (id != MSG_H_VIA)
			query_put_uri(in, msg_addr_uri(value));
		else if (msg_via_read(value, &via) == 0)
			query_put_name(in, via.host);
}

/* Where SDP's media go: a packet to such an address is not a question to a
 * server, it keeps a NAT's binding open (RFC 6263 4). */
static void
query_put_media(struct inspect *in, struct str sdp)
{
	struct buf text = BUF_INIT;
	struct str at;
	struct addr a;

	in->sdp_seq = 0;
	if (sdp.n == 0 || msg_sdp_read(in->sdp, sdp, &at) != 0)
		return;
	for (size_t i = 0; i < in->sdp->nmedia; i++) {
		if (addr_parse(in->sdp->media[i].address, &a) != 0)
			continue;
		a.port = in->sdp->media[i].port;
		buf_clear(&text);
		addr_write(&a, &text);
		query_put_name(in, buf_view(&text));
	}
	buf_end(&text, &in->err);
}

static void
query_put_message(struct inspect *in, const struct msg *m)
{
	static const enum msg_header fields[] = { MSG_H_VIA, MSG_H_ROUTE,
		MSG_H_RECORD_ROUTE, MSG_H_FROM, MSG_H_TO, MSG_H_CONTACT,
		MSG_H_PATH, MSG_H_SERVICE_ROUTE, MSG_H_REFER_TO };

	if (m->request)
		query_put_uri(in, m->uri);
	for (size_t i = 0; i < COUNT_OF(fields); i++)
		query_put_field(in, m, fields[i]);
	query_put_media(in, msg_sdp_of(m));
}

/* All of the trace: a name is asked for before a message goes there. */
static int
query_read_names(struct inspect *in, const struct trace *t)
{
	struct sent_message *m = mem_zalloc(1, sizeof(*m));
	int err = m != NULL ? 0 : ERR_NOMEM;

	for (uint64_t seq = 1; err == 0 && seq <= trace_count(t); seq++) {
		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		err = sent_message_read(m, t, seq);
		if (err == 0 && m->sip)
			err = sent_message_read_text(m);
		if (err == 0 && m->sip)
			query_put_message(in, &m->msg);
		err = err == ERR_NOMEM ? err : in->err;
	}
	if (m != NULL)
		sent_message_free(m);
	mem_free(m);
	return err;
}

bool
dns_stun_is_named(struct inspected_message *l, struct str name)
{
	struct inspect *in = l->in;

	if (!in->names_read)
		in->err = query_read_names(in, l->t);
	in->names_read = true;
	return inspect_number(in, inspect_mark(in, MARK_NAMED, name)) != 0;
}

/* ---- whose it is ---- */

/* Only SIP makes such queries. */
static bool
is_sip_only(struct str name)
{
	return str_starts(name, "_sip.") || str_starts(name, "_sips.") ||
	       str_ends(name, ".e164.arpa");
}

static void
dns_stun_note_target(struct inspect *in, struct str asked, struct str target)
{
	struct str name;

	str_cut(asked, ' ', &name);
	if (is_sip_only(name) || str_starts(asked, "NAPTR "))
		query_put_name(in, target);
}

/*
 * A capture of a host has queries of its other programs as well. SIP's are
 * queries for a name in its messages, or whose answers lead to one. So are
 * queries that only SIP makes (RFC 3263 4.1, RFC 6116 3.2).
 */
bool
dns_stun_is_of_sip(struct inspected_message *l, uint64_t seq, struct str asked)
{
	struct str name;

	str_cut(asked, ' ', &name);
	return l->in->whole || is_sip_only(name) ||
	       related_calls_find(l->in->related, seq).n > 0 ||
	       dns_stun_is_named(l, name);
}

/* ---- messages of other protocols ---- */

static struct str
query_name_of(const struct inspected_message *l, uint32_t node)
{
	return node == TRACE_NO_NODE ? STR("") : trace_name(l->t, node);
}

/* Questions of one protocol between two nodes, with that id. */
static struct str
question_key(struct inspected_message *l, struct str asker, struct str server,
    struct str id)
{
	return inspect_key(
	    l->in, str_of(trace_proto_name(l->proto)), asker, server, id);
}

/* The first sending of a question of L's node, under KEY: until an answer has
 * come it is asked again. */
static void
query_ask(
    struct inspected_message *l, struct str key, struct str name, bool may_fail)
{
	struct inspect *in = l->in;
	struct question *q = kept_question(in, key);
	uint64_t asked = str_hash_words(name, 0);

	if (q != NULL && q->came == 0 && q->asked == asked)
		return;
	q = arena_get(in->arena, 1, sizeof(*q));
	keep_question(in, key, q);
	if (q == NULL)
		return;
	*q = (struct question){ .proto = l->proto,
		.asker = l->node,
		.server = l->other,
		.seq = l->seq,
		.t = l->time,
		.name = inspect_keep(in, name),
		.asked = asked,
		.may_fail = may_fail };
	q->struck = inspect_struck(in, l->seq);
	*in->last_question = q;
	in->last_question = &q->next;
}

/* The message answers Q; what it is, when it comes. */
static void
query_answer(struct inspected_message *l, struct question *q)
{
	char room[24];

	if (q->answer == 0)
		q->answer = l->seq;
	if (q->struck == 0)
		q->struck = inspect_struck(l->in, l->seq);
	keep_answered(
	    l->in, inspect_key(l->in, inspect_digits(l->seq, room)), q);
}

/* ---- DNS ---- */

static void
query_write_question(const struct dns_message *m, struct buf *out)
{
	struct dns_name name = m->question;

	buf_clear(out);
	dns_type_write(m->type, out);
	buf_putc(out, ' ');
	dns_name_fold(&name);
	dns_name_write(&name, out);
}

/* Whose lookup has failed: told where its request is rejected, unless another
 * name was found since. */
static void
note_failure(struct inspected_message *l, const struct dns_message *m)
{
	struct inspect *in = l->in;
	struct str call = related_calls_find(in->related, l->seq), key;

	if (call.n == 0)
		return;
	key = inspect_mark(in, MARK_UNNAMED, query_name_of(l, l->other), call);
	if (m->rcode == DNS_NXDOMAIN || m->rcode == DNS_SERVFAIL ||
	    m->rcode == DNS_REFUSED)
		inspect_put_number(in, key, l->seq);
	else if (m->counts[DNS_ANSWER] > 0)
		inspect_forget_number(in, key);
}

/* Names that are asked for next. */
static void
note_targets(struct inspect *in, const struct dns_message *m, struct str asked)
{
	const struct dns_record *r = dns_message_section(m, DNS_ANSWER);
	struct buf name = BUF_INIT;
	struct dns_naptr naptr;
	struct dns_srv srv;

	for (size_t i = 0; i < m->counts[DNS_ANSWER]; i++) {
		buf_clear(&name);
		if (r[i].type == DNS_TYPE_SRV &&
		    dns_record_srv(&r[i], &srv) == 0)
			dns_name_write(&srv.target, &name);
		else if (r[i].type == DNS_TYPE_NAPTR &&
			 dns_record_naptr(&r[i], &naptr) == 0)
			dns_name_write(&naptr.replacement, &name);
		if (name.n > 0)
			dns_stun_note_target(in, asked, buf_view(&name));
	}
	buf_end(&name, &in->err);
}

static void
dns_sent(struct inspected_message *l, const struct trace_rec *rec)
{
	struct inspect *in = l->in;
	struct str bytes = trace_bytes(rec, &in->own);
	struct dns_message m = DNS_MESSAGE_INIT;
	struct str asker = query_name_of(l, l->node),
		   server = query_name_of(l, l->other);
	enum dns_fault fault;
	char room[24];
	struct str key;
	int err = dns_message_read(dns_message_unframe(bytes), &m, &fault);

	if (err == ERR_NOMEM)
		in->err = err;
	if (err == 0 && m.has_question) {
		query_write_question(&m, &in->bytes2);
		key = m.response ? question_key(l, server, asker,
				       inspect_digits(m.id, room))
				 : question_key(l, asker, server,
				       inspect_digits(m.id, room));
		l->asked = str_hash_words(buf_view(&in->bytes2), 0);
		if (!m.response) {
			query_ask(l, key, buf_view(&in->bytes2), false);
			told_note_question(l, &m);
		} else {
			struct str asked =
			    inspect_keep(in, buf_view(&in->bytes2));

			l->question = kept_question(in, key);
			l->answers = true;
			l->name = asked;
			inspect_look(l, AT_SERVICE);
			if (l->question != NULL)
				query_answer(l, l->question);
			note_targets(in, &m, asked);
			note_failure(l, &m);
		}
	}
	dns_message_free(&m);
}

/* L's record brings the answer to Q. */
static void
dns_came(struct inspected_message *l, const struct question *q)
{
	struct dns_message m = DNS_MESSAGE_INIT;
	struct trace_rec altered;
	enum dns_fault fault;
	struct str bytes =
	    inspected_sent(l, &l->in->read.sent, &altered, &l->in->own);
	int err = dns_message_read(dns_message_unframe(bytes), &m, &fault);

	if (err == ERR_NOMEM)
		l->in->err = err;
	if (err == 0 && m.has_question)
		told_note_answer(l, q->server, &m);
	dns_message_free(&m);
}

/* ---- STUN ---- */

/* A check of ICE (RFC 8445 7.1.1): of the ways that are tried few go. */
static bool
is_check(const struct stun *m)
{
	struct stun_attr a;
	size_t at = 0;

	while (stun_next(m, &at, &a))
		if (a.type == STUN_PRIORITY)
			return true;
	return false;
}

static void
stun_sent(struct inspected_message *l, const struct trace_rec *rec)
{
	struct inspect *in = l->in;
	struct str bytes = trace_bytes(rec, &in->own);
	struct question *q;
	struct addr *mapped;
	struct stun m;

	if (stun_read(bytes, &m) != STUN_FAULT_NONE)
		return;
	if (m.class == STUN_REQUEST) {
		query_ask(l, question_key(l, STR_NULL, STR_NULL, m.id),
		    l->send.dst_addr, m.change != 0 || is_check(&m));
		inspect_look(l, AT_SERVICE);
		return;
	}
	/* It goes to the host that has asked, behind whatever NAT. */
	q = kept_question(in, question_key(l, STR_NULL, STR_NULL, m.id));
	if (q == NULL)
		return;
	query_answer(l, q);
	if (m.mapped.len == 0)
		return;
	mapped = arena_get(in->arena, 1, sizeof(*mapped));
	keep_mapped(in, inspect_key(in, trace_name(l->t, q->asker)), mapped);
	if (mapped != NULL)
		*mapped = m.mapped;
}

/* ---- TLS, WebSocket, empty lines ---- */

/* Their names say it. */
static void
layer_sent(struct inspected_message *l, const struct trace_rec *rec)
{
	(void)rec;
	inspect_look(l, AT_SERVICE);
}

/* ---- all ---- */

typedef void sent_fn(struct inspected_message *l, const struct trace_rec *rec);

void
dns_stun_sent(struct inspected_message *l, const struct trace_rec *rec)
{
	static sent_fn *const sent[TRACE_PROTO_COUNT] = {
		[TRACE_PROTO_DNS] = dns_sent,
		[TRACE_PROTO_STUN] = stun_sent,
		[TRACE_PROTO_TLS] = layer_sent,
		[TRACE_PROTO_WEBSOCKET] = layer_sent,
		[TRACE_PROTO_CRLF] = layer_sent,
	};

	l->proto = trace_proto_find(l->send.proto);
	l->other = trace_find_name(l->t, l->send.dst);
	if (l->proto != TRACE_PROTO_COUNT && sent[l->proto] != NULL)
		sent[l->proto](l, rec);
}

void
dns_stun_came(struct inspected_message *l)
{
	char room[24];
	struct question *q = kept_answered(
	    l->in, inspect_key(l->in, inspect_digits(l->in->read.seq, room)));

	if (q == NULL || q->came != 0)
		return;
	q->came = l->seq;
	q->t_came = l->time;
	if (q->proto == TRACE_PROTO_DNS)
		dns_came(l, q);
}

void
dns_stun_noted(struct inspected_message *l, const struct trace_rec *rec)
{
	const char *key = rec->kind == TRACE_NOTE ? "missing" : "fault";
	struct str word = trace_str(rec, key, &l->in->fields);

	l->unmasked = str_is(word, "unmasked") ||
		      (rec->kind == TRACE_BAD && str_is(word, "websocket"));
	if (!l->unmasked)
		return;
	l->proto = TRACE_PROTO_WEBSOCKET;
	inspect_look(l, AT_SERVICE);
}

void
dns_stun_ended(struct inspected_message *l)
{
	for (struct question *q = l->in->first_question; q != NULL;
	     q = q->next) {
		l->question = q;
		l->proto = q->proto;
		l->node = q->asker;
		l->other = q->server;
		l->raw = q->struck;
		inspect_look(l, AT_QUESTION);
	}
	l->question = NULL;
	l->raw = 0;
}
