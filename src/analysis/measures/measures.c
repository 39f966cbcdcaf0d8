/*
 * The list of attempts: making it in one pass over a trace, what each record
 * does to it, how media came, and looking at it.
 */
#include "measures/measures.h"

#include "base/array.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "msg/header_names.h"

int
measures_create(struct measures **out)
{
	struct measures *m = mem_zalloc(1, sizeof(*m));

	*out = NULL;
	if (m == NULL)
		return ERR_NOMEM;
	if (map_create(&m->texts) != 0 || map_create(&m->calls) != 0 ||
	    map_create(&m->transactions) != 0 || map_create(&m->latest) != 0 ||
	    map_create(&m->sources) != 0) {
		measures_destroy(m);
		return ERR_NOMEM;
	}
	*out = m;
	return 0;
}

void
measures_destroy(struct measures *m)
{
	if (m == NULL)
		return;
	map_destroy(m->texts);
	map_destroy(m->calls);
	map_destroy(m->transactions);
	map_destroy(m->latest);
	map_destroy(m->sources);
	mem_free(m->list);
	mem_free(m->streams);
	sent_message_free(&m->message);
	buf_free(&m->text);
	buf_free(&m->key);
	mem_free(m);
}

/* The key of REC's source: with its call, so that the same SSRC in another call
 * is another source. */
static struct str
stream_key(struct measures *m, const struct trace_rec *rec, uint32_t node)
{
	uint32_t head[2] = { node, (uint32_t)trace_int(rec, "ssrc", 0) };
	struct str call = trace_str(rec, "call", &m->text);

	buf_clear(&m->key);
	buf_add(&m->key, (const char *)head, sizeof(head));
	buf_str(&m->key, call);
	return buf_view(&m->key);
}

static int
measure_find_stream(
    struct measures *m, struct str key, struct measure_stream **out)
{
	uintptr_t at = (uintptr_t)map_get(m->sources, key);

	if (m->key.err != 0)
		return ERR_NOMEM;
	if (at == 0) {
		if (ARRAY_ROOM(&m->streams, &m->streams_cap, m->nstreams + 1) !=
			0 ||
		    map_put(m->sources, key,
			(void *)(uintptr_t)(m->nstreams + 1)) != 0)
			return ERR_NOMEM;
		at = ++m->nstreams;
		m->streams[at - 1] = (struct measure_stream){ .mos1000 = -1 };
	}
	*out = &m->streams[at - 1];
	return 0;
}

static int64_t
measure_count_of(const struct trace_rec *rec, const char *key)
{
	int64_t n = trace_int(rec, key, 0);

	return n > 0 ? n : 0;
}

static const char *const scales[] = {
#define X(id, word) word,
	MEASURE_SCALES(X)
#undef X
};

static enum measure_scale
measure_scale_of(const struct trace_rec *rec, struct buf *scratch)
{
	struct str word = trace_str(rec, "scale", scratch);
	unsigned s = MEASURE_SCALE_COUNT - 1;

	while (s > 0 && !str_is(word, scales[s]))
		s--;
	return (enum measure_scale)s;
}

/*
 * What record SEQ of T, a `media` record of a receiver, tells. Its counts begin
 * at the source's first packet (RFC 3550 A.3, A.8), so that each replaces the
 * ones before. 0 or ERR_NOMEM.
 */
static int
measures_take_media(struct measures *m, const struct trace *t, uint64_t seq)
{
	struct measure_stream *s;
	struct trace_rec rec;
	struct str op;
	int err;

	trace_get(t, seq, &rec);
	op = trace_str(&rec, "op", &m->text);
	if (!str_is(op, "quality") && !str_is(op, "heard"))
		return 0;
	err = measure_find_stream(
	    m, stream_key(m, &rec, trace_node_of(t, seq)), &s);
	/* What straggles in after the end is counted again. */
	if (err == 0 && measure_count_of(&rec, "packets") >= s->packets)
		*s = (struct measure_stream){ .node = trace_node_of(t, seq),
			.packets = measure_count_of(&rec, "packets"),
			/* Duplicates make fewer than none. */
			.lost = measure_count_of(&rec, "lost"),
			.late = measure_count_of(&rec, "late"),
			.jitter_ns = measure_count_of(&rec, "jitter"),
			.mos1000 = trace_int(&rec, "mos", -1),
			.scale = measure_scale_of(&rec, &m->text) };
	return err;
}

