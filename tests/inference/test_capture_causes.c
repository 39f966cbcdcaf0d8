/*
 * Why a node sends what it sends: the capture of a run says it by the same
 * section of the same RFC as the run, and names the same node that stands
 * behind it, or none.  What a person or a program decides no packet shows.
 */
#include "inference/trace.h"
#include "packets/capture.h"
#include "writing/pcapng_write.h"

#include <inttypes.h>

#include "base/array.h"
#include "base/map.h"
#include "packets/keys.h"
#include "fixtures/capture_made.h"
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "rules/rule_names.h"
#include "rules/rules.h"

/* How well it must go by the roles of the nodes, as far as they send something
 * of their own, all labs and topologies together: for so many of 1,000 the
 * section must be that of the run.  None may name another node.  The number may
 * only rise. */
static struct {
	const char *role; /* the first of a node's that stands here */
	unsigned least;
	unsigned n, section, node, unseen, good;
} roles[] = {
	{ "next target", 1000, 0, 0, 0, 0, 0 }, /* forwarded, not at once */
	{ "sbc", 970, 0, 0, 0, 0, 0 }, { "b2bua", 960, 0, 0, 0, 0, 0 },
	{ "queue", 990, 0, 0, 0, 0, 0 }, { "controller", 570, 0, 0, 0, 0, 0 },
	{ "gateway", 980, 0, 0, 0, 0, 0 }, { "conference", 980, 0, 0, 0, 0, 0 },
	{ "presence", 920, 0, 0, 0, 0, 0 }, { "proxy", 970, 0, 0, 0, 0, 0 },
	{ "registrar", 980, 0, 0, 0, 0, 0 }, { "redirect", 900, 0, 0, 0, 0, 0 },
	{ "handset", 960, 0, 0, 0, 0, 0 }, { "ua", 985, 0, 0, 0, 0, 0 },
	{ "", 930, 0, 0, 0, 0, 0 }, /* any other */
};

/* What differs, by the keys of the rules in the run and in the capture; "x*"
 * are all that begin so, "*x" that end so. */
static const struct {
	const char *run, *capture;
} differs[] = {
	/* A B2BUA keeps the Call-ID, and counts its own CSeq. */
	{ "pair-bye", "bye-send" },
	/* It sends nothing on its other side. */
	{ "pair-not-sent", "invite-unfit" },
	{ "pair-hops", "proxy-max-forwards" },
	/* Which server a node is shows only when it forwards something, or
	 * redirects. */
	{ "proxy-100", "ist-100" },
	{ "proxy-404", "invite-reject" },
	{ "proxy-480", "invite-reject" },
	{ "redirect-404", "invite-reject" },
	/* What keeps a caller out is the node's own: whom it screens, what it
	 * locks, which numbers it has. */
	{ "screen-*", "invite-reject" },
	{ "conference-locked", "invite-reject" },
	{ "queue-empty", "invite-reject" },
	{ "uas-uri", "invite-reject" },
	{ "cx-unknown", "proxy-404" },
	{ "auth-replay", "auth-stale" },
	{ "auth-uri", "bad-request" },
	{ "aka-wrong-mac-heard", "register-forbidden" },
	{ "register-star", "bad-request" },
	{ "overload-obeyed", "proxy-*" },
	{ "refer-untold", "refer-accept" },
	/* A controller's calls (RFC 3725) look like any others until their ends
	 * are joined. */
	{ "third-party-*", "*-send" },
	{ "reinvite-send", "resume-send" },
	/* A plan, or a timer, is not seen before something is sent. */
	{ "session-expired", "bye-send" },
	{ "redial-*", "*-send" },
	{ "overlap-collect", "invite-send" },
	{ "register-again", "register-refresh" },
	{ "uac-failover", "register-refresh" },
	{ "reliable-silent", "invite-reject" },
	{ "conference-remove", "conference-disband" },
	{ "bye-too-early", "bye-send" },
	/* The bytes are those of the other rule. */
	{ "session-refresh", "reinvite-send" },
	{ "hold-send", "reinvite-send" },
	{ "reinvite-send", "hold-send" },
	{ "register-send", "register-refresh" },
	{ "register-refresh", "register-send" },
	{ "register-third", "register-remove" },
	{ "gateway-enclose", "gateway-iam" },
	{ "notify-change", "notify-at-once" },
	{ "invite-reject", "invite-everywhere" },
	{ "uac-failover", "invite-send" },
	{ "bye-other-branch", "bye-send" },
	{ "invite-no-ack", "bye-send" },
	{ "prack-none", "dialog-none" },
	{ "info-send", "uas-method-unknown" },
	/* Requests that cross each other (RFC 5407) are told apart by the state
	 * of their sender. */
	{ "dialog-mortal", "*" },
	{ "reinvite-moratorium", "reinvite" },
	{ "reinvite-offered", "reinvite-pending" },
	{ "reinvite-update", "reinvite-pending" },
	{ "reliable-2xx", "invite-accept" },
	/* The firmware of a handset says less than its messages. */
	{ "register-send", "auth-answer" },
	{ "invite-send", "auth-answer-proxy" },
	{ "invite-send", "hold-send" },
	{ "bye-send", "transfer-done" },
};

