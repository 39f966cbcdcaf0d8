/*
 * A phone that wants to be told how others stand: RFC 6665 4.1.  What a NOTIFY
 * says is a remark in the trace where the package can be read for people
 * (agent/package.h); a script waits for the states of the subscription, and for
 * its news.
 */
#include "roles/ua/ua_verbs.h"

#include "agent/subscriber.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/conference_info.h"
#include "msg/parts.h"
#include "node/program.h"
#include "node/timer.h"
#include "rules/rule_names.h"

#include <stdio.h>
#include <string.h>

/* ---- A phone in a conference: RFC 4579 3.4 ---- */

/* How long after its call the focus has the time to end the subscription
 * itself. */
#define LEAVE_NS (SIM_S / 2)

#define PACKAGE (&agent_packages[AGENT_PACKAGE_CONFERENCE])

/* What a phone knows of one conference.  It subscribes to who is in there when
 * the peer of its call is a focus, puts together what the documents say (RFC
 * 4575 4.6), and moves calls of its own into a conference (5.10). */
struct ua_conference {
	struct ua *ua;
	struct agent_subscriber *subscriber;
	struct ua_call *call; /* to its focus; NULL: none, or over */
	struct conference_view view;
	sim_event leave; /* its call is over, and it is going to unsubscribe */
	bool asked; /* the whole state was asked for, since it lacks a part */
};

/* ---- news ---- */

static void
note_view(struct ua_conference *k, enum rule_id why, const char *before)
{
	struct buf text = BUF_INIT;

	buf_puts(&text, before);
	if (before[0] == '\0')
		conference_view_say(&k->view, &text);
	node_note(k->ua->agent.node, why, &text);
}

/* A document is missing: RFC 4575 4.6. */
static void
ask_for_all(struct ua_conference *k)
{
	struct agent_subscriber *s = k->subscriber;
	uint64_t old = sim_cause(agent_sim(s->agent));

	if (k->asked || s->unwanted)
		return;
	k->asked = true;
	note_view(k, RULE_CONFERENCE_GAP,
	    "a document of the conference is missing: all is asked for");
	if (agent_subscriber_refresh(s, s->asked_s, RULE_SUBSCRIBE_REFRESH) ==
	    ERR_NOMEM)
		agent_fail_memory(s->agent);
	sim_set_cause(agent_sim(s->agent), old);
}

static void
take_document(struct ua_conference *k, struct str body, bool ends)
{
	bool partial = k->view.root != NULL;
	enum conference_news news = CONFERENCE_OLD;
	int err = conference_view_take(&k->view, body, &news);

	if (err == ERR_NOMEM)
		agent_fail_memory(&k->ua->agent);
	else if (err != 0)
		return;
	if (news == CONFERENCE_GAP && !ends)
		ask_for_all(k);
	else if (news == CONFERENCE_OLD)
		note_view(k, RULE_CONFERENCE_OLD,
		    "a document of the conference is older than what is known");
	else if (news == CONFERENCE_OVER && !ends)
		agent_subscriber_stop(k->subscriber);
	if (news != CONFERENCE_NEWS)
		return;
	k->asked = false;
	if (partial)
		note_view(k, RULE_NOTIFY_BODY, "");
}

static void
forget_view(struct ua_conference *k)
{
	conference_view_free(&k->view);
	k->asked = false;
}

static void
tell_conference_news(
    struct agent_subscriber *s, const struct sip_in *in, bool ends)
{
	const struct world_watch *watch = &s->agent->node->world->watch;
	struct ua_conference *k = s->arg;

	if (k != NULL && in->m->body.n > 0)
		take_document(k, in->m->body, ends);
	/* RFC 4575 5.2: versions are those of one subscription. */
	if (k != NULL && ends)
		forget_view(k);
	if (watch->changed != NULL)
		watch->changed(s->name, "news", watch->arg);
}

static void
subscription_failed(
    struct agent_subscriber *s, unsigned status, enum rule_id why)
{
	(void)status;
	(void)why;
	if (s->arg != NULL)
		forget_view(s->arg);
}

static void fire_leave(void *arg);

static const struct node_timer leave_timer = { "unsubscribe",
	RULE_SUBSCRIBE_STOP, fire_leave, NULL };

