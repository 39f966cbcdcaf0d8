/*
 * ICE of a leg (RFC 8445): checks of pairs of addresses, the best first, by
 * STUN; those of the other side answered; media go over the pair nominated in
 * the end.  A lite side answers alone.  A host behind a translator is found by
 * its checks: they come from an address that is not a candidate yet (prflx,
 * 7.3.1.3).
 */
#include "rtp/ice.h"

#include "base/mem.h"
#include "msg/constants.h"
#include "rules/rule_names.h"
#include "sip/digest.h"

#include <string.h>

/* ---- The messages of ICE: RFC 8445 7 ---- */

/* The last but the fingerprint of OUT.  RFC 8489 14.5: the length counts it,
 * the octets before it are covered. */
static void
rtp_ice_sign(struct buf *out, const char *key)
{
	char mac[HMAC_SHA1_BYTES] = { 0 };
	struct str covered;

	stun_put(out, STUN_MESSAGE_INTEGRITY, (struct str){ mac, sizeof(mac) });
	if (out->err != 0)
		return;
	covered = str_slice(buf_view(out), 0, out->n - sizeof(mac) - 4);
	hmac_sha1(str_of(key), covered, mac);
	memcpy(out->p + out->n - sizeof(mac), mac, sizeof(mac));
}

static bool
rtp_ice_is_signed(const struct stun *m, const char *key)
{
	LOCAL_BUF covered = BUF_INIT;
	char mac[HMAC_SHA1_BYTES];
	struct str said;
	bool good = stun_integrity(m, &covered, &said) && covered.err == 0;

	if (good) {
		hmac_sha1(str_of(key), buf_view(&covered), mac);
		good = str_eq(said, (struct str){ mac, sizeof(mac) });
	}
	return good;
}

static void
put_u64(struct buf *out, enum stun_type type, uint64_t v)
{
	char b[8];

	for (unsigned i = 0; i < sizeof(b); i++)
		b[i] = (char)(v >> (56 - 8 * i) & 0xFF);
	stun_put(out, type, (struct str){ b, sizeof(b) });
}

/* 7.1, 7.2.2: a check has the names of both sides, and is signed by a password
 * of the asked side (RFC 8489 14.5). */
static void
rtp_ice_write_check(
    const struct rtp_ice *ice, const struct rtp_ice_pair *p, struct buf *out)
{
	struct buf name = BUF_INIT;

	buf_printf(&name, "%s:%s", ice->theirs.ufrag, ice->own.ufrag);
	stun_begin(out, STUN_BINDING, STUN_REQUEST, p->id);
	stun_put(out, STUN_USERNAME, buf_view(&name));
	stun_put_u32(out, STUN_PRIORITY,
	    sip_sdp_candidate_priority(SIP_SDP_CANDIDATE_PRFLX));
	put_u64(out,
	    ice->controlling ? STUN_ICE_CONTROLLING : STUN_ICE_CONTROLLED,
	    ice->tie);
	if (p->nominates)
		stun_put(out, STUN_USE_CANDIDATE, STR_NULL);
	rtp_ice_sign(out, ice->theirs.pwd);
	stun_put_fingerprint(out);
	buf_end(&name, &out->err);
}

static uint64_t
ice_get_number(struct str v)
{
	uint64_t n = 0;

	for (size_t i = 0; i < v.n && i < 8; i++)
		n = n << 8 | (uint8_t)v.p[i];
	return n;
}

static void
rtp_ice_read(const struct stun *m, struct rtp_ice_asked *q)
{
	struct stun_attr a;

	*q = (struct rtp_ice_asked){ .username = STR_NULL };
	for (size_t at = 0; stun_next(m, &at, &a);) {
		if (a.type == STUN_USERNAME)
			q->username = a.value;
		if (a.type == STUN_PRIORITY)
			q->priority = (uint32_t)ice_get_number(a.value);
		q->nominates |= a.type == STUN_USE_CANDIDATE;
		q->controlling |= a.type == STUN_ICE_CONTROLLING;
		q->controlled |= a.type == STUN_ICE_CONTROLLED;
		if (a.type == STUN_ICE_CONTROLLING ||
		    a.type == STUN_ICE_CONTROLLED)
			q->tie = ice_get_number(a.value);
	}
}

/* It has this side's name, and is signed with its password.
 * 7.3: "our:theirs" is its name, and ours the password. */
