/*
 * Subscriptions to registrations: see roles/registrar/registrar_in.h.  What the
 * location service has is asked for once, with the first subscription to a
 * user; what REGISTERs change afterwards is known here.
 */
#include "roles/registrar/registrar_home.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/node_auth.h"
#include "text/xml.h"

/* 4.4: little less than the usual registration. */
#define LEAST_S 60
#define MOST_S  86400

/* What the location service is asked for; of its own, since the user may be
 * gone when it answers. */
struct question {
	struct list link; /* in registrar->questions */
	struct registrar *registrar;
	char *aor;
	bool first; /* nothing is known of the user yet */
};

/* ---- asking the location service ---- */

static void
reg_event_free_question(struct question *q)
{
	list_remove(&q->link);
	mem_free(q->aor);
	mem_free(q);
}

static void
take_location_answer(enum location_status status,
    const struct location_contacts *found, void *arg)
{
	struct question *q = arg;
	struct registrar_user *u =
	    registrar_user_find(q->registrar, str_of(q->aor));

	/* A REGISTER that was faster knows more. */
	if (u != NULL && (!q->first || !u->known) && status == LOCATION_OK)
		registrar_user_update(u, found, NULL);
	reg_event_free_question(q);
}

/* As a REGISTER without Contacts does (RFC 3261 10.2.3). */
static void
fetch_bindings(struct registrar *r, struct str aor, bool first)
{
	struct location_update fetch = { .aor = registrar_home_first(r, aor),
		.call_id = STR("reg") };
	struct question *q = mem_zalloc(1, sizeof(*q));
	int err = ERR_NOMEM;

	if (q != NULL) {
		q->registrar = r;
		q->first = first;
		list_init(&q->link);
		list_append(&r->questions, &q->link);
		q->aor = mem_dup(aor.p, aor.n);
		if (q->aor != NULL)
			err = location_store(
			    r->location, &fetch, take_location_answer, q);
		if (err != 0)
			reg_event_free_question(q);
	}
	agent_fail_nomem(&r->agent, err);
}

/* ---- SUBSCRIBE ---- */

/* Whose registrations IN asks for, and that he who asks may know them: 0, or
 * the status of the rejection. */
static unsigned
judge_reg_watcher(struct registrar *r, const struct msg *m, struct buf *aor)
{
	LOCAL_BUF from = BUF_INIT;
	struct str asker = r->asker;
	unsigned status = 0;

	if (asker.n == 0 &&
	    msg_uri_aor(msg_addr_uri(msg_value(m, MSG_H_FROM)), &from) == 0)
		asker = buf_view(&from);
	if (msg_uri_aor(m->uri, aor) != 0)
		status = 404;
	else if (asker.n == 0 || !registrar_may_change(r->agent.node,
				     registrar_home_first(r, asker),
				     registrar_home_first(r, buf_view(aor))))
		status = 403;
	if (from.err != 0 || aor->err != 0)
		agent_fail_memory(&r->agent);
	return status;
}

static unsigned
admit_reg_watcher(struct agent_notifier *n, const struct sip_in *in)
{
	struct registrar *r = registrar_of(n->agent);
	LOCAL_BUF aor = BUF_INIT;
	unsigned status = judge_reg_watcher(r, in->m, &aor);
	struct registrar_watch *w =
	    status == 0 ? mem_zalloc(1, sizeof(*w)) : NULL;
	bool first = false;

	if (w != NULL) {
		w->user = registrar_user_find(r, buf_view(&aor));
		first = w->user == NULL;
		if (first)
			w->user = registrar_user_new(r, buf_view(&aor));
	}
	if (w != NULL && w->user != NULL) {
		w->user->watchers++;
		n->arg = w;
	} else {
		mem_free(w);
		if (status == 0) {
			agent_fail_memory(&r->agent);
			status = 500;
		}
	}
	if (status == 0 && first)
		fetch_bindings(r, buf_view(&aor), true);
	return status;
}

static void
free_reg_watch(struct agent_notifier *n)
{
	struct registrar_watch *w = n->arg;

	if (w == NULL)
		return;
	n->arg = NULL;
	if (--w->user->watchers == 0)
		registrar_user_free(w->user);
	mem_free(w);
}

/* ---- NOTIFY ---- */

/* Of AOR, number K of U's identities: by a REGISTER for another one it was
 * created (TS 24.229 5.4.2.1.2). */
static void
write_reg_contact(const struct registrar_user *u, struct str aor, unsigned k,
    const struct registrar_contact *c, struct buf *out)
{
	int64_t now = sim_now(agent_sim(&u->registrar->agent));
	struct str named = registrar_home_named(u->registrar, aor);
	bool implicit = named.n > 0 && !str_eq(aor, named) &&
			strcmp(c->event, "registered") == 0;

	buf_printf(out, "<contact id=\"c%u", c->id);
	if (k > 0)
		buf_printf(out, "-%u", k);
	buf_printf(out, "\" state=\"%s\" event=\"%s\"",
	    c->over ? "terminated" : "active", implicit ? "created" : c->event);
	if (c->since >= 0)
		buf_printf(out, " duration-registered=\"%lld\"",
		    (long long)((now - c->since) / SIM_S));
	if (!c->over && c->until >= 0)
		buf_printf(out, " expires=\"%lld\"",
		    (long long)((c->until - now + SIM_S - 1) / SIM_S));
	if (c->q < 1000)
		buf_printf(out, " q=\"0.%03u\"", c->q);
	xml_print(out, ">\n<uri>%s</uri>\n</contact>\n", c->uri);
}

