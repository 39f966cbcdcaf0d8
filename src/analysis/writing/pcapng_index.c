/* The first walk: what there is, and what becomes of each message. */
#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "writing/pcapng_in.h"

#include <string.h>

void
pcapng_fail(struct pcapng *p, int err)
{
	if (p->err == 0)
		p->err = err;
}

uint32_t
pcapng_at(const struct pcapng *p, uint64_t seq, enum trace_kind kind)
{
	if (seq == 0 || seq > trace_count(p->t) ||
	    trace_kind_of(p->t, seq) != kind)
		return 0;
	return p->at[seq];
}

uint64_t
pcapng_of(const struct trace_rec *rec)
{
	struct json_value v = trace_member(rec, "of");
	size_t at = 0;
	int64_t n = 0;

	if (v.type == JSON_ARRAY)
		json_item(v, &at, &v);
	return v.type == JSON_NUMBER && json_int(v, &n) == 0 && n > 0
		   ? (uint64_t)n
		   : 0;
}

static bool
is_call_wanted(const struct pcapng *p, const struct trace_send *s)
{
	bool is = p->o->ncalls == 0;

	for (size_t i = 0; !is && i < p->o->ncalls; i++)
		is = str_starts(s->call_id, p->o->calls[i]);
	return is;
}

static void
on_send(struct pcapng *p, const struct trace_rec *rec)
{
	struct pcapng_message *m;
	struct trace_send s;

	if (ARRAY_ROOM(&p->messages, &p->messages_cap, p->nmessages + 1) != 0 ||
	    trace_get_send(rec, &s, &p->scratch) != 0) {
		pcapng_fail(p, ERR_NOMEM);
		return;
	}
	m = &p->messages[p->nmessages++];
	*m = (struct pcapng_message){ .send = rec->seq, .bytes = rec->seq };
	p->at[rec->seq] = (uint32_t)p->nmessages;
	m->stream = addr_word_is_stream(s.transport);
	pcapng_layers_read(p, m, &s);
	m->wanted = is_call_wanted(p, &s);
	if (addr_parse(s.src_addr, &m->src) != 0)
		m->src = (struct addr){ 0 };
	if (addr_parse(s.dst_addr, &m->dst) != 0)
		m->dst = (struct addr){ 0 };
	frame_unite(&m->src, &m->dst);
	pcapng_layers_count(p, m);
	m->from = pcapng_node(p, s.src.n > 0 ? s.src : s.src_addr);
	m->to = s.dst.n > 0 ? pcapng_node(p, s.dst) : PCAPNG_NOBODY;
	if (m->stream)
		pcapng_conn_of_message(p, m);
}

static bool
has_bytes(const struct trace_rec *rec)
{
	return trace_member(rec, "text").type == JSON_STRING ||
	       trace_member(rec, "base64").type == JSON_STRING;
}

static void
on_recv(struct pcapng *p, const struct trace_rec *rec)
{
	uint32_t n = pcapng_at(p, pcapng_of(rec), TRACE_SEND);
	struct pcapng_message *m;

	if (n == 0)
		return;
	m = pcapng_message(p, n);
	/* the send does not name its receiver */
	if (m->to == PCAPNG_NOBODY)
		m->to = pcapng_node(p, rec->node);
	m->passages++;
	m->arrived = true;
	if (m->came == 0 && has_bytes(rec))
		m->came = rec->seq;
	if (m->recv == 0)
		m->recv = rec->seq;
}

/* What became of the message in drop REC.  A datagram for an address that
 * nobody has goes out all the same, towards the next router. */
static void
lose_message(
    struct pcapng *p, struct pcapng_message *m, const struct trace_rec *rec)
{
	struct str why = trace_str(rec, "reason", &p->scratch);

	m->stray = !m->stream && str_is(why, "no-host");
	if (!m->stray &&
	    (str_is(why, "fault") ||
		(!m->stream && str_eq(rec->node, p->names[m->from])))) {
		m->kept = true;
		return;
	}
	m->passages++;
	m->lost = rec->seq;
	m->torn |= m->stream && str_is(why, "torn");
	m->unconnected |= m->stream && str_is(why, "no-connection");
}

static void
on_drop(struct pcapng *p, const struct trace_rec *rec)
{
	uint64_t packet = (uint64_t)trace_int(rec, "packet", 0);
	uint32_t n = pcapng_at(p, packet, TRACE_PACKET);

	if (n == 0)
		n = pcapng_at(p, rec->cause, TRACE_PACKET);
	if (n != 0)
		pcapng_flight(p, n)->lost = rec->seq;
	n = pcapng_at(p, pcapng_of(rec), TRACE_SEND);
	if (n != 0)
		lose_message(p, pcapng_message(p, n), rec);
}

static void
on_fault(struct pcapng *p, const struct trace_rec *rec)
{
	uint32_t n = pcapng_at(p, pcapng_of(rec), TRACE_SEND);

	if (n != 0 && has_bytes(rec))
		pcapng_message(p, n)->bytes = rec->seq;
}

static void
on_packet(struct pcapng *p, const struct trace_rec *rec)
{
	uint32_t n = pcapng_at(p, pcapng_of(rec), TRACE_SEND);

	if (ARRAY_ROOM(&p->flights, &p->flights_cap, p->nflights + 1) != 0) {
		pcapng_fail(p, ERR_NOMEM);
		return;
	}
	p->packets = true;
	p->flights[p->nflights++] =
	    (struct pcapng_flight){ .record = rec->seq, .message = n };
	p->at[rec->seq] = (uint32_t)p->nflights;
	if (n != 0)
		pcapng_message(p, n)->packets = true;
	pcapng_conn_of_packet(p, rec, (uint32_t)p->nflights);
}

static void (*const on_kind[TRACE_KIND_COUNT])(
    struct pcapng *p, const struct trace_rec *rec) = {
	[TRACE_SEND] = on_send,
	[TRACE_RECV] = on_recv,
	[TRACE_DROP] = on_drop,
	[TRACE_FAULT] = on_fault,
	[TRACE_PACKET] = on_packet,
};

int
pcapng_index(struct pcapng *p)
{
	uint64_t n = trace_count(p->t);
	struct trace_rec rec;

	if (n >= UINT32_MAX)
		return ERR_LIMIT;
	p->at = mem_zalloc((size_t)n + 1, sizeof(*p->at));
	if (p->at == NULL || map_create(&p->by_pair) != 0 ||
	    map_create(&p->signals) != 0 || map_create(&p->by_conn) != 0)
		return ERR_NOMEM;
	for (uint64_t seq = 1; seq <= n && p->err == 0; seq++) {
		enum trace_kind kind = trace_kind_of(p->t, seq);

		progress_count(N_("finding the packets"), seq, n);
		if (on_kind[kind] == NULL)
			continue;
		trace_get(p->t, seq, &rec);
		on_kind[kind](p, &rec);
	}
	pcapng_conns_count(p);
	return p->err;
}
