/*
 * TCP connections.  A `packet` record has the number of its connection, but no
 * addresses; a `send` has those, but no number.  They meet in the packets that
 * carry a message; a connection that never carried one is that of the first
 * message which its client sends, after the SYN, from an address of its own.
 */
#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "packets/keys.h"
#include "writing/pcapng_in.h"

#include <string.h>

/* Pieces that came too early of one stream. */
#define EARLY_MOST 4096

/* A number that a TCP might begin to count with (RFC 9293 3.4.1), always the
 * same for the same trace. */
static uint32_t
make_isn(size_t conn, unsigned end)
{
	const uint64_t key[2] = { conn, end };
	char bytes[16];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(key[i / 8] >> 8 * (i % 8) & 0xff);
	return (uint32_t)str_hash((struct str){ bytes, sizeof(bytes) });
}

static uint32_t
add_conn(struct pcapng *p)
{
	struct pcapng_conn *c;

	if (ARRAY_ROOM(&p->conns, &p->conns_cap, p->nconns + 1) != 0) {
		pcapng_fail(p, ERR_NOMEM);
		return 0;
	}
	c = &p->conns[p->nconns++];
	*c = (struct pcapng_conn){ .known = false };
	for (unsigned i = 0; i < 2; i++) {
		c->ends[i].node = PCAPNG_NOBODY;
		c->ends[i].isn = make_isn(p->nconns, i);
	}
	return (uint32_t)p->nconns;
}

/* Bytes for maps. */
static struct str
pair_key(struct pcapng *p, const struct addr *a, const struct addr *b)
{
	const struct addr *both[] = { a, b };

	buf_clear(&p->key);
	for (size_t i = 0; i < 2; i++) {
		buf_add(&p->key, (const char *)both[i]->ip, both[i]->len);
		buf_add(&p->key, (const char *)&both[i]->port,
		    sizeof(both[i]->port));
	}
	if (p->key.err != 0)
		pcapng_fail(p, ERR_NOMEM);
	return buf_view(&p->key);
}

static struct str
number_key(struct pcapng *p, char tag, uint64_t number)
{
	buf_clear(&p->key);
	buf_putc(&p->key, tag);
	buf_u64(&p->key, number);
	if (p->key.err != 0)
		pcapng_fail(p, ERR_NOMEM);
	return buf_view(&p->key);
}

static void
put_number_at(struct pcapng *p, struct map *m, struct str key, uint32_t number)
{
	if (p->err == 0 && key_set_number(m, key, number) != 0)
		pcapng_fail(p, ERR_NOMEM);
}

/* Which of the two ends sends M. */
static bool
is_sent_by_server(const struct pcapng_conn *c, const struct pcapng_message *m)
{
	return !addr_eq(&c->ends[0].addr, &m->src);
}

/* Connection NUMBER is between the ends of M, its client the sender unless it
 * is known to be the other. */
static void
learn_ends(struct pcapng *p, uint32_t number, struct pcapng_message *m)
{
	struct pcapng_conn *c = pcapng_conn(p, number);
	bool back = c->ends[0].node != PCAPNG_NOBODY &&
		    c->ends[0].node == m->to && m->from != m->to;

	c->known = true;
	c->first = m->send;
	c->ends[back].addr = m->src;
	c->ends[!back].addr = m->dst;
	c->ends[back].node = m->from;
	c->ends[!back].node = m->to;
	put_number_at(p, p->by_pair, pair_key(p, &m->src, &m->dst), number);
	put_number_at(p, p->by_pair, pair_key(p, &m->dst, &m->src), number);
}

/* The connection that node NODE has begun, as long as it is not known between
 * which addresses; 0: none. */
static uint32_t
find_begun_conn(struct pcapng *p, uint32_t node)
{
	uint32_t n = key_number(p->by_conn, number_key(p, 'n', node));

	return n != 0 && !pcapng_conn(p, n)->known ? n : 0;
}

void
pcapng_conn_of_message(struct pcapng *p, struct pcapng_message *m)
{
	uint32_t n = key_number(p->by_pair, pair_key(p, &m->src, &m->dst));

	if (n == 0) {
		n = find_begun_conn(p, m->from);
		if (n == 0)
			n = add_conn(p);
		if (n == 0)
			return;
		learn_ends(p, n, m);
	}
	m->conn = n;
	m->back = is_sent_by_server(pcapng_conn(p, n), m);
}