/* The attempt that KEY leads to in MAP, or NULL. */
static struct measure *
measure_find_attempt(struct measures *m, const struct map *map, struct str key)
{
	uintptr_t at = (uintptr_t)map_get(map, key);

	return at != 0 ? &m->list[at - 1] : NULL;
}

static const char *const methods[] = {
#define X(id, name) name,
	MEASURE_KINDS(X)
#undef X
};

/* MEASURE_KIND_COUNT: nothing that is measured. */
static enum measure_kind
measure_kind_of(struct str method)
{
	int i = 0;

	while (i < MEASURE_KIND_COUNT && !str_is(method, methods[i]))
		i++;
	return (enum measure_kind)i;
}

/* KEY leads to A from now on. */
static int
measure_lead_to(const struct measures *m, struct map *map, struct str key,
    const struct measure *a)
{
	if (m->key.err != 0)
		return ERR_NOMEM;
	return map_put(map, key, (void *)(uintptr_t)(a - m->list + 1));
}

/* Whose attempts of one kind stand under one Call-ID. */
static struct str
latest_key(
    struct measures *m, uint32_t node, enum measure_kind kind, struct str call)
{
	uint32_t head[2] = { node, kind };

	buf_clear(&m->key);
	buf_add(&m->key, (const char *)head, sizeof(head));
	buf_str(&m->key, call);
	return buf_view(&m->key);
}

/* The request has no credentials, as far as its bytes are there: it is no
 * answer to a challenge. */
static bool
is_bare(struct measures *m)
{
	const struct msg *msg = &m->message.msg;

	if (sent_message_read_text(&m->message) == ERR_NOMEM)
		m->err = ERR_NOMEM;
	return msg->bytes.n > 0 &&
	       msg_field(msg, MSG_H_AUTHORIZATION, 0) == NULL &&
	       msg_field(msg, MSG_H_PROXY_AUTHORIZATION, 0) == NULL;
}

/* The request just read goes on with A. */
static bool
continues_attempt(struct measures *m, const struct measure *a)
{
	if (a == NULL || measure_succeeded(a))
		return false;
	/* Until there is a dialog each INVITE of the caller is for it. */
	if (a->kind == MEASURE_SESSION)
		return true;
	if (a->end != MEASURE_ANSWERED ||
	    !sent_message_goes_on_after(a->status))
		return false;
	/* A caller that was rejected, and begins again later, has given the
	 * first up. */
	return a->status < 400 || !is_bare(m);
}

static void
reopen(struct measure *a)
{
	/* What the challenge or redirection told alone is told again. */
	if (a->told == a->ended) {
		a->told = 0;
		a->t_told = -1;
	}
	a->end = MEASURE_OPEN;
	a->ended = 0;
	a->t_ended = -1;
}

static int
measure_add_attempt(struct measures *m, uint32_t node, enum measure_kind kind,
    struct measure **out)
{
	const struct sent_message *s = &m->message;
	struct measure *a;
	int err;

	if (ARRAY_ROOM(&m->list, &m->cap, m->n + 1) != 0)
		return ERR_NOMEM;
	a = *out = &m->list[m->n];
	*a = (struct measure){ .kind = kind,
		.node = node,
		.request = s->seq,
		.t = s->sent.t,
		.t_told = -1,
		.t_ended = -1 };
	err = map_keep(m->texts, s->send.call_id, &a->call_id);
	if (err == 0 && kind == MEASURE_SESSION)
		err = measure_lead_to(m, m->calls, a->call_id, a);
	if (err == 0)
		err = measure_lead_to(
		    m, m->latest, latest_key(m, node, kind, a->call_id), a);
	m->n += err == 0;
	return err;
}

