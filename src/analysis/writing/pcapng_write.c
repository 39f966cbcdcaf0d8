/*
 * A trace as pcapng: the first walk, which says what there is and what becomes
 * of each message, and the second, which writes it; see writing/pcapng_in.h.
 */
#include "writing/pcapng_write.h"

#include "base/array.h"
#include "base/dates.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "trace/reader.h"
#include "trace/record_name.h"
#include "writing/pcapng_in.h"

/* ---- the first walk ---- */

static bool
is_call_wanted(const struct pcapng *p, const struct trace_send *s)
{
	bool is = p->o->ncalls == 0;

	for (size_t i = 0; !is && i < p->o->ncalls; i++)
		is = str_starts(s->call_id, p->o->calls[i]);
	return is;
}

static void
pcapng_file_on_send(struct pcapng *p, const struct trace_rec *rec)
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

/* The message's loss in drop REC.  A datagram for an unknown address goes out
 * all the same, towards the next router. */
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
	[TRACE_SEND] = pcapng_file_on_send,
	[TRACE_RECV] = on_recv,
	[TRACE_DROP] = on_drop,
	[TRACE_FAULT] = on_fault,
	[TRACE_PACKET] = on_packet,
};

static int
find_packets(struct pcapng *p)
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

/* ---- the second walk ---- */

static void
write_section(struct pcapng *p)
{
	const struct trace_head *h = trace_head(p->t);
	LOCAL_BUF b = BUF_INIT;

	if (p->o->title != NULL)
		buf_puts(&b, p->o->title);
	else
		buf_str(&b, h->title);
	buf_putc(&b, '\n');
	buf_printf(&b, _("rung · seed %lld · trace %016llx"),
	    (long long)h->seed, (unsigned long long)p->o->hash);
	buf_putc(&b, '\n');
	buf_puts(&b, _("time 0 is "));
	date_write(&b, p->o->epoch_ns);
	pcapng_fail(p, b.err);
	if (p->err == 0)
		pcapng_put_section(
		    &p->file, "rung " RUNG_VERSION, buf_view(&b));
	for (uint32_t i = 1; p->packets && i <= p->nlinks; i++) {
		uint32_t number;

		pcapng_interface(p, i, &number);
	}
	pcapng_fail(p, p->file.err);
}

static int
check_nodes(const struct pcapng *p)
{
	for (size_t i = 0; i < p->o->nnodes; i++)
		if (trace_check_node(p->t, str_of(p->o->nodes[i]), p->d) != 0)
			return p->d->err;
	return 0;
}

static void
pcapng_file_write_packets(struct pcapng *p)
{
	uint64_t n = trace_count(p->t);
	struct trace_rec rec;

	for (uint64_t seq = 1; seq <= n && p->err == 0; seq++) {
		enum trace_kind kind = trace_kind_of(p->t, seq);

		progress_count(N_("writing the packets"), seq, n);
		if (kind != TRACE_SEND && kind != TRACE_RECV &&
		    kind != TRACE_PACKET && kind != TRACE_DROP)
			continue;
		trace_get(p->t, seq, &rec);
		if (kind == TRACE_PACKET)
			pcapng_put_record(p, &rec);
		else if (kind == TRACE_SEND)
			pcapng_draw_send(p, &rec);
		else
			pcapng_put_arrival(p, &rec);
		if (kind == TRACE_RECV)
			pcapng_draw_recv(p, &rec);
	}
	if (n > 0)
		pcapng_draw_close(p, trace_time_of(p->t, n));
}

static void
free_pcapng(struct pcapng *p)
{
	for (size_t i = 0; i < p->nnames; i++)
		mem_free((char *)p->names[i].p);
	for (uint32_t i = 1; i <= p->nconns; i++)
		for (unsigned e = 0; e < 2; e++)
			mem_free(pcapng_conn(p, i)->ends[e].early);
	pcapng_file_free(&p->file);
	mem_free(p->at);
	mem_free(p->messages);
	mem_free(p->conns);
	mem_free(p->flights);
	mem_free(p->links);
	mem_free(p->names);
	map_destroy(p->by_name);
	map_destroy(p->by_link);
	map_destroy(p->by_pair);
	map_destroy(p->signals);
	map_destroy(p->by_conn);
	buf_free(&p->bytes);
	buf_free(&p->packed);
	buf_free(&p->frame);
	buf_free(&p->comment);
	buf_free(&p->scratch);
	buf_free(&p->key);
	buf_free(&p->framed);
	buf_free(&p->sealed);
}

int
pcapng_write(const struct trace *t, const struct pcapng_options *o,
    sink_fn *sink, void *arg, struct diag *d)
{
	struct pcapng p = { .t = t, .o = o, .d = d };
	int err;

	p.file.sink = sink;
	p.file.arg = arg;
	err = check_nodes(&p);
	if (err == 0)
		err = pcapng_links_create(&p);
	if (err == 0)
		err = find_packets(&p);
	if (err == 0) {
		write_section(&p);
		pcapng_file_write_packets(&p);
		err = p.err;
	}
	free_pcapng(&p);
	/* of what the sink says, its owner knows more */
	return err == 0 || err == ERR_IO ? err : diag_fail(d, err);
}
