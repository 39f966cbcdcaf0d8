/* Brackets: which messages belong together, by transaction, dialog, phase. */
#include "fixtures/check.h"
#include "fixtures/sample_more.h"

#include "base/err.h"
#include "base/mem.h"
#include "ladder/ladder_figure.h"

#include <stdlib.h>

#define ALL 7u

/* A call over one proxy: INVITE, 407, ACK, INVITE, 180, 200, ACK, BYE, 200. */
static struct trace *
call(void)
{
	static const struct {
		const char *from, *to, *start, *method, *branch;
	} rows[] = {
		{ "a", "p", "INVITE", "INVITE", "b1" },
		{ "p", "a", "407 x", "INVITE", "b1" },
		{ "a", "p", "ACK", "ACK", "b1" },
		{ "a", "p", "INVITE", "INVITE", "b2" },
		{ "p", "a", "180 Ringing", "INVITE", "b2" },
		{ "p", "a", "200 OK", "INVITE", "b2" },
		{ "a", "p", "ACK", "ACK", "b3" },
		{ "a", "p", "BYE", "BYE", "b4" },
		{ "p", "a", "200 OK", "BYE", "b4" },
	};
	struct sample s;
	uint64_t r;

	sample_begin(&s, "call");
	sample_node(&s, "a", "ua", "", "");
	sample_node(&s, "p", "ua", "", "");
	r = sample_rec(&s, "act", "a", 0, NULL, ",'by':'person'");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int status = atoi(rows[i].start);
		char start[32];

		if (status > 0)
			snprintf(start, sizeof(start), "%d", status);
		else
			snprintf(start, sizeof(start), "'%s'", rows[i].start);
		r = sample_rec(&s, "send", rows[i].from, r, NULL,
		    ",'src':'%s','dst':'%s','transport':'udp','proto':'sip',"
		    "'start':%s,'cseq':'1 %s','call_id':'c1','branch':'%s',"
		    "'text':''",
		    rows[i].from, rows[i].to, start, rows[i].method,
		    rows[i].branch);
		if (i == 4)
			sample_rec(&s, "dialog", "a", r, NULL,
			    ",'id':'d','from':'none','to':'early',"
			    "'call_id':'c1','local_tag':'x','remote_tag':'y'");
		if (i == 8)
			sample_rec(&s, "dialog", "p", r, NULL,
			    ",'id':'d','from':'early','to':'terminated',"
			    "'call_id':'c1','local_tag':'y','remote_tag':'x'");
		s.t += 10 * MS;
	}
	return sample_end(&s);
}

/* A forked call: two called sides answer, and the caller ends the dialog of the
 * second (or, where FIRST, of the first) at once. */
static struct trace *
forked(bool first)
{
	static const struct {
		int ms;
		const char *from, *to, *start, *method;
		int tag; /* 0: none; 1: of the one that is ended at once */
	} rows[] = {
		{ 0, "a", "p", "INVITE", "INVITE", 0 },
		{ 10, "p", "b", "INVITE", "INVITE", 0 },
		{ 10, "p", "c", "INVITE", "INVITE", 0 },
		{ 20, "b", "p", "200", "INVITE", 2 },
		{ 20, "c", "p", "200", "INVITE", 1 },
		{ 30, "p", "a", "200", "INVITE", 2 },
		{ 40, "a", "p", "ACK", "ACK", 2 },
		{ 40, "p", "a", "200", "INVITE", 1 },
		{ 50, "a", "p", "ACK", "ACK", 1 },
		{ 50, "a", "p", "BYE", "BYE", 1 },
		{ 50, "p", "b", "ACK", "ACK", 2 },
		{ 60, "p", "a", "200", "BYE", 1 },
		{ 900, "b", "p", "BYE", "BYE", -2 },
		{ 910, "p", "a", "BYE", "BYE", -2 },
		{ 920, "a", "p", "200", "BYE", -2 },
	};
	struct sample s;
	uint64_t r;

	sample_begin(&s, "forked");
	for (const char *n = "apbc"; *n != '\0'; n++)
		sample_node(&s, (char[]){ *n, '\0' }, "ua", "", "");
	r = sample_rec(&s, "act", "a", 0, NULL, ",'by':'person'");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool response = rows[i].start[0] == '2';
		int tag = rows[i].tag;
		char called[20] = "";

		if (tag != 0)
			snprintf(called, sizeof(called), ";tag=%s",
			    (tag == 1) == first ? "one" : "two");
		s.t = (rows[i].ms + 1) * MS;
		r = sample_rec(&s, "send", rows[i].from, r, NULL,
		    ",'src':'%s','dst':'%s','transport':'udp','proto':'sip',"
		    "'start':%s%s%s,'cseq':'1 %s','call_id':'c1','branch':'b',"
		    "'text':'%s%s\\r\\nFrom: <sip:a@x>%s\\r\\n"
		    "To: <sip:b@x>%s\\r\\n\\r\\n'",
		    rows[i].from, rows[i].to, response ? "" : "'",
		    rows[i].start, response ? "" : "'", rows[i].method,
		    response ? "SIP/2.0 200 OK" : rows[i].start,
		    response ? "" : " sip:b@x SIP/2.0",
		    tag < 0 ? called : ";tag=a", tag < 0 ? ";tag=a" : called);
	}
	return sample_end(&s);
}

