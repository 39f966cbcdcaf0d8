/*
 * The home subscriber server of an IMS network (TS 23.002, TS 29.228): it knows
 * who its users are, by which keys they prove it, and which S-CSCF has each.
 * It answers questions of the Cx interface, and says some things by itself.
 */
#include "roles/hss/hss_in.h"

#include "base/diag.h"
#include "base/err.h"
#include "base/mem.h"
#include "node/uri.h"
#include "node/world.h"
#include "role/verb.h"
#include "rules/rule_names.h"

#include <stdio.h>

/* ---- What it says by itself: RTR (TS 29.228 6.1.3), PPR (6.2) ---- */

/* The user whom the argument `user` names: a node, a name, an identity. */
static int
hss_read_user(const struct node_act *a, struct subscriber **s)
{
	const struct hss *h = a->role;
	const char *given = node_arg(a->args, "user");
	const struct node *n =
	    given != NULL ? world_find(h->node->world, given) : NULL;
	char *own = n != NULL ? node_aor(n) : NULL;
	LOCAL_BUF aor = BUF_INIT;

	*s = NULL;
	if (given != NULL && node_write_aor(str_of(own != NULL ? own : given),
				 h->node->domain, &aor) == 0)
		*s = subscribers_find(h->node, STR_NULL, buf_view(&aor));
	mem_free(own);
	return *s != NULL ? 0
			  : diag_set(a->d, ERR_NOTFOUND, NULL, 0,
				_("%s has no subscriber “%s”"), h->node->name,
				given != NULL ? given : "");
}

/* A user's registration ends (RTR), or his profile is another (PPR).  It
 * goes to the S-CSCF that has the user: where that server's last question
 * came from. */
static void
begin_push(struct hss *h, const struct subscriber *s,
    enum diameter_command command, struct buf *q)
{
	cx_begin(h->asks, command, str_of(s->impi), STR_NULL, q);
	diameter_put(q, DIAMETER_AVP_DESTINATION_HOST, str_of(s->host));
}

static int
hss_verb_deregister(const struct node_act *a)
{
	bool for_good = false;
	struct hss *h = a->role;
	struct buf q = BUF_INIT;
	struct subscriber *s;
	struct str rest;
	size_t at;
	int err = node_arg_bool(a->args, "for_good", &for_good, a->d);

	if (err == 0)
		err = hss_read_user(a, &s);
	if (err != 0)
		return err;
	if (s->server == NULL) {
		if (for_good)
			subscriber_step(h, s, EVENT_REMOVE);
		return 0;
	}
	begin_push(h, s, DIAMETER_RT, &q);
	rest = str_of(s->identities);
	while (rest.n > 0)
		diameter_put(&q, DIAMETER_AVP_PUBLIC_IDENTITY,
		    str_cut(rest, ' ', &rest));
	at = diameter_open(&q, DIAMETER_AVP_DEREGISTRATION_REASON);
	diameter_put_value(&q, for_good ? DIAMETER_VALUE_REASON_PERMANENT
					: DIAMETER_VALUE_REASON_CHANGE);
	diameter_close(&q, at);
	subscriber_step(h, s, for_good ? EVENT_REMOVE : EVENT_DEREGISTER);
	return cx_ask_at(h->asks, &s->at, subscriber_name(s), &q);
}

/* His identities are others, except for the first. */
static int
hss_verb_profile(const struct node_act *a)
{
	const char *given = node_arg(a->args, "identities");
	LOCAL_BUF all = BUF_INIT, q = BUF_INIT, profile = BUF_INIT;
	struct hss *h = a->role;
	struct subscriber *s;
	char *own;
	int err = hss_read_user(a, &s);

	if (err != 0)
		return err;
	buf_str(&all, subscriber_name(s));
	subscriber_add_identities(str_of(given != NULL ? given : ""), &all);
	own = all.err == 0 ? buf_take(&all) : NULL;
	if (own == NULL)
		return ERR_NOMEM;
	mem_free(s->identities);
	s->identities = own;
	if (!subscriber_is_registered(s) || s->server == NULL)
		return 0;
	subscriber_write_profile(s, &profile);
	begin_push(h, s, DIAMETER_PP, &q);
	diameter_put(&q, DIAMETER_AVP_USER_DATA, buf_view(&profile));
	buf_end(&profile, &q.err);
	return cx_ask_at(h->asks, &s->at, subscriber_name(s), &q);
}