/* A request that NODE makes itself. */
static int
measure_take_request(struct measures *m, uint32_t node)
{
	const struct trace_send *s = &m->message.send;
	enum measure_kind kind = measure_kind_of(s->method);
	struct measure *a;
	int err = 0;

	if (kind == MEASURE_KIND_COUNT || s->retx != 0 || s->fwd != 0)
		return 0;
	a = measure_find_attempt(
	    m, m->latest, latest_key(m, node, kind, s->call_id));
	if (continues_attempt(m, a))
		reopen(a);
	else if (kind == MEASURE_SESSION &&
		 measure_find_attempt(m, m->calls, s->call_id) != NULL)
		/* Within the dialog that there is, from either side. */
		return 0;
	else
		err = measure_add_attempt(m, node, kind, &a);
	return err != 0 ? err
			: measure_lead_to(m, m->transactions,
			      sent_message_transaction_key(&m->key, node,
				  kind == MEASURE_SESSION, s->branch),
			      a);
}

static int
measure_take_send(struct measures *m, uint32_t node)
{
	const struct trace_send *s = &m->message.send;
	struct measure *call;
	int err = 0;

	if (s->call_id.n == 0)
		return 0;
	if (s->status == 0 && (err = measure_take_request(m, node)) != 0)
		return err;
	call = measure_find_attempt(m, m->calls, s->call_id);
	if (call != NULL) {
		call->messages++;
		call->retx += s->retx != 0;
		/* Also where it is lost on its way. */
		call->queued |= s->status == 182;
	}
	return m->err;
}

static struct measure *
measure_find_asked(
    struct measures *m, uint32_t client, bool invite, struct str branch)
{
	return measure_find_attempt(m, m->transactions,
	    sent_message_transaction_key(&m->key, client, invite, branch));
}

/* With record SEQ A ends, as the transaction of m->key does: once (RFC 3261
 * 17.1.1.2, 17.1.2.2), whatever comes for it again when A has gone on. */
static void
end_attempt(struct measures *m, struct measure *a, const struct trace *t,
    uint64_t seq, enum measure_end end, unsigned status)
{
	(void)map_remove(m->transactions, buf_view(&m->key));
	if (a == NULL || a->end != MEASURE_OPEN)
		return;
	a->end = end;
	a->status = status;
	a->ended = seq;
	a->t_ended = trace_time_of(t, seq);
}

/* A response comes to where its request began. */
static void
measure_take_recv(struct measures *m, const struct trace *t, uint64_t seq)
{
	const struct trace_send *s = &m->message.send;
	enum measure_kind kind = measure_kind_of(s->cseq_method);
	struct measure *a = NULL;

	if (s->status >= 101 && kind != MEASURE_KIND_COUNT)
		a = measure_find_asked(m, trace_node_of(t, seq),
		    kind == MEASURE_SESSION, s->branch);
	/* A node's branches may be of several calls (8.1.1.7). */
	if (a == NULL || !str_eq(a->call_id, s->call_id))
		return;
	if (a->end == MEASURE_OPEN && a->told == 0) {
		a->told = seq;
		a->t_told = trace_time_of(t, seq);
	}
	if (s->status >= 200)
		end_attempt(m, a, t, seq, MEASURE_ANSWERED, s->status);
}

