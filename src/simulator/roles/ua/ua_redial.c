/* Calling again who was busy; see roles/ua/ua.h. */
#include "agent/dialog_info.h"
#include "agent/subscriber.h"
#include "base/err.h"
#include "base/mem.h"
#include "roles/ua/ua_verbs.h"

#include "rules/rule_names.h"

#include <stdio.h>

/* How many it waits for at one time, at most. */
#define REDIAL_MAX 16

/* A user who was busy. */
struct redial {
	struct list link; /* in ua->redials */
	struct ua *ua;
	char *uri;
	struct agent_call *call; /* to him now, or NULL */
	bool asked;   /* there are subscriptions to his dialogs, whose `arg` is
			 this: several, where the SUBSCRIBE was forked */
	bool in_call; /* he was told to be in a call while he is called */
	bool done;    /* he was reached, or is given up */
	bool talks;   /* he has talked to others since he was called last */
	sim_event soon; /* what the news ask for, in an event of its own */
};

static const struct agent_subscriber_ops subscriber_ops;

static bool
is_subscriber_of(const struct agent_subscriber *s, const struct redial *r)
{
	return s->ops == &subscriber_ops && s->arg == r;
}

/* Some subscription of R's is left, beside BUT (may be NULL). */
static bool
has_subscriber(const struct redial *r, const struct agent_subscriber *but)
{
	list_each (
	    const struct agent_subscriber, s, &r->ua->agent.subscribers, link)
		if (s != but && is_subscriber_of(s, r))
			return true;
	return false;
}

static void
redial_free(struct redial *r)
{
	list_remove(&r->link);
	sim_cancel(agent_sim(&r->ua->agent), r->soon);
	mem_free(r->uri);
	mem_free(r);
}

static struct redial *
find_by_call(const struct agent_call *c)
{
	list_each (struct redial, r, &ua_of(c)->redials, link)
		if (r->call == c)
			return r;
	return NULL;
}

static size_t
count_redials(const struct ua *ua, const char *uri, bool *known)
{
	size_t n = 0;

	*known = false;
	list_each (const struct redial, r, &ua->redials, link) {
		*known = *known || str_is(str_of(r->uri), uri);
		n++;
	}
	return n;
}

/* ---- automatic steps ---- */

/* Its subscriptions are kept until their last NOTIFYs, and R with them. */
static void
give_redial_up(struct redial *r)
{
	r->done = true;
	/* One that ends at once does not free R. */
	r->asked = false;
	list_each (struct agent_subscriber, s, &r->ua->agent.subscribers, link)
		if (is_subscriber_of(s, r))
			agent_subscriber_stop(s);
	r->asked = has_subscriber(r, NULL);
	if (!r->asked)
		redial_free(r);
}

static void
redial_call_again(struct redial *r)
{
	struct ua_invite what = { .target = r->uri, .why = RULE_REDIAL_CALL };
	struct diag d = DIAG_INIT;
	int err;

	/* News of this very call, when it is rejected, are none to call at. */
	r->talks = false;
	agent_note_act(&r->ua->agent, "redial", r->uri);
	err = ua_invite(r->ua, &what, &r->call, &d);
	agent_fail_nomem(&r->ua->agent, err);
	if (err != 0)
		give_redial_up(r);
}

static void
act_soon(void *arg)
{
	struct redial *r = arg;

	r->soon = 0;
	if (r->done)
		give_redial_up(r);
	else if (r->call == NULL)
		redial_call_again(r);
}

static void
plan(struct redial *r)
{
	struct agent *agent = &r->ua->agent;

	if (r->soon == 0)
		r->soon = node_after(agent->node, 0, act_soon, r);
}

/* ---- news ---- */

/* RFC 4235 4.1: BODY tells of all dialogs, and all are over.  *TALKS: one has
 * been answered. */
static bool
says_free(struct str body, bool *talks)
{
	struct agent_dialog_info d;
	bool free = true;
	LOCAL(xml_free) struct xml x;
	int err = xml_read(&x, body);

	*talks = false;
	while (err == 0 && (err = agent_dialog_info_next(&x, &d)) == 0) {
		free = free && str_is(d.state, "terminated");
		*talks = *talks || str_is(d.state, "confirmed");
	}
	return free && err == ERR_NOTFOUND;
}

/* R's user can be called, as BODY says.  A user who was busy without calls is
 * so for another reason, until he has been in a call. */
static bool
redial_is_time(struct redial *r, struct str body)
{
	bool talks, free = says_free(body, &talks);

	r->talks = r->talks || talks;
	r->in_call = r->call != NULL && !free;
	return r->call == NULL && free && r->talks;
}

static void
on_news(struct agent_subscriber *s, const struct sip_in *in, bool ends)
{
	struct redial *r = s->arg;

	if (r == NULL || ends || r->soon != 0 || in->m->body.n == 0)
		return;
	if (r->done || redial_is_time(r, in->m->body))
		plan(r);
}

static void
on_subscriber_ended(struct agent_subscriber *s)
{
	struct redial *r = s->arg;

	/* Its phone stops, or it could not be asked for. */
	if (r == NULL || !r->asked)
		return;
	r->asked = has_subscriber(r, s);
	if (!r->asked && r->call == NULL)
		redial_free(r);
}