static const struct node_verb hss_verbs[] = {
	/* clang-format off */
	HSS_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};

/* A question, its user, and the answer that is being written. */
struct answer {
	struct hss *hss;
	const struct net_datagram *d;
	const struct diameter *m;
	struct subscriber *user;
	struct str impi, impu;
	struct buf *out;
};

/* ---- TS 29.228 6.1.1: may he register? ---- */

static enum diameter_value
answer_ua(struct answer *a)
{
	struct str visited =
	    diameter_find(a->m->avps, DIAMETER_AVP_VISITED_NETWORK);
	const char *networks = node_attr(a->hss->node, "networks", NULL);
	uint32_t type = 0;

	diameter_find_u32(a->m->avps, DIAMETER_AVP_AUTHORIZATION_TYPE, &type);
	if (networks != NULL && type == 0 &&
	    !str_has_word(str_of(networks), visited) &&
	    !str_iis(visited, a->hss->node->domain))
		return DIAMETER_VALUE_ROAMING;
	/* 1: DE_REGISTRATION */
	if (type == 1)
		return a->user->server != NULL ? DIAMETER_VALUE_SUCCESS
					       : DIAMETER_VALUE_NOT_REGISTERED;
	return a->user->server != NULL ? DIAMETER_VALUE_SUBSEQUENT
				       : DIAMETER_VALUE_FIRST;
}

/* ---- 6.1.4: who has him? ---- */

static enum diameter_value
answer_li(struct answer *a)
{
	return subscriber_is_registered(a->user)
		   ? DIAMETER_VALUE_SUCCESS
		   : DIAMETER_VALUE_NOT_REGISTERED;
}

static void
hss_put_server(struct answer *a)
{
	if (a->user->server != NULL)
		diameter_put(
		    a->out, DIAMETER_AVP_SERVER_NAME, str_of(a->user->server));
}

/* ---- 6.1.2: who has him from now on? ---- */

static enum diameter_value
keep_server(struct answer *a)
{
	struct subscriber *s = a->user;
	struct str avps = a->m->avps;

	if (str_keep(&s->server,
		diameter_find(avps, DIAMETER_AVP_SERVER_NAME)) != 0 ||
	    str_keep(&s->host, diameter_find(avps, DIAMETER_AVP_ORIGIN_HOST)) !=
		0) {
		node_fail_memory(a->hss->node);
		return DIAMETER_VALUE_UNABLE_TO_COMPLY;
	}
	s->at = a->d->src;
	return DIAMETER_VALUE_SUCCESS;
}

/* By the type of an assignment: what it comes to for the user. */
static const struct {
	enum diameter_value type;
	enum event_id event;
} assignments[] = {
	{ DIAMETER_VALUE_ASSIGN, EVENT_SAR },
	{ DIAMETER_VALUE_ASSIGN_AGAIN, EVENT_SAR },
	{ DIAMETER_VALUE_ASSIGN_FAILED, EVENT_SAR_FAILED },
	{ DIAMETER_VALUE_ASSIGN_SILENT, EVENT_SAR_FAILED },
	{ DIAMETER_VALUE_ASSIGN_UNREGISTERED, EVENT_SAR_UNREGISTERED },
	{ DIAMETER_VALUE_ASSIGN_TIMEOUT, EVENT_SAR_END },
	{ DIAMETER_VALUE_ASSIGN_END, EVENT_SAR_END },
	{ DIAMETER_VALUE_ASSIGN_ADMINISTRATIVE, EVENT_SAR_END },
};

/* Of a user who is not registered it comes to nothing more. */
static enum event_id
event_of_other(enum event_id event)
{
	return event == EVENT_SAR_UNREGISTERED ? EVENT_SAR_END : event;
}

static enum diameter_value
answer_sa(struct answer *a)
{
	enum diameter_value v, kept;
	uint32_t type = 0;

	diameter_find_u32(a->m->avps, DIAMETER_AVP_ASSIGNMENT_TYPE, &type);
	v = diameter_value_find(DIAMETER_AVP_ASSIGNMENT_TYPE, type);
	for (size_t i = 0; i < COUNT_OF(assignments); i++) {
		if (assignments[i].type != v)
			continue;
		kept = assignments[i].event == EVENT_SAR
			   ? keep_server(a)
			   : DIAMETER_VALUE_SUCCESS;
		if (kept == DIAMETER_VALUE_SUCCESS)
			subscriber_step(a->hss, a->user,
			    subscriber_is_registered(a->user)
				? assignments[i].event
				: event_of_other(assignments[i].event));
		return kept;
	}
	return DIAMETER_VALUE_IN_ASSIGNMENT;
}