/* A client transaction ends without a final response. */
static void
measure_take_step(struct measures *m, const struct trace *t, uint64_t seq)
{
	struct buf *text = &m->text;
	enum measure_end end = MEASURE_OPEN;
	struct trace_rec rec;
	struct str event;
	bool invite;

	trace_get(t, seq, &rec);
	event = trace_str(&rec, "event", text);
	if (str_is(event, "Timer B") || str_is(event, "Timer F"))
		end = MEASURE_TIMEOUT;
	else if (str_is(event, "transport error"))
		end = MEASURE_TRANSPORT;
	else
		return;
	invite = str_is(trace_str(&rec, "machine", text), "ICT");
	end_attempt(m,
	    measure_find_asked(
		m, trace_node_of(t, seq), invite, trace_str(&rec, "id", text)),
	    t, seq, end, 0);
}

/* The message that record SEQ of T is about; one that arrives is often the one
 * that was sent last. */
static int
measure_read_message(struct measures *m, const struct trace *t, uint64_t seq)
{
	struct trace_rec rec;
	int err;

	trace_get(t, seq, &rec);
	if (m->read != 0 && trace_send_of(t, &rec) == m->read)
		return 0;
	err = sent_message_read_record(&m->message, t, &rec);
	m->read = err == 0 ? m->message.seq : 0;
	return err;
}

/*
 * What record SEQ of T tells. A request that was not forwarded begins an
 * attempt or goes on with one; a response that reaches its sender, or the end
 * of its transaction, ends that. 0 or ERR_NOMEM.
 */
static int
measures_take(struct measures *m, const struct trace *t, uint64_t seq)
{
	enum trace_kind kind = trace_kind_of(t, seq);
	int err = 0;

	if (kind == TRACE_FSM)
		measure_take_step(m, t, seq);
	else if (kind == TRACE_MEDIA)
		err = measures_take_media(m, t, seq);
	else if (kind == TRACE_SEND || kind == TRACE_RECV)
		err = measure_read_message(m, t, seq);
	else
		return 0;
	if (err == 0 && kind == TRACE_SEND && m->message.sip)
		err = measure_take_send(m, trace_node_of(t, seq));
	else if (err == 0 && kind == TRACE_RECV)
		measure_take_recv(m, t, seq);
	if (m->key.err != 0 || m->text.err != 0 || m->message.fields.err != 0)
		return ERR_NOMEM;
	return err == ERR_NOTFOUND ? 0 : err;
}

bool
measures_extend(struct measures *m, const struct trace *t, uint64_t max)
{
	uint64_t count = trace_count(t);

	for (; m->err == 0 && max > 0 && m->position < count; max--)
		m->err = measures_take(m, t, ++m->position);
	return m->err == 0 && m->position < count;
}

int
measures_error(const struct measures *m)
{
	return m->err;
}

size_t
measures_count(const struct measures *m)
{
	return m->n;
}

const struct measure *
measures_get(const struct measures *m, size_t i)
{
	return &m->list[i];
}

bool
measure_succeeded(const struct measure *a)
{
	return a->end == MEASURE_ANSWERED && a->status >= 200 &&
	       a->status < 300;
}

bool
measure_failed(const struct measure *a)
{
	return a->end == MEASURE_ANSWERED && a->status >= 400 &&
	       !sent_message_is_challenge(a->status);
}

int64_t
measure_wait(const struct measure *a)
{
	return a->queued && a->t_ended >= 0 ? a->t_ended - a->t : -1;
}

int64_t
measure_delay(const struct measure *a)
{
	int64_t to = a->kind == MEASURE_SESSION ? a->t_told : a->t_ended;

	return to < 0 ? -1 : to - a->t;
}

const char *
measure_scale_word(enum measure_scale s)
{
	return scales[s];
}

size_t
measures_streams(const struct measures *m)
{
	return m->nstreams;
}

const struct measure_stream *
measures_stream(const struct measures *m, size_t i)
{
	return &m->streams[i];
}

double
measure_stream_share(const struct measure_stream *s, int64_t n)
{
	double sent = (double)s->packets + (double)s->lost;

	return sent > 0 ? (double)n / sent : 0;
}

const char *
measure_method(enum measure_kind kind)
{
	return methods[kind];
}
