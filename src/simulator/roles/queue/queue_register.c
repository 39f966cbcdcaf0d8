/*
 * Agents log on and off: by a REGISTER to the queue (RFC 3261 10.3), or by the
 * verbs `logon` and `logoff`.  A queue keeps one place for each agent, the best
 * of the Contacts given.
 */
#include "roles/queue/queue_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/node_auth.h"
#include "roles/registrar/registrar_in.h"
#include "rules/rule_names.h"

/* ---- REGISTER ---- */

/* Steps 3 to 5: who it is about, into AOR. */
static struct registrar_verdict
judge_register_of_agent(
    struct queue *q, const struct msg *m, struct str user, struct buf *aor)
{
	const struct node *n = queue_node(q);
	struct msg_addr to;
	struct msg_uri u;

	if (msg_addr_read(msg_value(m, MSG_H_TO), &to) != 0 ||
	    msg_uri_read(to.uri, &u) != 0 || !u.sip || u.user.n == 0 ||
	    msg_uri_aor(to.uri, aor) != 0)
		return registrar_refusal(400, RULE_BAD_REQUEST, MSG_H_TO);
	if (!registrar_may_change(n, user, buf_view(aor)))
		return registrar_refusal(403, RULE_REGISTER_FORBIDDEN, 0);
	if (!queue_agent_may(q, buf_view(aor)))
		return registrar_refusal(403, RULE_QUEUE_STRANGER, 0);
	return registrar_accepted;
}

/* Step 7: A's last REGISTER came after this one. */
static bool
is_late(const struct queue_agent *a, const struct location_update *u)
{
	return a != NULL && a->call_id != NULL &&
	       str_is(u->call_id, a->call_id) && u->cseq <= a->cseq;
}

/* The Contact of U to call, or NULL. */
static const struct location_contact *
queue_register_find_best(const struct location_update *u)
{
	const struct location_contact *best = NULL;

	for (size_t i = 0; i < u->contacts.n; i++) {
		const struct location_contact *c = &u->contacts.list[i];

		if (c->expires_s > 0 && (best == NULL || c->q > best->q))
			best = c;
	}
	return best;
}

/* U takes A's place away. */
static bool
takes_away(const struct location_update *u, const struct queue_agent *a)
{
	for (size_t i = 0; i < u->contacts.n; i++)
		if (u->contacts.list[i].expires_s == 0 &&
		    msg_uri_equal(
			str_of(u->contacts.list[i].uri), str_of(a->uri)))
			return true;
	return u->star;
}

/* What U says of A, who may be NULL, is so. */
static void
store_agent(
    struct queue *q, struct queue_agent *a, const struct location_update *u)
{
	const struct location_contact *best = queue_register_find_best(u);

	if (best != NULL) {
		a = queue_agent_add(q, u->aor, str_of(best->uri), NULL);
		if (a == NULL)
			return;
		mem_free(a->call_id);
		a->call_id = mem_dup(u->call_id.p, u->call_id.n);
		a->cseq = u->cseq;
		if (a->call_id == NULL)
			node_fail_memory(queue_node(q));
		queue_agent_expire(a, best->expires_s);
	} else if (a != NULL && takes_away(u, a)) {
		queue_agent_remove(a);
	}
}

/* Step 8. */
static void
queue_register_answer_stored(
    struct queue *q, const struct sip_in *in, struct str aor)
{
	struct node *n = queue_node(q);
	const struct queue_agent *a = queue_agent_find(q, aor);
	struct sip_response_spec spec = { .status = 200 };
	LOCAL_BUF contact = BUF_INIT;

	if (a != NULL && !a->leaving && a->call_id != NULL)
		buf_printf(&contact, "<%s>;expires=%u", a->uri,
		    (unsigned)((a->until - sim_now(node_sim(n))) / SIM_S));
	spec.contact = buf_view(&contact);
	if (contact.err != 0)
		node_fail_memory(n);
	else
		node_reply(n, in, &spec, RULE_QUEUE_LOGON);
}

