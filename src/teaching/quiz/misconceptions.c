/*
 * The misconceptions of students, from which the wrong options of a question
 * are made.  A row says when it fits, who would send what, and why that does
 * not happen (our own sentences, each with its section).  The rows that
 * fit a question come in this order; the first ones fit best.  An answer that
 * could come next is right and is left out, whatever its row.
 */
#include "quiz/misconceptions.h"

/* ---- the table ---- */

enum when {
	ANY,
	OWN,         /* not forwarded */
	BY_PROXY,    /* a response of a proxy */
	BY_CALLEE,   /* a phone's own response to a call's first INVITE */
	OF_INVITE,   /* a response to a call's first INVITE */
	OF_REINVITE, /* a response to an INVITE of a call that is up */
	OF_OTHER,    /* a response to something else */
	OF_CANCEL,   /* to CANCEL */
	ACK_2XX,     /* the ACK for a 2xx */
	ACK_OTHER,   /* and for anything else */
	REPEATED,    /* sent again */
	UP,          /* in a call that is up */
	NOT_UP,      /* not in such a call */
};

struct row {
	/* The sender and its message; NULL: `now` with another word. */
	bool (*makes)(const struct scene *s, struct quiz_event *e);
	enum when when;
	const char *method; /* of `now` */
	unsigned status;
	const char *for_method; /* the word instead */
	unsigned for_status;
	struct quiz_reason reason;
};

#define FN_ROW(fn, rfc, section, text, may)          \
	{ misconception_##fn, ANY, NULL, 0, NULL, 0, \
		{ text, rfc, section, may } },

#define F_ROW(...) FN_ROW(__VA_ARGS__, false)
#define N_ROW(...) FN_ROW(__VA_ARGS__, true)
#define WORD_ROW(                                                          \
    when, method, status, for_method, for_status, rfc, section, text, may) \
	{ NULL, when, method, status, for_method, for_status,              \
		{ text, rfc, section, may } },

#define W_ROW(...) WORD_ROW(__VA_ARGS__, false)
#define M_ROW(...) WORD_ROW(__VA_ARGS__, true)

static const struct row rows[] = { MISCONCEPTIONS(F_ROW, W_ROW, M_ROW, N_ROW) };

/* Before message END the call was taken, and that was acknowledged. */
static bool
is_up_before(const struct scene *s, size_t end)
{
	bool taken = false;

	for (size_t i = 0; i < end; i++) {
		const struct scene_message *m = &s->messages[i];

		if (!misconception_same_call(s, m))
			continue;
		if (taken && str_is(m->event.method, "ACK"))
			return true;
		taken = taken || misconception_is_2xx(m, STR_NULL);
	}
	return false;
}

static bool
is_up(const struct scene *s)
{
	return is_up_before(s, s->now);
}

/* `now` answers an INVITE that came when the call was up. */
static bool
answers_reinvite(const struct scene *s)
{
	const struct scene_message *now = scene_now(s), *invite;

	if (now->event.status == 0 || now->retx != 0 ||
	    !str_is(now->cseq_method, "INVITE"))
		return false;
	invite =
	    misconception_latest(s, misconception_is_invite_to, now->event.src);
	return invite != NULL &&
	       is_up_before(s, (size_t)(invite - s->messages));
}

static bool
is_when(const struct scene *s, enum when when)
{
	const struct scene_message *now = scene_now(s);
	bool invite = str_is(now->cseq_method, "INVITE");

	switch (when) {
	case OWN:
		return now->fwd == 0;
	case BY_PROXY:
		return scene_is(s, now->event.src, "proxy");
	case BY_CALLEE:
		return now->fwd == 0 && now->event.status != 0 && invite &&
		       !is_up(s) && scene_has(s, now->event.src, TRAIT_AGENT);
	case OF_INVITE:
		return now->event.status != 0 && invite && !is_up(s);
	case OF_REINVITE:
		return answers_reinvite(s);
	case OF_OTHER:
		return now->event.status != 0 && !invite;
	case OF_CANCEL:
		return now->event.status != 0 &&
		       str_is(now->cseq_method, "CANCEL");
	case ACK_2XX:
		return misconception_acks_2xx(s);
	case ACK_OTHER:
		return misconception_acks_failure(s);
	case REPEATED:
		return now->retx != 0;
	case UP:
		return is_up(s);
	case NOT_UP:
		return !is_up(s);
	case ANY:
	default:
		return true;
	}
}

