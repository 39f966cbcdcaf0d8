/*
 * The messages of one trace, in order, with the call and the exchange that each
 * belongs to, what it follows from and what became of it.
 */
#include "trace/align_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "msg/header_names.h"
#include "msg/message.h"
#include "msg/parts.h"

static int
keep_aligned_text(struct align_making *m, struct str text, struct str *kept)
{
	return map_keep(m->al->store->texts, text, kept);
}

/* What A calls NAME of this trace, in KEY. */
static struct str
name_in_a(struct align_making *m, const struct align_half *h, struct str name)
{
	const struct align_options *o = m->o;
	bool taken = false;

	for (size_t i = 0; h->is_b && i < o->nmaps; i++) {
		if (str_is(name, o->maps[i].b))
			return str_of(o->maps[i].a);
		taken = taken || str_is(name, o->maps[i].a);
	}
	if (!taken)
		return name;
	/* Another node of B has this name in A. */
	buf_clear(&m->key);
	buf_putc(&m->key, '\1');
	buf_str(&m->key, name);
	return buf_view(&m->key);
}

static int
number_name(struct align_making *m, const struct align_half *h, struct str name,
    uint32_t *number)
{
	struct str key = name_in_a(m, h, name);
	uintptr_t known = (uintptr_t)map_get(m->nodes, key);

	if (m->key.err != 0)
		return ERR_NOMEM;
	if (known == 0) {
		known = map_count(m->nodes) + 1;
		if (map_put(m->nodes, key, (void *)known) != 0)
			return ERR_NOMEM;
	}
	*number = (uint32_t)(known - 1);
	return 0;
}

uint64_t
align_token(const struct align_message *m)
{
	char status[8] = { (char)('0' + m->status / 100 % 10),
		(char)('0' + m->status / 10 % 10), (char)('0' + m->status % 10),
		m->hop_ack ? 'h' : ' ', m->retx > 0 ? 'r' : ' ' };
	uint64_t h = str_hash_add(STR_HASH_START, (struct str){ status, 5 });

	h = str_hash_add(h, m->method);
	h = str_hash_add(h, STR(" "));
	return str_hash_end(str_hash_add(h, m->cseq_method));
}

static uint64_t
mix_number(uint64_t h, uint64_t more)
{
	char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (char)(more >> 8 * i & 0xff);
	return str_hash_end(
	    str_hash_add(str_hash_add(STR_HASH_START ^ h,
			     (struct str){ bytes, sizeof(bytes) }),
		STR("/")));
}

/* The caller and the called, by From and To. */
static uint64_t
parties_of(struct align_making *m, const struct trace_rec *rec)
{
	LOCAL_MEM struct msg *msg = mem_alloc(sizeof(*msg));
	LOCAL_BUF aor = BUF_INIT;
	struct msg_addr addr;
	uint64_t h;

	if (msg == NULL) {
		m->scratch.err = ERR_NOMEM;
		return 0;
	}
	msg_read(msg, trace_bytes(rec, &m->scratch), NULL);
	if (msg_addr_read(msg_value(msg, MSG_H_FROM), &addr) == 0)
		msg_uri_aor(addr.uri, &aor);
	buf_putc(&aor, ' ');
	if (msg_addr_read(msg_value(msg, MSG_H_TO), &addr) == 0)
		msg_uri_aor(addr.uri, &aor);
	h = str_hash(buf_view(&aor));
	if (aor.err != 0)
		m->scratch.err = ERR_NOMEM;
	return h;
}

static int
align_read_take_call(struct align_making *m, struct align_half *h,
    struct str call_id, struct align_message *msg, const struct trace_rec *rec)
{
	uintptr_t known = (uintptr_t)map_get(h->call_numbers, call_id);
	struct align_call *c;
	size_t cap = h->cap_calls;

	if (known == 0) {
		known = h->side->ncalls + 1;
		if (ARRAY_ROOM(&h->calls, &cap, known) != 0 ||
		    ARRAY_ROOM(&h->side->calls, &h->cap_calls, known) != 0 ||
		    keep_aligned_text(m, call_id, &h->side->calls[known - 1]) !=
			0 ||
		    map_put(h->call_numbers, call_id, (void *)known) != 0)
			return ERR_NOMEM;
		c = &h->calls[h->side->ncalls++];
		*c = (struct align_call){ .t = msg->t, .mate = ALIGN_NONE };
		c->method = align_token(msg);
		c->head = mix_number(mix_number(c->method, msg->from), msg->to);
		c->parties = parties_of(m, rec);
	}
	msg->call = (uint32_t)(known - 1);
	return m->scratch.err;
}

static int
take_exchange(struct align_making *m, struct align_half *h, struct str branch,
    struct align_message *msg)
{
	uint32_t key[3] = { msg->call, msg->from, msg->to };
	struct align_exchange *e;
	uintptr_t known;

