/*
 * The related calls of messages of ISUP and H.248, of questions to servers and
 * of DNS: which message was made of which.  See related_calls.c.
 */
#include "base/err.h"
#include "dns/dns_message.h"
#include "isup/isup.h"
#include "isup/m3ua.h"
#include "megaco/megaco.h"
#include "msg/header_names.h"
#include "follower/related_calls_in.h"

/* Causes that are looked at between a message and what it was made of. */
#define CAUSES 24

/* The `send` of the message whose arrival has led to record SEQ, or 0. */
static uint64_t
find_made_of(const struct trace *t, uint64_t seq)
{
	struct trace_rec rec;

	for (unsigned i = 0; i < CAUSES && seq != 0; i++) {
		seq = trace_cause_of(t, seq);
		if (seq == 0 || trace_kind_of(t, seq) != TRACE_RECV)
			continue;
		trace_get(t, seq, &rec);
		return (uint64_t)trace_int(&rec, "of", 0);
	}
	return 0;
}

/* The key of the circuit that M is about; *BEGINS: it is an IAM. */
static struct str
circuit_key(struct related_calls *s, const struct sent_message *m, bool *begins)
{
	struct mtp_label l;
	struct str isup;
	unsigned cic;

	if (!mtp3_read_isup(trace_bytes(&m->sent, &s->bytes), &l, &cic, &isup))
		return STR_NULL;
	*begins = isup.n > 0 && isup.p[0] == ISUP_IAM;
	buf_clear(&s->name);
	buf_printf(&s->name, "%u %u", (unsigned)(l.opc < l.dpc ? l.opc : l.dpc),
	    (unsigned)(l.opc < l.dpc ? l.dpc : l.opc));
	buf_clear(&s->bytes);
	buf_u64(&s->bytes, cic);
	return related_calls_join_key(
	    s, 'c', buf_view(&s->name), buf_view(&s->bytes));
}

/* The key of the transaction that M is of; *BEGINS: it is one. */
static struct str
transaction_key(
    struct related_calls *s, const struct sent_message *m, bool *begins)
{
	enum megaco_id kind;
	struct megaco in;
	uint32_t number;

	megaco_read(trace_bytes(&m->sent, &s->bytes), &in);
	megaco_first(&in, &kind, &number);
	if (kind > MEGACO_PENDING)
		return STR_NULL;
	*begins = kind == MEGACO_TRANSACTION;
	buf_clear(&s->name);
	buf_u64(&s->name, number);
	return related_calls_join_key(s, 'm',
	    *begins ? m->send.src_addr : m->send.dst_addr, buf_view(&s->name));
}

/* What names the call that messages of a protocol are of. */
static struct str (*const keys[TRACE_PROTO_COUNT])(
    struct related_calls *s, const struct sent_message *m, bool *begins) = {
	[TRACE_PROTO_ISUP] = circuit_key,
	[TRACE_PROTO_MEGACO] = transaction_key,
};

static struct str
made_key(struct related_calls *s, uint64_t seq)
{
	return related_calls_join_key(
	    s, 'o', related_calls_bytes_of(&seq), STR_NULL);
}

/* The group that the message of record SEQ is of; NULL where it is of none, or
 * where its call is known: then *CALL_ID says which. */
static struct group *
group_made_of(struct related_calls *s, const struct trace *t, uint64_t seq,
    struct buf *call_id)
{
	struct sent_message m = SENT_MESSAGE_INIT;
	struct group *g = NULL;
	enum trace_proto proto;
	bool begins;
	struct str key = STR_NULL;

	if (seq != 0 && sent_message_read(&m, t, seq) == 0) {
		proto = trace_proto_find(m.send.proto);
		if (m.sip) {
			buf_str(call_id, m.send.call_id);
		} else if (proto < TRACE_PROTO_COUNT && keys[proto] != NULL) {
			key = keys[proto](s, &m, &begins);
		} else {
			buf_str(call_id, related_calls_find(s, seq));
			key = made_key(s, seq);
		}
		g = key.n > 0 ? map_get(s->groups, key) : NULL;
	}
	sent_message_free(&m);
	return g;
}

/* A group that SIP may be made of. */
static struct group *
new_made(struct related_calls *s)
{
	struct group *g = related_calls_new_group(s);

	if (g != NULL) {
		g->made = true;
		s->made++;
	}
	return g;
}

void
related_calls_note_isup(struct related_calls *s, const struct trace *t)
{
	struct buf call_id = BUF_INIT;
	uint64_t made_of = find_made_of(t, s->m.seq);
	struct group *of = group_made_of(s, t, made_of, &call_id), *g;
	bool begins = false;
	struct str key = circuit_key(s, &s->m, &begins);

	if (key.n > 0) {
		g = map_get(s->groups, key);
		if (begins && of != NULL && of != g)
			related_calls_put_group(
			    s, key, g = of); /* an exchange passes on */
		else if (g == NULL || (begins && s->m.send.retx == 0))
			related_calls_put_group(s, key, g = new_made(s));
		related_calls_join_group(s, g);
		if (call_id.n > 0)
			related_calls_claim(s, g, buf_view(&call_id));
	}
	buf_end(&call_id, &s->err);
}

