/* The state at a position. */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/state_at_count.h"
#include "sim/rng.h"

#define HEAD                                                                 \
	"{\"kind\":\"trace\",\"version\":1,\"nodes\":[{\"name\":\"alice\"}," \
	"{\"name\":\"reg\"}]}\n"

/* Lines after the head get seq, t (10 a line) and node by themselves. */
static struct trace *
trace_of(const char *const *lines, size_t n)
{
	struct buf b = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t;

	buf_puts(&b, HEAD);
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "{\"seq\":%zu,\"t\":%zu,%s}\n", i + 1,
		    (i + 1) * 10, lines[i]);
	if (trace_load_buf(&t, &b, "x", &d) != 0)
		printf("  %s\n", d.text);
	CU_ASSERT_FATAL(t != NULL);
	return t;
}

#define A   "\"node\":\"alice\",\"kind\":"
#define R   "\"node\":\"reg\",\"kind\":"
#define FSM A "\"fsm\",\"machine\":\"ICT\",\"id\":\"b1\","

static const char *const story[] = {
	/* 1 */ A "\"act\",\"verb\":\"invite\",\"on\":\"alice\"",
	A "\"call\",\"id\":\"alice/1\",\"from\":\"idle\",\"state\":"
	  "\"calling\",\"peer\":\"sip:bob@b\"",
	FSM "\"from\":\"none\",\"to\":\"calling\",\"event\":\"request sent\"",
	A "\"timer\",\"op\":\"set\",\"name\":\"A\",\"id\":\"b1\",\"due\":540,"
	  "\"length\":500",
	/* 5 */
	A "\"timer\",\"op\":\"set\",\"name\":\"B\",\"id\":\"b1\",\"length\":7",
	A "\"send\"",
	R "\"recv\",\"of\":6",
	A "\"timer\",\"op\":\"fire\",\"name\":\"A\",\"id\":\"b1\"",
	A "\"send\",\"retx\":6",
	/* 10 */
	FSM "\"from\":\"calling\",\"to\":\"proceeding\",\"event\":\"1xx\"",
	A "\"dialog\",\"id\":\"d\\u00e91\",\"from\":\"none\",\"to\":\"early\","
	  "\"call_id\":\"c\",\"local_tag\":\"l\",\"remote_tag\":\"r\","
	  "\"routes\":[\"<sip:p>\"]",
	A "\"call\",\"id\":\"alice/1\",\"state\":\"early\"",
	FSM "\"from\":\"proceeding\",\"to\":\"accepted\",\"event\":\"2xx\"",
	A "\"dialog\",\"id\":\"d\\u00e91\",\"to\":\"confirmed\"",
	/* 15 */
	R "\"binding\",\"op\":\"add\",\"aor\":\"sip:a\",\"contact\":\"sip:x\","
	  "\"expires\":900,\"q\":0.5",
	R "\"binding\",\"op\":\"add\",\"aor\":\"sip:a\",\"contact\":\"sip:y\"",
	R "\"binding\",\"op\":\"refresh\",\"aor\":\"sip:a\",\"contact\":"
	  "\"sip:x\",\"expires\":1900",
	R "\"binding\",\"op\":\"expire\",\"aor\":\"sip:a\",\"contact\":"
	  "\"sip:y\"",
	FSM "\"from\":\"accepted\",\"to\":\"terminated\",\"event\":\"Timer M\"",
	/* 20 */
	"\"kind\":\"drop\",\"of\":6",
	A "\"call\",\"id\":\"alice/1\",\"state\":\"terminated\"",
	A "\"dialog\",\"id\":\"d\\u00e91\",\"to\":\"terminated\"",
	/* of a packet of TCP: no message is lost */
	A "\"drop\",\"conn\":1",
};

#define STORY (sizeof(story) / sizeof(*story))

static void
at(struct state_at *f, const struct trace *t, uint64_t seq)
{
	CU_ASSERT_EQUAL_FATAL(state_at_advance(f, t, seq), 0);
	CU_ASSERT_EQUAL(state_at_position(f), seq);
}