static bool
rtp_ice_is_ours(const struct rtp_ice *ice, const struct stun *m,
    const struct rtp_ice_asked *q)
{
	struct str rest;

	return str_is(str_cut(q->username, ':', &rest), ice->own.ufrag) &&
	       rtp_ice_is_signed(m, ice->own.pwd);
}

#define TA  (50 * SIM_MS) /* 14.2: between two checks */
#define RTO (TIME_STUN_RTO_MS * SIM_MS)

static void on_retransmission(void *arg);

static struct node *
ice_node_of(const struct rtp_ice *ice)
{
	return ice->leg->session->node;
}

/* ---- pairs ---- */

/* 6.1.2.3 */
static uint64_t
ice_order_of(const struct rtp_ice *ice, const struct rtp_ice_pair *p)
{
	uint64_t own = sip_sdp_candidate_priority(SIP_SDP_CANDIDATE_HOST);
	uint64_t g = ice->controlling ? own : p->priority;
	uint64_t d = ice->controlling ? p->priority : own;

	return ((g < d ? g : d) << 32) + 2 * (g > d ? g : d) + (g > d);
}

static struct rtp_ice_pair *
ice_find_pair(struct rtp_ice *ice, const struct addr *remote)
{
	for (size_t i = 0; i < ice->npairs; i++)
		if (addr_eq(&ice->pairs[i].remote, remote))
			return &ice->pairs[i];
	return NULL;
}

/* NULL: there are enough. */
static struct rtp_ice_pair *
ice_add_pair(struct rtp_ice *ice, const struct sip_sdp_candidate *c)
{
	struct rtp_ice_pair *p = ice_find_pair(ice, &c->addr);

	if (p == NULL && ice->npairs < RTP_ICE_PAIRS &&
	    c->addr.len == ice->leg->at.len) {
		p = &ice->pairs[ice->npairs++];
		*p = (struct rtp_ice_pair){ .ice = ice,
			.remote = c->addr,
			.type = c->type,
			.priority = c->priority };
	}
	return p;
}

static void
stop_check(struct rtp_ice_pair *p)
{
	sim_cancel(node_sim(ice_node_of(p->ice)), p->timer);
	p->timer = 0;
}

/* The first in order of those in STATE; NULL: none is. */
static struct rtp_ice_pair *
best_in(struct rtp_ice *ice, enum rtp_ice_state state)
{
	struct rtp_ice_pair *best = NULL;

	for (size_t i = 0; i < ice->npairs; i++) {
		struct rtp_ice_pair *p = &ice->pairs[i];

		if (p->state == state &&
		    (best == NULL ||
			ice_order_of(ice, p) > ice_order_of(ice, best)))
			best = p;
	}
	return best;
}

/* ---- messages ---- */

static void
ice_send_stun(struct rtp_ice *ice, const struct addr *dst, struct buf *out,
    const char *name, uint64_t retx, enum rule_id why)
{
	struct trace_message m = {
		.proto = TRACE_PROTO_STUN, .method = str_of(name), .retx = retx
	};

	if (out->err != 0)
		node_fail_memory(ice_node_of(ice));
	else if (ice->leg->sock != NULL)
		ice->sent =
		    net_udp_send(ice->leg->sock, dst, buf_view(out), &m, why);
}

/* Once more, or for the first time. */
static void
transmit_check(struct rtp_ice_pair *p)
{
	struct rtp_ice *ice = p->ice;
	LOCAL_BUF out = BUF_INIT;

	rtp_ice_write_check(ice, p, &out);
	ice_send_stun(ice, &p->remote, &out, "Binding request", p->first,
	    p->nominates ? RULE_ICE_NOMINATE : RULE_ICE_CHECK);
	if (p->first == 0)
		p->first = ice->sent;
	p->tries++;
	p->timer = node_after(ice_node_of(ice),
	    p->tries < TIME_STUN_RC ? RTO << (p->tries - 1)
				    : TIME_STUN_RM * RTO,
	    on_retransmission, p);
}

static void
begin_check(struct rtp_ice_pair *p)
{
	LOCAL_BUF id = BUF_INIT;

	sip_stack_token(
	    ice_node_of(p->ice)->stack, SIP_STREAM_ICE, STUN_ID, &id);
	if (id.err == 0)
		memcpy(p->id, id.p, STUN_ID);
	stop_check(p);
	p->state = RTP_ICE_IN_PROGRESS;
	p->triggered = false;
	p->tries = 0;
	p->first = 0;
	transmit_check(p);
}