static void
subscription_ended(struct agent_subscriber *s)
{
	struct ua_conference *k = s->arg;

	if (k == NULL)
		return;
	if (k->call != NULL)
		k->call->conference = NULL;
	node_timer_stop(k->ua->agent.node, &k->leave, &leave_timer, s->name);
	forget_view(k);
	mem_free(k);
}

static const struct agent_subscriber_ops ua_conference_ops = {
	.news = tell_conference_news,
	.failed = subscription_failed,
	.ended = subscription_ended,
};

static int
attend_conference(struct ua *ua, struct agent_subscriber *s)
{
	struct ua_conference *k = mem_zalloc(1, sizeof(*k));

	if (k == NULL)
		return ERR_NOMEM;
	k->ua = ua;
	k->subscriber = s;
	s->arg = k;
	return 0;
}

/* ---- by itself ---- */

/* Attribute `conferences`. */
static void
subscribe_by_itself(struct agent_call *c)
{
	struct ua *ua = ua_of(c);
	const struct sip_dialog *sip = c->dialog->sip;
	struct agent_subscribe what = { .package = PACKAGE,
		.expires_s = PACKAGE->expires_s,
		.why = RULE_CONFERENCE_ASK,
		.kept = true };
	struct agent_subscriber *s;
	struct diag d = DIAG_INIT;

	if (strcmp(node_attr(ua->agent.node, "conferences", "aware"),
		"aware") != 0 ||
	    !sip->with_focus || !sip->with_conference || ua_call_of(c)->attends)
		return;
	ua_call_of(c)->attends = true;
	if (ua_subscribe(ua, sip->remote_target, &what, &s, &d) == ERR_NOMEM)
		agent_fail_memory(&ua->agent);
	if (s == NULL || s->arg == NULL)
		return;
	ua_call_of(c)->conference = s->arg;
	ua_call_of(c)->conference->call = ua_call_of(c);
}

/* ---- its calls into a conference: RFC 4579 5.10 ---- */

/* The focus that FOCUS, a URI, leads to is asked to call the other side of C in
 * C's place. */
static void
ask_for(struct agent_call *c, struct str focus)
{
	LOCAL_BUF to = BUF_INIT, place = BUF_INIT;
	int err;

	if (c->dialog == NULL || c->machine.state != STATE_CONFIRMED)
		return;
	buf_puts(&to, c->dialog->sip->remote_target);
	err = agent_place_write(c, false, &place);
	if (err == 0)
		err = agent_refer_target_add(&to, "Replaces", buf_view(&place));
	if (err == 0)
		err = agent_refer(c->agent, focus, buf_view(&to), false);
	agent_fail_nomem(c->agent, err);
}

/* C, to a focus, is established: the calls that are to follow it do. */
static void
bring_others(struct agent_call *c)
{
	struct agent_call *first =
	    agent_call_find(c->agent, ua_call_of(c)->confers);
	struct str focus = str_of(c->dialog->sip->remote_target);

	mem_free(ua_call_of(c)->confers);
	ua_call_of(c)->confers = NULL;
	if (first == NULL || !c->dialog->sip->with_focus)
		return;
	ask_for(first, focus);
	list_each (struct agent_call, other, &first->place.mix, place.mix)
		if (other != c)
			ask_for(other, focus);
}

void
ua_conference_established(struct agent_call *c)
{
	if (c->dialog == NULL)
		return;
	subscribe_by_itself(c);
	if (ua_call_of(c)->confers != NULL)
		bring_others(c);
}

/* RFC 4579 5.3: a re-INVITE, of either side, has named a focus as the target.
 */
void
ua_conference_stepped(struct agent_call *c, enum event_id event)
{
	if ((event == EVENT_RE_INVITE || event == EVENT_RE_INVITE_RECEIVED) &&
	    c->machine.state == STATE_CONFIRMED)
		subscribe_by_itself(c);
}

static void
fire_leave(void *arg)
{
	struct ua_conference *k = arg;

	node_timer_fired(
	    k->ua->agent.node, &k->leave, &leave_timer, k->subscriber->name);
	agent_subscriber_stop(k->subscriber);
}

void
ua_conference_left(struct agent_call *c)
{
	struct ua_conference *k = ua_call_of(c)->conference;

	mem_free(ua_call_of(c)->confers);
	ua_call_of(c)->confers = NULL;
	if (k == NULL)
		return;
	ua_call_of(c)->conference = NULL;
	k->call = NULL;
	if (!c->agent->node->up)
		return;
	if (!agent_subscriber_lives(k->subscriber))
		agent_subscriber_stop(k->subscriber);
	else
		node_timer_set(c->agent->node, &k->leave, &leave_timer,
		    k->subscriber->name,
		    sim_now(agent_sim(c->agent)) + LEAVE_NS, k);
}

