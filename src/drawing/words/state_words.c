/* Words for what lives; see words/state_words.h. */
#include "words/state_words.h"

#include "base/i18n.h"
#include "text/utf8.h"
#include "trace/program.h"
#include "words/record_text.h"
#include "words/time_words.h"

/* A transaction's request is looked for among so many records. */
#define NEAR 8

void
state_put_since(struct buf *b, int64_t since)
{
	char time[TIME_ROOM];

	/* TRANSLATORS: "since 0.505 s" */
	buf_printf(b, _("since %s s"), time_text(since, time));
}

void
state_put_left(struct buf *b, int64_t due, int64_t now)
{
	char time[TIME_ROOM];

	if (due >= 0 && due < now)
		/* TRANSLATORS: a timer, "due at 3240.020 s" */
		buf_printf(b, _("due at %s s"), time_text(due, time));
	else if (due >= 0)
		/* TRANSLATORS: "3599.5 s left" */
		buf_printf(b, _("%s left"), time_length_text(due - now, time));
}

struct str
state_name(struct str state)
{
	static const char *const names[] = { N_("unregistered"),
		N_("registering"), N_("registered"), N_("refreshing"),
		N_("unregistering"), N_("unpublished"), N_("publishing"),
		N_("published"), N_("removing"), N_("failed"),
		N_("not-registered"), N_("auth-pending"), N_("removed") };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(state, names[i]))
			return str_of(i18n_text(names[i]));
	return state;
}

struct str
machine_words(struct str name)
{
	const struct machine *m = machine_find(name);

	if (m != NULL)
		return str_of(i18n_text(m->title));
	return str_is(name, TRACE_PROGRAM_MACHINE)
		   ? str_of(_("machine of its program"))
		   : name;
}

const char *
state_call_waits(const struct fold *f, const struct fold_call *c)
{
	if (str_is(c->state, "moratorium"))
		return _("2xx sent, no ACK yet");
	/* The subscription that a REFER has made (RFC 3515). */
	if (fold_find_transaction(f, c->node, STR("subscription"), c->id) !=
	    NULL)
		return _("transferring");
	return NULL;
}

void
state_put_binding(struct buf *b, const struct fold_binding *e, int64_t now)
{
	size_t from = b->n;
	char time[TIME_ROOM];
	uint64_t n;

	/* In thousandths, or as the record has it. */
	if (str_u64(e->q, &n) == 0 && n <= 1000)
		record_put_q(b, (int64_t)n);
	else if (e->q.n > 0)
		buf_printf(b, "q %.*s", STR_ARG(utf8_clip(e->q, 8)));
	if (e->expires >= 0 && b->n > from)
		buf_puts(b, "  ");
	if (e->expires >= now)
		state_put_left(b, e->expires, now);
	else if (e->expires >= 0)
		/* TRANSLATORS: a binding, "until 3600.010 s" */
		buf_printf(b, _("until %s s"), time_text(e->expires, time));
}

/* That of the message that record SEQ received. */
static struct str
method_received(const struct trace *t, uint64_t seq, struct buf *scratch)
{
	struct trace_rec rec, send;
	struct trace_send what;

	trace_get(t, seq, &rec);
	if (rec.kind != TRACE_RECV || !record_message(t, &rec, &send) ||
	    trace_get_send(&send, &what, scratch) != 0)
		return STR_NULL;
	return what.method;
}

struct str
state_method(const struct trace *t, const struct fold *f,
    const struct fold_transaction *tr, struct buf *scratch)
{
	uint64_t cause, last = tr->first + NEAR;
	struct str method = tr->method;
	struct trace_send what;
	struct trace_rec rec;

	if (method.n > 0 || tr->first == 0)
		return method;
	/* A server's is that of the request that made it; what made a client
	 * may have been another request. */
	cause = trace_cause_of(t, tr->first);
	if (cause != 0 && !str_is(tr->machine_name, "NICT"))
		method = method_received(t, cause, scratch);
	if (last > fold_position(f))
		last = fold_position(f);
	for (uint64_t seq = tr->first + 1; seq <= last && method.n == 0;
	     seq++) {
		if (trace_cause_of(t, seq) != tr->first ||
		    trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		trace_get(t, seq, &rec);
		if (trace_get_send(&rec, &what, scratch) == 0)
			method = what.cseq_method;
	}
	return method;
}

bool
state_owns_timer(const struct fold_transaction *tr, struct str id,
    const struct fold_timer *timer)
{
	if (tr != NULL)
		return fold_owns_timer(tr, timer);
	return str_eq(timer->id, id) && timer->machine.n == 0;
}

struct str
state_without_scheme(struct str uri)
{
	return str_istarts(uri, "sip:") ? str_slice(uri, 4, uri.n) : uri;
}

/* Keys of `fsm` records (docs/TRACE.md) and what they are called. */
static const struct {
	const char *key, *label;
} told[] = {
	{ "server", "S-CSCF" },
	{ "sqn", "SQN" },
	/* TRANSLATORS: of H.248: who is in a context */
	{ "terminations", N_("terminations") },
	{ "context", N_("context") },
	{ "mode", N_("mode") },
	/* TRANSLATORS: whether a telephone's receiver is on or off */
	{ "hook", N_("hook") },
	/* TRANSLATORS: of H.248: a tone, or that it rings */
	{ "signal", N_("signal") },
};

const char *
state_next_told(const struct trace *t, const struct fold_transaction *tr,
    size_t *at, struct str *value, struct buf *scratch)
{
	struct trace_rec rec;

	trace_get(t, tr->last, &rec);
	while (*at < sizeof(told) / sizeof(told[0])) {
		size_t i = (*at)++;

		buf_clear(scratch);
		*value =
		    state_without_scheme(trace_str(&rec, told[i].key, scratch));
		if (value->n > 0)
			return i18n_text(told[i].label);
	}
	return NULL;
}

const struct fold_media *
state_stream_of(const struct fold *f, const struct fold_source *s)
{
	const struct fold_media *m;
	size_t at = 0;

	while ((m = fold_next_media(f, s->node, &at)) != NULL)
		if (str_eq(m->call, s->call) &&
		    (s->type.n == 0 || str_eq(m->type, s->type)))
			return m;
	return NULL;
}

/* Something comes on the side of M. */
static bool
stream_receives(const struct fold *f, const struct fold_media *m)
{
	const struct fold_source *s;
	size_t at = 0;

	while ((s = fold_next_source(f, m->node, &at)) != NULL)
		if (s->still == 0 && state_stream_of(f, s) == m)
			return true;
	return false;
}

const char *
state_stream_word(const struct fold *f, const struct fold_media *m)
{
	bool hears = stream_receives(f, m);

	if (m->flow != 0)
		return hears ? _("sending and receiving") : _("sending");
	if (hears)
		return _("receiving");
	return str_is(m->direction, "inactive") ? _("inactive")
						: _("agreed upon");
}

void
state_put_stream(struct buf *b, const struct fold_media *m)
{
	struct str to = m->goes.n > 0 ? m->goes : m->peer;

	buf_str(b, m->codec);
	if (to.n > 0)
		buf_printf(b, "%s→ %.*s", b->n > 0 ? " " : "", STR_ARG(to));
}

uint64_t
state_stream_record(const struct fold_media *m)
{
	return m->flow != 0 ? m->flow : m->stop != 0 ? m->stop : m->agree;
}
