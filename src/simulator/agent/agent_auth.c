/*
 * Challenges and what answers them.  RFC 3261 22.1 to 22.3; RFC 7616 3.3 to
 * 3.6; RFC 8760 2.4, which lets the client take the first algorithm it knows of
 * those a realm offers.
 *
 * Which realms get credentials without having asked (22.2, 22.3): the realms
 * that have challenged the same Call-ID; outside of dialogs also the realm of
 * the outbound proxy, and a server's that the request is for.
 */
#include "node/accounts.h"
#include "agent/agent.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/parts.h"
#include "text/json.h"
#include "rules/rule_names.h"

#include <string.h>

#define BIT(i) (UINT32_C(1) << (i))

/* ---- records ---- */

static void
record_authentication(struct agent *agent, const char *op, struct str realm,
    struct str user, const char *reason, enum rule_id why)
{
	struct sim *sim = agent_sim(agent);
	struct trace_writer *w = sim_trace(sim);

	sim_open(sim, TRACE_AUTH, agent->node->name, why);
	trace_put_cstr(w, "op", op);
	trace_put_cstr(w, "scheme", "Digest");
	trace_put_str(w, "realm", realm);
	if (user.n > 0)
		trace_put_str(w, "user", user);
	if (reason != NULL)
		trace_put_cstr(w, "reason", reason);
	sim_set_cause(sim, trace_close(w));
}

/* ---- passwords ---- */

/* What the SIM of its phone has. */
static bool
find_sim(const struct agent *agent, struct aka_sim *sim)
{
	const char *text = node_attr(agent->node, "sim", NULL);

	if (text == NULL || aka_sim_read(str_of(text), sim) != 0)
		return false;
	if (agent->node->sim_sqn > sim->sqn)
		sim->sqn = agent->node->sim_sqn;
	return true;
}

/* The home network: the part behind the @ of the private identity. */
static struct str
sim_realm(const struct aka_sim *sim)
{
	struct str realm;

	str_cut(sim->impi, '@', &realm);
	return realm;
}

/* The own password is for the own domain, where its user is called as in the
 * address-of-record; the attribute `accounts` says the rest. */
static bool
find_account(const struct agent *agent, struct str realm, struct account *a)
{
	const struct node *n = agent->node;
	const char *own = node_attr(n, "password", NULL);
	struct str rest = str_of(node_attr(n, "accounts", ""));
	struct aka_sim sim;
	struct msg_uri u;

	*a = (struct account){ STR_NULL, STR_NULL, STR_NULL };
	if (find_sim(agent, &sim) && str_ieq(sim_realm(&sim), realm)) {
		a->name = sim.impi;
		a->password = str_of(own);
		return true;
	}
	if (own != NULL && msg_uri_read(str_of(agent->aor), &u) == 0 && u.sip &&
	    str_ieq(u.host, realm)) {
		a->name = u.user;
		a->password = str_of(own);
		return true;
	}
	while (account_next(&rest, a))
		if (str_ieq(
			a->realm.n > 0 ? a->realm : str_of(n->domain), realm))
			return true;
	return false;
}

/* ---- realms ---- */

static void
forget_realm(struct agent_realm *r)
{
	mem_free(r->realm);
	mem_free(r->nonce);
	mem_free(r->opaque);
	mem_free(r->to);
	mem_free(r->cnonce);
	*r = (struct agent_realm){ 0 };
}

void
agent_auth_stop(struct agent *agent)
{
	for (size_t i = 0; i < agent->keys.n; i++)
		forget_realm(&agent->keys.list[i]);
	mem_free(agent->keys.list);
	agent->keys = (struct agent_keyring){ 0 };
}

/* KIND's realm: its index, the number of realms where it is not known. */
static size_t
find_realm(
    const struct agent *agent, enum agent_auth_kind kind, struct str realm)
{
	size_t i = 0;

	while (i < agent->keys.n &&
	       !((agent->keys.list[i].kind == kind ||
		     agent->keys.list[i].kind == AGENT_AUTH_EITHER ||
		     kind == AGENT_AUTH_EITHER) &&
		   str_is(realm, agent->keys.list[i].realm)))
		i++;
	return i;
}