static bool used[COUNT_OF(differs)];

/* ---- what stands behind a sending ---- */

struct behind {
	struct str rule, node;
};

static struct str
text(const struct trace_rec *rec, const char *key)
{
	struct json_value v = trace_member(rec, key);

	return v.type == JSON_STRING ? str_slice(v.raw, 1, v.raw.n - 1)
				     : STR_NULL;
}

/* The node of RUN at the end KEY of sending SEQ in T. */
static struct str
node_of(const struct trace *run, const struct trace *t, uint64_t seq,
    const char *key)
{
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	return trace_node_at(run, text(&rec, key));
}

/* To whom the branch of client transaction FSM has gone. */
static struct str
end_of_branch(
    const struct trace *run, const struct trace *t, const struct trace_rec *fsm)
{
	struct trace_rec rec;
	uint64_t seq = 0;

	while (trace_next(t, TRACE_SEND, &seq, &rec))
		if (str_eq(rec.node, fsm->node) &&
		    str_eq(text(&rec, "branch"), text(fsm, "id")))
			return trace_node_at(run, text(&rec, "dst_addr"));
	return STR_NULL;
}

/* A client transaction has had no answer. */
static bool
is_silent(const struct trace_rec *rec)
{
	struct str event = text(rec, "event");

	return rec->kind == TRACE_FSM &&
	       (str_is(event, "Timer B") || str_is(event, "Timer F"));
}

/* The rule of sending SEQ in T, else of what led to it, and the node that the
 * chain of causes comes to first: who has sent what came, or to whom it went
 * what did not arrive, or was not answered. */
static struct behind
behind_of(const struct trace *run, const struct trace *t, uint64_t seq)
{
	struct behind b = { STR_NULL, STR_NULL };
	struct trace_rec rec;
	uint64_t first = seq;
	bool fault = false; /* a fault has answered in another's place */

	for (unsigned n = 0; seq != 0 && n < 60; n++) {
		trace_get(t, seq, &rec);
		if (b.rule.n == 0)
			b.rule = trace_rule(&rec);
		if (rec.kind == TRACE_RECV || rec.kind == TRACE_DROP)
			b.node = node_of(run, t, trace_int(&rec, "of", 0),
			    rec.kind == TRACE_RECV ? "src_addr" : "dst_addr");
		else if (is_silent(&rec))
			b.node = end_of_branch(run, t, &rec);
		else if (rec.kind == TRACE_SEND && seq != first)
			b.node = node_of(
			    run, t, seq, fault ? "src_addr" : "dst_addr");
		else {
			fault = rec.kind == TRACE_FAULT &&
				str_is(text(&rec, "effect"), "respond");
			seq = rec.cause;
			continue;
		}
		break;
	}
	return b;
}

/* ---- one lab ---- */

/* The sendings of a capture by their address and bytes, in their order. */
struct sendings {
	struct map *first; /* → number of the first */
	uint64_t *next;
};

static void
put_sending_key(const struct trace_rec *rec, struct buf *key)
{
	LOCAL_BUF bytes = BUF_INIT;

	buf_clear(key);
	buf_str(key, text(rec, "src_addr"));
	buf_str(key, trace_bytes(rec, &bytes));
}

