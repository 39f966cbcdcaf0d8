/* Registrations, bindings and subscriptions of a capture: RFC 3261 10, RFC
 * 6665. */
#include "fixtures/stand_in_capture.h"

#include "trace/state_at.h"
#include "machine/machine.h"

#define A "192.0.2.1"
#define R "192.0.2.3"
#define B "192.0.2.4"

#define VIA(host, branch) "Via: SIP/2.0/UDP " host ";branch=z9hG4bK" branch "\n"

/* ---- looking ---- */

static struct state_at *
at(const struct trace *t, int64_t ms)
{
	struct state_at *f = NULL;
	uint64_t seq = 0;

	while (
	    seq < trace_count(t) && trace_time_of(t, seq + 1) <= ms * 1000000)
		seq++;
	CU_ASSERT_EQUAL_FATAL(state_at_create(&f), 0);
	CU_ASSERT_EQUAL(state_at_advance(f, t, seq), 0);
	return f;
}

/* At MS the MACHINE of NODE is in STATE; NULL: it has none. */
static void
check_state(const struct trace *t, int64_t ms, const char *node,
    const char *machine, const char *state)
{
	struct state_at *f = at(t, ms);
	const struct state_at_transaction *e;
	size_t k = 0, n = 0;

	while ((e = state_at_next_transaction(f, str_of(node), &k)) != NULL)
		if (str_is(e->machine_name, machine)) {
			n++;
			if (state == NULL || !str_is(e->state, state))
				printf("  %lld ms, %s: %s is %.*s\n",
				    (long long)ms, node, machine,
				    STR_ARG(e->state));
			CU_ASSERT(state != NULL && str_is(e->state, state));
		}
	CU_ASSERT_EQUAL(n, state != NULL);
	state_at_destroy(f);
}

/* The state of NODE's only dialog, NULL: there is none. */
static void
check_dialog(
    const struct trace *t, int64_t ms, const char *node, const char *state)
{
	struct state_at *f = at(t, ms);
	size_t k = 0;
	const struct state_at_dialog *e =
	    state_at_next_dialog(f, str_of(node), &k);

	CU_ASSERT_EQUAL(e != NULL, state != NULL);
	if (e != NULL && state != NULL)
		CU_ASSERT(str_is(e->state, state));
	state_at_destroy(f);
}

/* How many bindings NODE has, and when the first one runs out (ms). */
static void
check_bindings(const struct trace *t, int64_t ms, const char *node, size_t n,
    int64_t due_ms)
{
	struct state_at *f = at(t, ms);
	const struct state_at_binding *e;
	size_t k = 0, seen = 0;

	while ((e = state_at_next_binding(f, str_of(node), &k)) != NULL)
		if (seen++ == 0)
			CU_ASSERT_EQUAL(e->expires, due_ms * 1000000);
	CU_ASSERT_EQUAL(seen, n);
	state_at_destroy(f);
}

/* Whatever was not observed says so, and is a step of its machine. */
static void
check_inferred(const struct trace *t)
{
	LOCAL_BUF m = BUF_INIT, from = BUF_INIT, to = BUF_INIT, ev = BUF_INIT;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		const struct machine *machine = NULL;
		struct trace_rec rec;

		trace_get(t, seq, &rec);
		if (rec.kind == TRACE_SEND || rec.kind == TRACE_RECV ||
		    rec.kind == TRACE_END)
			continue;
		CU_ASSERT_EQUAL(
		    json_member(rec.object, "inferred").type, JSON_BOOL);
		CU_ASSERT(rec.cause > 0 || seq == 1 || rec.kind == TRACE_FSM);
		if (rec.kind == TRACE_FSM)
			machine = machine_find(trace_str(&rec, "machine", &m));
		else if (rec.kind == TRACE_DIALOG)
			machine = machine_find(STR("dialog"));
		if (machine == NULL)
			continue;
		CU_ASSERT_PTR_NOT_NULL(machine_step(machine,
		    trace_str(&rec, "from", &from),
		    trace_str(&rec, "event", &ev), trace_str(&rec, "to", &to)));
	}
}

/* ---- registrations ---- */

#define REG(branch, cseq)                                                      \
	VIA(A, branch)                                                         \
	"From: <sip:alice@a.example>;tag=at\nTo: <sip:alice@A.example>\nCall-" \
	"ID: r1\nCSeq: " cseq " REGISTER\n"
#define HERE "Contact: <sip:alice@192.0.2.1>"

static void
ask(struct stand_in *s, int64_t ms, const char *heads)
{
	say(s, ms, A, R, "REGISTER sip:a.example SIP/2.0", heads);
}

static void
reply(struct stand_in *s, int64_t ms, const char *start, const char *heads)
{
	say(s, ms, R, A, start, heads);
}

