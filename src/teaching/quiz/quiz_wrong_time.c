/*
 * Known mistakes about time: what is repeated too soon or by the wrong side,
 * what comes later, what needs no timer.
 */
#include "quiz/quiz_wrong.h"

/* ---- what comes again ---- */

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
repeat(const struct scene *s, enum pending state, struct quiz_event *e)
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
quiz_wrong_repeat_young(const struct scene *s, struct quiz_event *e)
{
	return repeat(s, PENDING_YOUNG, e);
}

bool
quiz_wrong_repeat_answered(const struct scene *s, struct quiz_event *e)
{
	return repeat(s, PENDING_PROVISIONAL, e);
}

bool
quiz_wrong_repeat_tcp(const struct scene *s, struct quiz_event *e)
{
	return repeat(s, PENDING_TCP, e);
}

bool
quiz_wrong_proxy_repeats_2xx(const struct scene *s, struct quiz_event *e)
{
	const struct scene_message *now = scene_now(s), *invite;

	if (now->retx == 0 || now->fwd != 0 || !wrong_is_2xx(now, STR_NULL))
		return false;
	invite = wrong_latest(s, wrong_is_invite_to, now->event.dst);
	if (invite == NULL)
		return false;
	wrong_make(e, now->event.dst, invite->event.src, "", now->event.status);
	e->again = true;
	return true;
}

/* ---- time ---- */

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
quiz_wrong_too_early(const struct scene *s, struct quiz_event *e)
{
	return waits(s, SCENE_AFTER_SEND, 0, e);
}

bool
quiz_wrong_much_too_early(const struct scene *s, struct quiz_event *e)
{
	return waits(s, SCENE_AFTER_SEND, 1, e);
}

bool
quiz_wrong_before_its_timer(const struct scene *s, struct quiz_event *e)
{
	return waits(s, SCENE_TIMED, 0, e);
}

bool
quiz_wrong_nothing_yet(const struct scene *s, struct quiz_event *e)
{
	const struct scene_message *now = scene_now(s);
	int64_t before = s->now > 0 ? s->messages[s->now - 1].t : 0;

	*e = (struct quiz_event){ .status = 0 };
	/* A trace need not hold its timers: silence tells of them, too. */
	return !s->timer_fires && (now->flags & SCENE_TIMED) == 0 &&
	       now->retx == 0 && now->t - before < SIP_T1_NS;
}
