/*
 * Every input to every machine in every state: the steps that are recorded are
 * the edges of the trace's tables, all of them are seen, and what has no edge
 * is no step.
 */
#include "fixtures/sip_world.h"

#include "rules/rule_names.h"
#include "text/json.h"
#include "machine/machine.h"

/* What the test can do to a machine. */
enum doing { TIME, S100, S200, S486, ACK, AGAIN, GIVE_UP };

struct drive {
	const char *machine, *state;
	/* how to get there: what to do after the beginning, ends with TIME */
	enum doing way[4];
	int64_t last_ms; /* when the state's last timer is due, from then on */
};

static const struct drive drives[] = {
	{ "ICT", "calling", { TIME }, 33000 },
	{ "ICT", "proceeding", { S100, TIME }, 33000 },
	{ "ICT", "completed", { S486, TIME }, 33000 },
	{ "ICT", "accepted", { S200, TIME }, 33000 },
	{ "NICT", "trying", { TIME }, 33000 },
	{ "NICT", "proceeding", { S100, TIME }, 33000 },
	{ "NICT", "completed", { S200, TIME }, 6000 },
	{ "IST", "proceeding", { TIME }, 33000 },
	{ "IST", "completed", { S486, TIME }, 33000 },
	{ "IST", "confirmed", { S486, ACK, TIME }, 6000 },
	{ "IST", "accepted", { S200, TIME }, 33000 },
	{ "NIST", "trying", { TIME }, 33000 },
	{ "NIST", "proceeding", { S100, TIME }, 33000 },
	{ "NIST", "completed", { S486, TIME }, 33000 },
};

/* Where a user may give its transaction up; all other states end by
 * themselves. */
static const struct drive given_up[] = {
	{ "ICT", "proceeding", { S100, TIME }, 33000 },
	{ "NIST", "trying", { TIME }, 33000 },
	{ "NIST", "proceeding", { S100, TIME }, 33000 },
};

static bool seen[4][64];

static bool
is_client(const char *machine)
{
	return strstr(machine, "CT") != NULL;
}

static void
act(struct sip_world *w, const struct drive *d, struct sip_transaction *tr,
    struct sip_bytes *request, enum doing what)
{
	bool invite = d->machine[0] == 'I';
	unsigned status = what == S100 ? 180 : what == S200 ? 200 : 486;

	switch (what) {
	case TIME:
		sip_world_run(w, sim_now(w->sim) / SIM_MS + d->last_ms);
		break;
	case ACK:
		if (!is_client(d->machine) && invite)
			sip_world_request_in(w, "ACK", "z9hG4bK1", "a");
		break;
	case AGAIN:
		if (!is_client(d->machine))
			sip_world_request_in(
			    w, invite ? "INVITE" : "OPTIONS", "z9hG4bK1", "");
		break;
	case GIVE_UP:
		sip_transaction_give_up(is_client(d->machine) ? tr : w->server,
		    is_client(d->machine) ? RULE_CANCEL_TIMEOUT
					  : RULE_PROXY_408_LATE);
		break;
	default:
		if (is_client(d->machine))
			sip_world_answer(w, request, status, "x");
		else
			sip_world_respond(w, status);
	}
}

/* Each fsm record is an edge of its table; returns how many there are. */
static unsigned
compare(const struct sip_world *w, const struct drive *d, bool *in_state)
{
	struct str rest = buf_view(&w->trace);
	unsigned n = 0;

	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest), f[4];
		static const char *const keys[] = { "\"machine\":\"",
			"\"from\":\"", "\"event\":\"", "\"to\":\"" };
		const struct machine *m;
		const struct machine_edge *e;

		if (str_find(line, "\"kind\":\"fsm\"") < 0)
			continue;
		for (size_t i = 0; i < 4; i++) {
			ptrdiff_t at = str_find(line, keys[i]);
			struct str tail;

			CU_ASSERT_FATAL(at >= 0);
			f[i] =
			    str_cut(str_slice(line,
					(size_t)at + strlen(keys[i]), line.n),
				'"', &tail);
		}
		m = machine_find(f[0]);
		CU_ASSERT_FATAL(m != NULL);
		e = machine_step(m, f[1], f[2], f[3]);
		if (e == NULL)
			printf("  no edge: %.*s\n", STR_ARG(line));
		CU_ASSERT_FATAL(e != NULL);
		CU_ASSERT(str_find(line, "\"why\":\"rfc") > 0);
		for (size_t i = 0; i < 4; i++)
			if (machine_at(i) == m)
				seen[i][e - m->edges] = true;
		*in_state = str_is(f[3], d->state);
		n++;
	}
	return n;
}

