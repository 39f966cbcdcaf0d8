/*
 * Random networks (tests/roles/random_net.h) and what must hold in every one of
 * them:
 *
 * - a request gets exactly one final answer, or a time-out, at its sender;
 * - no transaction outlives its timers;
 * - a proxy puts exactly one Via on, and takes exactly that off again;
 * - the ACK reaches whoever sent a 2xx, or that one ends the call for want of
 * it;
 * - no dialog outlives its usages, and none of those the quiet;
 * - offers never overlap (their machine has no such step);
 * - over TCP, too, nothing goes again that was answered, and no provisional
 *   response behind a final one;
 * - the inspector finds no error, but those of boxes that are known;
 * - of calls that are changed: none ends because of a description that could be
 *   used, and both halves of a box's agree;
 * - the same seed gives the same bytes.
 *
 * In two of three the nodes learn later where their requests go.
 *
 * A seed that fails is told as one command: with RANDOM_NET=SEED only that one
 * runs (with RANDOM_QUIET=1 without loss), and RANDOM_TRACE=FILE keeps its
 * trace for rung to show.  RANDOM_NETS=N asks for another number of networks
 * than the usual; make soak takes seeds that nobody has tried (tests/soak.sh).
 */
#include "machine/machine.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "trace/reader.h"

#include "fixtures/inspect_check.h"
#include "fixtures/late_locator.h"
#include "random_net.h"
#include "search/invariants.h"

/* Of networks with loss; a third as many are without. */
#define SEEDS (IS_SANITIZED ? 12 : 40)

/* TCP goes on for so long to who is no more. */
#define QUIET_NS ((r.tcp ? 1800 : 600) * SIM_S)

static struct random_net r;
static struct trace *t;

/* What one transaction or request was seen to do. */
struct seen {
	struct str node;
	unsigned finals; /* answers that its sender was told of, time-outs */
	bool over;
	int64_t begun, last_input;
	uint64_t seq;
};

static struct map *table;
static struct buf key;

static struct seen *
seen_of(struct str a, struct str b, struct str c)
{
	struct seen *s;

	buf_clear(&key);
	buf_str(&key, a);
	buf_putc(&key, ' ');
	buf_str(&key, b);
	buf_putc(&key, ' ');
	buf_str(&key, c);
	s = map_get(table, buf_view(&key));
	if (s == NULL) {
		s = mem_zalloc(1, sizeof(*s));
		CU_ASSERT_EQUAL_FATAL(map_put(table, buf_view(&key), s), 0);
	}
	return s;
}

static void
open_table(void)
{
	CU_ASSERT_EQUAL_FATAL(map_create(&table), 0);
}

static void
close_table(void)
{
	size_t at = 0;
	void *s;

	while (map_next(table, &at, NULL, &s))
		mem_free(s);
	map_destroy(table);
	buf_free(&key);
}

static void
wrong(const char *what, uint64_t seq)
{
	printf("  %s at record %llu (%u proxies, shape %u); see it with\n"
	       "    %sRANDOM_NET=%llu RANDOM_TRACE=net.jsonl "
	       "build/tests/roles/test_random_net\n",
	    what, (unsigned long long)seq, r.nproxies, (unsigned)r.shape,
	    r.quiet_links ? "RANDOM_QUIET=1 " : "", (unsigned long long)r.seed);
	CU_FAIL("an invariant does not hold");
}

/* The node went down after record SEQ, so its transactions end unheard. */
static bool
crashed_after(struct str node, int64_t from)
{
	for (unsigned i = 0; i < 4; i++)
		if (r.crashes[i].net != NULL && str_is(node, r.crashes[i].name))
			return from <= 60 * SIM_S;
	return false;
}

/* ---- transactions, and what else has machines ---- */

static bool
is_client(struct str machine)
{
	return str_is(machine, "ICT") || str_is(machine, "NICT");
}

/* 64*T1, twice for those that wait for an answer and then for repetitions, and
 * what a called phone, Timer C and sequential search may take. */
#define LONGEST_NS (420 * SIM_S)

/* M has come to an end, or, being one that goes on as long as its phone (a
 * publication), to rest: it waits for no answer. */
