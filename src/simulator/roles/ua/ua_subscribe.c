/*
 * A phone that wants to be told how others stand: RFC 6665 4.1.  What a NOTIFY
 * says is a remark in the trace where the package can be read for people
 * (agent/package.h); a script waits for the states of the subscription, and for
 * its news.
 */
#include "roles/ua/ua_verbs.h"

#include "agent/subscriber.h"
#include "base/err.h"
#include "msg/parts.h"
#include "node/program.h"
#include "rules/rule_names.h"

#include <stdio.h>
#include <string.h>

/* How long after its start a phone does what its attributes say. */
#define SOON_NS SIM_S

/* The phone that subscribes is S's argument. */
static void
tell_subscription_news(
    struct agent_subscriber *s, const struct sip_in *in, bool ends)
{
	const struct world_watch *watch = &s->agent->node->world->watch;
	struct ua *ua = s->arg;

	(void)ends;
	if (s->package == &agent_packages[AGENT_PACKAGE_REG]) {
		agent_registration_told(&ua->reg, in->m->body);
		if (node_program_hear(s->agent->node, in->m) != 0)
			agent_fail_memory(s->agent);
	}
	if (watch->changed != NULL)
		watch->changed(s->name, "news", watch->arg);
}

static const struct agent_subscriber_ops ua_subscribe_ops = {
	.news = tell_subscription_news
};

/* ---- asking ---- */

/* Who hears what comes of WHAT, where that does not say. */
static void
choose_user(struct ua *ua, struct agent_subscribe *what)
{
	if (what->ops != NULL)
		return;
	if (what->package == &agent_packages[AGENT_PACKAGE_CONFERENCE]) {
		what->ops = &ua_conference_ops;
	} else {
		what->ops = &ua_subscribe_ops;
		what->arg = ua;
	}
}

int
ua_subscribe(struct ua *ua, const char *target, struct agent_subscribe *what,
    struct agent_subscriber **s, struct diag *d)
{
	struct buf uri = BUF_INIT;
	int err = 0;

	*s = NULL;
	if (target != NULL)
		err = agent_write_target(&ua->agent, target, &uri);
	else
		buf_puts(&uri, ua->agent.aor);
	if (uri.err != 0)
		err = ERR_NOMEM;
	what->uri = buf_view(&uri);
	if (what->why == RULE_NONE)
		what->why = RULE_SUBSCRIBE_SEND;
	choose_user(ua, what);
	if (err == 0)
		err = agent_subscribe(&ua->agent, what, s);
	if (*s != NULL && what->ops == &ua_conference_ops &&
	    ua_conference_attend(ua, *s) != 0)
		err = ERR_NOMEM;
	if (err != 0 && err != ERR_NOMEM)
		diag_set(d, err, NULL, 0, _("%s can't subscribe at %s: %s"),
		    ua->agent.node->name,
		    target != NULL ? target : ua->agent.aor, err_text(err));
	buf_free(&uri);
	return err;
}

/* A package that a SUBSCRIBE can ask for. */
static const struct agent_package *
find_package(struct str name)
{
	const struct agent_package *p = agent_package_find(name);

	return p == &agent_packages[AGENT_PACKAGE_REFER] ? NULL : p;
}

static int
no_package(struct str name, struct diag *d)
{
	struct buf known = BUF_INIT;
	int err = ERR_NOTFOUND;

	for (size_t i = 0; i < AGENT_PACKAGE_COUNT; i++)
		if (i != AGENT_PACKAGE_REFER)
			buf_printf(&known, "%s%s", known.n > 0 ? ", " : "",
			    agent_packages[i].row->name);
	if (known.err != 0)
		err = ERR_NOMEM;
	else
		diag_set(d, err, NULL, 0,
		    _("there is no event “%.*s”; there are %s"), STR_ARG(name),
		    buf_cstr(&known));
	buf_free(&known);
	return err;
}

/* RFC 6665 8.4: of an Event, what can stand behind "id=". */
static bool
is_token(const char *text)
{
	for (const char *p = text; *p != '\0'; p++)
		if (!chr_is_alnum(*p) && strchr("-.!%*_+`'~", *p) == NULL)
			return false;
	return true;
}

static int
read_subscribe_args(
    const struct node_args *args, struct agent_subscribe *what, struct diag *d)
{
	const char *event = node_arg(args, "event");
	const char *id = node_arg(args, "id");
	int64_t s;
	int err;

	what->package =
	    find_package(str_of(event != NULL ? event : "presence"));
	if (what->package == NULL)
		return no_package(str_of(event), d);
	if (id != NULL && !is_token(id))
		return diag_set(d, ERR_SYNTAX, NULL, 0, _("“%s” is no id"), id);
	what->id = str_of(id);
	s = what->package->expires_s;
	err = node_arg_seconds(args, "expires", &s, d);
	what->expires_s = (uint32_t)s;
	return err;
}