static void
drive(const struct drive *d, enum doing what)
{
	bool invite = d->machine[0] == 'I', there = false;
	struct sip_transaction *tr = NULL;
	struct sip_bytes *request = NULL;
	struct sip_world w;

	sip_world_open(&w);
	if (is_client(d->machine))
		tr = sip_world_start(
		    &w, invite ? "INVITE" : "OPTIONS", &request);
	else
		sip_world_request_in(
		    &w, invite ? "INVITE" : "OPTIONS", "z9hG4bK1", "");
	for (size_t i = 0; d->way[i] != TIME; i++)
		act(&w, d, tr, request, d->way[i]);
	compare(&w, d, &there);
	CU_ASSERT(there);
	act(&w, d, tr, request, what);
	compare(&w, d, &there);
	sip_bytes_unref(request);
	sip_world_close(&w);
}

static void
all(void)
{
	for (size_t i = 0; i < sizeof(drives) / sizeof(drives[0]); i++)
		for (enum doing what = TIME; what <= AGAIN; what++)
			drive(&drives[i], what);
	for (size_t i = 0; i < sizeof(given_up) / sizeof(given_up[0]); i++)
		drive(&given_up[i], GIVE_UP);
	/* How a transport fails is test_sip_transport.c's. */
	for (size_t i = 0; i < 4; i++) {
		const struct machine *m = machine_at(i);

		for (size_t k = 0; k < m->nedges; k++) {
			if (m->edges[k].event == EVENT_TRANSPORT_ERROR)
				continue;
			if (!seen[i][k])
				printf("  never seen: %s %s, %s\n", m->name,
				    state_word(m->edges[k].from),
				    event_word(m->edges[k].event));
			CU_ASSERT(seen[i][k]);
		}
	}
}

/* The user may do anything while it is told something. */

static void
destroy_it(struct sip_world *w, struct sip_transaction *tr, const char *what)
{
	(void)w;
	if (strcmp(what, "ended") != 0)
		sip_transaction_give_up(tr, RULE_CANCEL_TIMEOUT);
}

static void
crash(struct sip_world *w, struct sip_transaction *tr, const char *what)
{
	(void)tr;
	(void)what;
	sip_stack_destroy(w->stack);
	w->stack = NULL;
}

static void
crash_on_request(struct sip_world *w, const struct sip_in *in)
{
	(void)in;
	crash(w, NULL, "");
}

typedef void
told_fn(struct sip_world *w, struct sip_transaction *tr, const char *what);

static void
told(told_fn *fn)
{
	static const unsigned statuses[] = { 180, 200, 486, 0 };

	for (size_t i = 0; i < 4; i++)
		for (int invite = 0; invite < 2; invite++) {
			struct sip_bytes *request;
			struct sip_world w;

			sip_world_open(&w);
			w.on_told = fn;
			sip_world_start(
			    &w, invite ? "INVITE" : "OPTIONS", &request);
			if (statuses[i] != 0)
				sip_world_answer(&w, request, statuses[i], "x");
			sip_world_run(&w, 100000);
			sip_bytes_unref(request);
			sip_world_close(&w);
		}
}

static void
user_destroys(void)
{
	told(destroy_it);
}

static void
user_crashes(void)
{
	struct sip_world w;

	told(crash);
	sip_world_open(&w);
	w.on_request = crash_on_request;
	sip_world_request_in(&w, "INVITE", "z9hG4bK1", "");
	CU_ASSERT(sim_held(w.sim) == 0);
	sip_world_close(&w);
	sip_world_open(&w);
	sip_world_request_in(&w, "INVITE", "z9hG4bK1", "");
	sip_world_respond(&w, 200);
	w.on_told = crash;
	sip_world_request_in(&w, "ACK", "z9hG4bK1", "a");
	CU_ASSERT(w.stack == NULL && sim_held(w.sim) == 0);
	sip_world_run(&w, 100000);
	sip_world_close(&w);
}

CHECK_MAIN("sip_machines", { "all", all }, { "user_destroys", user_destroys },
    { "user_crashes", user_crashes })
