/*
 * The life of a node whose behaviour is its program's, the requests that come
 * to it, and its timers.  Below it are libosip2's transactions: the program
 * gets the messages that these pass up, without repetitions.
 */
#include "roles/program/script_in.h"

#include "agent/mortal_dialog.h"
#include "agent/requests.h"
#include "base/err.h"
#include "base/mem.h"
#include "node/timer.h"
#include "role/verb.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>

static_assert(offsetof(struct script, agent) == 0, "an agent comes first");

/* ---- numbers ---- */

static struct str
script_key_of(const unsigned *number)
{
	return (struct str){ (const char *)number, sizeof(*number) };
}

int
script_number(
    struct script *s, enum script_kind kind, struct script_thing *thing)
{
	thing->script = s;
	thing->kind = kind;
	thing->number = ++s->last;
	list_init(&thing->link);
	list_append(&s->things[kind], &thing->link);
	return map_put(s->by_number, script_key_of(&thing->number), thing);
}

void
script_forget(struct script_thing *thing)
{
	map_drop(
	    thing->script->by_number, script_key_of(&thing->number), thing);
	list_remove(&thing->link);
}

struct script_thing *
script_find(struct script *s, enum script_kind kind, unsigned number)
{
	struct script_thing *thing =
	    map_get(s->by_number, script_key_of(&number));

	return thing != NULL && thing->kind == kind ? thing : NULL;
}

/* ---- the program ---- */

enum rule_id
script_rule(const struct script_place *place, enum rule_id rule)
{
	return place->rule != RULE_NONE ? place->rule : rule;
}

uint64_t
script_record(struct script *s, const struct script_place *place,
    enum trace_program_verdict verdict, enum rule_id why, unsigned status,
    struct str target)
{
	struct node *n = s->agent.node;
	uint64_t old = sim_cause(node_sim(n));
	struct trace_writer *w = program_record(n, script_rule(place, why),
	    place->file, place->line, NULL, NULL, verdict);

	if (target.n > 0)
		trace_put_str(w, "target", target);
	if (status != 0)
		trace_put_int(w, "status", status);
	node_record_cause(n);
	return old;
}

/* The program has failed when it was told of EVENT: by STATUS something is
 * answered, unless that is 0. */
static void
record_failure(struct script *s, enum script_event event,
    const struct script_said *said, unsigned status)
{
	struct node *n = s->agent.node;
	struct trace_writer *w = program_record(n, RULE_PROXY_PROGRAM_FAILED,
	    said->where.file, said->where.line, script_event_name(event), NULL,
	    TRACE_PROGRAM_FAILED);

	if (status != 0)
		trace_put_int(w, "status", status);
	trace_put_cstr(w, "fault", trace_program_fault_word(said->fault));
	node_record_cause(n);
}

/* The request of NEWS has no answer, and its program has failed. */
static struct script_request *
find_unanswered(struct script *s, const struct script_news *news)
{
	struct script_thing *thing =
	    news->event == SCRIPT_ON_REQUEST
		? script_find(s, SCRIPT_REQUEST, news->request)
		: NULL;
	struct script_request *r;

	if (thing == NULL)
		return NULL;
	r = LIST_ENTRY(thing, struct script_request, thing);
	return r->answered ? NULL : r;
}

bool
script_listens(const struct script *s, enum script_event event)
{
	const struct program *p = s->program;

	return p != NULL && p->ops->listens(p, event);
}

static void tell_start(void *arg);

/* Whatever comes in the instant in which the node comes up, its program begins
 * first. */
static void
start_first(struct script *s)
{
	struct sim *sim = node_sim(s->agent.node);
	uint64_t old = sim_set_cause(sim, s->born);

	sim_cancel(sim, s->start);
	tell_start(s);
	sim_set_cause(sim, old);
}

bool
script_tell(struct script *s, const struct script_news *news)
{
	struct program *p = s->program;
	struct script_said said = { 0 };
	struct script_request *r;
	unsigned status;
	bool alone;

	if (s->start != 0)
		start_first(s);
	if (news->event != SCRIPT_ON_TIMER && !script_listens(s, news->event))
		return false;
	if (p->ops->tell(p, news, &said) != 0) {
		agent_fail_memory(&s->agent);
		return false;
	}
	if (!said.failed)
		return said.keeps;
	r = find_unanswered(s, news);
	alone = script_alone_waits(s, news);
	status =
	    r != NULL || alone ? trace_program_fault_status(said.fault) : 0;
	record_failure(s, news->event, &said, status);
	if (alone)
		script_alone_refuse(s, news->in, status);
	if (r != NULL)
		script_refuse(r, status, RULE_PROXY_PROGRAM_FAILED);
	return false;
}

/* ---- requests that come ---- */