/* ---- results ---- */

/* 8.1.1: all else ends; media go there from now on. */
static void
ice_choose(struct rtp_ice_pair *p)
{
	struct rtp_ice *ice = p->ice;
	struct rtp_leg *leg = ice->leg;
	struct sim *sim = rtp_sim(leg);
	uint64_t old;

	if (ice->chosen.len != 0 && addr_eq(&ice->chosen, &p->remote))
		return;
	for (size_t i = 0; i < ice->npairs; i++)
		stop_check(&ice->pairs[i]);
	sim_cancel(sim, ice->pace);
	ice->pace = 0;
	ice->chosen = p->remote;
	leg->to = p->remote;
	if (leg->wire.mux)
		leg->control_to = p->remote;
	old = sim_set_cause(sim, rtp_record_chosen(leg, p));
	if (leg->codec != NULL) {
		rtp_send_follow(leg);
		rtp_control_follow(leg);
	}
	sim_set_cause(sim, old);
}

/* 8.1.1, regular nomination: the best that works, when no better one is still
 * to be checked, or has had its time. */
static void
nominate(struct rtp_ice *ice)
{
	struct rtp_ice_pair *best = best_in(ice, RTP_ICE_SUCCEEDED);

	if (!ice->controlling || best == NULL || ice->chosen.len != 0)
		return;
	for (size_t i = 0; i < ice->npairs; i++) {
		const struct rtp_ice_pair *p = &ice->pairs[i];

		if (p->nominates && p->state == RTP_ICE_IN_PROGRESS)
			return;
		if (ice_order_of(ice, p) > ice_order_of(ice, best) &&
		    (p->state == RTP_ICE_WAITING ||
			(p->state == RTP_ICE_IN_PROGRESS && p->tries < 2)))
			return;
	}
	best->nominates = true;
	begin_check(best);
}

static void
check_failed(struct rtp_ice_pair *p)
{
	struct rtp_ice *ice = p->ice;

	stop_check(p);
	p->state = RTP_ICE_FAILED;
	rtp_record_checked(ice->leg, p, NULL);
	for (size_t i = 0; i < ice->npairs; i++)
		if (ice->pairs[i].state != RTP_ICE_FAILED)
			return;
	rtp_record_unreachable(ice->leg);
}

static void
on_retransmission(void *arg)
{
	struct rtp_ice_pair *p = arg;

	p->timer = 0;
	if (p->tries < TIME_STUN_RC)
		transmit_check(p);
	else
		check_failed(p);
	nominate(p->ice);
}

/* 6.1.4.2: triggered ones first, then by priority. */
static void
on_pace(void *arg)
{
	struct rtp_ice *ice = arg;
	struct rtp_ice_pair *next = NULL;

	ice->pace = 0;
	for (size_t i = 0; i < ice->npairs && next == NULL; i++)
		if (ice->pairs[i].triggered)
			next = &ice->pairs[i];
	if (next == NULL)
		next = best_in(ice, RTP_ICE_WAITING);
	if (next == NULL)
		return;
	begin_check(next);
	ice->pace = node_after(ice_node_of(ice), TA, on_pace, ice);
}

static void
continue_checks(struct rtp_ice *ice)
{
	if (ice->own.lite || ice->theirs.ufrag[0] == '\0' || ice->pace != 0)
		return;
	ice->pace = node_after(ice_node_of(ice), 0, on_pace, ice);
}

/* ---- checks of the other side ---- */

static void
ice_answer(struct rtp_ice *ice, const struct net_datagram *d,
    const struct stun *m, unsigned code, const char *reason)
{
	LOCAL_BUF out = BUF_INIT;

	stun_begin(
	    &out, m->method, code == 0 ? STUN_SUCCESS : STUN_ERROR, m->id.p);
	if (code == 0)
		stun_put_addr(&out, STUN_XOR_MAPPED_ADDRESS, &d->src);
	else
		stun_put_error(&out, code, reason);
	if (code == 0 || code == 487)
		rtp_ice_sign(&out, ice->own.pwd);
	stun_put_fingerprint(&out);
	ice_send_stun(ice, &d->src, &out,
	    code == 0 ? "Binding success response" : "Binding error response",
	    0, code == 487 ? RULE_ICE_ROLE : RULE_ICE_ANSWER);
}

