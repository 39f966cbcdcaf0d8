/*
 * One record's way into the list of attempts.  A request that nobody forwarded
 * begins an attempt or goes on with one; a response that reaches whoever sent
 * it, or the end of its transaction, ends that.
 */
#include "measures/measures_in.h"

#include "base/array.h"
#include "base/err.h"

static const char *const methods[] = {
#define X(id, method) method,
	MEASURE_KINDS(X)
#undef X
};

/* MEASURE_KIND_COUNT: nothing that is measured. */
static enum measure_kind
kind_of(struct str method)
{
	int i = 0;

	while (i < MEASURE_KIND_COUNT && !str_is(method, methods[i]))
		i++;
	return (enum measure_kind)i;
}

/* The attempt that KEY leads to in MAP, or NULL. */
static struct measure *
find_attempt(struct measures *m, const struct map *map, struct str key)
{
	uintptr_t at = (uintptr_t)map_get(map, key);

	return at != 0 ? &m->list[at - 1] : NULL;
}

/* KEY leads to A from now on. */
static int
lead_to(const struct measures *m, struct map *map, struct str key,
    const struct measure *a)
{
	return map_put(map, key, (void *)(uintptr_t)(a - m->list + 1));
}

/* A node and what is its own; "" where there was no memory. */
static struct str
node_key(struct measures *m, struct str node, const char *kind, struct str own)
{
	buf_clear(&m->key);
	buf_puts(&m->key, kind);
	buf_putc(&m->key, '\n');
	buf_str(&m->key, node);
	buf_putc(&m->key, '\n');
	buf_str(&m->key, own);
	if (m->key.err != 0)
		m->err = ERR_NOMEM;
	return buf_view(&m->key);
}

/*
 * The final response STATUS leaves it to whoever sent the request to go on:
 * with a password, or elsewhere.  RFC 6076 4.1 and 4.3.2: challenges are no
 * failures, a redirection is a part of the attempt.
 */
static bool
goes_on_after(unsigned status)
{
	return (status >= 300 && status < 400) || status == 401 ||
	       status == 402 || status == 407;
}

/* The request of REC has no credentials, as far as its bytes are there: it is
 * no answer to a challenge. */
static bool
is_bare(struct measures *m, const struct trace_rec *rec)
{
	struct str rest = trace_bytes(rec, &m->bytes), line;

	if (m->bytes.err != 0)
		m->err = ERR_NOMEM;
	if (rest.n == 0)
		return false;
	while (rest.n > 0) {
		line = str_trim(str_cut(rest, '\n', &rest));
		if (line.n == 0)
			break;
		if (str_istarts(line, "Authorization") ||
		    str_istarts(line, "Proxy-Authorization"))
			return false;
	}
	return true;
}

/* The request of REC goes on with A. */
static bool
goes_on(
    struct measures *m, const struct measure *a, const struct trace_rec *rec)
{
	if (a == NULL || measure_succeeded(a))
		return false;
	/* Until there is a dialog each INVITE of the caller is for it. */
	if (a->kind == MEASURE_SESSION)
		return true;
	if (a->end != MEASURE_ANSWERED || !goes_on_after(a->status))
		return false;
	/* Who was refused, and begins anew later, has given the first up. */
	return a->status < 400 || !is_bare(m, rec);
}

static void
reopen(struct measure *a)
{
	/* What the challenge or redirection told alone is told anew. */
	if (a->told == a->ended) {
		a->told = 0;
		a->t_told = -1;
	}
	a->end = MEASURE_OPEN;
	a->ended = 0;
	a->t_ended = -1;
}

static int
add_attempt(struct measures *m, const struct trace *t,
    const struct trace_rec *rec, enum measure_kind kind, struct str call_id,
    struct measure **out)
{
	struct measure *a;
	struct str kept;

	if (ARRAY_ROOM(&m->list, &m->cap, m->n + 1) != 0)
		return ERR_NOMEM;
	a = &m->list[m->n];
	*a = (struct measure){ .kind = kind,
		.node = trace_node_of(t, rec->seq),
		.request = rec->seq,
		.t = rec->t,
		.t_told = -1,
		.t_ended = -1 };
	if (map_keep(m->texts, call_id, &kept) != 0 ||
	    (kind == MEASURE_SESSION && lead_to(m, m->calls, call_id, a) != 0))
		return ERR_NOMEM;
	a->call_id = kept;
	m->n++;
	*out = a;
	return 0;
}