static void
free_request(struct script_request *r)
{
	struct script *s = r->thing.script;

	list_each (struct script_client, c, &r->branches, branch) {
		list_remove(&c->branch);
		c->of = NULL;
	}
	sim_cancel(node_sim(s->agent.node), r->trying);
	script_2xx_stop(r);
	script_dialogs_leave(&r->dialogs, RULE_DIALOG_END);
	sip_bytes_unref(r->best.answer);
	if (r->tr != NULL)
		sip_transaction_set_user(r->tr, NULL, NULL);
	script_forget(&r->thing);
	mem_free(r->tag);
	mem_free(r);
}

static void
request_ended(struct sip_transaction *tr, void *arg)
{
	struct script_request *r = arg;

	(void)tr;
	r->tr = NULL;
	script_2xx_unacked(r);
	agent_mortal_release(r->bye);
	free_request(r);
}

static const struct sip_transaction_ops request_ops = { .ended =
							    request_ended };

struct sip_in
script_request_of(const struct script_request *r)
{
	return node_request_of(r->thing.script->agent.node, r->tr);
}

void
script_refuse(struct script_request *r, unsigned status, enum rule_id why)
{
	struct sip_in in = script_request_of(r);
	/* 8.2.6.2: the tag of the responses before. */
	const struct sip_response_spec spec = { .status = status,
		.to_tag = str_of(r->tag != NULL ? r->tag : "") };

	r->said = r->answered = true;
	script_take_back(r, NULL);
	script_dialogs_end_early(&r->dialogs, RULE_DIALOG_END);
	/* R may be over after this. */
	node_reply(r->thing.script->agent.node, &in, &spec, why);
}

void
script_abandon(struct script_request *r, enum rule_id why)
{
	struct sip_transaction *tr = r->tr;

	free_request(r);
	sip_transaction_give_up(tr, why);
}

static void
script_say_trying(void *arg)
{
	struct script_request *r = arg;
	struct sip_in in;

	r->trying = 0;
	if (r->said)
		return;
	in = script_request_of(r);
	node_answer(r->thing.script->agent.node, &in, 100, RULE_PROXY_100_SOON);
}

extern const struct node_role role_script;

static struct script_request *
keep_request(struct script *s, const struct sip_in *in)
{
	struct script_request *r = mem_zalloc(1, sizeof(*r));

	if (r == NULL)
		return NULL;
	r->owner.role = &role_script;
	list_init(&r->branches);
	list_init(&r->dialogs);
	list_init(&r->ok.link);
	if (script_number(s, SCRIPT_REQUEST, &r->thing) != 0) {
		free_request(r);
		return NULL;
	}
	r->tr = in->tr;
	sip_transaction_set_user(in->tr, &request_ops, r);
	if (in->m->method == MSG_INVITE)
		r->trying = node_after(
		    s->agent.node, SIP_TRYING_NS, script_say_trying, r);
	return r;
}

static void
script_take(void *role, const struct sip_in *in)
{
	struct script *s = role;
	struct script_news news = { .event = SCRIPT_ON_REQUEST,
		.m = in->m,
		.src = in->src,
		.recv = in->recv };
	struct script_request *r = NULL;

	if (in->tr != NULL) {
		r = keep_request(s, in);
		if (r == NULL) {
			agent_fail_memory(&s->agent);
			return;
		}
		news.request = r->thing.number;
		/* It can't tell what it is not asked about. */
		if (!script_listens(s, SCRIPT_ON_REQUEST)) {
			script_refuse(r, 501, RULE_SCRIPT_501);
			return;
		}
	} else {
		script_2xx_acked(s, in->m);
		script_dialog_acked(s, in->m);
	}
	script_tell(s, &news);
}

/* 9.2 */
static void
script_cancelled(void *role, void *user, const struct sip_in *in)
{
	struct script *s = role;
	struct script_request *r = user;
	struct script_news news = { .event = SCRIPT_ON_CANCEL,
		.src = in->src,
		.request = r->thing.number };
	bool on = false;

	node_answer_cancel(s->agent.node, r->tr, in);
	if (r->answered || r->cancelled)
		return;
	r->cancelled = true;
	/* 16.10: a forwarded request is cancelled at its branches, which answer
	 * it.
	 */
	list_each (struct script_client, c, &r->branches, branch)
		on |= script_cancel(c);
	news.m = script_request_of(r).m;
	script_tell(s, &news);
	if (!on && script_find(s, SCRIPT_REQUEST, news.request) != NULL &&
	    !r->answered)
		script_refuse(r, 487, RULE_CANCEL_487);
}

/* ---- timers ---- */

static void script_fire_timer(void *arg);
static const struct node_timer after = { "after", RULE_NONE, script_fire_timer,
	NULL };
static const struct node_timer watch = { "watch", RULE_NONE, script_fire_timer,
	NULL };

static void
free_timer(struct script_timer *t)
{
	sim_cancel(node_sim(t->thing.script->agent.node), t->due);
	script_forget(&t->thing);
	mem_free(t);
}

static void
script_fire_timer(void *arg)
{
	struct script_timer *t = arg;
	struct script *s = t->thing.script;
	struct script_news news = { .event = SCRIPT_ON_TIMER,
		.number = t->thing.number };

	node_timer_fired(s->agent.node, &t->due, t->what, t->name);
	free_timer(t);
	script_tell(s, &news);
}

