/*
 * Subscriptions: RFC 6665, and RFC 3515 for the implicit ones of a REFER.  The
 * machine of machine/machine.h is the subscriber's, and that of the receiver of
 * a REFER; a notifier of a SUBSCRIBE has the dialog alone.  A dialog begins
 * with the NOTIFY (4.4.1), unless the request came within one.
 */
#include "base/err.h"
#include "inference/infer_call.h"
#include "inference/infer_usage.h"
#include "msg/header_names.h"

struct subscription {
	struct infer_usage u;
	struct infer_dialogs dialogs;
	bool notifier, refer;
	bool shares; /* the dialog is a call's */
};

/* ---- the subscription of a message ---- */

/* The event package, 0 where there is none; of a REFER it is "refer". */
static uint32_t
package_of(struct infer *f, const struct correlation_message *m)
{
	struct str rest, name = STR("refer");

	if (m->method != MSG_REFER)
		name = str_trim(
		    str_cut(msg_value(&f->co->msg, MSG_H_EVENT), ';', &rest));
	return infer_number(f, name);
}

static struct subscription *
find_subscription(struct infer *f, uint32_t node,
    const struct correlation_message *m, uint32_t package, bool notifier)
{
	uint32_t key[4] = { notifier ? INFER_NOTIFIER : INFER_SUBSCRIBER, node,
		m->call, package };

	return package != 0 ? infer_usage_find(f, key) : NULL;
}

/* The id of the call whose dialog the subscription shares, else
 * "presence/tag". */
static uint32_t
name_it(struct infer *f, const struct subscription *s, uint32_t package,
    uint32_t local)
{
	const struct infer_call *c =
	    infer_call_of_tag(f, s->u.node, s->u.call, local);

	buf_clear(&f->key);
	if (c != NULL)
		buf_printf(&f->key, "%s/%u", f->co->nodes[s->u.node].name,
		    (unsigned)c->number);
	else
		buf_printf(&f->key, "%.*s/%.*s",
		    STR_ARG(numbers_text(f->co->texts, package)),
		    STR_ARG(numbers_text(f->co->texts, local)));
	if (f->key.err != 0)
		f->err = f->key.err;
	return infer_number(f, buf_view(&f->key));
}

static void end_subscription(
    struct infer *f, struct infer_usage *u, int64_t t, uint64_t cause);

/* The subscription that request M is about; a new one as well, where the old
 * one is over. */
static struct subscription *
get_subscription(
    struct infer *f, const struct correlation_message *m, bool notifier)
{
	uint32_t node = notifier ? m->dst : m->src;
	uint32_t local = notifier ? m->to_tag : m->from_tag;
	uint32_t key[4] = { notifier ? INFER_NOTIFIER : INFER_SUBSCRIBER, node,
		m->call, package_of(f, m) };
	struct subscription *s;

	if (m->call == 0 || key[3] == 0)
		return NULL;
	s = infer_usage_find(f, key);
	if (s == NULL)
		s = infer_usage_new(
		    f, key, sizeof(*s), "subscription", node, m->call);
	else if (machine_ends_in(s->u.m, s->u.state) &&
		 (m->to_tag == 0 || s->refer))
		s->u.state = s->u.m->start;
	if (s == NULL || f->err != 0)
		return NULL;
	s->u.ended = end_subscription;
	s->notifier = notifier;
	s->refer = m->method == MSG_REFER;
	s->dialogs.node = node;
	s->dialogs.call = m->call;
	s->shares = infer_call_of_tag(f, node, m->call, local) != NULL;
	if (s->u.id == 0)
		s->u.id = name_it(f, s, key[3], notifier ? m->from_tag : local);
	return s;
}

/* ---- the dialog ---- */

static void
end_dialogs(struct infer *f, struct subscription *s, int64_t t, uint64_t cause)
{
	for (size_t i = 0; !s->shares && i < s->dialogs.n; i++)
		infer_step_dialog(f, &s->dialogs, s->dialogs.of[i].local,
		    s->dialogs.of[i].remote, t, cause, EVENT_NOTIFY_TERMINATED);
}

static void
end_subscription(
    struct infer *f, struct infer_usage *u, int64_t t, uint64_t cause)
{
	end_dialogs(f, (struct subscription *)u, t, cause);
}

/* ---- requests ---- */