static bool
is_over(const struct machine *m, struct str state)
{
	static const char *const waiting[] = { "publishing", "refreshing",
		"removing" };

	if (m == NULL || strcmp(m->name, "publication") != 0)
		return machine_ends(m, state);
	for (size_t i = 0; i < sizeof(waiting) / sizeof(waiting[0]); i++)
		if (str_is(state, waiting[i]))
			return false;
	return true;
}

static void
check_step(const struct trace_rec *rec)
{
	struct buf b[5] = { BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT };
	struct str machine = trace_str(rec, "machine", &b[0]);
	struct str id = trace_str(rec, "id", &b[1]);
	struct str from = trace_str(rec, "from", &b[2]);
	struct str to = trace_str(rec, "to", &b[3]);
	const struct machine *m = machine_find(machine);
	struct seen *s;
	bool waiting;

	/* A branch is used once; CANCEL and ACK share their INVITE's, so the
	 * machine belongs to the name. */
	buf_printf(&b[4], "%.*s %.*s", STR_ARG(machine), STR_ARG(id));
	s = seen_of(rec->node, buf_view(&b[4]), STR_NULL);
	waiting = str_is(from, "calling") || str_is(from, "trying") ||
		  str_is(from, "proceeding");
	if (str_is(from, "none") || s->over) {
		/* Of a node that came up again, or of the same branch at a
		 * server after its transaction was over. */
		memset(s, 0, sizeof(*s));
		s->begun = rec->t;
	}
	s->seq = rec->seq;
	s->node = rec->node;
	if (is_client(machine) && waiting && !str_eq(from, to) &&
	    !str_is(to, "proceeding"))
		s->finals++;
	if (s->finals > 1)
		wrong("a second final answer", rec->seq);
	if (is_over(m, to))
		s->over = true;
	if (m != NULL && machine_transacts(m) && s->over) {
		if (rec->t - s->begun > LONGEST_NS)
			wrong("a transaction outlived its timers", rec->seq);
		if (is_client(machine) && s->finals != 1)
			wrong("no final answer", rec->seq);
	}
	for (size_t i = 0; i < 5; i++)
		buf_free(&b[i]);
}

static void
check_transactions(void)
{
	struct trace_rec rec;
	size_t at = 0;
	void *value;

	open_table();
	for (uint64_t i = 1; i <= trace_count(t); i++) {
		if (trace_kind_of(t, i) != TRACE_FSM)
			continue;
		trace_get(t, i, &rec);
		check_step(&rec);
	}
	while (map_next(table, &at, NULL, &value)) {
		struct seen *s = value;

		if (!s->over && !crashed_after(s->node, s->begun))
			wrong("a machine never ends", s->seq);
	}
	close_table();
}

/* ---- messages ---- */

static const struct msg *
message(uint64_t seq, struct msg *m, struct buf *scratch)
{
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	msg_read(m, trace_bytes(&rec, scratch), NULL);
	return m;
}

/* All Via values in order, one a line, without the first SKIP. */
static void
write_vias(const struct msg *m, unsigned skip, struct buf *out)
{
	struct msg_values it = { 0 };
	struct str v;

	buf_clear(out);
	while (msg_next_value(m, MSG_H_VIA, &it, &v)) {
		if (skip > 0) {
			skip--;
			continue;
		}
		buf_str(out, v);
		buf_putc(out, '\n');
	}
}

/* SEQ forwards what record FWD received: one Via more, or one less.  A
 * receiver may have added `received` to the topmost one of a request, so only
 * the values below are compared byte for byte. */
static void
check_vias(uint64_t seq, uint64_t fwd)
{
	struct buf sb = BUF_INIT, rb = BUF_INIT, mine = BUF_INIT,
		   came = BUF_INIT;
	struct trace_rec rec;
	struct msg sent, got;
	size_t more, less;

	trace_get(t, fwd, &rec);
	message(seq, &sent, &sb);
	message((uint64_t)trace_int(&rec, "of", 0), &got, &rb);
	more = msg_count_values(&sent, MSG_H_VIA);
	less = msg_count_values(&got, MSG_H_VIA);
	write_vias(&sent, sent.request ? 2 : 0, &mine);
	write_vias(&got, 1, &came);
	if (sent.request ? more != less + 1 : more + 1 != less)
		wrong("Vias are not one more or less", seq);
	else if (!str_eq(buf_view(&mine), buf_view(&came)))
		wrong("a Via below the top was changed", seq);
	buf_free(&sb);
	buf_free(&rb);
	buf_free(&mine);
	buf_free(&came);
}