/* ---- lines of a gateway ---- */

/* The key of the line that the transaction just read is about; *LIFTED: who was
 * in no context has picked up. */
static struct str
line_key(struct related_calls *s, bool *lifted)
{
	struct megaco_item command, first, context, seen, event;
	enum megaco_id kind;
	struct megaco in;
	uint32_t number;
	size_t at = 0;
	bool notify;

	megaco_read(trace_bytes(&s->m.sent, &s->bytes), &in);
	command = megaco_first(&in, &kind, &number);
	notify = command.id == MEGACO_NOTIFY;
	*lifted = notify &&
		  megaco_next(in.body, MEGACO_IN_MESSAGE, &at, &first) &&
		  megaco_find(&first, MEGACO_CONTEXT, &context) &&
		  str_is(context.value, "-") &&
		  megaco_find(&command, MEGACO_OBSERVED, &seen) &&
		  megaco_find_named(&seen, "al/of", &event);
	return related_calls_join_key(s, 'l',
	    notify ? s->m.send.src_addr : s->m.send.dst_addr, command.value);
}

/* A transaction, or its reply: of the call of the SIP that has led to it, of
 * the transaction that has, or of the line. */
void
related_calls_note_megaco(struct related_calls *s, const struct trace *t)
{
	struct buf call_id = BUF_INIT;
	bool asks = false, lifted = false;
	struct str key = transaction_key(s, &s->m, &asks);
	struct group *g = key.n > 0 ? map_get(s->groups, key) : NULL;

	if (g == NULL && asks) {
		g = group_made_of(s, t, find_made_of(t, s->m.seq), &call_id);
		key = line_key(s, &lifted);
		if (g == NULL && !lifted && call_id.n == 0)
			g = map_get(s->groups, key);
		if (g == NULL)
			g = new_made(s);
		related_calls_put_group(s, line_key(s, &lifted), g);
		related_calls_put_group(s, transaction_key(s, &s->m, &asks), g);
		if (call_id.n > 0)
			related_calls_claim(s, g, buf_view(&call_id));
	}
	if (g != NULL)
		related_calls_join_group(s, g);
	buf_end(&call_id, &s->err);
}

/* ---- questions to a server, and their effects ---- */

void
related_calls_note_made(struct related_calls *s, const struct trace *t)
{
	struct buf call_id = BUF_INIT;
	struct group *g =
	    group_made_of(s, t, find_made_of(t, s->m.seq), &call_id);
	struct served *c =
	    call_id.n > 0 ? related_calls_call_of(s, buf_view(&call_id)) : NULL;

	if (c != NULL) {
		related_calls_tie(
		    s, c, s->m.seq, trace_proto_find(s->m.send.proto));
	} else {
		if (g == NULL)
			g = new_made(s);
		related_calls_put_group(s, made_key(s, s->m.seq), g);
		related_calls_join_group(s, g);
	}
	buf_end(&call_id, &s->err);
}

void
related_calls_claim_made(struct related_calls *s, const struct trace *t)
{
	struct buf call_id = BUF_INIT;
	struct group *g =
	    group_made_of(s, t, find_made_of(t, s->m.seq), &call_id);

	related_calls_claim(s, g, s->m.send.call_id);
	buf_end(&call_id, &s->err);
}

/* ---- which call questions about names serve ---- */

/* What names a domain, its services left out ("_sip._udp"), as text. */
static struct str
bare_name(struct related_calls *s, const struct dns_name *name)
{
	struct dns_name rest = *name;

	while (rest.n > 2 && rest.b[1] == '_')
		dns_name_cut(&rest, 1, &rest);
	buf_clear(&s->name);
	dns_name_write(&rest, &s->name);
	if (s->name.err != 0)
		s->err = ERR_NOMEM;
	return buf_view(&s->name);
}

static struct str
host_of_uri(struct str text)
{
	struct msg_uri uri;

	return msg_uri_read(text, &uri) == 0 && uri.sip ? uri.host : STR_NULL;
}

/* The Call-ID of a request that came to HOST for NAME, the last of a few. */
static struct str
asked_by(const struct trace *t, const struct host *host, struct str name,
    struct sent_message *m)
{
	size_t least = host->n > REQUESTS ? host->n - REQUESTS : 0;

	for (size_t i = host->n; i > least; i--)
		if (sent_message_read(
			m, t, host->requests[(i - 1) % REQUESTS]) == 0 &&
		    sent_message_read_text(m) != ERR_NOMEM && m->msg.request &&
		    str_ieq(host_of_uri(m->msg.uri), name))
			return m->send.call_id;
	return STR_NULL;
}

static void
find_asking(struct related_calls *s, const struct trace *t, struct group *g,
    struct str asker, struct str name)
{
	const struct host *host = map_get(s->hosts, asker);
	struct sent_message m = SENT_MESSAGE_INIT;
	struct str id;

