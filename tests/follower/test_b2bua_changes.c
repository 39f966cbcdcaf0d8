/*
 * What a box between two calls makes of a message: which message it was made
 * of, what of it was kept, changed, dropped and is the box's own, by the rows
 * of machine/passing.h; what kind of box that shows (RFC 7092); how the pane
 * and the explanation say it.
 */
#include "fixtures/check.h"
#include "fixtures/doc_check.h"
#include "fixtures/golden.h"
#include "fixtures/stand_in_capture.h"

#include "base/err.h"
#include "base/mem.h"
#include "engine/engine.h"
#include "rules/rule_names.h"
#include "follower/b2bua_changes.h"
#include "trace/record_name.h"
#include "words/explain_doc.h"
#include "words/message_doc.h"
#include "words/b2bua_changes_doc.h"
#include "words/state_doc.h"

#define ENDS(attrs)                                                  \
	"graph g { alice [role=ua, addr=\"10.0.0.7\", outbound=box]" \
	" bob [role=ua, addr=\"192.0.2.20\", outbound=box, "         \
	"answer=\"1s\"] box [" attrs "]"
#define B2BUA(attrs)             \
	ENDS("role=b2bua" attrs) \
	" alice -- box -- bob }"
#define SBC(attrs)                                                  \
	ENDS("role=sbc, faces=\"in=10.0.0.1 out=192.0.2.1\"" attrs) \
	" alice -- box:in box:out -- bob }"
#define CALL                                                               \
	"lab { title=\"t\", topology=\"t.gv\", duration=\"20s\" }\n"       \
	"local alice, bob = node \"alice\", node \"bob\"\n"                \
	"bob:on(\"invite\", function(call)\n"                              \
	"if wait(call, \"confirmed\") then sleep \"2s\" call:bye() end\n"  \
	"end)\n"                                                           \
	"script(function() alice:invite(bob, { headers = { [\"X-Tea\"] = " \
	"\"green\", [\"X-Way\"] = \"7\" } }) end)\n"

struct seen {
	struct engine *e;
	const struct trace *t;
	struct b2bua_passage p;
	struct b2bua_changes *s;
};

static void
run(struct seen *n, const char *topology)
{
	struct engine_text texts[] = { { "t.lua", STR(CALL) },
		{ "t.gv", str_of(topology) } };
	struct engine_inputs in = { .texts = texts, .ntexts = 2 };
	struct diag d = DIAG_INIT;
	struct engine_progress done;
	struct engine_branch b;

	*n = (struct seen){ .e = NULL };
	if (engine_open(&n->e, &in, &d) != 0)
		printf("  %s\n", d.text);
	CU_ASSERT_PTR_NOT_NULL_FATAL(n->e);
	CU_ASSERT_EQUAL(engine_advance(n->e, 0, 0, &done, &d), 0);
	CU_ASSERT_TRUE(done.done);
	CU_ASSERT_TRUE_FATAL(engine_branch(n->e, 0, &b));
	n->t = b.trace;
}

static void
end(struct seen *n)
{
	b2bua_changes_free(n->s);
	engine_close(n->e);
}

static uint64_t
record(const struct seen *n, const char *which)
{
	struct diag d = DIAG_INIT;
	uint64_t seq = 0;

	CU_ASSERT_EQUAL(
	    trace_record_name_find(n->t, str_of(which), &seq, &d), 0);
	if (seq == 0)
		printf("  no %s: %s\n", which, d.text);
	return seq;
}

/* WHICH was made of OF. */
static void
compares(struct seen *n, const char *which, const char *of)
{
	b2bua_changes_free(n->s);
	n->s = NULL;
	CU_ASSERT_EQUAL_FATAL(
	    b2bua_passage_find(&n->p, n->t, record(n, which)), 0);
	CU_ASSERT_EQUAL(n->p.from, record(n, of));
	CU_ASSERT_EQUAL(n->p.to, record(n, which));
	CU_ASSERT_FALSE(n->p.inferred);
	CU_ASSERT_EQUAL_FATAL(b2bua_changes_compare(&n->s, n->t, &n->p), 0);
}

static const struct b2bua_change *
row(const struct seen *n, const char *name)
{
	for (size_t i = 0; i < n->s->n; i++)
		if (str_is(n->s->rows[i].name, name))
			return &n->s->rows[i];
	return NULL;
}

static void
is(const struct seen *n, const char *name, enum b2bua_change_fate fate,
    bool odd)
{
	const struct b2bua_change *r = row(n, name);
	bool good = r != NULL && r->fate == fate && r->odd == odd;

	if (!good)
		printf("  %s: %s%s, not %s\n", name,
		    r != NULL ? b2bua_change_fate_words[r->fate] : "missing",
		    r != NULL && r->odd ? " !" : "",
		    b2bua_change_fate_words[fate]);
	CU_ASSERT(good);
}