int
script_set_timer(
    void *role, const struct script_place *place, int64_t ns, unsigned *number)
{
	struct script *s = role;
	struct node *n = s->agent.node;
	struct script_timer *t = mem_zalloc(1, sizeof(*t));

	if (t == NULL)
		return ERR_NOMEM;
	if (script_number(s, SCRIPT_TIMER, &t->thing) != 0) {
		free_timer(t);
		return ERR_NOMEM;
	}
	t->what = place->watches ? &watch : &after;
	snprintf(
	    t->name, sizeof(t->name), "%.140s:%u", place->file, place->line);
	node_timer_set(
	    n, &t->due, t->what, t->name, sim_now(node_sim(n)) + ns, t);
	*number = t->thing.number;
	return 0;
}

void
script_stop_timer(void *role, unsigned number)
{
	struct script_thing *thing = script_find(role, SCRIPT_TIMER, number);
	struct script_timer *t;

	if (thing == NULL)
		return;
	t = LIST_ENTRY(thing, struct script_timer, thing);
	node_timer_stop(t->thing.script->agent.node, &t->due, t->what, t->name);
	free_timer(t);
}

/* ---- life ---- */

static const struct agent_ops script_ops = { .stands_for_many = true };

static void
tell_start(void *arg)
{
	struct script *s = arg;

	s->start = 0;
	sim_release(node_sim(s->agent.node));
	script_tell(s, &(struct script_news){ .event = SCRIPT_ON_START });
}

static void
script_stop(void *role)
{
	struct script *s = role;

	if (s->program != NULL)
		s->program->host = NULL;
	if (s->start != 0) {
		sim_cancel(node_sim(s->agent.node), s->start);
		sim_release(node_sim(s->agent.node));
	}
	script_dialogs_stop(s);
	list_each (
	    struct script_client, c, &s->things[SCRIPT_CLIENT], thing.link)
		script_free_client(c);
	list_each (
	    struct script_request, r, &s->things[SCRIPT_REQUEST], thing.link)
		free_request(r);
	list_each (struct script_timer, t, &s->things[SCRIPT_TIMER], thing.link)
		free_timer(t);
	list_each (
	    struct script_stream, t, &s->things[SCRIPT_STREAM], thing.link)
		script_free_stream(t);
	script_alone_stop(s);
	script_state_stop(s);
	script_turn_stop(s);
	script_message_stop(s);
	agent_end(&s->agent);
	map_destroy(s->by_number);
}

/* 0 or ERR_NOMEM. */
static int
begin_program(struct script *s)
{
	struct node *n = s->agent.node;
	struct diag d = DIAG_INIT;

	s->program = node_program(n, "script");
	/* Programs are loaded on the run's request; without one all requests
	 * are rejected. */
	if (s->program == NULL)
		return 0;
	if (s->program->ops->begin(s->program, &d) != 0)
		return d.err;
	s->alone = !node_attr_bool(n, "transactions", true);
	s->program->host = s->alone ? &script_alone_host : &script_host;
	s->program->role = s;
	if (script_listens(s, SCRIPT_ON_MESSAGE) &&
	    script_message_listen(s) != 0)
		return ERR_NOMEM;
	if (!script_listens(s, SCRIPT_ON_START))
		return 0;
	s->born = sim_cause(node_sim(n));
	/* A run of programs alone is not over before they have begun. */
	s->start =
	    sim_at(node_sim(n), sim_now(node_sim(n)), n->name, tell_start, s);
	if (s->start != 0)
		sim_hold(node_sim(n));
	return 0;
}

static int
script_begin(struct node *n, void *role)
{
	struct script *s = role;
	int err;

	for (int kind = 0; kind < SCRIPT_KINDS; kind++)
		list_init(&s->things[kind]);
	list_init(&s->unacked);
	list_init(&s->runs);
	list_init(&s->sessions);
	err = agent_begin(&s->agent, n, &script_ops);
	if (err == 0)
		err = map_create_borrowing(&s->by_number);
	if (err == 0)
		err = map_create_borrowing(&s->machines);
	if (err == 0)
		err = map_create_borrowing(&s->turns);
	if (err == 0)
		err = begin_program(s);
	return err;
}

/* A request that names the node is the program's; it can forward others, as a
 * proxy. */
static enum node_claim
script_claim(void *role, const struct sip_in *in)
{
	const struct script *s = role;

	return node_is_own(s->agent.node, in->m->uri) ? NODE_DOMAIN
						      : NODE_FALLBACK;
}

static const struct node_verb verbs[] = {
	/* clang-format off */
	PLAYED_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};

NODE_ROLE(script) = {
	.word = "script",
	.allow = "OPTIONS",
	.size = sizeof(struct script),
	.start = script_begin,
	.stop = script_stop,
	.moved = agent_role_moved,
	.claim = script_claim,
	.request = script_take,
	.stateless = script_alone_take,
	.stray = script_alone_hear,
	.cancel = script_cancelled,
	.knows = script_knows,
	.verbs = verbs,
};
