/* The list of calls: what each came to, the table at several widths, sorting,
 * and a list that grows with its trace. */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/golden.h"
#include "fixtures/labs.h"
#include "fixtures/sample_trace.h"
#include "calls/calls.h"
#include "fixtures/grid_styles.h"

static struct calls *
list(const struct trace *t)
{
	struct calls *c;

	CU_ASSERT_EQUAL_FATAL(calls_create(&c), 0);
	while (calls_extend(c, t, 100))
		;
	CU_ASSERT_EQUAL(calls_error(c), 0);
	CU_ASSERT_EQUAL(calls_position(c), trace_count(t));
	return c;
}

/* ---- traces by hand ---- */

struct party {
	const char *name, *from, *to;
};

/* A message of CALL from SRC to DST; START is "INVITE" or "486 Busy Here", the
 * tags of From and To may be "". */
static void
pass(struct sample *s, const char *call, const char *src, const char *dst,
    const char *start, const char *method, const struct party *p,
    const char *from_tag, const char *to_tag)
{
	bool response = start[0] >= '1' && start[0] <= '9';
	struct buf text = BUF_INIT, json = BUF_INIT;

	if (response)
		buf_printf(&text, "SIP/2.0 %s\r\n", start);
	else
		buf_printf(&text, "%s sip:x@b.example SIP/2.0\r\n", start);
	buf_printf(&text, "From: %s%s%s\r\nTo: %s%s%s\r\n\r\n", p->from,
	    from_tag[0] ? ";tag=" : "", from_tag, p->to,
	    to_tag[0] ? ";tag=" : "", to_tag);
	json_put_str(&json, buf_view(&text));
	s->t += 250 * MS;
	sample_rec(s, "send", src, 0, NULL,
	    ",'src':'%s','dst':'%s','proto':'sip','start':%s%.*s%s,"
	    "'cseq':'1 %s','call_id':'%s','text':%s",
	    src, dst, response ? "" : "'", response ? 3 : 40, start,
	    response ? "" : "'", method, call, buf_cstr(&json));
	buf_free(&text);
	buf_free(&json);
}

static const struct party plain = { "", "<sip:alice@a.example>",
	"\"Bob, the builder\" <sip:bob@b.example:5070;x=y>" };

/* "a>b:INVITE b>a:200" …; the state that comes of it. */
static enum calls_state
state_of(const char *talk)
{
	struct str rest = str_of(talk);
	enum calls_state state;
	struct sample s;
	struct trace *t;
	struct calls *c;

	sample_begin(&s, "talk");
	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest), to, what, method;
		char src[16], dst[16], start[32], cseq[16], tag[8] = "t1";

		/* a>b:200/BYE@t2 */
		word = str_cut(word, '@', &to);
		if (to.n > 0)
			snprintf(tag, sizeof(tag), "%.*s", STR_ARG(to));
		word = str_cut(word, ':', &what);
		snprintf(
		    src, sizeof(src), "%.*s", STR_ARG(str_cut(word, '>', &to)));
		snprintf(dst, sizeof(dst), "%.*s", STR_ARG(to));
		snprintf(start, sizeof(start), "%.*s",
		    STR_ARG(str_cut(what, '/', &method)));
		snprintf(cseq, sizeof(cseq), "%.*s",
		    STR_ARG(method.n > 0      ? method
			    : start[0] >= 'A' ? str_of(start)
					      : STR("INVITE")));
		pass(&s, "c1", src, dst, start, cseq, &plain, "f", tag);
	}
	t = sample_load(&s);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	c = list(t);
	CU_ASSERT_EQUAL_FATAL(calls_count(c), 1);
	state = calls_row(c, 0)->state;
	CU_ASSERT_EQUAL(calls_in_state(c, state), 1);
	calls_destroy(c);
	trace_destroy(t);
	return state;
}

