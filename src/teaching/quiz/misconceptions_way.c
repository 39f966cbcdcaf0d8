/*
 * Misconceptions about the way of messages: who acknowledges whom, which hops a
 * message takes, who forwards what.  Each says who would send what, and is
 * false if it does not fit the question.
 */
#include "quiz/misconceptions.h"

/* The other phone of the call, seen from NODE; may be empty. */
static struct str
peer_of(const struct scene *s, struct str node)
{
	if (str_eq(node, s->caller))
		return s->callee;
	return str_eq(node, s->callee) ? s->caller : STR_NULL;
}

/* The hop between NODE and the rest of the call's way; may be empty. */
static struct str
hop_of(const struct scene *s, struct str node)
{
	return str_eq(node, s->caller) ? s->first_hop : s->last_hop;
}

bool
misconception_same_call(const struct scene *s, const struct scene_message *m)
{
	const struct scene_message *now = scene_now(s);

	return m->sip && now->sip && str_eq(m->call_id, now->call_id);
}

/* The latest message of the call before `now` that FITS, or NULL. */
const struct scene_message *
misconception_latest(const struct scene *s,
    bool (*fits)(const struct scene_message *m, struct str node),
    struct str node)
{
	for (size_t i = s->now; i > 0; i--)
		if (misconception_same_call(s, &s->messages[i - 1]) &&
		    fits(&s->messages[i - 1], node))
			return &s->messages[i - 1];
	return NULL;
}

static bool
is_final(const struct scene_message *m, struct str node)
{
	(void)node;
	return m->event.status >= 200 && str_is(m->cseq_method, "INVITE");
}

static bool
is_final_to(const struct scene_message *m, struct str node)
{
	return is_final(m, node) && str_eq(m->event.dst, node);
}

bool
misconception_is_invite_to(const struct scene_message *m, struct str node)
{
	return str_is(m->event.method, "INVITE") && str_eq(m->event.dst, node);
}

bool
misconception_is_2xx(const struct scene_message *m, struct str node)
{
	(void)node;
	return m->event.status >= 200 && m->event.status < 300 &&
	       str_is(m->cseq_method, "INVITE");
}

static bool
is_3xx(const struct scene_message *m, struct str node)
{
	(void)node;
	return m->event.status / 100 == 3;
}

/* Status that the ACK `now` is for; 0: not known, or no ACK. */
static unsigned
acked_status(const struct scene *s)
{
	const struct scene_message *now = scene_now(s), *m;

	if (!str_is(now->event.method, "ACK"))
		return 0;
	/* A node that forwards an ACK has not got the answer itself. */
	m = misconception_latest(
	    s, now->fwd != 0 ? is_final : is_final_to, now->event.src);
	return m != NULL ? m->event.status : 0;
}

bool
misconception_acks_2xx(const struct scene *s)
{
	return acked_status(s) / 100 == 2;
}

bool
misconception_acks_failure(const struct scene *s)
{
	return acked_status(s) >= 300;
}

/* A request of the running dialog by a phone. */
static bool
way_is_in_dialog(const struct scene *s)
{
	const struct scene_message *now = scene_now(s);

	return now->event.method.n > 0 && now->fwd == 0 &&
	       !str_is(now->event.method, "ACK") &&
	       !str_is(now->event.method, "CANCEL") &&
	       misconception_latest(s, misconception_is_2xx, STR_NULL) != NULL;
}

/* `now` with another receiver; false where that is none. */
static bool
way_send_to(const struct scene *s, struct str dst, struct quiz_event *e)
{
	*e = scene_now(s)->event;
	e->dst = dst;
	return dst.n > 0 && !str_eq(dst, scene_now(s)->event.dst);
}

void
misconception_make(struct quiz_event *e, struct str src, struct str dst,
    const char *method, unsigned status)
{
	*e = (struct quiz_event){ .src = src,
		.dst = dst,
		.method = str_of(method),
		.status = status };
}

/* ---- who begins ---- */

/* Whom NODE talks with: the other end of the message nearest to `now`. */
static struct str
neighbour_of(const struct scene *s, struct str node)
{
	for (size_t i = 0; i < s->n; i++) {
		/* Before `now` backwards, then after it. */
		size_t at = i < s->now ? s->now - 1 - i : i;
		const struct quiz_event *m = &s->messages[at].event;

		if (str_eq(m->src, node) && !str_eq(m->dst, node))
			return m->dst;
		if (str_eq(m->dst, node) && !str_eq(m->src, node))
			return m->src;
	}
	return STR_NULL;
}