static void
fields_of_an_invite(void)
{
	struct seen n;

	run(&n, B2BUA(", strip=\"X-Tea User-Agent\""));
	compares(&n, "INVITE@box", "INVITE@alice");
	CU_ASSERT_TRUE(n.p.same);
	is(&n, "Via", B2BUA_CHANGE_OWN, false);
	is(&n, "Call-ID", B2BUA_CHANGE_OWN, false);
	is(&n, "Contact", B2BUA_CHANGE_OWN, false);
	is(&n, "Route", B2BUA_CHANGE_DROPPED, false);
	is(&n, "Max-Forwards", B2BUA_CHANGE_CHANGED, false);
	CU_ASSERT_EQUAL(row(&n, "Max-Forwards")->rule, RULE_PAIR_HOPS);
	is(&n, "From", B2BUA_CHANGE_CHANGED, false);
	is(&n, "To", B2BUA_CHANGE_KEPT, false);
	is(&n, "Content-Type", B2BUA_CHANGE_KEPT, false);
	is(&n, "X-Tea", B2BUA_CHANGE_DROPPED, false);
	is(&n, "X-Way", B2BUA_CHANGE_KEPT, false);
	is(&n, "o=", B2BUA_CHANGE_OWN, false);
	is(&n, "c=", B2BUA_CHANGE_KEPT, false);
	is(&n, "m=", B2BUA_CHANGE_KEPT, false);
	is(&n, "a=rtpmap:0", B2BUA_CHANGE_KEPT, false);
	CU_ASSERT_EQUAL(n.s->box, PASS_BOX_SDP);
	CU_ASSERT_PTR_NOT_NULL(n.s->method);
	end(&n);
}

/* What each message of the call was made of. */
static void
messages_of_a_call(void)
{
	struct seen n;
	struct b2bua_passage p;

	run(&n, B2BUA(""));
	compares(&n, "180@box", "180@bob");
	compares(&n, "200/INVITE@box", "200/INVITE@bob");
	is(&n, "o=", B2BUA_CHANGE_OWN, false);
	compares(&n, "BYE@box", "BYE@bob");
	/* RFC 7332 5: within a dialog it may begin anew. */
	is(&n, "Max-Forwards", B2BUA_CHANGE_KEPT, false);
	/* Each side by itself, and what came. */
	CU_ASSERT_EQUAL(
	    b2bua_passage_find(&p, n.t, record(&n, "ACK@box")), ERR_NOTFOUND);
	CU_ASSERT_EQUAL(b2bua_passage_find(&p, n.t, record(&n, "200/BYE@box")),
	    ERR_NOTFOUND);
	CU_ASSERT_EQUAL(b2bua_passage_find(&p, n.t, record(&n, "INVITE@alice")),
	    ERR_NOTFOUND);
	CU_ASSERT_EQUAL(b2bua_passage_find_next(&p, n.t,
			    record(&n, "INVITE@alice"), trace_count(n.t)),
	    0);
	CU_ASSERT_EQUAL(p.to, record(&n, "INVITE@box"));
	CU_ASSERT_EQUAL(
	    b2bua_passage_find_next(&p, n.t, record(&n, "INVITE@alice"),
		record(&n, "INVITE@box") - 1),
	    ERR_NOTFOUND);
	end(&n);
}

/* Faults of real boxes are what their rows do not say. */
static void
faults_are_odd(void)
{
	struct seen n;

	run(&n, B2BUA(", faults=\"call-id max-forwards\""));
	compares(&n, "INVITE@box", "INVITE@alice");
	is(&n, "Call-ID", B2BUA_CHANGE_KEPT, true);
	is(&n, "Max-Forwards", B2BUA_CHANGE_KEPT, true);
	compares(&n, "200/INVITE@box", "200/INVITE@bob");
	is(&n, "Call-ID", B2BUA_CHANGE_KEPT, true);
	compares(&n, "BYE@box", "BYE@bob");
	end(&n);
}

static void
kinds_of_boxes(void)
{
	struct seen n;

	run(&n, SBC(""));
	compares(&n, "INVITE@box", "INVITE@alice");
	is(&n, "c=", B2BUA_CHANGE_OWN, false);
	is(&n, "User-Agent", B2BUA_CHANGE_KEPT, false);
	CU_ASSERT_EQUAL(n.s->box, PASS_BOX_RELAY);
	compares(&n, "BYE@box", "BYE@bob");
	CU_ASSERT_EQUAL(n.s->box, PASS_BOX_SIGNALING);
	end(&n);
	run(&n, SBC(", anchors=false"));
	compares(&n, "INVITE@box", "INVITE@alice");
	CU_ASSERT_EQUAL(n.s->box, PASS_BOX_SDP);
	end(&n);
}