static void
states(void)
{
	static const struct {
		const char *talk;
		enum calls_state state;
	} rows[] = {
		{ "a>p:INVITE", CALLS_CALLING },
		{ "a>p:INVITE p>a:100", CALLS_CALLING },
		/* What only the proxy knows is not told. */
		{ "a>p:INVITE p>b:INVITE b>p:180", CALLS_CALLING },
		{ "a>p:INVITE p>b:INVITE b>p:486", CALLS_CALLING },
		{ "a>p:INVITE p>a:180", CALLS_RINGING },
		{ "a>p:INVITE p>a:180 p>a:183", CALLS_RINGING },
		{ "a>p:INVITE p>a:200", CALLS_IN_CALL },
		{ "a>p:INVITE p>a:200 p>a:180", CALLS_IN_CALL },
		{ "a>p:INVITE p>a:200 a>p:INVITE p>a:488", CALLS_IN_CALL },
		{ "a>p:INVITE p>a:200 a>p:BYE", CALLS_COMPLETED },
		{ "a>p:INVITE p>a:200 b>p:BYE@t1", CALLS_COMPLETED },
		{ "a>p:INVITE p>a:200 a>p:BYE p>a:481/BYE", CALLS_COMPLETED },
		/* Answered twice: the second dialog ends. */
		{ "a>p:INVITE p>a:200@t1 p>a:200@t2 a>p:BYE@t2",
		    CALLS_IN_CALL },
		/* BYE overtakes the 200. */
		{ "a>p:INVITE b>p:BYE p>a:200", CALLS_COMPLETED },
		{ "a>p:INVITE p>a:180 a>p:CANCEL", CALLS_CANCELLED },
		{ "a>p:INVITE a>p:CANCEL p>a:200/CANCEL p>a:487",
		    CALLS_CANCELLED },
		{ "a>p:INVITE p>a:180 a>p:CANCEL p>a:200", CALLS_IN_CALL },
		{ "a>p:INVITE p>b:INVITE p>b:CANCEL b>p:487 p>a:200",
		    CALLS_IN_CALL },
		{ "a>p:INVITE p>a:407", CALLS_CHALLENGED },
		{ "a>p:INVITE p>a:407 a>p:ACK a>p:INVITE", CALLS_CALLING },
		{ "a>p:INVITE p>a:407 a>p:INVITE p>a:200", CALLS_IN_CALL },
		{ "a>p:INVITE p>a:302", CALLS_DIVERTED },
		{ "a>p:INVITE p>a:302 a>c:INVITE c>a:180", CALLS_RINGING },
		{ "a>p:INVITE p>a:486", CALLS_BUSY },
		{ "a>p:INVITE p>a:600", CALLS_BUSY },
		{ "a>p:INVITE p>a:603", CALLS_REJECTED },
		{ "a>p:INVITE p>a:404", CALLS_REJECTED },
		{ "a>p:INVITE p>a:408", CALLS_FAILED },
		{ "a>p:INVITE p>a:503", CALLS_FAILED },
		{ "a>p:INVITE p>a:999", CALLS_CALLING },
		{ "a>p:REGISTER", CALLS_WAITING },
		{ "a>p:REGISTER p>a:100/REGISTER", CALLS_WAITING },
		{ "a>p:REGISTER p>a:401/REGISTER", CALLS_CHALLENGED },
		{ "a>p:REGISTER p>a:401/REGISTER a>p:REGISTER", CALLS_WAITING },
		{ "a>p:REGISTER p>a:200/REGISTER", CALLS_DONE },
		{ "a>p:REGISTER p>a:200/REGISTER a>p:REGISTER "
		  "p>a:403/REGISTER",
		    CALLS_REJECTED },
		{ "a>p:MESSAGE p>a:503/MESSAGE", CALLS_FAILED },
		/* A capture that begins in the middle. */
		{ "p>a:180", CALLS_RINGING },
		{ "a>p:BYE p>a:200/BYE", CALLS_DONE },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum calls_state got = state_of(rows[i].talk);

		CU_ASSERT_EQUAL(got, rows[i].state);
		if (got != rows[i].state)
			printf(
			    "  %s: %s\n", rows[i].talk, calls_state_word(got));
	}
}

