/*
 * A voice menu: an agent whose program (menu=FILE, node/menu_program.h) decides
 * about each call: it answers, plays, collects the digits that come, transfers,
 * hangs up, rejects.  The program's wishes are recorded with their line, and
 * cause the following records; their outcome is reported to the program by an
 * event of its own, never from within a node's code.
 *
 * An announcement is a name and a time; with media=true a signal like speech,
 * for each name another.
 */
#include "agent/multipart.h"
#include "agent/refer.h"
#include "agent/refusal.h"
#include "agent/replaces.h"
#include "agent/requests.h"
#include "base/err.h"
#include "node/menu_program.h"
#include "node/timer.h"
#include "rules/rule_names.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

/* X(ID, name in the trace, what fires, rule) */
#define MENU_TIMERS(X)                                   \
	X(RING, "alert", menu_role_fire_ring, RULE_NONE) \
	X(PLAY, "play", fire_play, RULE_MENU_PLAYS)      \
	X(COLLECT, "collect", fire_collect, RULE_MENU_COLLECTS)

enum menu_timer {
#define X(id, name, fire, why) MENU_TIMER_##id,
	MENU_TIMERS(X)
#undef X
	    MENU_TIMER_COUNT
};

struct menu_call {
	struct agent_call call;
	struct menu_talk *talk; /* NULL: the program is done with it */
	bool answered;
	/* What its program waits for: ANSWER, PLAY, COLLECT, TRANSFER, or
	 * DEFAULT: nothing but its turn. */
	enum trace_program_verdict waits;
	struct menu_outcome outcome; /* of that */
	bool barge;
	unsigned most;    /* digits wanted */
	int64_t pause_ns; /* at most until the next */
	sim_event wake, timers[MENU_TIMER_COUNT];
	char digits[MENU_DIGITS]; /* not collected yet */
	unsigned ndigits, ngot;   /* … and those of `outcome` */
};

static_assert(offsetof(struct menu_call, call) == 0, "a call comes first");

static struct menu_call *
menu_call_of(const struct agent_call *c)
{
	return (struct menu_call *)(uintptr_t)c;
}

static struct node *
menu_role_node_of(const struct menu_call *m)
{
	return m->call.agent->node;
}

static struct program *
menu_role_find_program(const struct node *n)
{
	return node_program(n, "menu");
}

static const struct menu_ops *
menu_role_program_of(const struct menu_call *m)
{
	return menu_role_find_program(menu_role_node_of(m))->ops->menu;
}

/* ---- the program's turn ---- */

static void menu_role_go_on(struct menu_call *m);

static void
fire_wake(void *arg)
{
	struct menu_call *m = arg;

	m->wake = 0;
	menu_role_go_on(m);
}

/* What it waits for is there. */
static void
wake_program(struct menu_call *m)
{
	struct sim *sim = node_sim(menu_role_node_of(m));

	m->waits = TRACE_PROGRAM_DEFAULT;
	m->wake = sim_at(
	    sim, sim_now(sim), N_("a voice menu's program"), fire_wake, m);
}

#define X(id, name, fire, why) static void fire(void *arg);
MENU_TIMERS(X)
#undef X

static const struct node_timer timers[] = {
#define X(id, name, fire, why) { name, why, fire, NULL },
	MENU_TIMERS(X)
#undef X
};

static void
menu_role_set_timer(struct menu_call *m, enum menu_timer t, int64_t after_ns)
{
	struct node *n = menu_role_node_of(m);

	node_timer_set(n, &m->timers[t], &timers[t], m->call.name,
	    sim_now(node_sim(n)) + after_ns, m);
}

static void
menu_role_stop_timers(struct menu_call *m)
{
	for (unsigned t = 0; t < MENU_TIMER_COUNT; t++)
		node_timer_stop(menu_role_node_of(m), &m->timers[t], &timers[t],
		    m->call.name);
}

static void
note_timer(struct menu_call *m, enum menu_timer t)
{
	node_timer_fired(
	    menu_role_node_of(m), &m->timers[t], &timers[t], m->call.name);
}

/* ---- digits ---- */

/* Nothing is played any more. */
static void
menu_role_end_play(struct menu_call *m)
{
	agent_call_say(&m->call, RTP_SOUND_SILENCE, 0);
}

static void
end_collection(struct menu_call *m, const char *why)
{
	m->outcome.digits[m->ngot] = '\0';
	m->outcome.ended_by = why;
}

/* Gives the waiting digits to the program, until it has enough.  False: it has
 * not.
 */