/* 7.3.1.1: false where the other side is to change its role. */
static bool
settle_roles(struct rtp_ice *ice, const struct rtp_ice_asked *q)
{
	if (ice->own.lite || q->controlling == q->controlled ||
	    q->controlling != ice->controlling)
		return true;
	if (ice->controlling == (ice->tie >= q->tie))
		return false;
	ice->controlling = !ice->controlling;
	return true;
}

/* 7.3.1.4, 7.3.1.5 */
static void
ice_take_asked(
    struct rtp_ice *ice, struct rtp_ice_pair *p, const struct rtp_ice_asked *q)
{
	bool nominates = q->nominates && !ice->controlling;

	if (ice->own.lite || (p->state == RTP_ICE_SUCCEEDED && nominates)) {
		if (nominates)
			ice_choose(p);
		return;
	}
	p->nominated |= nominates;
	if (p->state == RTP_ICE_SUCCEEDED || ice->chosen.len != 0)
		return;
	p->triggered = p->state != RTP_ICE_IN_PROGRESS;
	continue_checks(ice);
}

static void
ice_take_request(
    struct rtp_ice *ice, const struct net_datagram *d, const struct stun *m)
{
	struct sip_sdp_candidate c = { SIP_SDP_CANDIDATE_PRFLX, d->src, 0 };
	struct rtp_ice_pair *p;
	struct rtp_ice_asked q;

	rtp_ice_read(m, &q);
	if (!rtp_ice_is_ours(ice, m, &q)) {
		rtp_leg_refuse(
		    ice->leg, RTP_REFUSED_STUN, &d->src, "MESSAGE-INTEGRITY");
		ice_answer(ice, d, m, 401, "Unauthenticated");
		return;
	}
	if (!settle_roles(ice, &q)) {
		ice_answer(ice, d, m, 487, "Role Conflict");
		return;
	}
	ice_answer(ice, d, m, 0, NULL);
	c.priority = q.priority;
	p = ice_add_pair(ice, &c);
	if (p != NULL)
		ice_take_asked(ice, p, &q);
}

/* ---- answers ---- */

/* 7.2.5 */
static void
ice_take_response(
    struct rtp_ice *ice, const struct net_datagram *d, const struct stun *m)
{
	struct rtp_ice_pair *p = NULL;

	for (size_t i = 0; i < ice->npairs; i++)
		if (ice->pairs[i].state == RTP_ICE_IN_PROGRESS &&
		    memcmp(ice->pairs[i].id, m->id.p, STUN_ID) == 0)
			p = &ice->pairs[i];
	if (p == NULL || (m->code != 401 && m->code != 400 &&
			     !rtp_ice_is_signed(m, ice->theirs.pwd)))
		return;
	stop_check(p);
	if (m->class == STUN_ERROR && m->code == 487) {
		/* 7.2.5.1 */
		ice->controlling = !ice->controlling;
		p->nominates = false;
		p->state = RTP_ICE_WAITING;
		p->triggered = true;
		continue_checks(ice);
		return;
	}
	if (m->class != STUN_SUCCESS || !addr_eq(&d->src, &p->remote) ||
	    m->mapped.len == 0) {
		check_failed(p);
		nominate(ice);
		return;
	}
	p->state = RTP_ICE_SUCCEEDED;
	sim_set_cause(
	    rtp_sim(ice->leg), rtp_record_checked(ice->leg, p, &m->mapped));
	if (p->nominates || p->nominated)
		ice_choose(p);
	nominate(ice);
}

bool
rtp_ice_take(struct rtp_leg *leg, const struct net_datagram *d)
{
	struct rtp_ice *ice = leg->ice;
	uint64_t cause = sim_cause(rtp_sim(leg));
	struct stun m;

	if (!stun_is(d->bytes))
		return false;
	if (ice == NULL || stun_read(d->bytes, &m) != STUN_FAULT_NONE ||
	    m.method != STUN_BINDING)
		rtp_leg_refuse(leg, RTP_REFUSED_STUN, &d->src, NULL);
	else if (m.class == STUN_REQUEST)
		ice_take_request(ice, d, &m);
	else if (m.class != STUN_INDICATION)
		ice_take_response(ice, d, &m);
	sim_set_cause(rtp_sim(leg), cause);
	return true;
}