/* ---- the table ---- */

static void
put(struct sample *s, const char *call, const char *from, const char *to,
    const struct party *p, const char *talk)
{
	struct str rest = str_of(talk);

	while (rest.n > 0) {
		struct str word = str_cut(rest, ',', &rest);
		char start[40], method[40] = "INVITE";
		bool back = word.p[0] >= '1' && word.p[0] <= '9';

		snprintf(start, sizeof(start), "%.*s", STR_ARG(word));
		if (!back)
			snprintf(method, sizeof(method), "%s", start);
		else if (strncmp(talk, "INVITE", 6) != 0)
			snprintf(method, sizeof(method), "%.*s",
			    STR_ARG(str_cut(str_of(talk), ',', &word)));
		pass(s, call, back ? "atl" : from, back ? from : "atl", start,
		    method, p, "f", "t");
		pass(s, call, back ? to : "atl", back ? "atl" : to, start,
		    method, p, "f", "t");
	}
}

/* An office in the morning: calls of every kind, some with long names, some
 * with wide ones. */
static struct trace *
office(void)
{
	static const struct party
	    reg = { "", "<sip:alice@atlanta.example.com>",
		    "<sip:alice@atlanta.example.com>" },
	    ab = { "", "Alice <sip:alice@atlanta.example.com>",
		    "<sip:bob@biloxi.example.com>" },
	    ac = { "", "<sip:alice@atlanta.example.com>",
		    "<sip:carol@chicago.example.com>" },
	    wide = { "",
		    "<sip:\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e@"
		    "beijing.example.cn>",
		    "<sip:bob@biloxi.example.com>" },
	    tel = { "", "<tel:+1-212-555-0100>",
		    "sip:reception.of.the.third.floor@[2001:db8::1]" },
	    bad = { "", "<<>\x1b[31m", "" };
	struct sample s;

	sample_begin(&s, "An office in the morning");
	sample_node(&s, "alice", "ua", "atlanta.example.com", "");
	sample_node(&s, "atl", "proxy", "atlanta.example.com", "");
	sample_node(&s, "bob", "ua", "biloxi.example.com", "");
	put(&s, "843817637684230@998sdasdh09", "alice", "reg", &reg,
	    "REGISTER,401 Unauthorized,REGISTER,200 OK");
	put(&s, "3848276298220188511@atlanta.example.com", "alice", "bob", &ab,
	    "INVITE,180 Ringing,200 OK,ACK,BYE");
	put(&s, "2xTb9vxSit55XU7p8@atlanta.example.com", "alice", "carol", &ac,
	    "INVITE,486 Busy Here,ACK");
	put(&s, "\xe7\x8e\x8b-1@cn", "wang", "bob", &wide,
	    "INVITE,180 Ringing,CANCEL,487 Request Terminated,ACK");
	put(&s, "1@tel", "gw", "desk", &tel, "INVITE,180 Ringing,200 OK,ACK");
	put(&s, "o1@a", "alice", "bob", &ab, "OPTIONS");
	put(&s, "bad", "mallory", "bob", &bad, "INVITE,404 Not Found,ACK");
	put(&s, "m1@a", "alice", "carol", &ac, "MESSAGE,200 OK");
	put(&s, "s1@a", "alice", "carol", &ac, "SUBSCRIBE,202 Accepted");
	put(&s, "5@a", "alice", "bob", &ab, "INVITE,302 Moved Temporarily,ACK");
	put(&s, "6@a", "alice", "bob", &ab, "INVITE,180 Ringing");
	return sample_load(&s);
}

/* The table in so many cells, with a cursor and marks, below a line of its
 * width. */