static bool
was_sent(const struct scene *s, const struct quiz_event *e)
{
	for (size_t i = 0; i < s->now; i++)
		if (quiz_same(&s->messages[i].event, e))
			return true;
	return false;
}

/* Another phone might as well have begun. */
bool
misconception_other_side(const struct scene *s, struct quiz_event *e)
{
	const struct scene_message *now = scene_now(s);
	const struct trace_head *head = trace_head(s->t);
	bool within = way_is_in_dialog(s);

	if (!now->sip || now->fwd != 0 || now->retx != 0 ||
	    now->event.status != 0 || (now->flags & SCENE_ACTED) == 0 ||
	    str_is(now->event.method, "CANCEL") ||
	    !scene_has(s, now->event.src, TRAIT_AGENT))
		return false;
	for (size_t i = 0; i < head->nnodes; i++) {
		struct str name = head->nodes[i].name, to;

		if (str_eq(name, now->event.src) ||
		    (role_traits(head->nodes[i].role) & TRAIT_AGENT) == 0 ||
		    (within && !str_eq(name, peer_of(s, now->event.src))))
			continue;
		to = neighbour_of(s, name);
		*e = now->event;
		e->src = name;
		e->dst = to;
		if (to.n > 0 && !quiz_is_right(s->q, e) && !was_sent(s, e))
			return true;
	}
	return false;
}

/* ---- ACK ---- */

bool
misconception_ack_past_route(const struct scene *s, struct quiz_event *e)
{
	return misconception_acks_2xx(s) && scene_now(s)->fwd == 0 &&
	       way_send_to(s, peer_of(s, scene_now(s)->event.src), e);
}

bool
misconception_ack_to_proxy(const struct scene *s, struct quiz_event *e)
{
	struct str src = scene_now(s)->event.src;

	return misconception_acks_2xx(s) && scene_now(s)->fwd == 0 &&
	       str_eq(scene_now(s)->event.dst, peer_of(s, src)) &&
	       way_send_to(s, hop_of(s, src), e);
}

bool
misconception_ack_end_to_end(const struct scene *s, struct quiz_event *e)
{
	misconception_make(e, s->caller, s->callee, "ACK", 0);
	return misconception_acks_failure(s) && s->caller.n > 0 &&
	       s->callee.n > 0 &&
	       misconception_latest(s, misconception_is_invite_to, s->callee) !=
		   NULL;
}

bool
misconception_proxy_acks(const struct scene *s, struct quiz_event *e)
{
	const struct scene_message *now = scene_now(s), *m;

	if (now->fwd == 0 || !misconception_is_2xx(now, STR_NULL))
		return false;
	m = misconception_latest(s, is_final_to, now->event.src);
	if (m == NULL)
		return false;
	misconception_make(e, now->event.src, m->event.src, "ACK", 0);
	return true;
}

bool
misconception_ack_non_invite(const struct scene *s, struct quiz_event *e)
{
	const struct scene_message *now = scene_now(s);

	misconception_make(e, now->event.dst, now->event.src, "ACK", 0);
	return now->sip && now->event.status >= 200 && now->cseq_method.n > 0 &&
	       !str_is(now->cseq_method, "INVITE");
}

/* ---- the way of requests and responses ---- */

bool
misconception_past_route_set(const struct scene *s, struct quiz_event *e)
{
	return way_is_in_dialog(s) &&
	       way_send_to(s, peer_of(s, scene_now(s)->event.src), e);
}

bool
misconception_via_old_proxy(const struct scene *s, struct quiz_event *e)
{
	struct str src = scene_now(s)->event.src;

	return way_is_in_dialog(s) &&
	       str_eq(scene_now(s)->event.dst, peer_of(s, src)) &&
	       way_send_to(s, hop_of(s, src), e);
}

bool
misconception_skips_via(const struct scene *s, struct quiz_event *e)
{
	const struct scene_message *now = scene_now(s);

	for (size_t i = 0; i < s->now && now->event.status != 0; i++) {
		const struct scene_message *m = &s->messages[i];

		if (misconception_same_call(s, m) && m->event.method.n > 0 &&
		    m->fwd == 0 && str_eq(m->cseq_method, now->cseq_method))
			return way_send_to(s, m->event.src, e);
	}
	return false;
}