/* RFC 4488: the REFER asks for no subscription. */
static bool
is_unwanted(const struct msg *msg)
{
	struct str rest, value = msg_value(msg, MSG_H_REFER_SUB);

	return str_iis(str_trim(str_cut(value, ';', &rest)), "false");
}

static void
note_subscribe_sent(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	struct infer_tx *tx = infer_find_tx(f, m->src, m->tx, true);
	struct subscription *s;
	uint64_t seq = f->place[i].send;
	bool first;

	if (m->method == MSG_REFER && is_unwanted(&f->co->msg))
		return;
	s = get_subscription(f, m, false);
	if (s == NULL)
		return;
	first = infer_usage_is_in(&s->u, STATE_INIT);
	s->u.cseq = m->cseq;
	if (tx != NULL)
		tx->usage = &s->u;
	if (machine_next(s->u.m, s->u.state,
		s->refer ? EVENT_REFER_SENT : EVENT_SUBSCRIBE) == NULL)
		return;
	seq = infer_usage_step(f, &s->u, m->t, seq,
	    s->refer ? EVENT_REFER_SENT : EVENT_SUBSCRIBE, 0);
	infer_usage_set(f, &s->u, "N", m->t, seq, SIP_64T1_NS);
	if (tx != NULL && first)
		tx->usage_state = s->u.state;
}

/* What Subscription-State says: an event of the machine, and for how long
 * (-1: nothing). */
static enum event_id
notified(const struct infer *f, bool sent, int64_t *ns)
{
	static const struct {
		const char *word;
		enum event_id event;
	} words[] = {
		{ "active", EVENT_NOTIFY_ACTIVE },
		{ "pending", EVENT_NOTIFY_PENDING },
		{ "terminated", EVENT_NOTIFY_TERMINATED },
		{ "active", EVENT_NOTIFY_ACTIVE_SENT },
		{ "terminated", EVENT_NOTIFY_TERMINATED_SENT },
	};
	struct str value = msg_value(&f->co->msg, MSG_H_SUBSCRIPTION_STATE);
	struct str rest, text, word = str_trim(str_cut(value, ';', &rest));
	struct str params = str_trim(str_slice(value, word.n, value.n));

	*ns = msg_param(params, "expires", &text) ? infer_seconds(text) : -1;
	for (size_t k = sent ? 3 : 0; k < (sent ? 5u : 3u); k++)
		if (str_iis(word, words[k].word))
			return words[k].event;
	return EVENT_NONE;
}

static void
notify_sent(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	struct subscription *s =
	    find_subscription(f, m->src, m, package_of(f, m), true);
	struct infer_tx *tx = infer_find_tx(f, m->src, m->tx, true);
	uint64_t seq = f->place[i].send;
	enum event_id event;
	int64_t ns;

	if (s == NULL)
		return;
	event = notified(f, true, &ns);
	if (tx != NULL)
		tx->usage = &s->u;
	if (!s->shares)
		infer_dialog(f, &s->dialogs, m->from_tag, m->to_tag, m->t, seq,
		    EVENT_NOTIFY, 0, true);
	if (s->refer && event != EVENT_NONE)
		seq = infer_usage_step(f, &s->u, m->t, seq, event, 0);
	if (event == EVENT_NOTIFY_TERMINATED_SENT)
		end_dialogs(f, s, m->t, seq);
}

static void
notify_received(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	struct subscription *s =
	    find_subscription(f, m->dst, m, package_of(f, m), false);
	uint64_t seq = f->place[i].effect;
	enum event_id event;
	int64_t ns;

	if (s == NULL || infer_usage_is_in(&s->u, STATE_INIT) ||
	    infer_usage_is_in(&s->u, STATE_TERMINATED))
		return;
	event = notified(f, false, &ns);
	if (!s->shares) {
		infer_dialogs_read(f, &s->dialogs);
		infer_dialog(f, &s->dialogs, m->to_tag, m->from_tag, m->t_last,
		    seq, EVENT_NOTIFY, 0, false);
	}
	if (event == EVENT_NONE)
		return;
	infer_usage_stop(f, &s->u, "N", m->t_last, seq);
	seq = infer_usage_step(f, &s->u, m->t_last, seq, event, 0);
	if (ns > 0 && !infer_usage_is_in(&s->u, STATE_TERMINATED))
		infer_usage_set(f, &s->u, "expire", m->t_last, seq, ns);
}