/* Two phones of one user, one of which goes; another's refusal. */
static void
bindings(void)
{
	struct stand_in s = { .n = 0 };
	struct trace *t;

	ask(&s, 0, REG("1", "1") HERE "\n");
	reply(&s, 10, "SIP/2.0 200 OK",
	    REG("1", "1") "Contact: <sip:alice@192.0.2.9>;expires=50;q=0.3, "
			  "<sip:alice@192.0.2.1>;expires=100\n");
	ask(&s, 1000, REG("2", "2") HERE "\n");
	reply(&s, 1010, "SIP/2.0 200 OK",
	    REG("2", "2") "Contact: <sip:alice@192.0.2.1>;expires=100\n");
	ask(&s, 2000, REG("3", "3") HERE "\n");
	reply(&s, 2010, "SIP/2.0 403 Forbidden", REG("3", "3"));
	t = stand_in_trace(&s, NULL);
	check_inferred(t);
	check_bindings(t, 10, R, 2, 50010);
	check_bindings(t, 1010, R, 1, 100010);
	check_bindings(t, 2010, R, 1, 100010);
	trace_destroy(t);
	stand_in_free(&s);
}

/* ---- subscriptions ---- */

#define SUB(host, branch, from, to, cseq)                                      \
	VIA(host, branch)                                                      \
	"From: <sip:alice@a.example>;tag=" from "\nTo: <sip:bob@b.example>" to \
	"\nCall-ID: s1\nCSeq: " cseq "\n"
#define NEWS(branch, cseq)                                                   \
	VIA(B, branch)                                                       \
	"From: <sip:bob@b.example>;tag=bt\nTo: <sip:alice@a.example>;tag=at" \
	"\nCall-ID: s1\nCSeq: " cseq " NOTIFY\nEvent: presence\n"

static void
subscribe(struct stand_in *s, const char *expires)
{
	LOCAL_BUF b = BUF_INIT;

	buf_printf(&b,
	    SUB(A, "1", "at", "",
		"1 SUBSCRIBE") "Event: presence\nContact: "
			       "<sip:alice@192.0.2.1>\nExpires: %s\n",
	    expires);
	say(s, 0, A, B, "SUBSCRIBE sip:bob@b.example SIP/2.0", buf_cstr(&b));
	buf_clear(&b);
	buf_printf(&b,
	    SUB(A, "1", "at", ";tag=bt", "1 SUBSCRIBE") "Expires: %s\n",
	    expires);
	say(s, 10, B, A, "SIP/2.0 200 OK", buf_cstr(&b));
}

static void
notify(struct stand_in *s, int64_t ms, const char *heads)
{
	say(s, ms, B, A, "NOTIFY sip:alice@192.0.2.1 SIP/2.0", heads);
}

static void
subscription(void)
{
	struct stand_in s = { .n = 0 };
	struct trace *t;

	subscribe(&s, "600");
	notify(&s, 20,
	    NEWS("n1", "1") "Contact: <sip:bob@192.0.2.4>\n"
			    "Subscription-State: pending;expires=600\n");
	say(&s, 30, A, B, "SIP/2.0 200 OK", NEWS("n1", "1"));
	notify(&s, 1000,
	    NEWS("n2", "2") "Subscription-State: active ;expires=599\n");
	say(&s, 1010, A, B, "SIP/2.0 200 OK", NEWS("n2", "2"));
	say(&s, 100000, A, B, "SUBSCRIBE sip:bob@192.0.2.4 SIP/2.0",
	    SUB(A, "2", "at", ";tag=bt", "2 SUBSCRIBE") "Event: presence\n"
							"Expires: 600\n");
	say(&s, 100010, B, A, "SIP/2.0 500 Server Internal Error",
	    SUB(A, "2", "at", ";tag=bt", "2 SUBSCRIBE"));
	notify(&s, 110000,
	    NEWS("n3", "3") "Subscription-State: "
			    "terminated;reason=noresource\n");
	say(&s, 110010, A, B, "SIP/2.0 200 OK", NEWS("n3", "3"));
	t = stand_in_trace(&s, NULL);
	check_inferred(t);
	check_state(t, 0, A, "subscription", "notify_wait");
	check_state(t, 15, A, "subscription", "notify_wait");
	check_dialog(t, 15, A, NULL);
	check_state(t, 20, A, "subscription", "pending");
	check_dialog(t, 20, A, "confirmed");
	check_dialog(t, 20, B, "confirmed");
	check_state(t, 1000, A, "subscription", "active");
	/* RFC 6665 4.1.2.2: a refresh may fail. */
	check_state(t, 100010, A, "subscription", "active");
	check_state(t, 110000, A, "subscription", NULL);
	check_dialog(t, 110010, A, NULL);
	check_dialog(t, 110010, B, NULL);
	trace_destroy(t);
	stand_in_free(&s);
}

static void
refused(void)
{
	struct stand_in s = { .n = 0 };
	struct trace *t;

	say(&s, 0, A, B, "SUBSCRIBE sip:bob@b.example SIP/2.0",
	    SUB(A, "1", "at", "", "1 SUBSCRIBE") "Event: presence\n");
	say(&s, 10, B, A, "SIP/2.0 401 Unauthorized",
	    SUB(A, "1", "at", ";tag=bt", "1 SUBSCRIBE"));
	say(&s, 20, A, B, "SUBSCRIBE sip:bob@b.example SIP/2.0",
	    SUB(A, "2", "at", "", "2 SUBSCRIBE") "Event: presence\n");
	say(&s, 30, B, A, "SIP/2.0 489 Bad Event",
	    SUB(A, "2", "at", ";tag=bt", "2 SUBSCRIBE"));
	t = stand_in_trace(&s, NULL);
	check_inferred(t);
	check_state(t, 20, A, "subscription", "notify_wait");
	check_state(t, 30, A, "subscription", NULL);
	check_dialog(t, 30, B, NULL);
	trace_destroy(t);
	stand_in_free(&s);
}