int
call_verb_confer(const struct node_act *a)
{
	struct agent_call *c = agent_call_find(a->role, a->object), *made;
	struct ua_invite what = { .target = node_arg(a->args, "focus"),
		.why = RULE_CONFERENCE_CONFER };
	int err;

	if (c == NULL || c->machine.state != STATE_CONFIRMED)
		return diag_set(a->d, ERR_STATE, NULL, 0,
		    _("%s is not answered yet, or it has ended"), a->object);
	if (what.target == NULL)
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("confer needs the URI of a conference or of a conference "
		      "factory"));
	err = ua_invite(a->role, &what, &made, a->d);
	if (err != 0)
		return err;
	ua_call_of(made)->confers = mem_strdup(c->name);
	if (ua_call_of(made)->confers == NULL)
		return ERR_NOMEM;
	snprintf(
	    a->result->object, sizeof(a->result->object), "%s", made->name);
	return 0;
}

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

/* Chooses the user that is told the outcome of WHAT, where that has none. */
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
	LOCAL_BUF uri = BUF_INIT;
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
	    attend_conference(ua, *s) != 0)
		err = ERR_NOMEM;
	if (err != 0 && err != ERR_NOMEM)
		diag_set(d, err, NULL, 0, _("%s can't subscribe at %s: %s"),
		    ua->agent.node->name,
		    target != NULL ? target : ua->agent.aor, err_text(err));
	return err;
}

/* A package that a SUBSCRIBE can ask for. */
static const struct agent_package *
ua_subscribe_find_package(struct str name)
{
	const struct agent_package *p = agent_package_find(name);

	return p == &agent_packages[AGENT_PACKAGE_REFER] ? NULL : p;
}

static int
no_package(struct str name, struct diag *d)
{
	LOCAL_BUF known = BUF_INIT;

	for (size_t i = 0; i < AGENT_PACKAGE_COUNT; i++)
		if (i != AGENT_PACKAGE_REFER)
			buf_printf(&known, "%s%s", known.n > 0 ? ", " : "",
			    agent_packages[i].row->name);
	if (known.err != 0)
		return ERR_NOMEM;
	diag_set(d, ERR_NOTFOUND, NULL, 0, _("there is no event “%.*s”"),
	    STR_ARG(name));
	return diag_near(d, ERR_NOTFOUND, name, buf_cstr(&known));
}

/* RFC 6665 8.4: of an Event, what can stand behind "id=". */
static bool
ua_subscribe_is_token(const char *text)
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

	what->package = ua_subscribe_find_package(
	    str_of(event != NULL ? event : "presence"));
	if (what->package == NULL)
		return no_package(str_of(event), d);
	if (id != NULL && !ua_subscribe_is_token(id))
		return diag_set(
		    d, ERR_SYNTAX, NULL, 0, _("“%s” is not an id"), id);
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

/* ---- verbs of a subscription ---- */

static int
no_subscription(const char *object, struct diag *d)
{
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("the subscription %s has ended"), object);
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
		    _("%s can't be refreshed: no NOTIFY has established it "
		      "yet, or it is ending"),
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
	LOCAL_BUF target = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct agent_subscriber *s;
	struct str whom;
	int err;

	what.package = ua_subscribe_find_package(str_cut(item, ':', &whom));
	if (what.package == NULL)
		return 0;
	what.expires_s = what.package->expires_s;
	buf_str(&target, whom);
	err = target.err != 0
		  ? ERR_NOMEM
		  : ua_subscribe(ua, whom.n > 0 ? buf_cstr(&target) : NULL,
			&what, &s, &d);
	return err == ERR_NOMEM ? err : 0;
}

static void
ua_subscribe_act_now(void *arg)
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
	agent_fail_nomem(&ua->agent, err);
}

void
ua_subscribe_soon(struct ua *ua)
{
	const struct node *n = ua->agent.node;

	if (node_attr(n, "subscribe", "")[0] != '\0' ||
	    node_attr(n, "publish", "")[0] != '\0')
		ua->soon = node_after(n, SOON_NS, ua_subscribe_act_now, ua);
}