static void
draw(const struct calls *c, const struct calls_look *look, size_t width,
    size_t height, bool ascii, struct buf *out)
{
	struct grid g;
	struct grid_area a;

	CU_ASSERT_EQUAL_FATAL(grid_init(&g, width, height, ascii), 0);
	a = grid_all(&g);
	calls_draw(c, look, &a);
	buf_printf(out, "%zu ", width);
	buf_fill(out, '-', width - (width < 100 ? 3 : 4));
	buf_putc(out, '\n');
	CU_ASSERT_EQUAL(grid_write(&g, out), 0);
	grid_free(&g);
}

static void
tables(void)
{
	static const size_t widths[] = { 30, 40, 60, 80, 100, 120, 160, 200 };
	struct trace *t = office();
	struct calls *c = list(t);
	bool marked[] = { false, true, false, true };
	struct calls_look look = CALLS_LOOK;
	LOCAL_BUF out = BUF_INIT;

	look.cursor = 2;
	look.marked = marked;
	look.nmarked = 4;
	for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]); i++)
		draw(c, &look, widths[i], 13, false, &out);
	draw(c, &look, 80, 13, true, &out);
	calls_put_summary_at(c, &look, &out);
	buf_putc(&out, '\n');
	CU_ASSERT(golden_same("calls-widths.txt", buf_view(&out)));
	/* Nothing at all has no room for anything. */
	buf_clear(&out);
	for (size_t w = 1; w < 30; w++) {
		struct grid g;
		struct grid_area a;

		CU_ASSERT_EQUAL_FATAL(grid_init(&g, w, 3, false), 0);
		a = grid_all(&g);
		calls_draw(c, &look, &a);
		grid_free(&g);
	}
	calls_destroy(c);
	trace_destroy(t);
}

/* Styles; the future. */
static void
looks(void)
{
	struct trace *t = office();
	struct calls *c = list(t), *none;
	struct calls_look look = CALLS_LOOK;
	LOCAL_BUF out = BUF_INIT;
	struct grid g;
	struct grid_area a;

	look.cursor = 1;
	look.position = calls_row(c, 9)->first;
	look.sorted = CALLS_BY_MESSAGES;
	look.down = true;
	CU_ASSERT_EQUAL_FATAL(grid_init(&g, 80, 13, false), 0);
	a = grid_all(&g);
	calls_draw(c, &look, &a);
	CU_ASSERT_EQUAL(grid_write_styles(&g, &out), 0);
	CU_ASSERT(golden_same("calls-styles.txt", buf_view(&out)));
	CU_ASSERT_EQUAL_FATAL(calls_create(&none), 0);
	grid_clear(&g);
	buf_clear(&out);
	calls_draw(none, &look, &a);
	CU_ASSERT_EQUAL(grid_write(&g, &out), 0);
	CU_ASSERT(str_find(buf_view(&out), "No calls.") > 0);
	calls_destroy(none);
	grid_free(&g);
	calls_destroy(c);
	trace_destroy(t);
}

/* The labs as they are. */
static void
of_labs(void)
{
	static const char *const names[] = { "labs/two-proxies",
		"labs/registration", "labs/busy", "labs/cancel", "labs/forking",
		"labs/redirection", "labs/not-found", "labs/lost-messages",
		"labs/rfc3665-3.2" };
	LOCAL_BUF out = BUF_INIT;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct lab_options o = LAB_OPTIONS;
		struct trace *t = lab_trace(names[i], &o);
		struct calls_look look = CALLS_LOOK;
		struct calls *c;

		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		c = list(t);
		look.cursor = SIZE_MAX;
		buf_printf(&out, "%s\n", names[i]);
		draw(c, &look, 100, calls_count(c) + CALLS_HEAD, false, &out);
		buf_putc(&out, '\n');
		calls_destroy(c);
		trace_destroy(t);
	}
	CU_ASSERT(golden_same("calls-labs.txt", buf_view(&out)));
}

/* ---- order ---- */