static void
hss_put_profile(struct answer *a)
{
	struct buf profile = BUF_INIT;

	diameter_put(a->out, DIAMETER_AVP_USER_NAME, str_of(a->user->impi));
	if (!subscriber_is_registered(a->user))
		return;
	subscriber_write_profile(a->user, &profile);
	diameter_put(a->out, DIAMETER_AVP_USER_DATA, buf_view(&profile));
	buf_end(&profile, &a->out->err);
}

/* ---- 6.3: a vector ---- */

static const char *
hss_scheme_of(const struct subscriber *s)
{
	return s->ha1[0] != '\0' ? "SIP Digest" : "Digest-AKAv1-MD5";
}

static enum diameter_value
answer_ma(struct answer *a)
{
	struct str item = diameter_find(a->m->avps, DIAMETER_AVP_AUTH_ITEM);
	struct str scheme = diameter_find(item, DIAMETER_AVP_AUTH_SCHEME);
	struct str sync = diameter_find(item, DIAMETER_AVP_AUTHORIZATION);

	if (!str_is(scheme, hss_scheme_of(a->user)) &&
	    !str_is(scheme, "Unknown"))
		return DIAMETER_VALUE_SCHEME_UNSUPPORTED;
	/* RAND and AUTS: the SIM has counted further.  A sender without its key
	 * can't write that (TS 33.102 6.3.5). */
	if (sync.n == AKA_SYNC && !aka_resync(&a->user->sim, sync.p))
		node_note_bad(a->hss->node, RULE_AKA_RESYNC,
		    TRACE_REFUSAL_DIAMETER, STR("AUTS"));
	/* The S-CSCF that asks is the one that is to have him. */
	return keep_server(a);
}

static void
hss_put_octets(struct answer *a, enum diameter_id id, const void *p, size_t n)
{
	diameter_put(a->out, id, (struct str){ p, n });
}

/* By his SIM: RAND, AUTN and what the phone makes of them. */
static void
put_aka(struct answer *a)
{
	uint8_t rand[MILENAGE_KEY];
	struct aka_vector v;

	for (size_t i = 0; i < sizeof(rand); i++)
		rand[i] = (uint8_t)rng_below(&a->hss->rng, 256);
	a->user->sim.sqn = (a->user->sim.sqn / AKA_STEP + 1) * AKA_STEP;
	aka_challenge(&a->user->sim, rand, &v);
	hss_put_octets(a, DIAMETER_AVP_AUTHENTICATE, v.nonce, sizeof(v.nonce));
	hss_put_octets(a, DIAMETER_AVP_AUTHORIZATION, v.expected.res,
	    sizeof(v.expected.res));
	hss_put_octets(
	    a, DIAMETER_AVP_CONFIDENTIALITY_KEY, v.expected.ck, MILENAGE_KEY);
	hss_put_octets(
	    a, DIAMETER_AVP_INTEGRITY_KEY, v.expected.ik, MILENAGE_KEY);
}

/* The digest data of the password, as they are stored. */
static void
put_digest(struct answer *a)
{
	size_t at = diameter_open(a->out, DIAMETER_AVP_DIGEST_AUTHENTICATE);

	diameter_put(
	    a->out, DIAMETER_AVP_DIGEST_REALM, str_of(a->user->domain));
	diameter_put(a->out, DIAMETER_AVP_DIGEST_ALGORITHM, STR("MD5"));
	diameter_put(a->out, DIAMETER_AVP_DIGEST_QOP, STR("auth"));
	diameter_put(a->out, DIAMETER_AVP_DIGEST_HA1, str_of(a->user->ha1));
	diameter_close(a->out, at);
}

static void
put_vector(struct answer *a)
{
	bool aka = a->user->ha1[0] == '\0';
	size_t at;

	diameter_put(a->out, DIAMETER_AVP_USER_NAME, a->impi);
	diameter_put(a->out, DIAMETER_AVP_PUBLIC_IDENTITY, a->impu);
	diameter_put_u32(a->out, DIAMETER_AVP_NUMBER_AUTH_ITEMS, 1);
	at = diameter_open(a->out, DIAMETER_AVP_AUTH_ITEM);
	diameter_put_u32(a->out, DIAMETER_AVP_ITEM_NUMBER, 1);
	diameter_put(
	    a->out, DIAMETER_AVP_AUTH_SCHEME, str_of(hss_scheme_of(a->user)));
	(aka ? put_aka : put_digest)(a);
	diameter_close(a->out, at);
	subscriber_step(a->hss, a->user, EVENT_MAR);
}