bool
misconception_skips_hop(const struct scene *s, struct quiz_event *e)
{
	/* A client told by a 3xx, or that has looked it up, knows where. */
	return str_is(scene_now(s)->event.method, "INVITE") &&
	       !way_is_in_dialog(s) &&
	       misconception_latest(s, is_3xx, STR_NULL) == NULL &&
	       !str_eq(scene_now(s)->event.src, s->last_hop) &&
	       way_send_to(s, s->callee, e);
}

bool
misconception_cancel_skips_hop(const struct scene *s, struct quiz_event *e)
{
	return str_is(scene_now(s)->event.method, "CANCEL") &&
	       way_send_to(s, s->callee, e);
}

bool
misconception_redirect_forwards(const struct scene *s, struct quiz_event *e)
{
	const struct scene_message *now = scene_now(s);

	if (now->event.status / 100 != 3 || now->fwd != 0)
		return false;
	for (size_t i = s->now + 1; i < s->n; i++) {
		const struct scene_message *m = &s->messages[i];

		if (misconception_same_call(s, m) &&
		    str_is(m->event.method, "INVITE") &&
		    str_eq(m->event.src, now->event.dst)) {
			misconception_make(
			    e, now->event.src, m->event.dst, "INVITE", 0);
			return true;
		}
	}
	return false;
}

bool
misconception_passes_unproved(const struct scene *s, struct quiz_event *e)
{
	const struct scene_message *now = scene_now(s);

	if (now->event.status != 407 || now->fwd != 0)
		return false;
	for (size_t i = s->now + 1; i < s->n; i++) {
		const struct scene_message *m = &s->messages[i];

		if (misconception_same_call(s, m) &&
		    str_is(m->event.method, "INVITE") &&
		    str_eq(m->event.src, now->event.src)) {
			*e = m->event;
			e->seq = 0;
			return true;
		}
	}
	return false;
}

static bool
answers_invite(const struct scene_message *m, struct str node)
{
	return m->event.status > 100 && str_is(m->cseq_method, "INVITE") &&
	       str_eq(m->event.src, node);
}

/* A proxy that has just got a 100 and has not passed any news back yet. */
bool
misconception_passes_100(const struct scene *s, struct quiz_event *e)
{
	for (size_t i = s->now; i > 0; i--) {
		const struct scene_message *m = &s->messages[i - 1], *invite;

		if (scene_now(s)->t - m->t >= SIP_T1_NS)
			return false;
		if (!misconception_same_call(s, m) || m->event.status != 100 ||
		    !scene_is(s, m->event.dst, "proxy") ||
		    misconception_latest(s, answers_invite, m->event.dst) !=
			NULL)
			continue;
		invite = misconception_latest(
		    s, misconception_is_invite_to, m->event.dst);
		if (invite == NULL)
			return false;
		misconception_make(e, m->event.dst, invite->event.src, "", 100);
		return true;
	}
	return false;
}

static bool
turn_round(const struct scene *s, struct quiz_event *e)
{
	*e = scene_now(s)->event;
	e->src = scene_now(s)->event.dst;
	e->dst = scene_now(s)->event.src;
	return true;
}

bool
misconception_request_back(const struct scene *s, struct quiz_event *e)
{
	return scene_now(s)->event.status == 0 && turn_round(s, e);
}

bool
misconception_response_forth(const struct scene *s, struct quiz_event *e)
{
	return scene_now(s)->event.status != 0 && turn_round(s, e);
}

/* ---- the last resort: another of the sender's neighbours ---- */

static bool
other_neighbour(const struct scene *s, struct quiz_event *e)
{
	const struct quiz_event *now = &scene_now(s)->event;
	const struct trace_head *head = trace_head(s->t);

	for (size_t i = s->now; i > 0; i--) {
		const struct quiz_event *m = &s->messages[i - 1].event;
		struct str other = str_eq(m->src, now->src)   ? m->dst
				   : str_eq(m->dst, now->src) ? m->src
							      : STR_NULL;

		if (!str_eq(other, now->src) && way_send_to(s, other, e))
			return true;
	}
	for (size_t i = 0; i < head->nnodes; i++)
		if (head->nodes[i].role.n > 0 &&
		    !str_eq(head->nodes[i].name, now->src) &&
		    way_send_to(s, head->nodes[i].name, e))
			return true;
	return false;
}

bool
misconception_request_astray(const struct scene *s, struct quiz_event *e)
{
	return scene_now(s)->event.status == 0 && other_neighbour(s, e);
}

bool
misconception_response_astray(const struct scene *s, struct quiz_event *e)
{
	return scene_now(s)->event.status != 0 && other_neighbour(s, e);
}