/* A request that its node makes itself. */
static int
take_request(struct measures *m, const struct trace *t,
    const struct trace_rec *rec, const struct trace_send *s)
{
	enum measure_kind kind = kind_of(s->method);
	struct measure *a, *call;
	struct str key;
	int err;

	if (kind == MEASURE_KIND_COUNT || s->retx != 0 || s->fwd != 0)
		return 0;
	key = node_key(m, rec->node, methods[kind], s->call_id);
	a = find_attempt(m, m->latest, key);
	call = find_attempt(m, m->calls, s->call_id);
	if (goes_on(m, a, rec)) {
		reopen(a);
	} else if (kind == MEASURE_SESSION && call != NULL) {
		/* Within the dialog that there is, from either side. */
		return 0;
	} else {
		err = add_attempt(m, t, rec, kind, s->call_id, &a);
		if (err == 0)
			err = lead_to(m, m->latest, key, a);
		if (err != 0)
			return err;
	}
	key = node_key(m, rec->node, methods[kind], s->branch);
	return m->err != 0 ? m->err : lead_to(m, m->transactions, key, a);
}

static int
take_send(
    struct measures *m, const struct trace *t, const struct trace_rec *rec)
{
	struct trace_send s;
	struct measure *call;
	int err = trace_get_send(rec, &s, &m->fields);

	if (err != 0 || s.call_id.n == 0 ||
	    trace_class_of(s.proto) != TRACE_CLASS_SIP)
		return err == ERR_NOMEM ? err : 0;
	if (s.status == 0 && (err = take_request(m, t, rec, &s)) != 0)
		return err;
	call = find_attempt(m, m->calls, s.call_id);
	if (call != NULL) {
		call->messages++;
		call->retx += s.retx != 0;
	}
	return m->err;
}

static void
end_attempt(struct measure *a, const struct trace_rec *rec,
    enum measure_end end, unsigned status)
{
	a->end = end;
	a->status = status;
	a->ended = rec->seq;
	a->t_ended = rec->t;
}

/* A response comes to where its request began. */
static int
take_recv(
    struct measures *m, const struct trace *t, const struct trace_rec *rec)
{
	int64_t of = trace_int(rec, "of", 0);
	enum measure_kind kind;
	struct trace_rec sent;
	struct trace_send s;
	struct measure *a;
	int err;

	if (of <= 0 || (uint64_t)of >= rec->seq ||
	    trace_kind_of(t, (uint64_t)of) != TRACE_SEND)
		return 0;
	trace_get(t, (uint64_t)of, &sent);
	err = trace_get_send(&sent, &s, &m->fields);
	if (err != 0)
		return err == ERR_NOMEM ? err : 0;
	kind = kind_of(s.cseq_method);
	if (s.status < 101 || kind == MEASURE_KIND_COUNT)
		return 0;
	a = find_attempt(m, m->transactions,
	    node_key(m, rec->node, methods[kind], s.branch));
	if (m->err != 0 || a == NULL || a->end != MEASURE_OPEN)
		return m->err;
	if (a->told == 0) {
		a->told = rec->seq;
		a->t_told = rec->t;
	}
	if (s.status >= 200)
		end_attempt(a, rec, MEASURE_ANSWERED, s.status);
	return 0;
}

/* A client transaction ends without a final response. */
static int
take_step(struct measures *m, const struct trace_rec *rec)
{
	struct str event = trace_str(rec, "event", &m->fields);
	enum measure_end end =
	    str_is(event, "Timer B") || str_is(event, "Timer F")
		? MEASURE_TIMEOUT
	    : str_is(event, "transport error") ? MEASURE_TRANSPORT
					       : MEASURE_OPEN;
	struct measure *a;
	struct str id;

	if (end == MEASURE_OPEN)
		return m->fields.err;
	id = trace_str(rec, "id", &m->fields);
	for (int k = 0; k < MEASURE_KIND_COUNT; k++) {
		a = find_attempt(
		    m, m->transactions, node_key(m, rec->node, methods[k], id));
		if (a != NULL && a->end == MEASURE_OPEN)
			end_attempt(a, rec, end, 0);
	}
	return m->err != 0 ? m->err : m->fields.err;
}

int
measures_take(
    struct measures *m, const struct trace *t, const struct trace_rec *rec)
{
	if (rec->kind == TRACE_SEND)
		return take_send(m, t, rec);
	if (rec->kind == TRACE_RECV)
		return take_recv(m, t, rec);
	return take_step(m, rec);
}