/* ---- by offer and answer ---- */

/* 6.1.1 */
static void
begin_roles(struct rtp_ice *ice, bool offers)
{
	ice->controlling =
	    ice->own.lite == ice->theirs.lite ? offers : ice->theirs.lite;
}

/* 6.1.2: all addresses of the other side, and the sources of earlier checks. */
static void
list_pairs(struct rtp_ice *ice)
{
	for (size_t i = 0; i < ice->theirs.ncandidates; i++) {
		const struct sip_sdp_candidate *c = &ice->theirs.candidates[i];
		struct rtp_ice_pair *p = ice_add_pair(ice, c);

		if (p != NULL) {
			p->type = c->type;
			p->priority = c->priority;
		}
	}
}

static struct rtp_ice *
ice_make(struct rtp_leg *leg, const struct sip_sdp_place *p)
{
	const struct sip_sdp_ice *from = p->ice;
	struct rtp_ice *ice = leg->ice;
	uint64_t half = UINT64_C(1) << 32;
	struct sip_stack *s = leg->session->node->stack;

	if (ice != NULL)
		return ice;
	ice = leg->ice = mem_zalloc(1, sizeof(*ice));
	if (ice == NULL) {
		node_fail_memory(leg->session->node);
		return NULL;
	}
	sim_take_memory(rtp_sim(leg), sizeof(*ice));
	ice->leg = leg;
	ice->own = from->own;
	ice->lasts = rtp_ice_stays(leg, p);
	ice->controlling = from->offers;
	ice->tie = sip_stack_below(s, SIP_STREAM_ICE, half) << 32;
	ice->tie |= sip_stack_below(s, SIP_STREAM_ICE, half);
	return ice;
}

/* RFC 8839 4.4.1.1.1: where one side has other names, or none any more, all
 * begins again. */
static bool
ice_goes_on(const struct rtp_ice *ice, const struct sip_sdp_ice *said)
{
	return strcmp(ice->own.ufrag, said->own.ufrag) == 0 &&
	       (ice->theirs.ufrag[0] == '\0' ||
		   (said->agreed &&
		       strcmp(ice->theirs.ufrag, said->theirs.ufrag) == 0));
}

bool
rtp_ice_stays(const struct rtp_leg *leg, const struct sip_sdp_place *p)
{
	if (p->ice == NULL)
		return false;
	if (!p->ice->agreed)
		return p->ice->theirs.ufrag[0] != '\0' && leg->to.len != 0;
	return leg->ice != NULL && ice_goes_on(leg->ice, p->ice) &&
	       (leg->ice->chosen.len != 0 || leg->ice->lasts);
}

void
rtp_ice_follow(struct rtp_leg *leg, const struct sip_sdp_place *p, bool agreed)
{
	struct rtp_ice *ice;
	bool both = agreed && p->ice != NULL && p->ice->agreed;

	if (p->ice == NULL || leg->sock == NULL) {
		rtp_ice_free(leg);
		return;
	}
	if (agreed && leg->ice != NULL && !ice_goes_on(leg->ice, p->ice))
		rtp_ice_free(leg);
	ice = ice_make(leg, p);
	if (ice == NULL)
		return;
	ice->agreed = both;
	if (!both || ice->theirs.ufrag[0] != '\0')
		return;
	ice->theirs = p->ice->theirs;
	begin_roles(ice, p->ice->offers);
	list_pairs(ice);
	/* Both only answer: what c= and m= say is all there is. */
	if (ice->own.lite && ice->theirs.lite && ice_find_pair(ice, &leg->said))
		ice_choose(ice_find_pair(ice, &leg->said));
	continue_checks(ice);
}

void
rtp_ice_free(struct rtp_leg *leg)
{
	struct rtp_ice *ice = leg->ice;

	if (ice == NULL)
		return;
	for (size_t i = 0; i < ice->npairs; i++)
		stop_check(&ice->pairs[i]);
	sim_cancel(rtp_sim(leg), ice->pace);
	sim_give_back_memory(rtp_sim(leg), sizeof(*ice));
	mem_free(ice);
	leg->ice = NULL;
}

bool
rtp_ice_waits(const struct rtp_leg *leg)
{
	return leg->ice != NULL && leg->ice->agreed && !leg->ice->lasts &&
	       leg->ice->chosen.len == 0;
}