static void
check_messages(void)
{
	struct buf b = BUF_INIT;
	struct trace_rec rec;
	struct trace_send s;

	for (uint64_t i = 1; i <= trace_count(t); i++) {
		if (trace_kind_of(t, i) != TRACE_SEND)
			continue;
		trace_get(t, i, &rec);
		if (trace_get_send(&rec, &s, &b) == 0 && s.fwd != 0 &&
		    trace_class_of(s.proto) == TRACE_CLASS_SIP)
			check_vias(i, s.fwd);
	}
	buf_free(&b);
}

/* ---- again, over another connection (RFC 5923 8.1) ---- */

/* The record at which NODE heard, or said, WHAT of that; 0: it did not. */
static uint64_t *
when(struct str node, const char *what, struct str a, struct str b)
{
	struct buf n = BUF_INIT;
	uint64_t *seq;

	buf_printf(&n, "%.*s %s", STR_ARG(node), what);
	seq = &seen_of(buf_view(&n), a, b)->seq;
	buf_free(&n);
	return seq;
}

/* What NODE has sent or received at I: S, which is M. */
static void
check_again(uint64_t i, const struct trace_rec *rec, const struct trace_send *s,
    const struct msg *m)
{
	bool sent = rec->kind == TRACE_SEND,
	     again = s->retx != 0 && sent &&
		     str_is(trace_str(rec, "rule", &key), "transport-again");
	struct str node = rec->node, cseq = msg_value(m, MSG_H_CSEQ), method;
	struct str number = str_cut(cseq, ' ', &method);
	struct str server = str_is(method, "INVITE") ? STR("IST") : STR("NIST");
	struct buf rack = BUF_INIT;

	buf_printf(&rack, "%.*s %.*s", STR_ARG(msg_value(m, MSG_H_RSEQ)),
	    STR_ARG(cseq));
	if (again && m->request && m->method != MSG_ACK &&
	    *when(node, "answer", s->branch, cseq) != 0)
		wrong("an answered request goes again", i);
	if (again && s->status >= 200 && str_is(method, "INVITE") &&
	    *when(node, "ACK", s->call_id, number) > s->retx)
		wrong("an acknowledged response goes again", i);
	if (again && s->status != 0 && s->status < 200 &&
	    *when(node, "PRACK", s->call_id, buf_view(&rack)) != 0)
		wrong("what a PRACK has acknowledged goes again", i);
	if (sent && s->status != 0 && s->status < 200 &&
	    *when(node, "final", s->branch, server) != 0)
		wrong("a provisional response behind a final one", i);
	if (s->status >= 200 && sent)
		*when(node, "final", s->branch, server) = i;
	else if (s->status >= 200)
		*when(node, "answer", s->branch, cseq) = i;
	else if (!sent && m->request && m->method == MSG_ACK)
		*when(node, "ACK", s->call_id, number) = i;
	else if (!sent && m->request && m->method == MSG_PRACK)
		*when(node, "PRACK", s->call_id, msg_value(m, MSG_H_RACK)) = i;
	buf_free(&rack);
}

static void
check_agains(void)
{
	struct buf b[4] = { BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT };
	struct trace_rec rec, of;
	struct trace_send s;
	struct msg m;

	open_table();
	for (uint64_t i = 1; i <= trace_count(t); i++) {
		trace_get(t, i, &rec);
		of = rec;
		if (rec.kind == TRACE_RECV)
			trace_get(t, (uint64_t)trace_int(&rec, "of", 0), &of);
		/* It is another life of NODE's, or of its transaction. */
		if (rec.kind == TRACE_FSM &&
		    str_is(trace_str(&rec, "from", &b[0]), "none"))
			*when(rec.node, "final", trace_str(&rec, "id", &b[1]),
			    trace_str(&rec, "machine", &b[2])) = 0;
		if (of.kind == TRACE_SEND &&
		    trace_get_send(&of, &s, &b[0]) == 0 &&
		    trace_class_of(s.proto) == TRACE_CLASS_SIP)
			check_again(i, &rec, &s, message(of.seq, &m, &b[1]));
	}
	close_table();
	for (size_t i = 0; i < 4; i++)
		buf_free(&b[i]);
}