static void
lives(void)
{
	struct trace *t = trace_of(story, STORY);
	const struct state_at_transaction *tr;
	const struct state_at_binding *b;
	const struct state_at_timer *timer;
	const struct state_at_dialog *d;
	const struct state_at_call *c;
	struct state_at *f;
	size_t i = 0;

	CU_ASSERT_EQUAL_FATAL(state_at_create(&f), 0);
	CU_ASSERT_EQUAL(state_at_transactions(f), 0);
	CU_ASSERT(state_at_next_call(f, STR_NULL, &i) == NULL);
	CU_ASSERT_EQUAL(state_at_count_all(f, STR("alice")).sends, 0);
	at(f, t, 5);
	tr = state_at_find_transaction(f, STR("alice"), STR("ICT"), STR("b1"));
	CU_ASSERT_FATAL(tr != NULL);
	CU_ASSERT(str_is(tr->state, "calling") && tr->since == 30);
	CU_ASSERT(str_is(tr->method, "INVITE"));
	CU_ASSERT(tr->machine == machine_find(STR("ICT")));
	CU_ASSERT(tr->first == 3 && tr->last == 3);
	CU_ASSERT_EQUAL(state_at_timers(f), 2);
	i = 0;
	timer = state_at_next_timer(f, STR("alice"), &i);
	CU_ASSERT_FATAL(timer != NULL);
	CU_ASSERT(str_is(timer->name, "A") && timer->due == 540);
	timer = state_at_next_timer(f, STR("alice"), &i);
	CU_ASSERT_FATAL(timer != NULL);
	CU_ASSERT(str_is(timer->name, "B") && timer->due == 57);
	CU_ASSERT(state_at_next_timer(f, STR("alice"), &i) == NULL);
	i = 0;
	CU_ASSERT(state_at_next_timer(f, STR("reg"), &i) == NULL);
	c = state_at_find_call(f, STR("alice"), STR("alice/1"));
	CU_ASSERT(c != NULL && str_is(c->state, "calling"));

	at(f, t, 14);
	CU_ASSERT_EQUAL(state_at_timers(f), 1);
	d = state_at_find_dialog(f, STR("alice"),
	    STR("d\xc3\xa9"
		"1"));
	CU_ASSERT_FATAL(d != NULL);
	CU_ASSERT(str_is(d->state, "confirmed") && d->since == 140);
	CU_ASSERT(str_is(d->remote_tag, "r") && str_is(d->call_id, "c"));
	c = state_at_find_call(f, STR("alice"), STR("alice/1"));
	CU_ASSERT_FATAL(c != NULL);
	CU_ASSERT(str_is(c->state, "early") && str_is(c->peer, "sip:bob@b"));
	CU_ASSERT(c->first == 2 && c->last == 12);

	at(f, t, 16);
	CU_ASSERT_EQUAL(state_at_bindings(f), 2);
	at(f, t, 18);
	CU_ASSERT_EQUAL(state_at_bindings(f), 1);
	i = 0;
	b = state_at_next_binding(f, STR("reg"), &i);
	CU_ASSERT_FATAL(b != NULL);
	CU_ASSERT(str_is(b->contact, "sip:x") && b->expires == 1900);
	CU_ASSERT(str_is(b->q, "0.5") && b->first == 15 && b->last == 17);

	at(f, t, STORY);
	CU_ASSERT_EQUAL(state_at_transactions(f), 0);
	CU_ASSERT_EQUAL(state_at_timers(f), 0); /* B went with its owner */
	CU_ASSERT_EQUAL(state_at_dialogs(f), 0);
	CU_ASSERT_EQUAL(state_at_calls(f), 0);
	state_at_destroy(f);
	trace_destroy(t);
}

