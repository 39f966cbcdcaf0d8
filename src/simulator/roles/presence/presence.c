/*
 * The presence agent of a domain: RFC 3856.  It is told of its users' state by
 * PUBLISH, and tells those who subscribe to it.
 */
#include "roles/presence/presence_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/ref.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "agent/watchers.h"
#include "role/verb.h"

static const struct agent_method methods[] = { PRESENCE_METHODS(
    AGENT_METHOD_ROW, AGENT_METHOD_AND) };

/* ---- SUBSCRIBE ---- */

/* RFC 3856 6.6.1: the watcher is who has proved to be it, whatever From says.
 * 0 or ERR_NOMEM. */
static int
take_identity(struct agent_notifier *n, struct str user)
{
	return user.n > 0 ? str_keep(&n->watcher, user) : 0;
}

static unsigned
admit_presence_watcher(struct agent_notifier *n, const struct sip_in *in)
{
	struct presence *p = (struct presence *)(void *)n->agent;
	struct presence_watcher *w;
	unsigned status;
	int err;

	(void)in;
	if (take_identity(n, p->user) != 0)
		return 500;
	status = watchers_judge(n);
	if (status != 0)
		return status;
	w = mem_zalloc(1, sizeof(*w));
	if (w == NULL)
		return 500;
	err = presence_user_get(p, str_of(n->uri), &w->user);
	if (err != 0) {
		mem_free(w);
		return err == ERR_LIMIT ? 503 : err == ERR_NOMEM ? 500 : 404;
	}
	w->notifier = n;
	list_append(&w->user->watchers, &w->link);
	n->arg = w;
	return 0;
}

static int
presence_write_document(struct agent_notifier *n, struct buf *out)
{
	const struct presence_watcher *w = n->arg;

	buf_str(out, buf_view(&w->user->document));
	return out->err;
}

static void
watcher_ended(struct agent_notifier *n)
{
	struct presence_watcher *w = n->arg;

	if (w == NULL)
		return;
	list_remove(&w->link);
	ref_drop(w->user);
	mem_free(w);
}

/* ---- its own users ---- */

static bool
presence_is_user(const struct agent *agent, struct str uri)
{
	struct msg_uri u;

	return node_is_domain(agent->node, uri) && msg_uri_read(uri, &u) == 0 &&
	       u.user.n > 0;
}

static enum node_claim
presence_claim(void *role, const struct sip_in *in)
{
	struct presence *p = role;
	struct str params;

	if (agent_dialog_of(&p->agent, in->m) != NULL)
		return NODE_DIALOG;
	if (agent_request_lost(&p->agent, in))
		return NODE_NAMED;
	if (!presence_is_user(&p->agent, in->m->uri))
		return NODE_FALLBACK;
	if (in->m->method == MSG_PUBLISH)
		return NODE_METHOD;
	return in->m->method == MSG_SUBSCRIBE &&
		       agent_package_of(in->m, &params) == p->service.package
		   ? NODE_METHOD
		   : NODE_FALLBACK;
}

/* The sender is asked for a password where the node does that (auth=); not
 * within a dialog. */
static void
presence_request(void *role, const struct sip_in *in)
{
	struct presence *p = role;

	p->user = STR_NULL;
	if ((in->m->method == MSG_SUBSCRIBE || in->m->method == MSG_PUBLISH) &&
	    msg_tag_of(in->m, MSG_H_TO).n == 0 &&
	    !auth_check(p->auth, in, &p->user))
		return;
	agent_role_request(role, in);
	p->user = STR_NULL;
}

static struct auth *
presence_auth(void *role)
{
	return ((struct presence *)role)->auth;
}

/* ---- life ---- */

static void
presence_stop(void *role)
{
	struct presence *p = role;

	agent_usages_end(&p->agent);
	presence_state_free(p);
	auth_destroy(p->auth);
	agent_end(&p->agent);
}

static int
presence_start(struct node *n, void *role)
{
	struct presence *p = role;

	p->service = (struct agent_service){
		.package = &agent_packages[AGENT_PACKAGE_PRESENCE],
		.least_s = node_attr_seconds(n, "min_expires", 60),
		.most_s = PRESENCE_MOST_S,
		.admit = admit_presence_watcher,
		.write = presence_write_document,
		.ended = watcher_ended,
	};
	p->ops = (struct agent_ops){
		.methods = methods,
		.nmethods = COUNT_OF(methods),
		.services = &p->service,
		.nservices = 1,
		.named = presence_is_user,
	};
	return agent_begin(&p->agent, n, &p->ops) != 0 ||
		       auth_create(&p->auth, n, false) != 0 ||
		       map_create(&p->users) != 0 || map_create(&p->by_tag) != 0
		   ? ERR_NOMEM
		   : 0;
}

/* ---- verbs ---- */

static const struct node_verb verbs[] = {
	/* clang-format off */
	WATCHERS_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};

NODE_ROLE(presence) = {
	.word = "presence",
	.allow = PRESENCE_ALLOW,
	.size = sizeof(struct presence),
	.start = presence_start,
	.stop = presence_stop,
	.moved = agent_role_moved,
	.claim = presence_claim,
	.request = presence_request,
	.auth = presence_auth,
	.verbs = verbs,
};