/* The dialog that stayed is the call's, whoever hangs up; and its set-up ends
 * when the caller sends the ACK. */
static void
forked_phases(void)
{
	static const struct {
		const char *label;
		size_t first, last;
	} wanted[] = { { "set-up", 0, 6 }, { "talk", 6, 12 },
		{ "release", 12, 14 } };
	struct layout_options o = LAYOUT_OPTIONS;

	o.true_time = true;
	for (int first = 0; first < 2; first++) {
		struct trace *t = forked(first != 0);
		struct ladder_marks *m;
		struct layout *l;

		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, &o, NULL), 0);
		CU_ASSERT_EQUAL_FATAL(
		    ladder_marks_create(&m, l, t, 1u << LADDER_MARK_PHASE), 0);
		CU_ASSERT_EQUAL_FATAL(m->n, 3);
		for (size_t i = 0; i < 3; i++) {
			CU_ASSERT(str_is(m->list[i].label, wanted[i].label));
			CU_ASSERT_EQUAL(m->list[i].first, wanted[i].first);
			CU_ASSERT_EQUAL(m->list[i].last, wanted[i].last);
		}
		CU_ASSERT_EQUAL(m->list[0].y_end, l->rows[6].y);
		ladder_marks_destroy(m);
		layout_destroy(l);
		trace_destroy(t);
	}
}

/* What overlaps has different lanes; what is beyond them has none. */
static void
lanes(void)
{
	static const struct {
		unsigned n;
		bool crowded;
	} cases[] = { { 2, false }, { LADDER_MARK_LANES, false },
		{ LADDER_MARK_LANES + 1, true }, { 40, true } };

	for (size_t c = 0; c < 4; c++) {
		struct trace *t = sample_together(cases[c].n);
		struct ladder_marks *m;
		struct layout *l;

		CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, NULL, NULL), 0);
		CU_ASSERT_EQUAL_FATAL(ladder_marks_create(&m, l, t, ALL), 0);
		CU_ASSERT_EQUAL(m->crowded, cases[c].crowded);
		CU_ASSERT(m->lanes <= LADDER_MARK_LANES);
		for (size_t i = 0; i < m->n; i++) {
			const struct ladder_mark *a = &m->list[i];

			for (size_t k = 0; k < i; k++) {
				const struct ladder_mark *b = &m->list[k];

				CU_ASSERT(a->lane == LAYOUT_NONE ||
					  a->lane != b->lane ||
					  a->column != b->column ||
					  a->y >= b->y_end || b->y >= a->y_end);
			}
			/* Each request is a transaction and a set-up. */
			CU_ASSERT_EQUAL(a->lane == LAYOUT_NONE,
			    i % cases[c].n >= LADDER_MARK_LANES);
			if (a->kind == LADDER_MARK_PHASE)
				CU_ASSERT(str_is(a->whose, "a–p"));
		}
		ladder_marks_destroy(m);
		layout_destroy(l);
		trace_destroy(t);
	}
}

/* RFC 3261 17.1.1.2: what nobody answers ends with Timer B; what is answered
 * does not go on while Timer D runs. */
static void
ends(void)
{
	struct sample s;
	struct ladder_marks *m;
	struct layout *l;
	struct trace *t;
	uint64_t r;

	sample_begin(&s, "ends");
	sample_node(&s, "a", "ua", "", "");
	sample_node(&s, "p", "ua", "", "");
	r = sample_rec(&s, "act", "a", 0, NULL, ",'by':'person'");
	r = sample_rec(&s, "send", "a", r, NULL,
	    ",'src':'a','dst':'p','transport':'udp','proto':'sip',"
	    "'start':'INVITE','cseq':'1 INVITE','call_id':'c1','branch':'b1',"
	    "'text':''");
	s.t += 32000 * MS;
	sample_rec(&s, "timer", "a", r, NULL,
	    ",'op':'fire','name':'D','machine':'ICT','id':'b1'");
	sample_rec(&s, "timer", "a", r, NULL,
	    ",'op':'fire','name':'B','machine':'NICT','id':'b1'");
	sample_rec(&s, "timer", "a", r, NULL,
	    ",'op':'fire','name':'B','machine':'ICT','id':'b1'");
	t = sample_end(&s);
	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, NULL, NULL), 0);
	CU_ASSERT_EQUAL_FATAL(ladder_marks_create(&m, l, t, 1), 0);
	CU_ASSERT_EQUAL_FATAL(m->n, 1);
	/* The row of the last of them; D makes none. */
	CU_ASSERT_EQUAL(m->list[0].last, 2);
	CU_ASSERT_EQUAL(l->nrows, 3);
	ladder_marks_destroy(m);
	layout_destroy(l);
	trace_destroy(t);
}

static void
memory_runs_out(void)
{
	struct trace *t = call();
	struct ladder_marks *m;
	struct layout *l;
	int err = ERR_NOMEM;

	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, NULL, NULL), 0);
	for (unsigned long n = 1; err != 0 && n < 1000; n++) {
		mem_fail_from(n);
		err = ladder_marks_create(&m, l, t, ALL);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		ladder_marks_destroy(m);
	}
	CU_ASSERT_EQUAL(err, 0);
	layout_destroy(l);
	trace_destroy(t);
}

CHECK_MAIN("ladder_marks", { "forked phases", forked_phases },
    { "lanes", lanes }, { "ends", ends },
    { "memory_runs_out", memory_runs_out })