static const struct agent_subscriber_ops subscriber_ops = {
	.news = on_news,
	.ended = on_subscriber_ended,
};

/* ---- calls ---- */

static struct redial *
redial_create(struct ua *ua, const char *uri)
{
	struct redial *r = mem_zalloc(1, sizeof(*r));

	if (r == NULL)
		return NULL;
	list_append(&ua->redials, &r->link);
	r->ua = ua;
	r->talks = true;
	r->uri = mem_strdup(uri);
	if (r->uri != NULL)
		return r;
	redial_free(r);
	return NULL;
}

/* 0 with the subscription in *S, or agent_subscribe's error. */
static int
redial_watch(struct ua *ua, const char *uri, struct agent_subscriber **s)
{
	const struct agent_package *package =
	    &agent_packages[AGENT_PACKAGE_DIALOG];
	struct redial *r = redial_create(ua, uri);
	struct agent_subscribe what = {
		.package = package,
		.uri = str_of(uri),
		.expires_s = package->expires_s,
		.ops = &subscriber_ops,
		.arg = r,
		.why = RULE_REDIAL_SUBSCRIBE,
	};
	int err = ERR_NOMEM;

	if (r != NULL)
		err = agent_subscribe(&ua->agent, &what, s);
	if (err == 0)
		r->asked = true;
	else if (r != NULL)
		redial_free(r);
	return err;
}

static bool
is_busy_status(unsigned status)
{
	return status == 486 || status == 600;
}

/* Whom its user may want to have called again. */
static void
keep_busy(struct ua *ua, const char *uri)
{
	mem_free(ua->busy);
	ua->busy = mem_strdup(uri);
	if (ua->busy == NULL)
		agent_fail_memory(&ua->agent);
}

void
ua_redial_established(struct agent_call *c)
{
	struct redial *r = find_by_call(c);

	if (r == NULL)
		return;
	/* The news that he is in a call end it, or the call's end. */
	r->done = true;
	if (!r->asked)
		redial_free(r);
	else if (r->in_call)
		plan(r);
}

void
ua_redial_left(struct agent_call *c)
{
	struct redial *r = find_by_call(c);
	struct ua *ua = ua_of(c);
	struct agent_subscriber *s;
	bool known;

	if (r != NULL) {
		r->call = NULL;
		if (!r->asked)
			redial_free(r);
		else if (!is_busy_status(c->status) && !r->done)
			give_redial_up(r);
		return;
	}
	if (!c->caller || !is_busy_status(c->status))
		return;
	keep_busy(ua, c->peer);
	if (node_attr_bool(ua->agent.node, "redial", false) &&
	    count_redials(ua, c->peer, &known) < REDIAL_MAX && !known &&
	    redial_watch(ua, c->peer, &s) == ERR_NOMEM)
		agent_fail_memory(&ua->agent);
}

/* Whether URI may be waited for: 0, or the error. */
static int
check_watch(const struct ua *ua, const char *uri, struct diag *d)
{
	bool known;

	if (count_redials(ua, uri, &known) >= REDIAL_MAX)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("%s already waits for %d, the maximum"),
		    ua->agent.node->name, REDIAL_MAX);
	return !known ? 0
		      : diag_set(d, ERR_STATE, NULL, 0,
			    _("%s already waits for %s"), ua->agent.node->name,
			    uri);
}

/* Whom the argument `target` means, or who was busy last, into OUT. */
static int
write_whom(const struct ua *ua, const struct node_args *args, struct buf *out,
    struct diag *d)
{
	const char *target = node_arg(args, "target");
	int err = 0;

	if (target == NULL && ua->busy == NULL)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("nobody has been busy yet; give redial the user whom %s "
		      "is to call"),
		    ua->agent.node->name);
	if (target == NULL)
		buf_puts(out, ua->busy);
	else
		err = agent_write_target(&ua->agent, target, out);
	if (err == 0 && out->err == 0 && !ua_is_uri(buf_view(out)))
		err = ERR_SYNTAX;
	if (err == ERR_SYNTAX)
		diag_set(d, err, NULL, 0,
		    _("“%s” is not a URI that can be called"), buf_cstr(out));
	return err != 0 ? err : out->err;
}

int
ua_verb_redial(const struct node_act *a)
{
	struct ua *ua = a->role;
	struct agent_subscriber *s = NULL;
	LOCAL_BUF uri = BUF_INIT;
	int err = write_whom(ua, a->args, &uri, a->d);

	if (err == 0)
		err = check_watch(ua, buf_cstr(&uri), a->d);
	if (err == 0) {
		err = redial_watch(ua, buf_cstr(&uri), &s);
		if (err != 0 && err != ERR_NOMEM)
			diag_set(a->d, err, NULL, 0,
			    _("%s can't subscribe at %s: %s"),
			    ua->agent.node->name, buf_cstr(&uri),
			    err_text(err));
	}
	if (err == 0)
		snprintf(a->result->object, sizeof(a->result->object), "%s",
		    s->name);
	return err;
}

void
ua_redial_stop(struct ua *ua)
{
	list_each (struct agent_subscriber, s, &ua->agent.subscribers, link)
		if (s->ops == &subscriber_ops)
			s->arg = NULL;
	list_each (struct redial, r, &ua->redials, link)
		redial_free(r);
	mem_free(ua->busy);
	ua->busy = NULL;
}