/* ---- ACKs ---- */

/* Each answered call of the called side: an ACK, or the end for want of it. */
static void
check_acks(void)
{
	struct buf b[3] = { BUF_INIT, BUF_INIT, BUF_INIT };
	struct trace_rec rec;
	size_t at = 0;
	void *value;

	open_table();
	for (uint64_t i = 1; i <= trace_count(t); i++) {
		struct seen *s;

		if (trace_kind_of(t, i) != TRACE_CALL)
			continue;
		trace_get(t, i, &rec);
		s = seen_of(rec.node, trace_str(&rec, "id", &b[0]), STR_NULL);
		s->node = rec.node;
		s->seq = i;
		if (s->begun == 0)
			s->begun = rec.t;
		if (str_is(trace_str(&rec, "state", &b[1]), "terminated"))
			s->over = true;
	}
	while (map_next(table, &at, NULL, &value)) {
		struct seen *s = value;

		/* A called side whose BYE is lost to a crash still ends it. */
		if (!s->over && !crashed_after(s->node, s->begun))
			wrong("a call never ends", s->seq);
	}
	close_table();
	/* Every 2xx to INVITE that a phone sent. */
	open_table();
	for (uint64_t i = 1; i <= trace_count(t); i++) {
		struct str rule;

		if (trace_kind_of(t, i) != TRACE_TIMER)
			continue;
		trace_get(t, i, &rec);
		if (!str_is(trace_str(&rec, "name", &b[0]), "2xx"))
			continue;
		rule = trace_str(&rec, "op", &b[1]);
		seen_of(rec.node, trace_str(&rec, "id", &b[2]), STR_NULL)
		    ->over = str_is(rule, "stop");
		seen_of(rec.node, trace_str(&rec, "id", &b[2]), STR_NULL)
		    ->node = rec.node;
		seen_of(rec.node, trace_str(&rec, "id", &b[2]), STR_NULL)->seq =
		    i;
		seen_of(rec.node, trace_str(&rec, "id", &b[2]), STR_NULL)
		    ->begun = rec.t;
	}
	at = 0;
	while (map_next(table, &at, NULL, &value)) {
		struct seen *s = value;
		struct trace_rec last;

		if (s->over || crashed_after(s->node, s->begun))
			continue;
		/* The last thing was that it fired: 64*T1 are over, and the
		 * call is ended with a BYE (13.3.1.4). */
		trace_get(t, s->seq, &last);
		if (!str_is(trace_str(&last, "op", &b[0]), "fire"))
			wrong("a 2xx is neither acknowledged nor given up",
			    s->seq);
	}
	close_table();
	for (size_t i = 0; i < 3; i++)
		buf_free(&b[i]);
}

/* ---- runs ---- */

static void
save(const struct buf *trace, const char *path)
{
	FILE *f = path != NULL ? fopen(path, "wb") : NULL;

	if (f == NULL)
		return;
	fwrite(trace->p, 1, trace->n, f);
	fclose(f);
}

static const struct node_locator *
usual_locator(void)
{
	return late_delay > 0 ? &late_locator : &node_directory;
}

/* In some moments half of the names are not found, and that is said at once. */
static int
moody_ask(struct node_question *q, struct str uri, struct addr *dst)
{
	if (r.down > 0 && draw(&r, 2) == 0) {
		r.missed++;
		return ERR_NOTFOUND;
	}
	return usual_locator()->ask(q, uri, dst);
}

static void
moody_forget(struct node_question *q)
{
	usual_locator()->forget(q);
}

static const struct node_locator moody_locator = { .ask = moody_ask,
	.forget = moody_forget };

/* Of every three networks one knows at once where a URI leads, one a moment
 * later, one when it is almost too late. */
static void
choose_locator(void)
{
	static const int64_t delays[] = { 0, 30 * SIM_MS, 7 * SIM_S };

	late_delay = delays[r.seed / 2 % 3];
	r.w->locator = &moody_locator;
}