/* ---- responses ---- */

/* RFC 6665 4.1.2.2: the statuses to a refresh that end the subscription; it
 * outlives any other rejection. */
static bool
ends_all(unsigned status)
{
	static const uint16_t ends[] = { 404, 405, 410, 416, 480, 481, 482, 483,
		484, 485, 489, 501, 604 };

	for (size_t i = 0; i < COUNT_OF(ends); i++)
		if (status == ends[i])
			return true;
	return false;
}

/* The answer to a SUBSCRIBE or REFER. */
static void
note_subscribe_response(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	struct infer_tx *tx = infer_find_tx(f, m->dst, m->tx, true);
	struct subscription *s;
	uint64_t seq = f->place[i].effect;
	int64_t ns;

	/* A response need not name the package; its transaction knows. */
	s = tx != NULL ? (struct subscription *)tx->usage : NULL;
	if (s == NULL || m->cseq != s->u.cseq || infer_goes_on(f, i))
		return;
	if (m->status >= 300 && !infer_usage_is_in(&s->u, STATE_NOTIFY_WAIT) &&
	    !ends_all(m->status))
		return;
	seq = infer_usage_step(f, &s->u, m->t_last, seq, EVENT_NONE, m->status);
	ns = infer_seconds(msg_value(&f->co->msg, MSG_H_EXPIRES));
	if (m->status < 300 && ns > 0 &&
	    !infer_usage_is_in(&s->u, STATE_TERMINATED))
		infer_usage_set(f, &s->u, "expire", m->t_last, seq, ns);
}

/* A 2xx to a REFER: its recipient accepts, and is the notifier (RFC 3515
 * 2.4.2). */
static void
sub_usage_accepted(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	uint32_t key[4] = { INFER_NOTIFIER, m->src, m->call,
		numbers_find(f->co->texts, STR("refer")) };
	struct subscription *s = infer_usage_find(f, key);

	if (s != NULL && infer_usage_is_in(&s->u, STATE_INIT))
		infer_usage_step(
		    f, &s->u, m->t, f->place[i].send, EVENT_REFER, 0);
}

/* RFC 6665 4.2.2: 481 to a NOTIFY, the subscriber has no such subscription. */
static void
notify_refused(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	struct infer_tx *tx = infer_find_tx(f, m->dst, m->tx, true);
	struct subscription *s =
	    tx != NULL ? (struct subscription *)tx->usage : NULL;

	if (s == NULL)
		return;
	if (s->refer)
		infer_usage_step(f, &s->u, m->t_last, f->place[i].effect,
		    EVENT_NONE, m->status);
	end_dialogs(f, s, m->t_last, f->place[i].effect);
}

/* ---- */

static bool
sub_usage_asks(const struct correlation_message *m)
{
	return m->method == MSG_SUBSCRIBE || m->method == MSG_REFER;
}

void
infer_subscription_sent(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];

	if (m->fwd != CORRELATION_NONE || m->retx != CORRELATION_NONE ||
	    m->call == 0 || f->err != 0)
		return;
	if (m->status == 0 && m->nvias == 1 && sub_usage_asks(m))
		note_subscribe_sent(f, i);
	else if (m->status == 0 && m->nvias == 1 && m->method == MSG_NOTIFY)
		notify_sent(f, i);
	else if (m->status / 100 == 2 && m->method == MSG_REFER)
		sub_usage_accepted(f, i);
}

void
infer_subscription_received(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	struct subscription *s;

	if (m->retx != CORRELATION_NONE || m->call == 0 || f->err != 0)
		return;
	if (m->status == 0 && m->passed)
		return;
	if (m->status == 0 && sub_usage_asks(m) &&
	    correlation_keeps(f->co, m->dst)) {
		s = get_subscription(f, m, true);
		if (s != NULL)
			infer_dialogs_read(f, &s->dialogs);
	} else if (m->status == 0 && m->method == MSG_NOTIFY) {
		notify_received(f, i);
	} else if (m->status >= 200 && m->nvias == 1 && sub_usage_asks(m)) {
		note_subscribe_response(f, i);
	} else if (m->status == 481 && m->nvias == 1 &&
		   m->method == MSG_NOTIFY) {
		notify_refused(f, i);
	}
}
