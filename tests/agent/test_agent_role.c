/*
 * A role that uses calls and is no phone: an echo, which answers at once and
 * hangs up after 2 s, and calls where it is told to.  It says no more of itself
 * than it has to, and notes what it is told of its calls; the rest is the
 * agent's.  RFC 3261 8.2, 12.2.2, 13.3, 15.
 */
#include "fixtures/stage.h"

#include "agent/refer.h"
#include "agent/requests.h"
#include "roles/ua/ua.h"

#include <stdint.h>

/* ---- the role ---- */

struct echo_call {
	struct agent_call call;
	sim_event hangup;
};

static void
hang_up(void *arg)
{
	struct echo_call *e = arg;

	e->hangup = 0;
	agent_call_bye(&e->call, NULL);
}

static void
echo_established(struct agent_call *c)
{
	struct echo_call *e = (struct echo_call *)(void *)c;

	e->hangup =
	    sim_after(agent_sim(c->agent), 2 * SIM_S, "echo", hang_up, e);
}

/* What it was told of its calls, in order: "180 486", "408-" without a message,
 * "=1" for a stream that both send. */
static struct buf heard;

static void
echo_progress(struct agent_call *c, const struct sip_in *in)
{
	(void)c;
	buf_printf(&heard, "%u ", in->m->status);
}

static void
echo_refused(struct agent_call *c, unsigned status, const struct sip_in *in)
{
	CU_ASSERT(c->machine.state != STATE_TERMINATED);
	CU_ASSERT(in == NULL || in->m->status == status);
	buf_printf(&heard, "%u%s ", status, in == NULL ? "-" : "");
}

static void
echo_streams(struct agent_call *c, const struct sip_sdp_session *s)
{
	const struct sip_sdp_stream *a = &s->places[0].agreed;

	CU_ASSERT(!agent_call_is_ringing(c) || !c->caller);
	buf_printf(&heard, "=%d ", a->sends && a->receives);
}

static void
echo_leave(struct agent_call *c)
{
	sim_cancel(
	    agent_sim(c->agent), ((struct echo_call *)(void *)c)->hangup);
}

static void echo_invited(struct agent *agent, const struct sip_in *in);

#define ECHO_METHODS(X, AND)                          \
	X(INVITE, agent_call_reinvited, echo_invited) \
	AND X(ACK, NULL, NULL)                        \
	AND X(BYE, agent_call_bye_received, NULL)     \
	AND X(CANCEL, NULL, NULL)                     \
	AND X(REFER, NULL, agent_referred)
#define ECHO_ALLOW ECHO_METHODS(AGENT_METHOD_NAME, ", ")

static const struct agent_method methods[] = { ECHO_METHODS(
    AGENT_METHOD_ROW, AGENT_METHOD_AND) };

static const struct agent_ops ops = {
	.methods = methods,
	.nmethods = sizeof(methods) / sizeof(methods[0]),
};

static int
echo_start(struct node *n, void *role)
{
	CU_ASSERT_EQUAL_FATAL(agent_begin(role, n, &ops), 0);
	return 0;
}

static void
echo_stop(void *role)
{
	agent_usages_end(role);
	agent_end(role);
}

static const struct node_role role_echo = {
	.word = "script", /* in the place of what plays it otherwise */
	.allow = ECHO_ALLOW,
	.supported = AGENT_SUPPORTED,
	.size = sizeof(struct agent),
	.start = echo_start,
	.stop = echo_stop,
	.moved = agent_role_moved,
	.claim = agent_role_claim,
	.request = agent_role_request,
	.cancel = agent_role_cancel,
	.stray = agent_role_stray,
};

static const struct agent_call_ops call_ops = {
	.size = sizeof(struct echo_call),
	.role = &role_echo,
	.progress = echo_progress,
	.refused = echo_refused,
	.streams = echo_streams,
	.established = echo_established,
	.leave = echo_leave,
};

static void
echo_invited(struct agent *agent, const struct sip_in *in)
{
	struct agent_call *c = agent_call_invited(agent, &call_ops, in);

	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	CU_ASSERT_EQUAL(agent_call_answer(c), 0);
}