	if (msg->status != 0) {
		key[1] = msg->to;
		key[2] = msg->from;
	}
	buf_clear(&m->key);
	buf_add(&m->key, (const char *)key, sizeof(key));
	buf_str(&m->key, branch);
	if (m->key.err != 0)
		return ERR_NOMEM;
	known = (uintptr_t)map_get(h->exchange_numbers, buf_view(&m->key));
	if (known == 0) {
		known = h->nexchanges + 1;
		if (ARRAY_ROOM(&h->exchanges, &h->cap_exchanges,
			h->nexchanges + 1) != 0 ||
		    map_put(h->exchange_numbers, buf_view(&m->key),
			(void *)known) != 0)
			return ERR_NOMEM;
		h->exchanges[h->nexchanges++] =
		    (struct align_exchange){ .call = key[0],
			    .from = key[1],
			    .to = key[2],
			    .method = str_hash(msg->cseq_method),
			    .t = msg->t - h->calls[msg->call].t };
	}
	msg->exchange = (uint32_t)(known - 1);
	e = &h->exchanges[known - 1];
	/* In an exchange that something else began, and did not go well. */
	msg->hop_ack = str_is(msg->method, "ACK") &&
		       e->method != str_hash(msg->method) &&
		       (e->final == 0 || e->final >= 300);
	e->n++;
	if (msg->status >= 200 && !str_is(msg->cseq_method, "CANCEL"))
		e->final = msg->status;
	if (msg->retx == 0) {
		e->sign += align_token(msg);
		h->calls[msg->call].sign += mix_number(
		    mix_number(align_token(msg), msg->from), msg->to);
	}
	return 0;
}

/* Whether the options' nodes want it. */
static bool
wanted(struct align_making *m, const struct align_half *h,
    const struct trace_send *s)
{
	bool from = false, to = false;

	if (m->o->nnodes == 0)
		return true;
	for (size_t i = 0; i < m->o->nnodes; i++) {
		from = from || str_is(name_in_a(m, h, s->src), m->o->nodes[i]);
		to = to || str_is(name_in_a(m, h, s->dst), m->o->nodes[i]);
	}
	return m->o->nnodes == 1 ? from || to : from && to;
}

/* How often its first transmission has been repeated, with this one. */
static unsigned
repetition(struct align_half *h, uint64_t first)
{
	uint32_t i = h->of[first];

	/* `cause` of MESSAGES is set at the end: until then it counts. */
	return i != 0 ? ++h->side->messages[i - 1].cause : 1;
}

/* What it goes to is named by address where the trace knows no node. */
static int
align_read_take_names(struct align_making *m, struct align_half *h,
    const struct trace_send *s, struct align_message *msg)
{
	struct str from = s->src.n > 0 ? s->src : s->src_addr;
	struct str to = s->dst.n > 0 ? s->dst : s->dst_addr;
	int err = number_name(m, h, from, &msg->from);

	if (err == 0)
		err = number_name(m, h, to, &msg->to);
	if (err == 0)
		err = keep_aligned_text(m, from, &msg->from_name);
	if (err == 0)
		err = keep_aligned_text(m, to, &msg->to_name);
	if (err == 0)
		err = keep_aligned_text(m, s->method, &msg->method);
	if (err == 0)
		err = keep_aligned_text(m, s->cseq_method, &msg->cseq_method);
	return err;
}

/* Of a response, which may say anything (RFC 3261 7.2); the usual phrase where
 * its bytes are not there. */
static int
take_reason(struct align_making *m, const struct trace_rec *rec,
    struct align_message *msg)
{
	LOCAL_MEM struct msg *view = NULL;

	if (msg->status == 0)
		return 0;
	view = mem_zalloc(1, sizeof(*view));
	if (view == NULL)
		return ERR_NOMEM;
	msg_read_start(view, trace_bytes(rec, &m->scratch));
	return keep_aligned_text(m,
	    view->status == msg->status
		? view->reason
		: str_of(msg_status_phrase(msg->status)),
	    &msg->reason);
}

static int
align_read_take_send(struct align_making *m, struct align_half *h, uint64_t seq)
{
	struct align_side *side = h->side;
	struct align_message *msg;
	struct trace_rec rec;
	struct trace_send s;
	int err;

	trace_get(side->trace, seq, &rec);
	err = trace_get_send(&rec, &s, &m->scratch);
	if (err != 0)
		return err == ERR_NOMEM ? err : 0;
	if (trace_class_of(s.proto) != TRACE_CLASS_SIP ||
	    rec.t < m->o->from_ns || rec.t > m->o->to_ns || !wanted(m, h, &s))
		return 0;
	if (ARRAY_ROOM(&side->messages, &h->cap, side->n + 1) != 0)
		return ERR_NOMEM;
	msg = &side->messages[side->n];
	*msg = (struct align_message){ .seq = seq,
		.t = rec.t,
		.status = s.status % 1000,
		.sdp = str_find(rec.object.raw, "application/sdp") >= 0 };
	if (s.retx != 0)
		msg->retx = repetition(h, s.retx);
	err = align_read_take_names(m, h, &s, msg);
	if (err == 0)
		err = keep_aligned_text(m, s.branch, &s.branch);
	if (err == 0)
		err = keep_aligned_text(m, s.call_id, &s.call_id);
	if (err == 0)
		err = align_read_take_call(m, h, s.call_id, msg, &rec);
	if (err == 0)
		err = take_exchange(m, h, s.branch, msg);
	if (err == 0)
		err = take_reason(m, &rec, msg);
	if (err == 0)
		h->of[seq] = (uint32_t)++side->n;
	return err;
}