/* The two nodes of `now`, but another word. */
static bool
swap_word(const struct scene *s, const struct row *r, struct quiz_event *e)
{
	const struct quiz_event *now = &scene_now(s)->event;
	unsigned status = r->status < 10 ? now->status / 100 : now->status;

	/* Statuses are those of SIP. */
	if ((r->method == NULL && !scene_now(s)->sip) || status != r->status ||
	    (r->method != NULL && !str_is(now->method, r->method)) ||
	    !is_when(s, r->when))
		return false;
	*e = *now;
	e->seq = 0;
	e->again = false;
	e->method = str_of(r->for_method);
	e->status = r->for_status;
	return true;
}

static bool
is_known(const struct quiz *q, const struct quiz_event *e)
{
	for (size_t i = 0; i < q->nmisconceptions; i++)
		if (quiz_same(&q->misconceptions[i].event, e))
			return true;
	return quiz_is_right(q, e);
}

void
misconception_find(struct scene *s)
{
	struct quiz *q = s->q;

	for (size_t i = 0;
	     i < COUNT_OF(rows) && q->nmisconceptions < MISCONCEPTION_MOST;
	     i++) {
		struct quiz_event e;
		bool fits = rows[i].makes != NULL ? rows[i].makes(s, &e)
						  : swap_word(s, &rows[i], &e);

		/* Only "nothing, until a timer fires" has no sender. */
		if (!fits || is_known(q, &e) ||
		    (e.src.n > 0 && str_eq(e.src, e.dst)))
			continue;
		e.seq = 0;
		q->misconceptions[q->nmisconceptions++] =
		    (struct quiz_option){ .event = e,
			    .wrong = (unsigned)i + 1 };
	}
}

const struct quiz_reason *
quiz_reason(unsigned wrong)
{
	return wrong > 0 && wrong <= COUNT_OF(rows) ? &rows[wrong - 1].reason
						    : NULL;
}

/* ---- free choice ---- */

const struct quiz_reason *
quiz_reason_of(const struct quiz *q, const struct quiz_event *e)
{
	static const struct quiz_reason
	    self = { N_("No node sends that to itself here."), 0, "", false },
	    way_request = { N_("The message is right, but it goes to another "
			       "node: the next hop is named by the first "
			       "Route, or else by the Request-URI."),
		    3261, "8.1.2", false },
	    way_response = { N_("The message is right, but it goes to another "
				"node: a response goes to the address in the "
				"top Via, from where its request came."),
		    3261, "18.2.2", false },
	    word = { N_("The sender and the receiver are right, but it is "
			"another message."),
		    0, "", false },
	    sender = { N_("The message is right, but it is not this node's "
			  "turn."),
		    0, "", false },
	    other = { N_("Nothing that has happened so far makes this node "
			 "send that."),
		    0, "", false };
	const struct quiz_event *now = &q->right[0];
	bool src = str_eq(e->src, now->src), dst = str_eq(e->dst, now->dst);
	bool what = str_eq(e->method, now->method) && e->status == now->status;

	if (e->src.n > 0 && str_eq(e->src, e->dst))
		return &self;
	if (src && what)
		return now->status == 0 ? &way_request : &way_response;
	if (src && dst)
		return &word;
	return what ? &sender : &other;
}

/* ---- mistakes about time: retransmissions ---- */

enum pending {
	PENDING_NONE,
	PENDING_YOUNG,       /* not answered, and for less than T1 */
	PENDING_PROVISIONAL, /* an INVITE with a provisional answer */
	PENDING_TCP,
};