/* 4.7.1: what has ended is told of once. */
static bool
reg_event_is_told(
    const struct registrar_contact *c, const struct registrar_watch *w)
{
	return !c->over || c->change > w->told;
}

static const char *
state_of_registration(
    const struct registrar_user *u, const struct registrar_watch *w)
{
	const char *state = "init";

	list_each (const struct registrar_contact, c, &u->contacts, link) {
		if (!c->over)
			return "active";
		if (reg_event_is_told(c, w))
			state = "terminated";
	}
	return state;
}

/* Number K of U's identities, AOR. */
static void
write_registration(const struct registrar_user *u,
    const struct registrar_watch *w, struct str aor, unsigned k,
    struct buf *out)
{
	xml_print(
	    out, "<registration aor=\"%.*s\" id=\"r%u", STR_ARG(aor), u->id);
	if (k > 0)
		buf_printf(out, "-%u", k);
	buf_printf(out, "\" state=\"%s\">\n", state_of_registration(u, w));
	list_each (const struct registrar_contact, c, &u->contacts, link)
		if (reg_event_is_told(c, w))
			write_reg_contact(u, aor, k, c, out);
	buf_puts(out, "</registration>\n");
}

/* 5.1: always the full state; nothing at all while that is not known. */
static int
write_info(struct agent_notifier *n, struct buf *out)
{
	struct registrar_watch *w = n->arg;
	const struct registrar_user *u = w->user;
	struct str rest = str_of(u->identities != NULL ? u->identities : "");
	struct str one;

	if (!u->known)
		return 0;
	xml_print(out,
	    "<?xml version=\"1.0\"?>\n<reginfo xmlns=\"" REG_INFO_NAMESPACE
	    "\" version=\"%u\" state=\"full\">\n",
	    n->version);
	if (rest.n == 0)
		write_registration(u, w, str_of(u->aor), 0, out);
	for (unsigned k = 0; rest.n > 0; k++) {
		one = msg_cut_value(&rest);
		write_registration(u, w, str_slice(one, 1, one.n - 1), k, out);
	}
	buf_puts(out, "</reginfo>\n");
	w->told = u->change;
	return out->err != 0 ? ERR_NOMEM : 0;
}

const struct agent_service registrar_reg_service = {
	.package = &agent_packages[AGENT_PACKAGE_REG],
	.least_s = LEAST_S,
	.most_s = MOST_S,
	.admit = admit_reg_watcher,
	.write = write_info,
	.ended = free_reg_watch,
};

/* ---- for the registrar ---- */

enum node_claim
registrar_event_claim(struct registrar *r, const struct sip_in *in)
{
	struct node *n = r->agent.node;
	const struct agent_package *p;
	struct str params;
	struct msg_uri u;

	if (agent_dialog_of(&r->agent, in->m) != NULL)
		return NODE_DIALOG;
	if (in->m->method == MSG_SUBSCRIBE && agent_request_lost(&r->agent, in))
		return NODE_NAMED;
	if (in->m->method != MSG_SUBSCRIBE ||
	    msg_tag_of(in->m, MSG_H_TO).n > 0 || !node_is_own(n, in->m->uri) ||
	    msg_uri_read(in->m->uri, &u) != 0 || u.user.n == 0)
		return NODE_PASS;
	p = agent_package_of(in->m, &params);
	return p == &agent_packages[AGENT_PACKAGE_REG] ? NODE_METHOD
						       : NODE_FALLBACK;
}

void
registrar_event_request(struct registrar *r, const struct sip_in *in)
{
	r->asker = STR_NULL;
	if (in->m->method == MSG_SUBSCRIBE &&
	    !auth_check(r->auth, in, &r->asker))
		return;
	agent_role_request(r, in);
	r->asker = STR_NULL;
}

void
registrar_event_stored(struct registrar *r, const struct msg *m,
    const struct location_contacts *bindings)
{
	LOCAL_BUF aor = BUF_INIT;
	struct str first;

	if (list_empty(&r->users))
		return;
	if (msg_uri_aor(msg_addr_uri(msg_value(m, MSG_H_TO)), &aor) == 0) {
		first = registrar_home_first(r, buf_view(&aor));
		list_each (struct registrar_user, u, &r->users, link)
			if (registrar_user_is(u, buf_view(&aor)) ||
			    str_eq(
				first, registrar_home_first(r, str_of(u->aor))))
				registrar_user_update(u, bindings, m);
	}
	agent_fail_nomem(&r->agent, aor.err);
}

void
registrar_rebound(void *role, struct str aor)
{
	struct registrar *r = role;
	struct registrar_user *u = registrar_user_find(r, aor);

	if (u != NULL && u->known)
		fetch_bindings(r, aor, false);
}

void
registrar_event_ended(struct registrar *r, struct str aor, const char *event)
{
	const struct location_contacts none = { NULL, 0 };

	list_each (struct registrar_user, u, &r->users, link) {
		if (!registrar_user_is(u, aor))
			continue;
		u->ending = event;
		registrar_user_update(u, &none, NULL);
	}
}

void
registrar_events_stop(struct registrar *r)
{
	list_each (struct question, q, &r->questions, link)
		reg_event_free_question(q);
}
