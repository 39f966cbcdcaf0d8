/*
 * Words for the state at a moment: states, timers, and a node's properties
 * besides its name.
 */
#include "words/state_words.h"

#include "machine/machine_osip.h"

#include <string.h>

#include "base/i18n.h"
#include "base/rows.h"
#include "role/role.h"
#include "text/utf8.h"
#include "trace/program.h"
#include "words/record_text.h"
#include "words/time_words.h"
#include "words/trace_words.h"

/* ---- words for what lives ---- */

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

/* The id of the state NAME of M; STATE_NONE where it has none such. */
static enum state_id
state_id_of(const struct machine *m, struct str name)
{
	const struct machine_state *s = machine_find_state(m, name);

	return s != NULL ? s->id : STATE_NONE;
}

struct str
state_name(const struct machine *m, struct str state)
{
	static const char *const names[] = { N_("unregistered"),
		N_("registering"), N_("registered"), N_("refreshing"),
		N_("unregistering"), N_("unpublished"), N_("publishing"),
		N_("published"), N_("removing"), N_("failed"),
		N_("not-registered"), N_("auth-pending"), N_("removed") };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_is(state, names[i]))
			return str_of(i18n_text(names[i]));
	if (m != NULL && machine_vocabulary_chosen() == MACHINE_WORDS_OSIP) {
		const char *osip = machine_osip_state(m, state_id_of(m, state));

		return osip != NULL && state.n > 0 ? str_of(osip) : state;
	}
	return state;
}

const char *
event_name_at(const struct machine *m, struct str from, const char *event)
{
	const char *osip = NULL;

	if (m != NULL && machine_vocabulary_chosen() == MACHINE_WORDS_OSIP)
		osip =
		    machine_osip_event(m, state_id_of(m, from), str_of(event));
	return osip != NULL ? osip : i18n_text(event);
}