static void
sorted(void)
{
	struct trace *t = office();
	struct calls *c = list(t);
	size_t n = calls_count(c);
	uint32_t order[16], before[16];

	CU_ASSERT_FATAL(n == 11);
	for (unsigned by = 0; by < CALLS_COLUMN_COUNT; by++) {
		for (uint32_t i = 0; i < n; i++)
			order[i] = i;
		CU_ASSERT_EQUAL(
		    calls_sort(c, (enum calls_column)by, false, order, n), 0);
		memcpy(before, order, sizeof(order));
		/* Once more changes nothing. */
		CU_ASSERT_EQUAL(
		    calls_sort(c, (enum calls_column)by, false, order, n), 0);
		CU_ASSERT(memcmp(before, order, n * sizeof(*order)) == 0);
		CU_ASSERT_EQUAL(
		    calls_sort(c, (enum calls_column)by, true, order, n), 0);
		CU_ASSERT_EQUAL(
		    calls_sort(c, (enum calls_column)by, false, order, n), 0);
		CU_ASSERT(memcmp(before, order, n * sizeof(*order)) == 0);
	}
	/* Alike in state: by the order before, up or down. */
	for (uint32_t i = 0; i < n; i++)
		order[i] = (uint32_t)(n - 1 - i);
	CU_ASSERT_EQUAL(calls_sort(c, CALLS_BY_METHOD, true, order, n), 0);
	for (size_t i = 1; i < n; i++) {
		const struct calls_row *a = calls_row(c, order[i - 1]);
		const struct calls_row *b = calls_row(c, order[i]);
		int by = str_cmp(a->method, b->method);

		CU_ASSERT(by >= 0);
		CU_ASSERT(by != 0 || order[i - 1] > order[i]);
	}
	CU_ASSERT_EQUAL(calls_sort(c, CALLS_BY_TALK, true, order, n), 0);
	CU_ASSERT(calls_talk(c, calls_row(c, order[0])) > 0);
	CU_ASSERT_EQUAL(calls_talk(c, calls_row(c, order[n - 1])), -1);
	mem_fail_from(1);
	CU_ASSERT_EQUAL(
	    calls_sort(c, CALLS_BY_TALK, true, order, n), ERR_NOMEM);
	mem_fail_from(0);
	CU_ASSERT_EQUAL(calls_sort(c, CALLS_BY_TALK, true, order, 0), 0);
	calls_destroy(c);
	trace_destroy(t);
}

/* ---- growth ---- */

/* The same rows, whether the trace was there at once or grew under it. */
static void
grows(void)
{
	struct buf text = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct lab_options o = LAB_OPTIONS;
	struct trace *whole, *t;
	struct calls *want, *c;
	struct str rest;

	CU_ASSERT_EQUAL_FATAL(lab_run("labs/forking", &o, &text, &d), 0);
	CU_ASSERT_EQUAL_FATAL(trace_begin(&t, "x"), 0);
	CU_ASSERT_EQUAL_FATAL(calls_create(&c), 0);
	for (rest = buf_view(&text); rest.n > 0;) {
		size_t n = (size_t)str_chr(rest, '\n') + 1;

		CU_ASSERT_EQUAL_FATAL(trace_feed(t, rest.p, n, &d), 0);
		CU_ASSERT(!calls_extend(c, t, 1000));
		rest = str_slice(rest, n, rest.n);
	}
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&whole, &text, "x", &d), 0);
	want = list(whole);
	CU_ASSERT_EQUAL_FATAL(calls_count(c), calls_count(want));
	for (size_t i = 0; i < calls_count(c); i++) {
		const struct calls_row *a = calls_row(c, i);
		const struct calls_row *b = calls_row(want, i);

		CU_ASSERT(str_eq(a->call_id, b->call_id));
		CU_ASSERT(str_eq(a->from, b->from) && a->state == b->state);
		CU_ASSERT(a->messages == b->messages && a->last == b->last);
		CU_ASSERT_EQUAL(calls_talk(c, a), calls_talk(want, b));
		CU_ASSERT_EQUAL(calls_find(c, a->call_id), i);
	}
	CU_ASSERT_EQUAL(calls_find(c, STR("nobody's")), SIZE_MAX);
	calls_destroy(c);
	calls_destroy(want);
	calls_destroy(NULL);
	trace_destroy(t);
	trace_destroy(whole);
}