/* No NOTIFY in 64*T1; one that nobody refreshes. */
static void
silence(void)
{
	struct stand_in s = { .n = 0 };
	struct trace *t;

	subscribe(&s, "600");
	say(&s, 40000, A, R, "OPTIONS sip:r SIP/2.0",
	    VIA(A, "o") "From: <sip:a@a>;tag=1\nTo: <sip:r>\nCall-ID: o\n"
			"CSeq: 1 OPTIONS\n");
	t = stand_in_trace(&s, NULL);
	check_inferred(t);
	check_state(t, 31000, A, "subscription", "notify_wait");
	check_state(t, 32000, A, "subscription", NULL);
	trace_destroy(t);
	stand_in_free(&s);

	subscribe(&s, "60");
	notify(
	    &s, 20, NEWS("n1", "1") "Subscription-State: active;expires=30\n");
	say(&s, 40000, A, R, "OPTIONS sip:r SIP/2.0",
	    VIA(A, "o") "From: <sip:a@a>;tag=1\nTo: <sip:r>\nCall-ID: o\n"
			"CSeq: 1 OPTIONS\n");
	t = stand_in_trace(&s, NULL);
	check_inferred(t);
	check_state(t, 29000, A, "subscription", "active");
	check_state(t, 31000, A, "subscription", NULL);
	check_dialog(t, 31000, A, NULL);
	trace_destroy(t);
	stand_in_free(&s);
}

/* ---- a REFER within a call ---- */

#define CALL(host, branch, cseq)                                             \
	VIA(host, branch)                                                    \
	"From: <sip:alice@a.example>;tag=at\nTo: <sip:bob@b.example>;tag=bt" \
	"\nCall-ID: c1\nCSeq: " cseq "\n"
#define BACK(branch, cseq)                                                   \
	VIA(B, branch)                                                       \
	"From: <sip:bob@b.example>;tag=bt\nTo: <sip:alice@a.example>;tag=at" \
	"\nCall-ID: c1\nCSeq: " cseq "\n"

static void
referred(void)
{
	struct stand_in s = { .n = 0 };
	struct trace *t;

	say(&s, 0, A, B, "INVITE sip:bob@b.example SIP/2.0",
	    VIA(A, "i") "From: <sip:alice@a.example>;tag=at\n"
			"To: <sip:bob@b.example>\nCall-ID: c1\n"
			"CSeq: 1 INVITE\nContact: <sip:alice@192.0.2.1>\n");
	say(&s, 10, B, A, "SIP/2.0 200 OK",
	    CALL(A, "i", "1 INVITE") "Contact: <sip:bob@192.0.2.4>\n");
	say(&s, 20, A, B, "ACK sip:bob@192.0.2.4 SIP/2.0",
	    CALL(A, "k", "1 ACK"));
	say(&s, 1000, A, B, "REFER sip:bob@192.0.2.4 SIP/2.0",
	    CALL(A, "r", "2 REFER") "Refer-To: <sip:carol@c.example>\n");
	say(&s, 1010, B, A, "SIP/2.0 202 Accepted", CALL(A, "r", "2 REFER"));
	say(&s, 1020, B, A, "NOTIFY sip:alice@192.0.2.1 SIP/2.0",
	    BACK("n1", "1 NOTIFY") "Event: refer\nSubscription-State: "
				   "active;expires=60\n");
	say(&s, 1030, A, B, "SIP/2.0 200 OK", BACK("n1", "1 NOTIFY"));
	say(&s, 2000, B, A, "NOTIFY sip:alice@192.0.2.1 SIP/2.0",
	    BACK("n2", "2 NOTIFY") "Event: refer\nSubscription-State: "
				   "terminated;reason=noresource\n");
	say(&s, 2010, A, B, "SIP/2.0 200 OK", BACK("n2", "2 NOTIFY"));
	t = stand_in_trace(&s, NULL);
	check_inferred(t);
	check_state(t, 1000, A, "subscription", "notify_wait");
	check_state(t, 1010, B, "subscription", "notify_wait");
	check_state(t, 1020, A, "subscription", "active");
	check_state(t, 1020, B, "subscription", "active");
	check_state(t, 2010, A, "subscription", NULL);
	check_state(t, 2010, B, "subscription", NULL);
	/* The call's dialog is none of its business. */
	check_dialog(t, 2010, A, "confirmed");
	check_dialog(t, 2010, B, "confirmed");
	trace_destroy(t);
	stand_in_free(&s);
}

CHECK_MAIN("capture_usages", { "bindings", bindings },
    { "subscription", subscription }, { "refused", refused },
    { "silence", silence }, { "referred", referred })