const char *
event_name(const struct machine *m, const struct machine_edge *e)
{
	return event_name_at(
	    m, str_of(state_word(e->from)), event_word(e->event));
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
state_call_waits(const struct state_at *f, const struct state_at_call *c)
{
	if (str_is(c->state, "moratorium"))
		return _("2xx sent, no ACK yet");
	/* The subscription that a REFER has made (RFC 3515). */
	if (state_at_find_transaction(f, c->node, STR("subscription"), c->id) !=
	    NULL)
		return _("transferring");
	return NULL;
}

void
state_put_binding(struct buf *b, const struct state_at_binding *e, int64_t now)
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
state_method(const struct trace *t, const struct state_at *f,
    const struct state_at_transaction *tr, struct buf *scratch)
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
	if (last > state_at_position(f))
		last = state_at_position(f);
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
state_owns_timer(const struct state_at_transaction *tr, struct str id,
    const struct state_at_timer *timer)
{
	if (tr != NULL)
		return state_at_owns_timer(tr, timer);
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
state_next_told(const struct trace *t, const struct state_at_transaction *tr,
    size_t *at, struct str *value, struct buf *scratch)
{
	struct trace_rec rec;

	trace_get(t, tr->last, &rec);
	while (*at < COUNT_OF(told)) {
		size_t i = (*at)++;

		buf_clear(scratch);
		*value =
		    state_without_scheme(trace_str(&rec, told[i].key, scratch));
		if (value->n > 0)
			return i18n_text(told[i].label);
	}
	return NULL;
}

const struct state_at_media *
state_stream_of(const struct state_at *f, const struct state_at_source *s)
{
	const struct state_at_media *m;
	size_t at = 0;

	while ((m = state_at_next_media(f, s->node, &at)) != NULL)
		if (str_eq(m->call, s->call) &&
		    (s->type.n == 0 || str_eq(m->type, s->type)))
			return m;
	return NULL;
}

/* Something comes on the side of M. */
static bool
stream_receives(const struct state_at *f, const struct state_at_media *m)
{
	const struct state_at_source *s;
	size_t at = 0;

	while ((s = state_at_next_source(f, m->node, &at)) != NULL)
		if (s->still == 0 && state_stream_of(f, s) == m)
			return true;
	return false;
}

const char *
state_stream_word(const struct state_at *f, const struct state_at_media *m)
{
	bool hears = stream_receives(f, m);

	if (m->flow != 0)
		return hears ? _("sending and receiving") : _("sending");
	if (hears)
		return _("receiving");
	return str_is(m->direction, "inactive") ? _("inactive") : _("agreed");
}

void
state_put_stream(struct buf *b, const struct state_at_media *m)
{
	struct str to = m->goes.n > 0 ? m->goes : m->peer;

	buf_str(b, m->codec);
	if (to.n > 0)
		buf_printf(b, "%s→ %.*s", b->n > 0 ? " " : "", STR_ARG(to));
}

uint64_t
state_stream_record(const struct state_at_media *m)
{
	return m->flow != 0 ? m->flow : m->stop != 0 ? m->stop : m->agree;
}

/* ---- a node's properties besides its name ---- */

/*
 * A and B are the same text to a reader: in whichever case, with spaces, dashes
 * and dots or without. "Proxy 1" is read as proxy1.
 */
static bool
node_reads_alike(struct str a, struct str b)
{
	size_t i = 0, k = 0;

	for (;;) {
		while (i < a.n && strchr(" -_.", a.p[i]) != NULL)
			i++;
		while (k < b.n && strchr(" -_.", b.p[k]) != NULL)
			k++;
		if (i == a.n || k == b.n)
			return i == a.n && k == b.n;
		if (chr_lower(a.p[i++]) != chr_lower(b.p[k++]))
			return false;
	}
}

bool
node_label_is_role(struct str label, struct str role)
{
	LOCAL_BUF text = BUF_INIT;

	role_put(&text, role, " · ");
	return label.n > 0 && text.err == 0 &&
	       node_reads_alike(label, buf_view(&text));
}

struct str
node_caption(struct str name, struct str label)
{
	/* "px proxy" is a label for a drawing that says no roles. */
	if (label.n > name.n && label.p[name.n] == ' ' && name.n > 0 &&
	    memcmp(label.p, name.p, name.n) == 0)
		return STR_NULL;
	return node_reads_alike(name, label) ? STR_NULL
					     : title_translate(label);
}

/*
 * The words for timers, in one table. A timer that it does not have goes
 * by its name in the trace.
 */
static const struct timer_words {
	const char *name;
	const char *title; /* begins a sentence */
	const char *brief; /* within a line */
	/* Before "after 500 ms", or with %s for that time. */
	const char *does;
} words[] = {
	{ "1xx", N_("The timer that retransmits the 1xx"), N_("1xx timer"),
	    N_("retransmits 1xx") },
	{ "2xx", N_("The timer that retransmits the 2xx"), N_("2xx timer"),
	    N_("retransmits 2xx") },
	{ "reliable", N_("The timer that retransmits the reliable response"),
	    N_("reliable timer"), N_("retransmits 1xx") },
	{ "refresh", N_("The timer that refreshes the registration"),
	    N_("refresh timer"), N_("registers again") },
	{ "resubscribe", N_("The timer that refreshes the subscription"),
	    N_("refresh timer"), N_("subscribes again") },
	{ "news", N_("The timer that limits the rate of NOTIFYs"),
	    N_("NOTIFY timer"), N_("sends NOTIFY") },
	{ "republish", N_("The timer that refreshes the published state"),
	    N_("refresh timer"), N_("publishes again") },
	{ "answer", N_("The timer that answers the call"), N_("answer timer"),
	    N_("answers") },
	{ "hangup", N_("The timer that hangs up"), N_("hangup timer"),
	    N_("hangs up") },
	{ "expires", N_("The timer of the INVITE's Expires"),
	    N_("Expires timer"), N_("the INVITE expires") },
	/* Of a subscription, or of a registration. */
	{ "expire", N_("The expiry timer"), N_("expiry timer"), N_("expires") },
	{ "100", N_("The timer that sends 100 for a request still unanswered"),
	    N_("100 timer"), N_("still no answer") },
	{ "cancel",
	    N_("The timer that waits for the final response after a CANCEL"),
	    N_("cancel timer"), N_("gives the INVITE up") },
	{ "no-answer", N_("The timer of a call that nobody answers"),
	    N_("no-answer timer"), N_("gives up ringing") },
	{ "ping", N_("The timer that asks whether the server is there"),
	    N_("ping timer"), N_("asks whether the server is there") },
	{ "glare", N_("The timer that waits after a 491"), N_("glare timer"),
	    N_("tries again") },
	{ "retry", N_("The timer that waits as Retry-After says"),
	    N_("retry timer"), N_("tries again") },
	{ "recovery", N_("The timer that waits after a failure"),
	    N_("recovery timer"), N_("tries again") },
	{ "session-refresh", N_("The timer that refreshes the session"),
	    N_("session refresh timer"), N_("refreshes the session") },
	{ "session", N_("The timer of the session interval"),
	    N_("session timer"), N_("the session expires") },
	{ "refer", N_("The timer of a request that a REFER asked for"),
	    N_("REFER timer"), N_("as the REFER asked") },
	{ "udp", N_("The timer of the NAT mapping for UDP"),
	    N_("mapping timer"), N_("the mapping ends") },
	{ "transitory",
	    N_("The short timer of the NAT mapping of a connection"),
	    N_("mapping timer"), N_("the mapping ends") },
	{ "established", N_("The timer of the NAT mapping of a connection"),
	    N_("mapping timer"), N_("the mapping ends") },
	{ "ring", N_("The timer that ends the ringing"), N_("ring timer"),
	    N_("the ringing ends") },
	{ "watch", N_("The timer that checks whether the peer is still there"),
	    N_("watch timer"), N_("watch %s") },
	{ "after", N_("The program's timer"), N_("program timer"),
	    N_("after %s") },
	{ "keep-alive", N_("The timer of keep-alives"), N_("keep-alive timer"),
	    N_("keep-alive %s") },
	{ "pong", N_("The timer that waits for the pong"), N_("pong timer"),
	    N_("pong %s") },
	{ "check", N_("The timer of the continuity check"), N_("check timer"),
	    N_("check %s") },
	{ "empty", N_("The timer of an empty conference"), N_("empty timer"),
	    N_("empty %s") },
	{ "unsubscribe", N_("The timer that ends the subscription"),
	    N_("unsubscribe timer"), N_("unsubscribe %s") },
	{ "place", N_("The timer that announces the place in the queue"),
	    N_("place timer"), N_("place %s") },
	{ "wrap-up", N_("The timer of the agent's work after a call"),
	    N_("wrap-up timer"), N_("wrap-up %s") },
	{ "silent", N_("The timer of a next hop that does not answer"),
	    N_("silence timer"), N_("silent %s") },
	{ "rest", N_("The timer of an agent's rest"), N_("rest timer"),
	    N_("rest %s") },
	{ "alert", N_("The timer until the phone answers"), N_("alert timer"),
	    N_("alert %s") },
	{ "play", N_("The timer of what is played"), N_("play timer"),
	    N_("play %s") },
	{ "collect", N_("The timer that waits for digits"), N_("digit timer"),
	    N_("collect %s") },
};

/* NULL: it goes by its name. */
static const struct timer_words *
state_words_find_timer(struct str name)
{
	return ROWS_ROW(name, words);
}

/* "Timer A" for the RFC's single letters, else the name itself. */
static void
put_timer_name(struct buf *b, struct str name)
{
	if (name.n == 1 && name.p[0] >= 'A' && name.p[0] <= 'Z')
		buf_printf(b, _("Timer %s"), (char[]){ name.p[0], '\0' });
	else
		utf8_add_safe(b, utf8_clip(name, 40));
}

void
timer_put_title(struct buf *b, struct str name)
{
	const struct timer_words *w = state_words_find_timer(name);

	if (w != NULL)
		buf_puts(b, i18n_text(w->title));
	else
		put_timer_name(b, name);
}

void
timer_put_short(struct buf *b, struct str name)
{
	const struct timer_words *w = state_words_find_timer(name);

	if (w != NULL)
		buf_puts(b, i18n_text(w->brief));
	else
		put_timer_name(b, name);
}

void
timer_put_row(struct buf *b, struct str name, int64_t length)
{
	const struct timer_words *w = state_words_find_timer(name);
	char lasts[TIME_ROOM];

	if (length > 0)
		time_length_text(length, lasts);
	if (w != NULL && strstr(w->does, "%s") != NULL) {
		if (length > 0)
			buf_printf(b, i18n_text(w->does), lasts);
		else
			buf_puts(b, i18n_text(w->brief));
	} else if (w != NULL && length > 0) {
		/* TRANSLATORS: "retransmits 2xx after 500 ms" */
		buf_printf(b, _("%s after %s"), i18n_text(w->does), lasts);
	} else if (w != NULL) {
		buf_puts(b, i18n_text(w->does));
	} else {
		put_timer_name(b, name);
		if (length > 0)
			buf_printf(b, " %s", lasts);
	}
}