/* A SYN that sets out. */
static void
note_syn(struct pcapng *p, const struct trace_rec *rec, uint32_t number)
{
	struct pcapng_conn *c = pcapng_conn(p, number);
	struct buf name = BUF_INIT;
	struct pcapng_link *l;
	uint32_t link;
	bool back;

	link = pcapng_link_named(p, trace_str(rec, "link", &name), &back);
	buf_free(&name);
	if (link == 0)
		return;
	l = pcapng_link(p, link);
	c->ends[0].node = back ? l->nb : l->na;
	put_number_at(
	    p, p->by_conn, number_key(p, 'n', c->ends[0].node), number);
}

/* M is none of that connection's after all: another that its sender has begun
 * carries it. */
static void
unlearn_ends(struct pcapng *p, uint32_t number, const struct pcapng_message *m)
{
	struct pcapng_conn *c = number != 0 ? pcapng_conn(p, number) : NULL;

	if (c == NULL || c->first != m->send)
		return;
	c->known = false;
	c->ends[0].addr = c->ends[1].addr = (struct addr){ 0 };
}

static void
note_carried(struct pcapng *p, uint32_t number, struct pcapng_message *m)
{
	struct pcapng_conn *c = pcapng_conn(p, number);

	if (!m->stream)
		return;
	if (!c->known) {
		unlearn_ends(p, m->conn, m);
		learn_ends(p, number, m);
	}
	m->conn = number;
	m->back = is_sent_by_server(c, m);
}

void
pcapng_conn_of_packet(
    struct pcapng *p, const struct trace_rec *rec, uint32_t flight)
{
	int64_t conn = trace_int(rec, "conn", 0);
	uint32_t n, of = pcapng_flight(p, flight)->message;

	if (conn <= 0)
		return;
	n = key_number(p->by_conn, number_key(p, 'c', (uint64_t)conn));
	if (n == 0) {
		n = add_conn(p);
		if (n == 0)
			return;
		put_number_at(
		    p, p->by_conn, number_key(p, 'c', (uint64_t)conn), n);
		if (str_is(trace_str(rec, "flags", &p->scratch), "syn"))
			note_syn(p, rec, n);
	}
	pcapng_flight(p, flight)->conn = n;
	if (of != 0)
		note_carried(p, n, pcapng_message(p, of));
}

static void
count_message(struct pcapng *p, struct pcapng_message *m)
{
	struct pcapng_conn *c = pcapng_conn(p, m->conn);
	struct pcapng_stream *s = &c->ends[m->back];

	m->size = pcapng_bytes(p, m).n;
	m->start = s->queued;
	m->waited = (m->secure || m->framed) && s->latest > m->send;
	if (m->send > s->latest)
		s->latest = m->send;
	s->queued += m->size;
	c->wanted |= m->wanted;
}

void
pcapng_conns_count(struct pcapng *p)
{
	uint32_t *order = mem_zalloc(p->nmessages + 1, sizeof(*order));

	if (order == NULL) {
		pcapng_fail(p, ERR_NOMEM);
		return;
	}
	for (uint32_t i = 0; i < p->nmessages; i++)
		order[i] = i + 1;
	pcapng_layers_learn(p);
	pcapng_layers_order(p, order);
	for (size_t i = 0; i < p->nmessages && p->err == 0; i++) {
		struct pcapng_message *m = pcapng_message(p, order[i]);

		if (m->conn != 0)
			count_message(p, m);
	}
	mem_free(order);
}

/* Those behind GOT that join it are taken in. */
static void
join_early_ranges(struct pcapng_stream *s)
{
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < s->early_n; i++) {
			struct pcapng_range *r = &s->early[i];

			if (r->from > s->got)
				continue;
			if (r->to > s->got)
				s->got = r->to;
			*r = s->early[--s->early_n];
			more = true;
			i--;
		}
	}
}

void
pcapng_stream_take(
    struct pcapng *p, struct pcapng_stream *s, uint64_t from, uint64_t to)
{
	if (to <= s->got)
		return;
	if (from <= s->got) {
		s->got = to;
		join_early_ranges(s);
		return;
	}
	if (s->early_n == EARLY_MOST)
		s->early_n = 0;
	if (ARRAY_ROOM(&s->early, &s->early_cap, s->early_n + 1) != 0)
		pcapng_fail(p, ERR_NOMEM);
	else
		s->early[s->early_n++] = (struct pcapng_range){ from, to };
}