void
queue_registered(struct agent *agent, const struct sip_in *in)
{
	struct queue *q = queue_of(agent);
	struct location_update u = { .star = false };
	LOCAL_BUF aor = BUF_INIT;
	struct msg_cseq cseq = { 0 };
	struct queue_agent *a;
	struct registrar_verdict v;
	struct str user;

	if (!auth_check(q->auth, in, &user))
		return;
	msg_cseq_read(msg_value(in->m, MSG_H_CSEQ), &cseq);
	v = judge_register_of_agent(q, in->m, user, &aor);
	if (v.status == 0)
		v = registrar_read(agent->node, in, &u);
	u.aor = buf_view(&aor);
	u.call_id = msg_value(in->m, MSG_H_CALL_ID);
	u.cseq = cseq.number;
	a = queue_agent_find(q, u.aor);
	if (v.status == 0 && is_late(a, &u))
		v = registrar_refusal(500, RULE_REGISTER_ORDER, 0);
	if (aor.err != 0) {
		agent_fail_memory(agent);
	} else if (v.status == 0) {
		store_agent(q, a, &u);
		queue_register_answer_stored(q, in, u.aor);
	} else {
		registrar_refuse(agent->node, in, v);
	}
	location_contacts_free(&u.contacts);
}

/* ---- verbs ---- */

/* The agent meant, and its address: a phone of the queue's own domain has no
 * other place than its own. */
static int
read_agent(const struct node_act *a, struct buf *aor, struct buf *uri)
{
	const struct queue *q = a->role;
	const struct node *n = queue_node(q);
	const char *given = node_arg(a->args, "agent");
	const struct node *phone =
	    given != NULL ? world_find(n->world, given) : NULL;
	LOCAL_BUF target = BUF_INIT;
	struct msg_addr contact;
	LOCAL_MEM char *own = NULL;
	int err = ERR_SYNTAX;

	if (given != NULL)
		err = agent_write_target(&q->pairs.agent, given, &target);
	if (err == 0)
		err = msg_uri_aor(buf_view(&target), aor);
	if (err == 0 && phone != NULL && node_has_trait(phone, TRAIT_USER)) {
		own = agent_contact_of(phone, n);
		if (own != NULL && msg_addr_read(str_of(own), &contact) == 0)
			buf_str(uri, contact.uri);
	} else if (err == 0 && node_is_own(n, buf_view(&target))) {
		err = ERR_SYNTAX;
	} else {
		buf_str(uri, buf_view(&target));
	}
	if (target.err != 0 || uri->err != 0)
		err = ERR_NOMEM;
	if (err != 0 && err != ERR_NOMEM)
		diag_set(a->d, err, NULL, 0,
		    _("“%s” is not a user whom %s could call"),
		    given != NULL ? given : "", n->name);
	return err;
}

int
queue_verb_logon(const struct node_act *a)
{
	LOCAL_BUF aor = BUF_INIT, uri = BUF_INIT;
	int err = read_agent(a, &aor, &uri);

	if (err == 0 && queue_agent_add(a->role, buf_view(&aor), buf_view(&uri),
			    node_arg(a->args, "skills")) == NULL)
		err = ERR_NOMEM;
	return err;
}

int
queue_verb_logoff(const struct node_act *a)
{
	LOCAL_BUF aor = BUF_INIT, uri = BUF_INIT;
	struct queue_agent *who = NULL;
	int err = read_agent(a, &aor, &uri);

	if (err == 0)
		who = queue_agent_find(a->role, buf_view(&aor));
	if (err == 0 && who == NULL)
		err = diag_set(a->d, ERR_NOTFOUND, NULL, 0,
		    _("%s is not logged on"), node_arg(a->args, "agent"));
	if (who != NULL)
		queue_agent_remove(who);
	return err;
}