/* RFC 5057 4: a dialog lives while a usage does; after quiet, none. */
static void
check_usages(void)
{
	for (unsigned i = 0; i < r.nphones; i++) {
		char name[16];
		const struct agent *agent;
		const struct ua *ua;

		snprintf(name, sizeof(name), "u%u", i);
		ua = node_role_state(world_find(r.w, name), "ua");
		if (ua == NULL)
			continue;
		agent = &ua->agent;
		if (map_count(agent->by_dialog) != 0)
			wrong("a dialog is left", i);
		if (!list_empty(&agent->calls) || !list_empty(&agent->over))
			wrong("a call is left", i);
		if (!list_empty(&agent->subscribers) ||
		    !list_empty(&agent->notifiers))
			wrong("a subscription is left", i);
		if (!list_empty(&agent->clients))
			wrong("a request is left", i);
	}
}

/* Sanitized networks are run again one in two, of make soak's one in eight;
 * each with RANDOM_NETS. */
static bool
is_run_again(uint64_t seed)
{
	if (seed >= RANDOM_SOAK_SEED)
		return seed % 8 == 0;
	return !IS_SANITIZED || seed % 2 == 0 || getenv("RANDOM_NETS") != NULL;
}

/* ---- what the inspector says of it ---- */

/* Errors of boxes that there are still, and nobody else's: {rule, what is said,
 * why}. */
static const struct {
	enum rule_id rule;
	const char *what, *why;
} of_boxes[] = {
	{ RULE_UAS_METHOD, "405 without Allow",
	    "a box passes a 405 of its other side on without it" },
	{ RULE_MESSAGE_SEND, "MESSAGE has a Contact",
	    "a box gives a MESSAGE that it passes on its Contact" },
};

/* Of a network in which names were not found: what a node could not send, or
 * what its peer does for want of that. */
static const enum rule_id of_moments[] = { RULE_NOTIFY_AT_ONCE,
	RULE_NOTIFY_TIMEOUT, RULE_DIALOG_NONE, RULE_INVITE_ACK,
	RULE_OFFER_MISSING, RULE_PRACK_SEND, RULE_REINVITE_PENDING };

static bool
is_of_moments(enum rule_id rule)
{
	for (size_t i = 0; i < COUNT_OF(of_moments); i++)
		if (r.missed > 0 && rule == of_moments[i])
			return true;
	return false;
}

static bool
is_known_of_boxes(const struct inspect_finding *f, enum rule_id rule)
{
	for (size_t i = 0; i < sizeof(of_boxes) / sizeof(of_boxes[0]); i++)
		if (f->role == ROLE_CLASS_B2BUA && rule == of_boxes[i].rule &&
		    str_is(f->text, of_boxes[i].what))
			return true;
	return false;
}

/* No error but those, of media, and those that a crash brings about. */
static void
check_inspected(void)
{
	struct inspect *in = inspect_trace(t, "random");
	const struct inspect_report *report = inspect_report(in);

	for (size_t i = 0; i < report->nfindings; i++) {
		const struct inspect_finding *f = &report->findings[i];
		const struct inspect_clause *c = inspect_clause_at(f->clause);
		char what[200];

		if (c->severity != INSPECT_ERROR || f->meant != 0 ||
		    c->area == INSPECT_AREA_MEDIA ||
		    is_known_of_boxes(f, c->rule) || is_of_moments(c->rule))
			continue;
		snprintf(what, sizeof(what), "%s of %.*s: %.*s",
		    rule_at(c->rule)->key, STR_ARG(f->name), STR_ARG(f->text));
		wrong(what, f->seq);
	}
	inspect_destroy(in);
}

/* What a search asks of descriptions. */
static void
check_descriptions(void)
{
	struct findings found = { .list = NULL };
	struct traffic traffic;
	struct state_at *state = NULL;

	CU_ASSERT_EQUAL_FATAL(state_at_create(&state), 0);
	CU_ASSERT_EQUAL_FATAL(state_at_advance(state, t, trace_count(t)), 0);
	traffic_count(&traffic, t);
	CU_ASSERT_EQUAL(
	    invariants_check(t, state, &traffic, &traffic, &found), 0);
	for (size_t i = 0; i < found.n; i++) {
		enum invariant what = found.list[i].what;

		if (what == INVARIANT_UNFIT || what == INVARIANT_ENDS ||
		    what == INVARIANT_SESSION)
			wrong(invariant_rows[what].text, found.list[i].record);
	}
	findings_free(&found);
	state_at_destroy(state);
}