/* RFC 3310 3.2 to 3.4: the SIM answers the challenge NONCE, or says why not. */
static void
ask_sim(struct agent *agent, struct str nonce, struct agent_realm *r)
{
	LOCAL_BUF raw = BUF_INIT, text = BUF_INIT;
	char auts[AKA_AUTS] = { 0 };
	struct milenage_answer answer;
	struct aka_sim sim;

	r->verdict = AKA_WRONG_MAC;
	if (json_base64(nonce, &raw) == 0 && raw.n >= AKA_NONCE &&
	    find_sim(agent, &sim)) {
		r->verdict = aka_answer(&sim, raw.p, &answer, auts);
		agent->node->sim_sqn = sim.sqn;
	}
	if (r->verdict == AKA_GOOD)
		memcpy(r->res, answer.res, sizeof(r->res));
	if (r->verdict == AKA_OLD) {
		json_put_base64(&text, (struct str){ auts, sizeof(auts) });
		str_join(r->auts, sizeof(r->auts), 0, buf_view(&text));
	}
}

/* Puts C in the place of the realm's last challenge. */
static int
keep_challenge(struct agent *agent, size_t i, enum agent_auth_kind kind,
    const struct digest_challenge *c, struct str to)
{
	struct agent_realm r = {
		.kind = kind,
		.realm = mem_dup(c->realm.p, c->realm.n),
		.nonce = mem_dup(c->nonce.p, c->nonce.n),
		.opaque = c->opaque.p != NULL
			      ? mem_dup(c->opaque.p, c->opaque.n)
			      : NULL,
		.to = mem_dup(to.p, to.n),
		.cnonce = sip_stack_new_token(
		    agent->node->stack, SIP_STREAM_CNONCE, 16),
		.algorithm = c->algorithm,
		.has_algorithm = c->has_algorithm,
		.qop = c->qop_auth       ? DIGEST_QOP_AUTH
		       : c->qop_auth_int ? DIGEST_QOP_AUTH_INT
					 : DIGEST_QOP_NONE,
	};

	if (c->algorithm == DIGEST_AKAV1_MD5) {
		ask_sim(agent, c->nonce, &r);
		if (r.verdict != AKA_GOOD)
			r.useless =
			    1 + (i < agent->keys.n ? agent->keys.list[i].useless
						   : 0);
	}
	if (agent->keys.list == NULL)
		agent->keys.list =
		    mem_zalloc(AGENT_REALMS, sizeof(*agent->keys.list));
	if (agent->keys.list == NULL || r.realm == NULL || r.nonce == NULL ||
	    (c->opaque.p != NULL && r.opaque == NULL) || r.to == NULL ||
	    r.cnonce == NULL) {
		forget_realm(&r);
		return ERR_NOMEM;
	}
	if (i == agent->keys.n)
		agent->keys.n++;
	else
		forget_realm(&agent->keys.list[i]);
	agent->keys.list[i] = r;
	return 0;
}

int
agent_auth_learn(struct agent *agent, struct str challenge)
{
	struct digest_challenge c;
	int err = digest_challenge_read(challenge, &c);
	size_t i;

	if (err != 0)
		return err;
	i = find_realm(agent, AGENT_AUTH_EITHER, c.realm);
	return i < AGENT_REALMS
		   ? keep_challenge(agent, i, AGENT_AUTH_EITHER, &c, STR_NULL)
		   : ERR_LIMIT;
}

/* ---- a challenge comes ---- */

/* The canonical To: 22.2 keeps credentials for a To and a realm. */
static void
write_to(const struct msg *m, struct buf *out)
{
	struct msg_addr a;

	if (msg_addr_read(msg_value(m, MSG_H_TO), &a) == 0)
		msg_uri_aor(a.uri, out);
}

_Static_assert(AGENT_REALMS == 32, "the reason below says how many");

/* RFC 3310 3.4: the answer to the last challenge was AUTS, so another had to
 * come.  TS 24.229 5.1.1.5: the second in a row that is useless is the last. */
static bool
was_out_of_step(const struct agent *agent, size_t i)
{
	return i < agent->keys.n && agent->keys.list[i].verdict == AKA_OLD &&
	       agent->keys.list[i].useless < 2;
}

/* Why C may not be answered, NULL where it may. */
static const char *
find_objection(const struct agent_client *q, size_t i,
    const struct digest_challenge *c, enum rule_id *why)
{
	struct account account;

	*why = RULE_AUTH_NO_PASSWORD;
	if (!find_account(q->agent, c->realm, &account) ||
	    (c->algorithm != DIGEST_AKAV1_MD5 && account.password.p == NULL))
		return "no password";
	if (i == AGENT_REALMS)
		return "more than 32 realms";
	/* 22.1: not with what has just been rejected.  What was put in without
	 * having been asked for is not an answer yet. */
	*why = RULE_AUTH_REFUSED;
	if (!c->stale && (q->answers & q->carried & BIT(i)) != 0 &&
	    !was_out_of_step(q->agent, i))
		return "refused";
	return NULL;
}