static void
told(void)
{
	LOCAL_BUF out = BUF_INIT;
	struct doc d = DOC_INIT;
	struct seen n;

	run(&n, SBC(", faults=\"max-forwards\""));
	b2bua_changes_doc(
	    n.t, record(&n, "INVITE@box"), trace_count(n.t), 72, &d);
	CU_ASSERT_EQUAL(doc_write(&d, &out), 0);
	CU_ASSERT(golden_same("passage.txt", buf_view(&out)));
	CU_ASSERT(doc_json_is_same(&d));
	doc_clear(&d);
	buf_clear(&out);
	/* Asked at the message that came it is the same passage. */
	b2bua_changes_doc(
	    n.t, record(&n, "INVITE@alice"), trace_count(n.t), 110, &d);
	CU_ASSERT_EQUAL(doc_write(&d, &out), 0);
	CU_ASSERT(golden_same("passage-wide.txt", buf_view(&out)));
	doc_clear(&d);
	buf_clear(&out);
	explain_doc(n.t, record(&n, "INVITE@box"), NULL, &d);
	CU_ASSERT_EQUAL(doc_write(&d, &out), 0);
	CU_ASSERT(golden_same("passage-explain.txt", buf_view(&out)));
	doc_clear(&d);
	buf_clear(&out);
	/* The Message pane marks what a box has changed as what a hop has. */
	message_doc(n.t, record(&n, "180@box"),
	    &(struct message_options){ .compare_hop = true }, &d);
	CU_ASSERT_EQUAL(doc_write(&d, &out), 0);
	CU_ASSERT(str_find(buf_view(&out), "changed since bob → box") > 0);
	CU_ASSERT(str_find(buf_view(&out), "~ Call-ID: ") > 0);
	doc_clear(&d);
	buf_clear(&out);
	CU_ASSERT_EQUAL(
	    state_doc(n.t, record(&n, "180@box"), -1, "box", 80, &d, NULL), 0);
	CU_ASSERT_EQUAL(doc_write(&d, &out), 0);
	CU_ASSERT(str_find(buf_view(&out), "\nPairs of calls\n") > 0);
	CU_ASSERT(str_find(buf_view(&out), "  box/pair-1") > 0);
	CU_ASSERT(str_find(buf_view(&out), " calls     box/1, box/2\n") > 0);
	doc_clear(&d);
	buf_clear(&out);
	b2bua_changes_doc(n.t, record(&n, "ACK@box"), trace_count(n.t), 72, &d);
	CU_ASSERT_EQUAL(doc_write(&d, &out), 0);
	CU_ASSERT(str_starts(buf_view(&out), "No B2BUA has made"));
	doc_free(&d);
	end(&n);
}

/* ---- captures ---- */

#define INVITE(host, who, id, o, port)                                 \
	"INVITE sip:600@p SIP/2.0\r\nVia: SIP/2.0/UDP " host           \
	";branch=z9hG4bK" id "\r\nMax-Forwards: 70\r\nFrom: <sip:" who \
	">;tag=" id "\r\nTo: <sip:600@p>\r\nCall-ID: " id              \
	"\r\nCSeq: 1 INVITE\r\nContact: <sip:x@" host                  \
	">\r\nContent-Type: application/sdp\r\n\r\nv=0\r\no=" o        \
	" IN IP4 " host                                                \
	"\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio " port      \
	" RTP/AVP 8\r\n"
#define A "192.0.2.1"
#define P "192.0.2.2"
#define B "192.0.2.3"

/* The second INVITE, NEXT, is of a call that a capture joins BY that with the
 * first, or not (NULL). */
static void
joins(const char *next, const char *by)
{
	struct stand_in c = { .n = 0 };
	struct b2bua_changes *s = NULL;
	LOCAL_BUF scratch = BUF_INIT;
	struct trace *t;
	struct b2bua_passage p;
	uint64_t send = 0;

	stand_in_bytes(&c, 0, 0, A, P,
	    STR(INVITE(A, "alice@a", "c1", "alice 7 1", "4000")));
	stand_in_bytes(&c, 3, 0, P, B, str_of(next));
	t = stand_in_trace(&c, NULL);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	for (uint64_t i = 1; i <= trace_count(t); i++)
		send = trace_kind_of(t, i) == TRACE_SEND ? i : send;
	CU_ASSERT_EQUAL(
	    b2bua_passage_find(&p, t, send), by != NULL ? 0 : ERR_NOTFOUND);
	if (by != NULL) {
		struct trace_rec rec;

		CU_ASSERT_TRUE(p.inferred && p.same);
		CU_ASSERT_EQUAL(p.proved, strcmp(by, "media") == 0);
		for (uint64_t i = 1; i <= trace_count(t); i++) {
			trace_get(t, i, &rec);
			CU_ASSERT(rec.kind != TRACE_NOTE ||
				  str_is(trace_str(&rec, "by", &scratch), by));
		}
		CU_ASSERT_EQUAL(b2bua_changes_compare(&s, t, &p), 0);
		CU_ASSERT_EQUAL(s->box, PASS_BOX_SDP);
		b2bua_changes_free(s);
	}
	trace_destroy(t);
	stand_in_free(&c);
}