static void
counts(void)
{
	struct trace *t = trace_of(story, STORY);
	struct state_at_counts all, alice, reg, none;
	struct state_at *f;

	CU_ASSERT_EQUAL_FATAL(state_at_create(&f), 0);
	at(f, t, STORY);
	all = state_at_count_all(f, STR_NULL);
	alice = state_at_count_all(f, STR("alice"));
	reg = state_at_count_all(f, STR("reg"));
	none = state_at_count_all(f, STR("nobody"));
	CU_ASSERT(all.sends == 2 && alice.sends == 2 && reg.sends == 0);
	CU_ASSERT(alice.retransmissions == 1 && alice.timers_fired == 1);
	CU_ASSERT(reg.recvs == 1 && all.recvs == 1);
	CU_ASSERT(all.drops == 1 && alice.drops == 0);
	CU_ASSERT(alice.acts == 1 && alice.calls == 1 && none.sends == 0);
	state_at_destroy(f);
	trace_destroy(t);
}

/* The same state, however one gets there: at once, one by one, by a clone. */
static void
paths(void)
{
	struct trace *t = trace_of(story, STORY);

	for (uint64_t end = 0; end <= STORY; end++) {
		struct state_at *once, *steps, *copy;
		size_t i = 0, k = 0;
		const struct state_at_timer *x, *y;

		CU_ASSERT_EQUAL_FATAL(state_at_create(&once), 0);
		CU_ASSERT_EQUAL_FATAL(state_at_create(&steps), 0);
		at(once, t, end);
		for (uint64_t s = 0; s <= end / 2; s++)
			at(steps, t, s);
		CU_ASSERT_EQUAL_FATAL(state_at_clone(&copy, steps), 0);
		state_at_destroy(steps);
		at(copy, t, end);
		CU_ASSERT_EQUAL(
		    state_at_transactions(once), state_at_transactions(copy));
		CU_ASSERT_EQUAL(state_at_dialogs(once), state_at_dialogs(copy));
		CU_ASSERT_EQUAL(
		    state_at_bindings(once), state_at_bindings(copy));
		do {
			x = state_at_next_timer(once, STR_NULL, &i);
			y = state_at_next_timer(copy, STR_NULL, &k);
			CU_ASSERT((x == NULL) == (y == NULL));
			CU_ASSERT(x == NULL || (str_eq(x->name, y->name) &&
						   x->due == y->due));
		} while (x != NULL && y != NULL);
		CU_ASSERT_EQUAL(
		    state_at_advance(copy, t, STORY + 1), ERR_RANGE);
		if (end > 0)
			CU_ASSERT_EQUAL(
			    state_at_advance(copy, t, end - 1), ERR_RANGE);
		state_at_destroy(once);
		state_at_destroy(copy);
	}
	state_at_destroy(NULL);
	trace_destroy(t);
}

/* Records that say little, or nonsense. */
static void
poor(void)
{
	static const char *const lines[] = {
		A "\"fsm\"",
		A "\"timer\"",
		"\"kind\":\"dialog\"",
		"\"kind\":\"call\",\"state\":7,\"id\":[]",
		A "\"binding\",\"op\":\"add\",\"expires\":\"soon\"",
		A "\"timer\",\"op\":\"set\",\"length\":9223372036854775807",
		A "\"fsm\",\"machine\":\"tea\",\"to\":\"brewing\"",
		A "\"fsm\",\"machine\":\"tea\",\"to\":\"terminated\"",
		A "\"act\",\"verb\":\"crash\"",
	};
	struct trace *t = trace_of(lines, sizeof(lines) / sizeof(*lines));
	struct state_at *f;
	const struct state_at_timer *timer;
	size_t i = 0;

	CU_ASSERT_EQUAL_FATAL(state_at_create(&f), 0);
	at(f, t, 7);
	CU_ASSERT_EQUAL(state_at_transactions(f), 2);
	timer = state_at_next_timer(f, STR_NULL, &i);
	CU_ASSERT(timer != NULL && timer->due == -1);
	at(f, t, 9);
	CU_ASSERT_EQUAL(state_at_transactions(f), 1);
	CU_ASSERT(state_at_calls(f) == 1 && state_at_dialogs(f) == 1);
	state_at_destroy(f);
	trace_destroy(t);
}