static bool
menu_role_collect_digits(struct menu_call *m)
{
	unsigned taken = 0;
	bool ended = false;

	while (!ended && m->ngot < m->most && taken < m->ndigits) {
		char digit = m->digits[taken++];

		ended = digit == '#';
		if (!ended)
			m->outcome.digits[m->ngot++] = digit;
	}
	m->ndigits -= taken;
	memmove(m->digits, m->digits + taken, m->ndigits);
	if (!ended && m->ngot < m->most)
		return false;
	end_collection(m, ended ? "#" : "full");
	return true;
}

static void
menu_role_take_digit(struct menu_call *m, char digit)
{
	if (m->talk == NULL || m->ndigits == MENU_DIGITS)
		return;
	m->digits[m->ndigits++] = digit;
	if (m->waits == TRACE_PROGRAM_PLAY && m->barge) {
		menu_role_stop_timers(m);
		menu_role_end_play(m);
		wake_program(m);
	} else if (m->waits == TRACE_PROGRAM_COLLECT &&
		   menu_role_collect_digits(m)) {
		menu_role_stop_timers(m);
		wake_program(m);
	} else if (m->waits == TRACE_PROGRAM_COLLECT) {
		menu_role_set_timer(m, MENU_TIMER_COLLECT, m->pause_ns);
	}
}

static void
menu_informed(struct agent_call *c, const struct sip_in *in)
{
	char digit = agent_digit_of(in->m);

	agent_call_informed(c, in);
	if (digit != '\0')
		menu_role_take_digit(menu_call_of(c), digit);
}

static void
menu_digit(struct agent_call *c, char digit)
{
	menu_role_take_digit(menu_call_of(c), digit);
}

static void
menu_role_fire_ring(void *arg)
{
	note_timer(arg, MENU_TIMER_RING);
	menu_role_go_on(arg);
}

static void
fire_play(void *arg)
{
	struct menu_call *m = arg;

	note_timer(m, MENU_TIMER_PLAY);
	menu_role_end_play(m);
	m->outcome.done = true;
	menu_role_go_on(m);
}

static void
fire_collect(void *arg)
{
	struct menu_call *m = arg;

	note_timer(m, MENU_TIMER_COLLECT);
	end_collection(m, "timeout");
	menu_role_go_on(m);
}

/* ---- what it wants ---- */

static void
do_ring(struct menu_call *m, const struct menu_wish *wish)
{
	if (wish->time_ns > 0)
		menu_role_set_timer(m, MENU_TIMER_RING, wish->time_ns);
	else
		wake_program(m);
	agent_call_ring(&m->call, 180);
}

static void
do_answer(struct menu_call *m, const struct menu_wish *wish)
{
	(void)wish;
	agent_call_answer(&m->call);
}

static void
do_play(struct menu_call *m, const struct menu_wish *wish)
{
	m->barge = wish->barge;
	if (m->barge && m->ndigits > 0) {
		wake_program(m);
	} else {
		menu_role_set_timer(m, MENU_TIMER_PLAY, wish->time_ns);
		agent_call_say(&m->call, RTP_SOUND_PROMPT,
		    (unsigned)str_hash(buf_view(&wish->text)));
	}
}

static void
do_collect(struct menu_call *m, const struct menu_wish *wish)
{
	m->ngot = 0;
	m->most = wish->digits;
	m->pause_ns = wish->time_ns;
	if (menu_role_collect_digits(m))
		wake_program(m);
	else
		menu_role_set_timer(m, MENU_TIMER_COLLECT, m->pause_ns);
}

static void
do_transfer(struct menu_call *m, const struct menu_wish *wish)
{
	int err =
	    agent_call_transfer(&m->call, buf_view(&wish->text), false, NULL);

	if (err == ERR_NOMEM)
		agent_fail_memory(m->call.agent);
	else if (err != 0)
		wake_program(m);
}

/* The call ends, by STATUS where it was not answered. */
static void
menu_role_end_call(struct menu_call *m, const struct sip_response_spec *refusal,
    enum rule_id why)
{
	if (m->answered)
		agent_call_bye_because(&m->call, why);
	else
		agent_call_refuse(&m->call, refusal, why);
}

static const struct sip_response_spec unanswered = { .status = 480 };

static void
do_hang_up(struct menu_call *m, const struct menu_wish *wish)
{
	(void)wish;
	menu_role_end_call(m, &unanswered, RULE_MENU_HANGS_UP);
}

static void
do_done(struct menu_call *m, const struct menu_wish *wish)
{
	(void)wish;
	menu_role_end_call(m, &unanswered, RULE_MENU_DONE);
}

static void
do_reject(struct menu_call *m, const struct menu_wish *wish)
{
	struct sip_response_spec spec = { .status = wish->status,
		.reason = buf_view(&wish->text) };

	menu_role_end_call(m, &spec, RULE_MENU_REFUSES);
}