static void
captures_join(void)
{
	/* The same media, whoever calls; then who calls, and nothing. */
	joins(INVITE(P, "anonymous@p", "c2", "- 1 1", "4000"), "media");
	joins(INVITE(P, "anonymous@p", "c2", "- 1 1", "4002"), NULL);
	joins(INVITE(P, "anonymous@p", "c2", "- 1 1", "0"), NULL);
	joins(INVITE(P, "alice@p", "c2", "- 1 1", "4000"), "media");
}

/* ---- any bytes ---- */

/* T with some letters of its messages exchanged by others, by SEED. */
static struct trace *
damage(const struct trace *t, uint64_t seed)
{
	static const char letters[] = "=:;, /0a9<>mocv";
	LOCAL_BUF text = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *damaged = NULL;

	for (uint64_t i = 0; i <= trace_count(t); i++) {
		struct str line = trace_line(t, i);
		ptrdiff_t at = i > 0 ? str_find(line, "\"text\":\"") : -1;
		size_t from;

		buf_str(&text, line);
		buf_puts(&text, "\n");
		for (int n = 0; at >= 0 && n < 6; n++) {
			seed =
			    seed * 6364136223846793005u + 1442695040888963407u;
			from = text.n - line.n - 1 + (size_t)at + 8;
			from +=
			    (size_t)(seed >> 33) % (line.n - (size_t)at - 10);
			if (text.p[from] != '\\' && text.p[from - 1] != '\\' &&
			    text.p[from] != '"')
				text.p[from] = letters[(seed >> 20) %
						       (sizeof(letters) - 1)];
		}
	}
	if (trace_read_buf(&damaged, &text, "damaged", &d) != 0)
		damaged = NULL;
	return damaged;
}

static void
any_bytes(void)
{
	struct doc d = DOC_INIT;
	unsigned read = 0;
	struct seen n;

	run(&n, SBC(""));
	for (uint64_t seed = 1; seed <= (IS_SANITIZED ? 60 : 300); seed++) {
		struct trace *t = damage(n.t, seed);

		for (uint64_t i = 1; t != NULL && i <= trace_count(t); i++) {
			if (trace_kind_of(t, i) != TRACE_SEND)
				continue;
			doc_clear(&d);
			b2bua_changes_doc(t, i, trace_count(t), 40, &d);
			CU_ASSERT_TRUE(d.err == 0 && d.nlines > 0);
		}
		read += t != NULL;
		trace_destroy(t);
	}
	CU_ASSERT_TRUE(read > 10);
	doc_free(&d);
	end(&n);
}

/* Each allocation fails: it says so, or the text is whole. */
static void
without_memory(void)
{
	LOCAL_BUF whole = BUF_INIT, out = BUF_INIT;
	struct doc d = DOC_INIT;
	uint64_t seq;
	struct seen n;

	run(&n, SBC(""));
	seq = record(&n, "INVITE@box");
	b2bua_changes_doc(n.t, seq, trace_count(n.t), 72, &d);
	explain_doc(n.t, seq, NULL, &d);
	CU_ASSERT_EQUAL(doc_write(&d, &whole), 0);
	for (unsigned long k = 1; k < 400; k++) {
		bool good;

		doc_free(&d);
		buf_clear(&out);
		mem_fail_only(k);
		b2bua_changes_doc(n.t, seq, trace_count(n.t), 72, &d);
		explain_doc(n.t, seq, NULL, &d);
		good = d.err == 0 && mem_failures() == 0;
		mem_fail_only(0);
		if (!good)
			continue;
		CU_ASSERT_EQUAL(doc_write(&d, &out), 0);
		CU_ASSERT_TRUE(str_eq(buf_view(&out), buf_view(&whole)));
	}
	doc_free(&d);
	end(&n);
}

CHECK_MAIN("passage", { "fields", fields_of_an_invite },
    { "messages", messages_of_a_call }, { "faults", faults_are_odd },
    { "boxes", kinds_of_boxes }, { "told", told },
    { "captures", captures_join }, { "any bytes", any_bytes },
    { "without memory", without_memory })