static void
no_memory(void)
{
	struct trace *t = trace_of(story, STORY);
	int err = ERR_NOMEM;

	for (unsigned long n = 1; err != 0 && n < 1000; n++) {
		struct state_at *f, *copy = NULL;

		mem_fail_from(n);
		err = state_at_create(&f);
		if (err == 0)
			err = state_at_advance(f, t, 13);
		if (err == 0)
			err = state_at_clone(&copy, f);
		if (err == 0)
			err = state_at_advance(copy, t, STORY);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		state_at_destroy(f);
		state_at_destroy(copy);
	}
	CU_ASSERT_EQUAL(err, 0);
	trace_destroy(t);
}

#define STEPS 3000

/* A step of a machine, a timer that is set or stopped, a crash, of any of a few
 * machines, ids and names, known and not. */
static void
put_any(struct rng *r, struct buf *b)
{
	static const char *const machines[] = { "ICT", "NICT", "registration",
		"unheard-of" };
	static const char *const states[] = { "calling", "completed",
		"terminated", "odd" };
	static const char *const names[] = { "A", "B", "F", "K", "refresh",
		"x" };
	const char *node = rng_below(r, 3) ? "alice" : "reg";
	unsigned id = (unsigned)rng_below(r, 3);
	uint64_t what = rng_below(r, 40);

	buf_printf(b, "\"node\":\"%s\",\"kind\":", node);
	if (what == 0)
		buf_printf(b, "\"act\",\"verb\":\"crash\",\"on\":\"%s\"", node);
	else if (what < 18)
		buf_printf(b,
		    "\"fsm\",\"machine\":\"%s\",\"id\":\"%u\","
		    "\"to\":\"%s\"",
		    machines[rng_below(r, 4)], id, states[rng_below(r, 4)]);
	else
		buf_printf(b,
		    "\"timer\",\"op\":\"%s\",\"machine\":\"%s\","
		    "\"id\":\"%u\",\"name\":\"%s\"",
		    what < 34 ? "set" : "fire", machines[rng_below(r, 4)], id,
		    names[rng_below(r, 6)]);
}

/* A timer is kept only as long as its transaction lives, whatever happens; most
 * that have one are. */
static void
kept_timers(void)
{
	static char *lines[STEPS];
	struct rng r;
	struct trace *t;
	struct state_at *f;
	unsigned kept = 0, owned = 0;

	rng_init(&r, 1, "fold", "timers");
	for (size_t i = 0; i < STEPS; i++) {
		struct buf b = BUF_INIT;

		put_any(&r, &b);
		lines[i] = buf_take(&b);
	}
	t = trace_of((const char *const *)lines, STEPS);
	CU_ASSERT_EQUAL_FATAL(state_at_create(&f), 0);
	for (uint64_t seq = 1; seq <= STEPS; seq++) {
		const struct state_at_timer *timer;
		size_t i = 0;

		at(f, t, seq);
		while ((timer = state_at_next_timer(f, STR_NULL, &i)) != NULL) {
			bool is = state_at_find_transaction(f, timer->node,
				      timer->machine, timer->id) != NULL;

			CU_ASSERT_EQUAL(state_at_timer_is_owned(f, timer), is);
			CU_ASSERT(is || !timer->kept);
			kept += timer->kept;
			owned += is;
		}
	}
	printf("  %u kept, %u owned\n", kept, owned);
	CU_ASSERT(kept > 100 && owned > kept);
	for (size_t i = 0; i < STEPS; i++)
		mem_free(lines[i]);
	state_at_destroy(f);
	trace_destroy(t);
}

/* What acts and losses make of links and hosts, either way round; a crash takes
 * nothing of the links. */