/* What becomes of the request M until `now`. */
static enum pending
pending_of(const struct scene *s, size_t at)
{
	const struct scene_message *m = &s->messages[at];
	bool answered = false;

	if (!m->sip || m->event.method.n == 0 || str_is(m->event.method, "ACK"))
		return PENDING_NONE;
	for (size_t i = at + 1; i < s->now; i++) {
		const struct scene_message *r = &s->messages[i];

		if (quiz_same(&r->event, &m->event) && r->retx != 0)
			return PENDING_NONE;
		if (r->event.status == 0 ||
		    !str_eq(r->cseq_method, m->cseq_method) ||
		    !str_eq(r->call_id, m->call_id) ||
		    !str_eq(r->event.dst, m->event.src) ||
		    !str_eq(r->event.src, m->event.dst))
			continue;
		if (r->event.status >= 200)
			return PENDING_NONE;
		answered = true;
	}
	if (m->stream)
		return PENDING_TCP;
	if (scene_now(s)->t - m->t < SIP_T1_NS)
		return PENDING_YOUNG;
	return answered && str_is(m->cseq_method, "INVITE")
		   ? PENDING_PROVISIONAL
		   : PENDING_NONE;
}

static bool
offer_repeat(const struct scene *s, enum pending state, struct quiz_event *e)
{
	for (size_t i = s->now; i > 0; i--) {
		if (pending_of(s, i - 1) != state)
			continue;
		*e = s->messages[i - 1].event;
		e->again = true;
		e->seq = 0;
		if (!quiz_is_right(s->q, e))
			return true;
	}
	return false;
}

bool
misconception_repeat_young(const struct scene *s, struct quiz_event *e)
{
	return offer_repeat(s, PENDING_YOUNG, e);
}

bool
misconception_repeat_answered(const struct scene *s, struct quiz_event *e)
{
	return offer_repeat(s, PENDING_PROVISIONAL, e);
}

bool
misconception_repeat_tcp(const struct scene *s, struct quiz_event *e)
{
	return offer_repeat(s, PENDING_TCP, e);
}

bool
misconception_proxy_repeats_2xx(const struct scene *s, struct quiz_event *e)
{
	const struct scene_message *now = scene_now(s), *invite;

	if (now->retx == 0 || now->fwd != 0 ||
	    !misconception_is_2xx(now, STR_NULL))
		return false;
	invite =
	    misconception_latest(s, misconception_is_invite_to, now->event.dst);
	if (invite == NULL)
		return false;
	misconception_make(
	    e, now->event.dst, invite->event.src, "", now->event.status);
	e->again = true;
	return true;
}

/* ---- mistakes about time: messages too early ---- */

/* The NTH message behind `now` that has to wait for one of FLAGS. */
static bool
waits(const struct scene *s, unsigned flags, size_t nth, struct quiz_event *e)
{
	for (size_t i = s->now + 1; i < s->n; i++) {
		const struct scene_message *m = &s->messages[i];
		unsigned why = m->flags;

		if ((why & SCENE_AFTER_SEND) != 0)
			why = SCENE_AFTER_SEND;
		if ((why & flags) == 0 || quiz_is_right(s->q, &m->event) ||
		    nth-- > 0)
			continue;
		*e = m->event;
		e->seq = 0;
		return true;
	}
	return false;
}

bool
misconception_too_early(const struct scene *s, struct quiz_event *e)
{
	return waits(s, SCENE_AFTER_SEND, 0, e);
}

bool
misconception_much_too_early(const struct scene *s, struct quiz_event *e)
{
	return waits(s, SCENE_AFTER_SEND, 1, e);
}

bool
misconception_before_its_timer(const struct scene *s, struct quiz_event *e)
{
	return waits(s, SCENE_TIMED, 0, e);
}

bool
misconception_nothing_yet(const struct scene *s, struct quiz_event *e)
{
	const struct scene_message *now = scene_now(s);
	int64_t before = s->now > 0 ? s->messages[s->now - 1].t : 0;

	*e = (struct quiz_event){ .status = 0 };
	/* A trace need not hold its timers: silence tells of them as well. */
	return !s->timer_fires && (now->flags & SCENE_TIMED) == 0 &&
	       now->retx == 0 && now->t - before < SIP_T1_NS;
}