	if (host == NULL)
		return;
	id = asked_by(t, host, name, &m);
	if (id.n > 0)
		related_calls_claim(s, g, id);
	sent_message_free(&m);
}

/* ASKER has asked SERVER: for whom it was asked itself, or on its own. */
static void
made_take_question(struct related_calls *s, const struct trace *t,
    struct str asker, struct str server, const struct dns_message *dm)
{
	struct str name = bare_name(s, &dm->question);
	struct group *g =
	    map_get(s->groups, related_calls_join_key(s, 'q', asker, name));

	if (g == NULL)
		g = map_get(
		    s->groups, related_calls_join_key(s, 'n', asker, name));
	if (g == NULL || (g->call != NULL && g->asker == str_hash(asker))) {
		g = related_calls_new_group(s);
		if (g == NULL)
			return;
		g->asker = str_hash(asker);
		g->names = true;
		s->unclaimed++;
		find_asking(s, t, g, asker, name);
	}
	related_calls_put_group(
	    s, related_calls_join_key(s, 'n', asker, name), g);
	related_calls_put_group(
	    s, related_calls_join_key(s, 'q', server, name), g);
	related_calls_join_group(s, g);
}

/* The host in "!^.*$!sip:info@example.com!" (RFC 3402 3.2). */
static struct str
host_of_regexp(struct str regexp)
{
	ptrdiff_t at = str_chr(regexp, '@');
	struct str rest, host;

	host = str_cut(
	    str_slice(regexp, at < 0 ? regexp.n : (size_t)at + 1, regexp.n),
	    '!', &rest);
	return str_cut(host, ';', &rest);
}

/* The name that R leads to: of a server, of another domain, in a URI. */
static struct str
name_led_to(struct related_calls *s, const struct dns_record *r)
{
	struct dns_naptr naptr;
	struct dns_name name;
	struct dns_srv srv;

	if (dns_record_naptr(r, &naptr) == 0)
		return naptr.regexp.n > 0 ? host_of_regexp(naptr.regexp)
					  : bare_name(s, &naptr.replacement);
	if (dns_record_srv(r, &srv) == 0)
		return bare_name(s, &srv.target);
	return dns_record_target(r, &name) == 0 ? bare_name(s, &name)
						: STR_NULL;
}

static void
made_lead_to(struct related_calls *s, struct group *g, struct str asker,
    const struct dns_record *r)
{
	struct addr addr;
	struct str name;

	if (dns_record_addr(r, &addr) == 0) {
		buf_clear(&s->name);
		addr_write_host(&addr, &s->name);
		related_calls_put_group(s,
		    related_calls_join_key(s, 'a', asker, buf_view(&s->name)),
		    g);
		return;
	}
	name = name_led_to(s, r);
	if (name.n > 0)
		related_calls_put_group(
		    s, related_calls_join_key(s, 'n', asker, name), g);
}

void
related_calls_note_dns(struct related_calls *s, const struct trace *t)
{
	struct str asker = s->m.send.src, server = s->m.send.dst;
	struct str bytes = trace_bytes(&s->m.sent, &s->bytes);
	struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;
	struct group *g;
	int err = dns_message_read(dns_message_unframe(bytes), &m, &fault);

	if (err == 0 && m.has_question && !m.response) {
		made_take_question(s, t, asker, server, &m);
	} else if (err == 0 && m.has_question) {
		asker = s->m.send.dst;
		g = map_get(s->groups, related_calls_join_key(s, 'n', asker,
					   bare_name(s, &m.question)));
		if (g != NULL)
			related_calls_join_group(s, g);
		for (size_t i = 0, n = dns_message_count(&m);
		     g != NULL && i < n; i++)
			made_lead_to(s, g, asker, &m.records[i]);
	}
	if (err == ERR_NOMEM)
		s->err = err;
	dns_message_free(&m);
}

void
related_calls_claim_names(struct related_calls *s)
{
	const struct trace_send *m = &s->m.send;
	struct msg_values iter = { 0 };
	struct str route;
	struct addr dst;

	if (addr_parse(m->dst_addr, &dst) == 0) {
		buf_clear(&s->name);
		addr_write_host(&dst, &s->name);
		related_calls_claim(s,
		    map_get(s->groups, related_calls_join_key(
					   s, 'a', m->src, buf_view(&s->name))),
		    m->call_id);
	}
	if (sent_message_read_text(&s->m) == ERR_NOMEM)
		return;
	related_calls_claim(s,
	    map_get(s->groups, related_calls_join_key(
				   s, 'n', m->src, host_of_uri(s->m.msg.uri))),
	    m->call_id);
	if (msg_next_value(&s->m.msg, MSG_H_ROUTE, &iter, &route))
		related_calls_claim(s,
		    map_get(s->groups, related_calls_join_key(s, 'n', m->src,
					   host_of_uri(msg_addr_uri(route)))),
		    m->call_id);
}