static void
network(void)
{
#define LINK(name, verb) \
	"\"kind\":\"act\",\"verb\":\"" verb "\",\"on\":\"" name "\""
	static const char *const lines[] = {
		LINK("alice--reg", "down"),
		"\"kind\":\"drop\",\"of\":1,\"link\":\"reg>alice\"",
		LINK("reg--alice", "set") ",\"args\":{\"loss\":\"20%\","
					  "\"delay\":\"40ms\"}",
		"\"kind\":\"drop\",\"link\":\"alice>reg\"",
		/* 5 */ LINK("alice--reg", "up"),
		LINK("alice", "crash"),
		LINK("alice--reg", "set") ",\"args\":{\"loss\":\"0%\"}",
		LINK("alice--nobody", "down"),
		"\"kind\":\"drop\",\"of\":1,\"link\":\"x\"",
		/* 10 */ LINK("alice", "restart"),
	};
	static const struct {
		bool down, crashed;
		uint64_t lost;
		int64_t delay;
		const char *loss;
	} want[] = { { true, false, 0, 0, "" }, { true, false, 1, 0, "" },
		{ true, false, 1, 40000000, "20%" },
		{ true, false, 2, 40000000, "20%" },
		{ false, false, 2, 40000000, "20%" },
		{ false, true, 2, 40000000, "20%" },
		{ false, true, 2, 40000000, "" },
		{ false, true, 2, 40000000, "" },
		{ false, true, 2, 40000000, "" },
		{ false, false, 2, 40000000, "" } };
	struct trace *t = trace_of(lines, sizeof(lines) / sizeof(*lines));
	struct state_at *f;

	CU_ASSERT_EQUAL_FATAL(state_at_create(&f), 0);
	for (size_t k = 0; k < sizeof(want) / sizeof(*want); k++) {
		const struct state_at_crash *crash;
		const struct state_at_link *l;
		size_t i = 0;

		at(f, t, k + 1);
		l = state_at_next_link(f, STR_NULL, &i);
		CU_ASSERT_FATAL(l != NULL);
		CU_ASSERT(l->a == 0 && l->b == 1);
		CU_ASSERT(l->down == want[k].down && l->lost == want[k].lost);
		CU_ASSERT(l->delay == want[k].delay);
		CU_ASSERT_EQUAL(l->delay_set, want[k].delay > 0);
		CU_ASSERT(str_is(l->loss, want[k].loss));
		CU_ASSERT_EQUAL(l->loss_set, k >= 2);
		CU_ASSERT(state_at_next_link(f, STR_NULL, &i) == NULL);
		i = 0;
		crash = state_at_next_crash(f, STR_NULL, &i);
		CU_ASSERT_EQUAL(crash != NULL, want[k].crashed);
		CU_ASSERT(crash == NULL || str_is(crash->node, "alice"));
	}
	CU_ASSERT_EQUAL(state_at_count_all(f, STR_NULL).drops, 2);
	state_at_destroy(f);
	trace_destroy(t);
}

/* Where a dialog's requests go: what a record leaves out stays as it was. */
static void
dialog_way(void)
{
#define D A "\"dialog\",\"id\":\"d\",\"to\":"
	static const char *const lines[] = {
		D "\"early\",\"remote_target\":\"sip:x\",\"routes\":"
		  "[\"<sip:a\\u003blr>\",7,\"<sip:b;lr>\"]",
		D "\"confirmed\"",
		D "\"confirmed\",\"remote_target\":\"sip:y\"",
		D "\"confirmed\",\"routes\":[]",
	};
	static const struct {
		const char *target, *routes;
	} want[] = {
		{ "sip:x", "<sip:a;lr>\n<sip:b;lr>" },
		{ "sip:x", "<sip:a;lr>\n<sip:b;lr>" },
		{ "sip:y", "<sip:a;lr>\n<sip:b;lr>" },
		{ "sip:y", "" },
	};
	struct trace *t = trace_of(lines, 4);
	struct state_at *f;

	CU_ASSERT_EQUAL_FATAL(state_at_create(&f), 0);
	for (size_t i = 0; i < 4; i++) {
		const struct state_at_dialog *d;

		at(f, t, i + 1);
		d = state_at_find_dialog(f, STR("alice"), STR("d"));
		CU_ASSERT_FATAL(d != NULL);
		CU_ASSERT(str_is(d->target, want[i].target));
		CU_ASSERT(str_is(d->routes, want[i].routes));
	}
	state_at_destroy(f);
	trace_destroy(t);
}

CHECK_MAIN("fold", { "lives", lives }, { "counts", counts }, { "paths", paths },
    { "poor", poor }, { "kept timers", kept_timers }, { "network", network },
    { "a dialog's way", dialog_way }, { "no memory", no_memory })