static void
do_fail(struct menu_call *m, const struct menu_wish *wish)
{
	/* 21.5.4: when it may be worth while to call again. */
	static const struct sip_header later = { "Retry-After", STR_INIT("1") };
	struct sip_response_spec spec = { .status = wish->status };

	if (wish->status == 503) {
		spec.headers = &later;
		spec.nheaders = 1;
	}
	menu_role_end_call(m, &spec, RULE_MENU_FAILED);
}

static const struct {
	enum rule_id why;
	/* Does it; M may be gone then. */
	void (*act)(struct menu_call *m, const struct menu_wish *wish);
} wishes[TRACE_PROGRAM_VERDICT_COUNT] = {
	[TRACE_PROGRAM_RING] = { RULE_MENU_PROGRAM, do_ring },
	[TRACE_PROGRAM_ANSWER] = { RULE_MENU_PROGRAM, do_answer },
	[TRACE_PROGRAM_PLAY] = { RULE_MENU_PLAYS, do_play },
	[TRACE_PROGRAM_COLLECT] = { RULE_MENU_COLLECTS, do_collect },
	[TRACE_PROGRAM_TRANSFER] = { RULE_MENU_TRANSFERS, do_transfer },
	[TRACE_PROGRAM_HANG_UP] = { RULE_MENU_HANGS_UP, do_hang_up },
	[TRACE_PROGRAM_REJECT] = { RULE_MENU_REFUSES, do_reject },
	[TRACE_PROGRAM_DONE] = { RULE_MENU_DONE, do_done },
	[TRACE_PROGRAM_FAILED] = { RULE_MENU_FAILED, do_fail },
};

/* Appends the fields of a wish's own kind. */
static void
put_wish(struct trace_writer *w, const struct menu_wish *wish)
{
	switch (wish->verdict) {
	case TRACE_PROGRAM_RING:
		if (wish->time_ns > 0)
			trace_put_int(w, "time", wish->time_ns);
		break;
	case TRACE_PROGRAM_PLAY:
		trace_put_str(w, "text", buf_view(&wish->text));
		trace_put_int(w, "time", wish->time_ns);
		break;
	case TRACE_PROGRAM_COLLECT:
		trace_put_int(w, "digits", wish->digits);
		trace_put_int(w, "time", wish->time_ns);
		break;
	case TRACE_PROGRAM_TRANSFER:
		trace_put_str(w, "target", buf_view(&wish->text));
		break;
	case TRACE_PROGRAM_REJECT:
		if (wish->text.n > 0)
			trace_put_str(w, "reason", buf_view(&wish->text));
		break;
	case TRACE_PROGRAM_FAILED:
		trace_put_cstr(
		    w, "fault", trace_program_fault_word(wish->fault));
		break;
	default:
		break;
	}
}

/* Causes what follows. */
static void
record_wish(const struct menu_call *m, enum menu_event asked,
    const struct menu_wish *wish)
{
	struct node *n = menu_role_node_of(m);
	struct trace_writer *w =
	    program_record(n, wishes[wish->verdict].why, wish->file, wish->line,
		menu_event_name(asked), m->call.name, wish->verdict);

	if (wish->status != 0 && !m->answered)
		trace_put_int(w, "status", wish->status);
	put_wish(w, wish);
	node_record_cause(n);
}

/* In an event of its own: the program says what it wants next. */
static void
menu_role_go_on(struct menu_call *m)
{
	const struct menu_wish *wish;
	struct menu_outcome last = m->outcome;

	memset(&m->outcome, 0, sizeof(m->outcome));
	if (menu_role_program_of(m)->go_on(m->talk, &last, &wish) != 0) {
		agent_fail_memory(m->call.agent);
		return;
	}
	record_wish(m, MENU_ON_CALL, wish);
	m->waits = wish->verdict;
	wishes[wish->verdict].act(m, wish);
}

/* ---- what a call asks of it ---- */

static void
on_established(struct agent_call *c)
{
	struct menu_call *m = menu_call_of(c);

	m->answered = true;
	if (m->waits == TRACE_PROGRAM_ANSWER)
		wake_program(m);
}

static void
menu_role_on_transferred(struct agent_call *c, unsigned status)
{
	struct menu_call *m = menu_call_of(c);

	if (m->waits != TRACE_PROGRAM_TRANSFER)
		return;
	m->outcome.done = status >= 200 && status < 300;
	m->outcome.status = status;
	wake_program(m);
}