/* What the SIM says of a challenge of AKA. */
static const char *const sim_words[] = {
	[AKA_GOOD] = "sim",
	[AKA_WRONG_MAC] = "mac",
	[AKA_OLD] = "sqn",
};
static const enum rule_id sim_rules[] = {
	[AKA_GOOD] = RULE_AKA_ANSWER,
	[AKA_WRONG_MAC] = RULE_AKA_WRONG_MAC,
	[AKA_OLD] = RULE_AKA_OUT_OF_STEP,
};

/* True: the challenge can be answered. */
static bool
take_challenge(struct agent_client *q, enum agent_auth_kind kind,
    const struct digest_challenge *c, const struct msg *m)
{
	size_t i = find_realm(q->agent, kind, c->realm);
	LOCAL_BUF to = BUF_INIT;
	struct account account;
	enum rule_id why;
	const char *reason = find_objection(q, i, c, &why);

	find_account(q->agent, c->realm, &account);
	if (reason == NULL) {
		write_to(m, &to);
		if (to.err != 0 ||
		    keep_challenge(q->agent, i, kind, c, buf_view(&to)) != 0) {
			agent_fail_memory(q->agent);
			reason = "out of memory";
		}
	}
	if (reason != NULL) {
		record_authentication(
		    q->agent, "give-up", c->realm, account.name, reason, why);
		return false;
	}
	q->realms |= BIT(i);
	q->answers |= BIT(i);
	if (c->algorithm == DIGEST_AKAV1_MD5)
		record_authentication(q->agent, "answer", c->realm,
		    account.name, sim_words[q->agent->keys.list[i].verdict],
		    sim_rules[q->agent->keys.list[i].verdict]);
	else
		record_authentication(q->agent, "answer", c->realm,
		    account.name, NULL,
		    kind == AGENT_AUTH_PROXY ? RULE_AUTH_ANSWER_PROXY
					     : RULE_AUTH_ANSWER);
	return true;
}

/* C is one that AGENT knows how to answer: by AKA who has a SIM. */
static bool
agent_auth_read_challenge(
    const struct agent *agent, struct str value, struct digest_challenge *c)
{
	struct aka_sim sim;

	return digest_challenge_read(value, c) == 0 &&
	       (c->algorithm != DIGEST_AKAV1_MD5 || find_sim(agent, &sim));
}

/* RFC 8760 2.4: an earlier challenge of the realm could be read. */
static bool
has_before(const struct agent *agent, const struct msg *m, enum msg_header id,
    size_t n, struct str realm)
{
	struct digest_challenge c;

	for (size_t i = 0; i < n; i++)
		if (agent_auth_read_challenge(
			agent, msg_field(m, id, i)->value, &c) &&
		    str_eq(c.realm, realm))
			return true;
	return false;
}

static bool
take_challenges(struct agent_client *q, const struct msg *m, enum msg_header id,
    enum agent_auth_kind kind)
{
	const struct msg_field *f;
	struct digest_challenge c;
	bool any = false;

	for (size_t n = 0; (f = msg_field(m, id, n)) != NULL; n++) {
		if (!agent_auth_read_challenge(q->agent, f->value, &c)) {
			/* 22.4: Basic must not be used. */
			agent_note_bad(q->agent, RULE_AUTH_UNKNOWN,
			    TRACE_REFUSAL_CHALLENGE,
			    str_of(msg_header_info(id)->name));
			continue;
		}
		if (!has_before(q->agent, m, id, n, c.realm))
			any |= take_challenge(q, kind, &c, m);
	}
	return any;
}

bool
agent_auth_take(struct agent_client *q, const struct msg *m)
{
	/* 22.3: a forking proxy collects the challenges of both kinds. */
	bool servers =
	    take_challenges(q, m, MSG_H_WWW_AUTHENTICATE, AGENT_AUTH_SERVER);

	return take_challenges(
		   q, m, MSG_H_PROXY_AUTHENTICATE, AGENT_AUTH_PROXY) ||
	       servers;
}

/* ---- credentials ---- */

/* One of the outbound proxies is of this realm. */
static bool
is_outbound(const struct agent *agent, const char *realm)
{
	const struct node *proxy;

	for (size_t i = 0; (proxy = agent_outbound(agent, i)) != NULL; i++)
		if (str_iis(str_of(realm), proxy->domain))
			return true;
	return false;
}

/* Outside of dialogs, without having been asked for this Call-ID. */
static bool
goes_along(const struct agent *agent, const struct agent_realm *r,
    bool registers, struct str host, struct str to)
{
	switch (r->kind) {
	case AGENT_AUTH_SERVER:
		return to.n > 0 && str_is(to, r->to);
	case AGENT_AUTH_PROXY:
		return !registers && is_outbound(agent, r->realm);
	default:
		return str_iis(host, r->realm) ||
		       (!registers && is_outbound(agent, r->realm));
	}
}