/* One network: activity, quiet, and all that must hold. */
static void
one(uint64_t seed, bool quiet_links)
{
	struct diag d = DIAG_INIT;
	struct buf first = BUF_INIT;

	for (int again = 0; again <= is_run_again(seed); again++) {
		if (again > 0) {
			random_close(&r);
			late_free();
		}
		random_open(&r, seed, quiet_links);
		choose_locator();
		random_script(&r);
		CU_ASSERT_TRUE(random_run(&r, QUIET_NS));
		if (sim_held(r.w->sim) != 0)
			wrong("something is still held", 0);
		check_usages();
		if (again == 0)
			buf_str(&first, buf_view(&r.trace));
		else if (!str_eq(buf_view(&first), buf_view(&r.trace)))
			wrong("the same seed gives other bytes", 0);
	}
	CU_ASSERT_TRUE(r.placed > 0);
	save(&first, getenv("RANDOM_TRACE"));
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &first, "random", &d), 0);
	check_transactions();
	check_messages();
	check_agains();
	check_acks();
	check_inspected();
	if (random_changes(seed))
		check_descriptions();
	trace_destroy(t);
	buf_free(&first);
	random_close(&r);
	late_free();
}

static void
lossy(void)
{
	const char *only = getenv("RANDOM_NET");
	const char *most = getenv("RANDOM_NETS");
	uint64_t n = most != NULL ? strtoull(most, NULL, 10) : SEEDS;

	if (only != NULL) {
		uint64_t seed = strtoull(only, NULL, 10);

		one(seed,
		    random_is_quiet(seed) || getenv("RANDOM_QUIET") != NULL);
		return;
	}
	for (uint64_t seed = 1; seed <= n; seed++)
		one(seed, false);
}

/* People have done all that they can do, or the above says nothing of it; under
 * the sanitizers there are too few networks for that. */
static void
all_acts(void)
{
	if (IS_SANITIZED || getenv("RANDOM_NET") != NULL)
		return;
	for (size_t i = 0; i < RANDOM_KINDS; i++)
		if (random_acts[i].done == 0) {
			printf("  %s %s was never done\n", random_acts[i].verb,
			    random_acts[i].key != NULL ? random_acts[i].key
						       : "");
			CU_FAIL("an act is never done");
		}
}

/* Calls that are changed, and phones that do not want that. */
static void
changes(void)
{
	for (uint64_t i = 0; i < SEEDS / 4 && getenv("RANDOM_NET") == NULL; i++)
		one(RANDOM_CHANGE_SEED + i, i % 2 != 0);
}

static void
by_tcp(void)
{
	for (uint64_t i = 0; i < SEEDS / 4 && getenv("RANDOM_NET") == NULL; i++)
		one(RANDOM_TCP_SEED + i, false);
}

/* What make soak has aborted on: a seed a line, and what it was. */
static void
found(void)
{
	FILE *f = fopen("tests/roles/random_net.seeds", "r");
	char line[200], *end;
	uint64_t seed;

	if (getenv("RANDOM_NET") != NULL && f != NULL)
		fclose(f);
	if (getenv("RANDOM_NET") != NULL)
		return;
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		seed = strtoull(line, &end, 10);
		if (end != line)
			one(seed, random_is_quiet(seed));
	}
	fclose(f);
}

/* Without loss and crashes nobody ever waits in vain for an ACK. */
static void
quiet(void)
{
	if (getenv("RANDOM_NET") != NULL)
		return;
	for (uint64_t seed = 1001; seed <= 1000 + SEEDS / 3; seed++)
		one(seed, true);
}

CHECK_MAIN("random_net", { "lossy", lossy }, { "quiet", quiet },
    { "by TCP", by_tcp }, { "changes", changes },
    { "found by make soak", found }, { "all acts", all_acts })