static void
drop_talk(struct menu_call *m, bool tell)
{
	struct menu_talk *talk = m->talk;
	struct menu_wish wish = { .verdict = TRACE_PROGRAM_DONE };

	sim_cancel(node_sim(menu_role_node_of(m)), m->wake);
	m->wake = 0;
	m->waits = TRACE_PROGRAM_DEFAULT;
	m->talk = NULL;
	if (talk == NULL)
		return;
	if (menu_role_program_of(m)->end(talk, tell, &wish) != 0) {
		agent_fail_memory(m->call.agent);
	} else if (wish.verdict == TRACE_PROGRAM_FAILED) {
		uint64_t old = sim_cause(node_sim(menu_role_node_of(m)));

		wish.status = 0;
		record_wish(m, MENU_ON_END, &wish);
		sim_set_cause(node_sim(menu_role_node_of(m)), old);
	}
}

/* Either side has hung up, or it is rejected or cancelled. */
static void
on_stop(struct agent_call *c)
{
	menu_role_stop_timers(menu_call_of(c));
	drop_talk(menu_call_of(c), true);
}

static void
menu_role_on_leave(struct agent_call *c)
{
	struct menu_call *m = menu_call_of(c);

	for (unsigned t = 0; t < MENU_TIMER_COUNT; t++)
		sim_cancel(agent_sim(c->agent), m->timers[t]);
	drop_talk(m, false);
}

/* ---- INVITE ---- */

static void menu_invited(struct agent *agent, const struct sip_in *in);

/* The methods, in the order of its Allow. */
#define MENU_METHODS(X, AND)                          \
	X(INVITE, agent_call_reinvited, menu_invited) \
	AND X(ACK, NULL, NULL)                        \
	AND X(BYE, agent_call_bye_received, NULL)     \
	AND X(CANCEL, NULL, NULL)                     \
	AND X(OPTIONS, agent_described, agent_asked)  \
	AND X(INFO, menu_informed, NULL)              \
	AND X(NOTIFY, NULL, agent_notified)           \
	AND X(PRACK, agent_reliable_acked, NULL)      \
	AND X(UPDATE, agent_call_updated, NULL)
#define MENU_ALLOW MENU_METHODS(AGENT_METHOD_NAME, ", ")

#define CAPABILITIES 2
static const struct sip_header capabilities[CAPABILITIES] = {
	{ "Allow", STR_INIT(MENU_ALLOW) },
	{ "Supported", STR_INIT(AGENT_CALL_SUPPORTED) },
};

extern const struct node_role role_menu;

static const struct agent_call_ops call_ops = {
	.size = sizeof(struct menu_call),
	.role = &role_menu,
	.says = RTP_SOUND_SILENCE,
	.capabilities = capabilities,
	.ncapabilities = CAPABILITIES,
	.established = on_established,
	.stop = on_stop,
	.leave = menu_role_on_leave,
	.digit = menu_digit,
	.refuse_change = agent_refuse_change,
	.transferred = menu_role_on_transferred,
};

static void
menu_invited(struct agent *agent, const struct sip_in *in)
{
	struct program *p = menu_role_find_program(agent->node);
	struct agent_call *old, *c;

	if (agent_refuse_extensions(agent, in) ||
	    agent_refuse_request(agent, in) || !agent_place_of(agent, in, &old))
		return;
	if (p == NULL) {
		node_answer(agent->node, in, 480, RULE_MENU_NONE);
		return;
	}
	c = agent_call_invited(agent, &call_ops, in);
	if (c == NULL)
		return;
	agent_call_plan_100(c);
	if (p->ops->menu->begin(p, in->m, &in->src, &menu_call_of(c)->talk) !=
	    0)
		agent_fail_memory(agent);
	else
		wake_program(menu_call_of(c));
}

/* ---- life ---- */

/* Any user at its address or domain: the program sees which. */
static bool
is_called_here(const struct agent *agent, struct str uri)
{
	return node_is_own(agent->node, uri);
}

static const struct agent_method methods[] = { MENU_METHODS(
    AGENT_METHOD_ROW, AGENT_METHOD_AND) };

static const struct agent_ops menu_ops = {
	.methods = methods,
	.nmethods = COUNT_OF(methods),
	.named = is_called_here,
};

static void
menu_stop(void *role)
{
	struct agent *agent = role;

	agent_usages_end(agent);
	agent_end(agent);
}

static int
menu_start(struct node *n, void *role)
{
	struct agent *agent = role;
	struct program *p = menu_role_find_program(n);
	struct diag d = DIAG_INIT;
	int err;

	err = agent_begin(agent, n, &menu_ops);
	if (err == 0 && p != NULL)
		err = p->ops->begin(p, &d);
	return err;
}

NODE_ROLE(menu) = {
	.word = "menu",
	.allow = MENU_ALLOW,
	.supported = AGENT_CALL_SUPPORTED,
	.size = sizeof(struct agent),
	.start = menu_start,
	.stop = menu_stop,
	AGENT_ROLE(agent_role_cancel),
};