/* A recv, drop or fault tells what became of a message. */
static void
take_fate(struct align_half *h, uint64_t seq)
{
	enum trace_kind kind = trace_kind_of(h->side->trace, seq);
	enum align_fate fate = ALIGN_FATE_ARRIVED;
	struct align_message *msg;
	struct trace_rec rec;
	int64_t of;
	bool refused;

	trace_get(h->side->trace, seq, &rec);
	of = trace_int(&rec, "of", 0);
	if (of <= 0 || (uint64_t)of >= seq || h->of[of] == 0)
		return;
	msg = &h->side->messages[h->of[of] - 1];
	if (kind == TRACE_RECV)
		h->of[seq] = h->of[of];
	refused = kind == TRACE_DROP && msg->seq != (uint64_t)of;
	if (kind == TRACE_DROP)
		fate = refused ? ALIGN_FATE_REFUSED : ALIGN_FATE_LOST;
	if (kind == TRACE_FAULT) {
		if (trace_member(&rec, "text").type == JSON_NONE &&
		    trace_member(&rec, "base64").type == JSON_NONE)
			return;
		fate = ALIGN_FATE_ALTERED;
	}
	/* One of which a copy was lost and a copy arrived has arrived. */
	if (kind == TRACE_RECV && msg->fate == ALIGN_FATE_LOST)
		msg->fate = ALIGN_FATE_ARRIVED;
	if (fate > msg->fate &&
	    (fate != ALIGN_FATE_LOST || msg->fate != ALIGN_FATE_ARRIVED))
		msg->fate = fate;
}

static int
read_records(struct align_making *m, struct align_half *h)
{
	const struct trace *t = h->side->trace;
	int err = 0;

	for (uint64_t seq = 1; seq <= trace_count(t) && err == 0; seq++) {
		enum trace_kind kind = trace_kind_of(t, seq);

		progress_count(N_("reading the messages"), seq, trace_count(t));
		if (kind == TRACE_SEND)
			err = align_read_take_send(m, h, seq);
		else if (kind == TRACE_RECV || kind == TRACE_DROP ||
			 kind == TRACE_FAULT)
			take_fate(h, seq);
		h->above[seq] = h->of[seq] != 0
				    ? h->of[seq]
				    : h->above[trace_cause_of(t, seq)];
	}
	for (size_t i = 0; i < h->side->n && err == 0; i++) {
		struct align_message *msg = &h->side->messages[i];

		msg->cause = h->above[trace_cause_of(t, msg->seq)];
	}
	return err;
}

int
align_sort(struct align_half *h)
{
	size_t at = 0;

	h->order = mem_zalloc(h->side->n + 1, sizeof(*h->order));
	if (h->order == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < h->nexchanges; i++)
		h->exchanges[i].n = 0;
	for (size_t i = 0; i < h->side->n; i++)
		h->exchanges[h->side->messages[i].exchange].n++;
	for (size_t i = 0; i < h->nexchanges; i++) {
		h->exchanges[i].first = at;
		at += h->exchanges[i].n;
		h->exchanges[i].n = 0;
	}
	for (size_t i = 0; i < h->side->n; i++) {
		struct align_exchange *e =
		    &h->exchanges[h->side->messages[i].exchange];

		h->order[e->first + e->n++] = i;
	}
	return 0;
}

int
align_read(struct align_making *m, struct align_half *h)
{
	uint64_t count = trace_count(h->side->trace);
	int err;

	if (count >= UINT32_MAX)
		return ERR_LIMIT;
	h->of = mem_zalloc(count + 1, sizeof(*h->of));
	h->above = mem_zalloc(count + 1, sizeof(*h->above));
	if (h->of == NULL || h->above == NULL ||
	    map_create(&h->call_numbers) != 0 ||
	    map_create(&h->exchange_numbers) != 0)
		return ERR_NOMEM;
	err = read_records(m, h);
	if (err == 0)
		err = align_sort(h);
	if (err != 0)
		return err;
	h->mate = mem_zalloc(h->side->n + 1, sizeof(*h->mate));
	h->ex_mate = mem_zalloc(h->nexchanges + 1, sizeof(*h->ex_mate));
	h->moved = mem_zalloc(h->side->n + 1, sizeof(*h->moved));
	h->tokens = mem_zalloc(h->side->n + 1, sizeof(*h->tokens));
	if (h->mate == NULL || h->ex_mate == NULL || h->moved == NULL ||
	    h->tokens == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < h->side->n; i++)
		h->mate[i] = ALIGN_NONE;
	for (size_t i = 0; i < h->nexchanges; i++)
		h->ex_mate[i] = ALIGN_NONE;
	return 0;
}