static void
find_sendings(struct sendings *s, const struct trace *t)
{
	LOCAL_BUF key = BUF_INIT;
	struct trace_rec rec;

	CU_ASSERT_EQUAL_FATAL(map_create(&s->first), 0);
	s->next = mem_zalloc(trace_count(t) + 1, sizeof(*s->next));
	CU_ASSERT_PTR_NOT_NULL_FATAL(s->next);
	for (uint64_t seq = trace_count(t); seq > 0; seq--) {
		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		trace_get(t, seq, &rec);
		put_sending_key(&rec, &key);
		s->next[seq] = key_number(s->first, buf_view(&key));
		CU_ASSERT_EQUAL_FATAL(
		    key_set_number(s->first, buf_view(&key), seq), 0);
	}
}

/* The first sending like REC that was not taken yet; 0: none. */
static uint64_t
take_sending(struct sendings *s, const struct trace_rec *rec)
{
	LOCAL_BUF key = BUF_INIT;
	uint64_t seq;

	put_sending_key(rec, &key);
	seq = key_number(s->first, buf_view(&key));
	if (seq == 0)
		return 0;
	map_remove(s->first, buf_view(&key));
	if (s->next[seq] != 0)
		CU_ASSERT_EQUAL_FATAL(
		    key_set_number(s->first, buf_view(&key), s->next[seq]), 0);
	return seq;
}

static bool
has_role(struct str has, const char *role)
{
	while (has.n > 0)
		if (str_is(str_cut(has, ' ', &has), role))
			return true;
	return role[0] == '\0';
}

static size_t
role_of(const struct trace *run, struct str node)
{
	const struct trace_node *n = trace_find_node(run, node);
	size_t i = 1;

	while (!has_role(n != NULL ? n->role : STR_NULL, roles[i].role))
		i++;
	return i;
}

/* A person's bytes, or a program's decision. */
static bool
is_decided(const struct trace *run, struct str node, struct str rule)
{
	const struct trace_node *n = trace_find_node(run, node);

	return n == NULL || has_role(n->role, "script") ||
	       has_role(n->role, "program") || has_role(n->role, "menu") ||
	       str_is(rule, "raw-send") || str_starts(rule, "script-") ||
	       str_find(rule, "program") >= 0;
}

static bool
same_section(struct str a, struct str b)
{
	const struct rule *x = rule_find(a, STR_NULL);
	const struct rule *y = rule_find(b, STR_NULL);

	return str_eq(a, b) ||
	       (x != NULL && y != NULL && strcmp(x->why, y->why) == 0);
}

static bool
rule_fits(struct str rule, const char *pattern)
{
	size_t n = strlen(pattern);

	if (pattern[0] == '*')
		return rule.n >= n - 1 && memcmp(rule.p + rule.n - (n - 1),
					      pattern + 1, n - 1) == 0;
	if (pattern[n - 1] == '*')
		return rule.n >= n - 1 && memcmp(rule.p, pattern, n - 1) == 0;
	return str_is(rule, pattern);
}

static void
note_difference(const char *file, const struct trace_rec *rec,
    const struct behind *a, const struct behind *b)
{
	for (size_t i = 0; i < COUNT_OF(differs); i++)
		if (rule_fits(a->rule, differs[i].run) &&
		    rule_fits(b->rule, differs[i].capture)) {
			used[i] = true;
			return;
		}
	printf("BAD %s: #%" PRIu64 " is %.*s by %.*s, in the capture %.*s by "
	       "%.*s\n",
	    file, rec->seq, STR_ARG(a->rule), STR_ARG(a->node),
	    STR_ARG(b->rule), STR_ARG(b->node));
	CU_FAIL("a difference without a reason");
}