/* ---- questions ---- */

/* How each is answered: JUDGE says how it goes, PUT, where that is well, what
 * else is in the answer. */
static const struct {
	enum diameter_value (*judge)(struct answer *a);
	void (*put)(struct answer *a);
} commands[DIAMETER_COMMAND_COUNT] = {
	[DIAMETER_UA] = { answer_ua, hss_put_server },
	[DIAMETER_LI] = { answer_li, hss_put_server },
	[DIAMETER_SA] = { answer_sa, hss_put_profile },
	[DIAMETER_MA] = { answer_ma, put_vector },
};

static enum diameter_value
judge_question(struct answer *a)
{
	if (a->m->fault != DIAMETER_FAULT_NONE)
		return diameter_fault_result(a->m->fault);
	if (commands[a->m->command].judge == NULL)
		return DIAMETER_VALUE_COMMAND_UNSUPPORTED;
	a->impi = diameter_find(a->m->avps, DIAMETER_AVP_USER_NAME);
	a->impu = diameter_find(a->m->avps, DIAMETER_AVP_PUBLIC_IDENTITY);
	a->user = subscribers_find(a->hss->node, a->impi, a->impu);
	if (a->user == NULL)
		return DIAMETER_VALUE_USER_UNKNOWN;
	if (a->impu.n > 0 && !subscriber_has(a->user, a->impu))
		return DIAMETER_VALUE_DONT_MATCH;
	return commands[a->m->command].judge(a);
}

static bool
goes_well(enum diameter_value v)
{
	return v == DIAMETER_VALUE_SUCCESS || v == DIAMETER_VALUE_FIRST ||
	       v == DIAMETER_VALUE_SUBSEQUENT;
}

/* RFC 6733 6.2, 7.1.5; of protocol errors (7.1.3) the flag E is in the
 * head. */
static void
hss_write_answer(struct answer *a)
{
	enum diameter_value v = judge_question(a);

	cx_begin_answer(a->hss->node, a->m, v, a->out);
	if (goes_well(v))
		commands[a->m->command].put(a);
}

static void
on_hss_message(const struct net_datagram *d, void *arg)
{
	struct hss *h = arg;
	LOCAL_BUF out = BUF_INIT;
	struct diameter m;
	struct answer a = { .hss = h, .d = d, .m = &m, .out = &out };

	diameter_read(d->bytes, &m);
	/* What has not even a head, or is not a question, has no answer. */
	if (!m.head || (m.flags & DIAMETER_REQUEST) == 0) {
		cx_client_take(h->asks, d, &m);
		return;
	}
	if (m.fault != DIAMETER_FAULT_NONE)
		node_note_bad(h->node, RULE_DIAMETER_FAULT,
		    TRACE_REFUSAL_DIAMETER,
		    str_of(diameter_fault_name(m.fault)));
	hss_write_answer(&a);
	cx_send_answer(h->node, h->sock, d, m.fault, &out);
}

/* ---- life ---- */

static void
hss_stop(void *role)
{
	struct hss *h = role;

	cx_client_destroy(h->asks);
	net_udp_close(h->sock);
}

static int
hss_start(struct node *n, void *role)
{
	struct hss *h = role;
	char life[32];
	int err;

	h->node = n;
	/* After a restart the numbers are others. */
	snprintf(life, sizeof(life), "aka/%u", n->lives);
	rng_init(&h->rng, sim_seed(node_sim(n)), n->name, life);
	err = subscribers_create(n->world);
	if (err == 0)
		err = net_udp_open(
		    n->host, TRACE_PORT_DIAMETER, on_hss_message, h, &h->sock);
	if (err == 0)
		err = cx_client_create_home(&h->asks, n, h->sock);
	if (err == 0 && n->lives > 1)
		subscribers_read(h);
	return err;
}

NODE_ROLE(hss) = {
	.word = "hss",
	.size = sizeof(struct hss),
	.start = hss_start,
	.stop = hss_stop,
	.verbs = hss_verbs,
};