uint32_t
agent_auth_wanted(
    const struct agent_client *q, const struct msg *request, struct str uri)
{
	const struct agent_keyring *keys = &q->agent->keys;
	bool registers = request->method == MSG_REGISTER;
	LOCAL_BUF to = BUF_INIT;
	uint32_t which = q->realms;
	struct msg_uri u;

	if (q->dialog || keys->n == 0 || msg_uri_read(uri, &u) != 0)
		return which;
	write_to(request, &to);
	for (size_t i = 0; i < keys->n; i++)
		if (goes_along(q->agent, &keys->list[i], registers, u.host,
			buf_view(&to)))
			which |= BIT(i);
	return which;
}

/* R's challenge is that of a server which M goes to, not of a proxy. */
static bool
auth_is_of_server(const struct agent_realm *r, const struct msg *m)
{
	return r->kind == AGENT_AUTH_SERVER ||
	       (r->kind == AGENT_AUTH_EITHER && m->method == MSG_REGISTER);
}

/* RFC 7616 3.4: one field. */
static int
write_one(struct agent_realm *r, const struct account *account,
    const struct msg *m, struct str uri, struct buf *out)
{
	struct digest_credentials c = {
		.realm = str_of(r->realm),
		.nonce = str_of(r->nonce),
		.opaque = str_of(r->opaque),
		.uri = uri,
		.algorithm = r->algorithm,
		.has_algorithm = r->has_algorithm,
		.qop = r->qop,
	};
	struct str password = account->password;
	bool aka = r->algorithm == DIGEST_AKAV1_MD5;
	LOCAL_BUF name = BUF_INIT;
	char hex[DIGEST_HEX];
	int err;

	digest_escape(account->name, &name);
	c.username = buf_view(&name);
	if (c.qop != DIGEST_QOP_NONE) {
		/* 3.4: nc counts the requests with this nonce. */
		c.nc = ++r->nc;
		c.cnonce = str_of(r->cnonce);
	}
	err = name.err;
	/* RFC 3310 3.3, 3.4: RES is the password; none stands with AUTS, and a
	 * network that is not the home network gets no response at all. */
	if (aka && r->verdict == AKA_GOOD)
		password = (struct str){ r->res, sizeof(r->res) };
	if (aka && r->verdict == AKA_OLD)
		c.auts = str_of(r->auts);
	if (err == 0)
		err =
		    digest_response(&c, password, m->method_name, m->body, hex);
	if (err == 0) {
		c.response =
		    aka && r->verdict == AKA_WRONG_MAC ? STR("") : str_of(hex);
		buf_puts(out, auth_is_of_server(r, m)
				  ? "Authorization: "
				  : "Proxy-Authorization: ");
		digest_credentials_write(&c, out);
		buf_puts(out, "\r\n");
		err = out->err;
	}
	return err;
}

/* TS 24.229 5.1.1.2: the first REGISTER says who it is, so that the home
 * network knows whose challenge to make. */
static void
agent_auth_write_identity(struct agent *agent, struct str uri, struct buf *out)
{
	struct digest_credentials c = {
		.uri = uri, .nonce = STR(""), .response = STR("")
	};
	struct aka_sim sim;

	if (!find_sim(agent, &sim))
		return;
	c.username = sim.impi;
	c.realm = sim_realm(&sim);
	buf_puts(out, "Authorization: ");
	digest_credentials_write(&c, out);
	buf_puts(out, "\r\n");
}

int
agent_auth_write(struct agent_client *q, uint32_t which, const struct msg *m,
    struct str uri, struct buf *out, uint32_t *written)
{
	struct agent *agent = q->agent;
	int err = 0;

	*written = 0;
	if (which == 0 && m->method == MSG_REGISTER)
		agent_auth_write_identity(agent, uri, out);
	for (size_t i = 0; err == 0 && i < agent->keys.n; i++) {
		struct agent_realm *r = &agent->keys.list[i];
		struct account account;

		if ((which & BIT(i)) == 0 ||
		    !find_account(agent, str_of(r->realm), &account))
			continue;
		err = write_one(r, &account, m, uri, out);
		*written |= BIT(i);
		if ((q->answers & BIT(i)) == 0)
			record_authentication(agent, "answer", str_of(r->realm),
			    account.name, NULL,
			    auth_is_of_server(r, m) ? RULE_AUTH_AHEAD_SERVER
						    : RULE_AUTH_AHEAD);
	}
	return err;
}