int
ua_verb_subscribe(const struct node_act *a)
{
	struct agent_subscribe what = { 0 };
	struct agent_subscriber *s;
	int err = read_subscribe_args(a->args, &what, a->d);

	if (err == 0)
		err = ua_subscribe(
		    a->role, node_arg(a->args, "target"), &what, &s, a->d);
	if (err == 0)
		snprintf(a->result->object, sizeof(a->result->object), "%s",
		    s->name);
	return err;
}

/* ---- what is done with a subscription ---- */

static int
no_subscription(const char *object, struct diag *d)
{
	return diag_set(
	    d, ERR_NOTFOUND, NULL, 0, _("the subscription %s is over"), object);
}

int
ua_resubscribe(const struct node_act *a)
{
	struct agent_subscriber *s =
	    agent_subscriber_find(a->role, str_of(a->object));

	if (s == NULL)
		return no_subscription(a->object, a->d);
	if (s->usage.dialog == NULL || s->unwanted)
		return diag_set(a->d, ERR_STATE, NULL, 0,
		    _("%s can't be refreshed: no NOTIFY has made it yet, or "
		      "it is being ended"),
		    a->object);
	return agent_subscriber_refresh(s, s->wanted_s, RULE_SUBSCRIBE_REFRESH);
}

int
call_verb_unsubscribe(const struct node_act *a)
{
	struct agent_subscriber *s =
	    agent_subscriber_find(a->role, str_of(a->object));

	if (s == NULL)
		return no_subscription(a->object, a->d);
	agent_subscriber_stop(s);
	return 0;
}

/* ---- for the program of a proxy that it is, too ---- */

static struct agent_subscriber *
find_followed(struct ua *ua, struct str uri)
{
	list_each (struct agent_subscriber, s, &ua->agent.subscribers, link)
		if (s->package == &agent_packages[AGENT_PACKAGE_REG] &&
		    !s->unwanted && agent_subscriber_lives(s) &&
		    msg_uri_equal(str_of(s->uri), uri))
			return s;
	return NULL;
}

int
ua_follow(void *arg, struct str uri, bool on)
{
	struct ua *ua = arg;
	const struct agent_package *reg = &agent_packages[AGENT_PACKAGE_REG];
	struct agent_subscriber *s = find_followed(ua, uri);
	struct agent_subscribe what = {
		.package = reg,
		.uri = uri,
		.expires_s = reg->expires_s,
		.ops = &ua_subscribe_ops,
		.arg = ua,
		.why = RULE_SUBSCRIBE_SEND,
	};

	if (s != NULL && !on)
		agent_subscriber_stop(s);
	return s == NULL && on ? agent_subscribe(&ua->agent, &what, &s) : 0;
}

/* ---- by itself ---- */

/* ITEM is "presence:bob", or a package alone for one's own state. */
static int
subscribe_item(struct ua *ua, struct str item)
{
	struct agent_subscribe what = { .kept = true };
	struct buf target = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct agent_subscriber *s;
	struct str whom;
	int err;

	what.package = find_package(str_cut(item, ':', &whom));
	if (what.package == NULL)
		return 0;
	what.expires_s = what.package->expires_s;
	buf_str(&target, whom);
	err = target.err != 0
		  ? ERR_NOMEM
		  : ua_subscribe(ua, whom.n > 0 ? buf_cstr(&target) : NULL,
			&what, &s, &d);
	buf_free(&target);
	return err == ERR_NOMEM ? err : 0;
}

static void
act_now(void *arg)
{
	struct ua *ua = arg;
	struct sim *sim = agent_sim(&ua->agent);
	struct str rest = str_of(node_attr(ua->agent.node, "subscribe", ""));
	uint64_t old = sim_cause(sim);
	int err = ua_publish_by_itself(ua);

	ua->soon = 0;
	sim_set_cause(sim, old);
	if (rest.n > 0)
		agent_note_act(&ua->agent, "subscribe", ua->agent.node->name);
	while (rest.n > 0 && err != ERR_NOMEM)
		err = subscribe_item(ua, str_cut(rest, ' ', &rest));
	if (err == ERR_NOMEM)
		agent_fail_memory(&ua->agent);
}

void
ua_subscribe_soon(struct ua *ua)
{
	const struct node *n = ua->agent.node;

	if (node_attr(n, "subscribe", "")[0] != '\0' ||
	    node_attr(n, "publish", "")[0] != '\0')
		ua->soon = node_after(n, SOON_NS, act_now, ua);
}