static void
compare_sending(const char *file, const struct trace *run,
    const struct trace *t, const struct trace_rec *rec, uint64_t seq)
{
	struct behind a = behind_of(run, run, rec->seq);
	struct behind b = behind_of(run, t, seq);
	struct json_value start = trace_member(rec, "start");
	uint64_t fwd = (uint64_t)trace_int(rec, "fwd", 0);
	size_t role = role_of(run, rec->node);
	bool section, unseen, same;

	if (is_decided(run, rec->node, a.rule))
		return;
	if (fwd != 0) {
		struct trace_rec came;

		trace_get(run, fwd, &came);
		/* What is forwarded at once is no action of its own. */
		if (start.type == JSON_NUMBER ||
		    str_eq(a.node, node_of(run, run, trace_int(&came, "of", 0),
				       "src_addr")))
			return;
		role = 0;
	}
	/* Who answers, because a person does, answers whom has asked. */
	if (a.node.n == 0 && start.type == JSON_NUMBER)
		a.node = trace_node_at(run, text(rec, "dst_addr"));
	section = same_section(a.rule, b.rule);
	same = str_eq(a.node, b.node);
	unseen = !same && b.node.n == 0;
	roles[role].n++;
	roles[role].section += section;
	roles[role].node += same;
	roles[role].unseen += unseen;
	roles[role].good += section && (same || unseen);
	if (!section || (!same && !unseen))
		note_difference(file, rec, &a, &b);
}

/* T as a capture, and that as a trace; NULL, with a word about it, where that
 * fails. */
static struct trace *
capture_again(const struct trace *t, const char *name)
{
	struct capture_trace_options o = { .detail = TRACE_PROTOCOL };
	struct pcapng_options how = PCAPNG_OPTIONS;
	LOCAL_BUF bytes = BUF_INIT, out = BUF_INIT;
	struct capture_reader reader;
	struct diag d = DIAG_INIT;
	struct capture *c = NULL;
	struct trace *again = NULL;

	if (pcapng_write(t, &how, lab_sink, &bytes, &d) == 0)
		c = made_open(&bytes);
	if (c != NULL) {
		reader = capture_reader_of(c);
		if (capture_trace(&reader, &o, lab_sink, &out, &d) == 0)
			trace_load_buf(&again, &out, name, &d);
	}
	if (again == NULL)
		printf("BAD %s: %s\n", name, d.text);
	capture_close(c);
	return again;
}

static void
compare_lab(const char *file)
{
	const struct lab_options o = LAB_OPTIONS;
	struct trace *run = lab_trace(file, &o), *t;
	struct sendings s = { 0 };
	struct trace_rec rec;
	uint64_t seq = 0;

	CU_ASSERT_PTR_NOT_NULL_FATAL(run);
	t = capture_again(run, file);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	find_sendings(&s, t);
	while (trace_next(run, TRACE_SEND, &seq, &rec)) {
		struct str proto = text(&rec, "proto");
		uint64_t like;

		if (proto.n > 0 && !str_is(proto, "sip"))
			continue;
		if (trace_int(&rec, "retx", 0) != 0)
			continue;
		like = take_sending(&s, &rec);
		if (like != 0)
			compare_sending(file, run, t, &rec, like);
	}
	map_destroy(s.first);
	mem_free(s.next);
	trace_destroy(t);
	trace_destroy(run);
}

/* ---- all ---- */

static void
causes_are_those_of_the_run(void)
{
	labs_each(compare_lab, true);
	printf("%-12s %6s %8s %6s %7s %6s %6s\n", "role", "sent", "section",
	    "node", "unseen", "wrong", "good");
	for (size_t i = 0; i < COUNT_OF(roles); i++) {
		unsigned n = roles[i].n;
		unsigned wrong = n - roles[i].node - roles[i].unseen;

		printf("%-12s %6u %8u %6u %7u %6u %6u\n", roles[i].role, n,
		    roles[i].section, roles[i].node, roles[i].unseen, wrong,
		    roles[i].good);
		CU_ASSERT_TRUE(n > 0);
		CU_ASSERT_TRUE(roles[i].good * 1000 >= roles[i].least * n);
		CU_ASSERT_EQUAL(wrong, 0);
	}
}

static void
reasons_are_used(void)
{
	for (size_t i = 0; i < COUNT_OF(differs); i++) {
		if (!used[i])
			printf("BAD nothing differs as %s, %s\n",
			    differs[i].run, differs[i].capture);
		CU_ASSERT_TRUE(used[i]);
	}
}

CHECK_MAIN("capture causes",
    { "each sending's reason, run and capture", causes_are_those_of_the_run },
    { "each difference that has a reason is there", reasons_are_used })