/* The echo calls bob at 192.0.2.HOST. */
static void
echo_calls(struct node *n, unsigned host)
{
	struct node_fields fields = { 0 };
	struct agent_call *c;
	char uri[32];

	snprintf(uri, sizeof(uri), "sip:bob@192.0.2.%u", host);
	CU_ASSERT_EQUAL(
	    agent_call_invite(n->role[0].state, &call_ops,
		&(struct agent_call_invite){ .uri = str_of(uri) }, &fields, &c),
	    0);
}

/* ---- in a network ---- */

static struct stage s;
static struct tester t;

static void
start(void)
{
	static const struct node_role *const roles[] = { &role_ua, &role_echo,
		NULL };

	stage_open(&s);
	s.w->roles = roles;
	tester_open(&s, &t, "peer", 9);
	stage_node(&s, "alice", "ua", "", 2, "");
	stage_node(&s, "echo", "script", "", 3, "");
}

static void
stop(void)
{
	STAGE_STOP(&s, 80000);
	tester_close(&t);
	buf_free(&heard);
}

/* The usual: who is called hears BYE, re-INVITE, REFER and what it does not
 * know. */
static void
it_does_the_usual(void)
{
	char call[96];

	start();
	snprintf(call, sizeof(call), "%s", stage_call(&s, "alice", "echo"));
	stage_run(&s, 100);
	STAGE_DO(&s, 100, "alice", "hold", call);
	STAGE_DO(
	    &s, 100, "alice", "transfer", call, "to", "sip:peer@192.0.2.9");
	STAGE_HAS(&s, 1, NODE("echo"), RULE("refer-decline"), NULL);
	STAGE_DO(&s, 100, "alice", "options", NULL, "target", "echo");
	STAGE_HAS(&s, 1, NODE("echo"), "\"start\":405",
	    "Allow: INVITE, ACK, BYE, CANCEL, REFER");
	STAGE_DO(&s, 100, "alice", "bye", call);
	CU_ASSERT(stage_call_is(&s, call, "terminated"));
	STAGE_HAS(&s, 1, NODE("echo"), KIND("send"), RULE("bye-recv"));
	stop();
}

/* Its node crashes, and the run ends, while it talks. */
static void
it_ends_with_its_node(void)
{
	start();
	STAGE_CALL(&s, "alice", "echo", 100);
	CU_ASSERT_EQUAL(stage_do(&s, "echo", "crash", NULL, NULL), 0);
	STAGE_HAS(
	    &s, 1, NODE("echo"), KIND("call"), "\"state\":\"terminated\"");
	CU_ASSERT_EQUAL(stage_do(&s, "echo", "restart", NULL, NULL), 0);
	STAGE_CALL(&s, "alice", "echo", 100);
	STAGE_CLOSE(&s, &t);
	buf_free(&heard);
}

/* What comes back to its calls, and what streams they have. */
static void
it_is_told_of_its_calls(void)
{
	static const struct {
		unsigned host;
		const char *attrs, *heard;
	} rows[] = {
		{ 4, "answer=1s", "180 =1 " },
		{ 4, "answer=never busy=true", "486 " },
		/* It does not say that it knows 100rel. */
		{ 4, "answer=1s reliable=required", "421 " },
		/* Nobody is there. */
		{ 8, "", "408- " },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct node *echo;

		start();
		echo = world_find(s.w, "echo");
		stage_node(&s, "bob", "ua", "", 4, rows[i].attrs);
		echo_calls(echo, rows[i].host);
		stage_run(&s, 40000);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&heard), rows[i].heard);
		stop();
	}
	/* Called, put on hold and taken back. */
	start();
	STAGE_CALL(&s, "alice", "echo", 100);
	STAGE_DO(&s, 100, "alice", "hold", "alice/1");
	STAGE_DO(&s, 100, "alice", "resume", "alice/1");
	CU_ASSERT_STRING_EQUAL(buf_cstr(&heard), "=1 =0 =1 ");
	stop();
}

CHECK_MAIN("agent_role", { "usual", it_does_the_usual },
    { "ends", it_ends_with_its_node }, { "told", it_is_told_of_its_calls })