/* A record is taken or not: after a failure it goes on where it was. */
static void
no_memory(void)
{
	struct trace *t = office();
	struct calls *c = NULL, *want = list(t);
	LOCAL_BUF a = BUF_INIT, b = BUF_INIT;

	for (unsigned long n = 1; n < 8; n++) {
		mem_fail_from(n);
		if (calls_create(&c) == 0)
			n = 8;
		mem_fail_from(0);
		CU_ASSERT((n == 9) == (c != NULL) || n == 8);
	}
	if (c == NULL)
		CU_ASSERT_EQUAL_FATAL(calls_create(&c), 0);
	for (unsigned long n = 1; calls_position(c) < trace_count(t);
	     n = n % 40 + 1) {
		uint64_t before = calls_position(c);

		mem_fail_from(n);
		calls_extend(c, t, 1);
		mem_fail_from(0);
		CU_ASSERT(calls_error(c) == 0 || calls_position(c) == before);
	}
	calls_put_summary_at(c, &CALLS_LOOK, &a);
	calls_put_summary_at(want, &CALLS_LOOK, &b);
	CU_ASSERT(str_eq(buf_view(&a), buf_view(&b)));
	for (size_t i = 0; i < calls_count(want); i++) {
		CU_ASSERT_EQUAL(
		    calls_row(c, i)->messages, calls_row(want, i)->messages);
		CU_ASSERT(str_eq(calls_row(c, i)->to, calls_row(want, i)->to));
		CU_ASSERT_EQUAL(
		    calls_row(c, i)->nnodes, calls_row(want, i)->nnodes);
	}
	calls_destroy(c);
	calls_destroy(want);
	trace_destroy(t);
}

/* Damaged bytes in every place: whatever loads is listed, sorted and drawn. */
static void
damaged(void)
{
	static const char bytes[] = "\"\\{}[]:,<>@;=%\x80\xe7 0eINVITE\n";
	struct trace *t = office();
	LOCAL_BUF whole = BUF_INIT;
	uint64_t random = 1;
	unsigned loaded = 0;

	for (uint64_t i = 1; i <= trace_count(t); i++) {
		struct trace_rec rec;

		trace_get(t, i, &rec);
		buf_str(&whole, rec.object.raw);
		buf_putc(&whole, '\n');
	}
	for (int i = 0; i < 3000; i++) {
		struct buf b = BUF_INIT;
		struct calls_look look = CALLS_LOOK;
		struct trace *bad;
		struct grid g;
		struct grid_area a;

		buf_puts(&b, "{\"kind\":\"trace\",\"version\":1}\n");
		buf_str(&b, buf_view(&whole));
		for (int k = 0; k < 4; k++) {
			random = random * UINT64_C(6364136223846793005) + 1;
			b.p[40 + (random >> 33) % (b.n - 41)] =
			    bytes[(random >> 20) % (sizeof(bytes) - 1)];
		}
		if (trace_load_buf(&bad, &b, "x", NULL) != 0)
			continue;
		loaded++;
		look.sorted = CALLS_BY_NODES;
		if (grid_init(&g, 20 + random % 150, 14, false) == 0) {
			struct calls *c = list(bad);

			a = grid_all(&g);
			calls_draw(c, &look, &a);
			calls_destroy(c);
		}
		grid_free(&g);
		trace_destroy(bad);
	}
	CU_ASSERT(loaded > 100);
	trace_destroy(t);
}

CHECK_MAIN("calls", { "states", states }, { "tables", tables },
    { "looks", looks }, { "labs", of_labs }, { "sorted", sorted },
    { "grows", grows }, { "no memory", no_memory }, { "damaged", damaged })
