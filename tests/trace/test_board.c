/* A handset's board in the trace: its records read, its state, its words. */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/doc_check.h"
#include "fixtures/state_at_count.h"
#include "fixtures/sample_board.h"
#include "trace/checkpoints.h"
#include "words/explain_doc.h"
#include "words/node_doc.h"
#include "words/record_filter.h"
#include "words/record_text.h"

/* ---- reading ---- */

static struct trace *
one_record(const char *fields)
{
	struct sample s;
	struct diag d = DIAG_INIT;
	struct trace *t;

	sample_begin(&s, "one");
	sample_node(&s, "phone", "handset", "a", "");
	sample_rec(&s, "board", "phone", 0, NULL, "%s", fields);
	if (trace_load_buf(&t, &s.b, "one", &d) != 0)
		printf("  %s\n", d.text);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	return t;
}

static void
all_is_read(void)
{
	struct trace *t = sample_board();
	LOCAL_BUF memory = BUF_INIT, pixels = BUF_INIT;
	struct trace_board b;
	struct trace_rec rec;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	trace_get(t, BOARD_CYCLES, &rec);
	CU_ASSERT_EQUAL(trace_get_board(&rec, &b, &memory), 0);
	CU_ASSERT_EQUAL(b.what, TRACE_BOARD_CYCLES);
	CU_ASSERT_EQUAL(b.count, 145320);
	CU_ASSERT_EQUAL(b.ns, 1073793);
	CU_ASSERT_EQUAL(b.phases[TRACE_PHASE_PARSE], 62487);
	CU_ASSERT_EQUAL(b.ntop, 2);
	CU_ASSERT(str_is(b.top[1].name, "strlen"));
	CU_ASSERT_EQUAL(b.top[1].count, 11625);
	CU_ASSERT_EQUAL(b.ram, 67108864);
	CU_ASSERT_EQUAL(b.nregisters, 17);
	CU_ASSERT_EQUAL(b.registers[13], 805306368);
	CU_ASSERT_EQUAL(b.ncode, 7);
	CU_ASSERT(str_is(b.code[3], "3000812c  bx lr"));
	CU_ASSERT_EQUAL(b.address, -1);
	trace_get(t, BOARD_DOTS, &rec);
	CU_ASSERT_EQUAL(trace_get_board(&rec, &b, &memory), 0);
	CU_ASSERT_EQUAL(b.row, 3);
	CU_ASSERT_EQUAL(b.width, 160);
	CU_ASSERT_EQUAL(trace_board_pixels(&rec, &b, &pixels), 0);
	CU_ASSERT_EQUAL(pixels.n, 320);
	CU_ASSERT_EQUAL((unsigned char)pixels.p[8], 0xf0);
	CU_ASSERT_EQUAL(pixels.p[8 * 20 + 8], 0);
	CU_ASSERT(trace_board_ends(t, BOARD_FAULT));
	CU_ASSERT(!trace_board_ends(t, BOARD_WATCHDOG));
	CU_ASSERT(!trace_board_ends(t, BOARD_INVITE));
	trace_destroy(t);
}

/* Screens that are none, numbers that are none, lists that are too long. */
static void
nothing_is_believed(void)
{
	static const struct {
		const char *fields;
		unsigned width;
		size_t pixels; /* SIZE_MAX: refused */
	} rows[] = {
		{ ",'what':'lcd','row':0,'width':8,'height':16,"
		  "'pixels':'AAAA'",
		    8, 16 },
		/* what is beyond the row is not taken */
		{ ",'what':'lcd','row':0,'width':8,'height':2,"
		  "'pixels':'AAAAAAAAAAAAAAAAAAAAAAAA'",
		    8, 2 },
		{ ",'what':'lcd','row':0,'width':8,'height':16,"
		  "'pixels':'!!!!'",
		    8, SIZE_MAX },
		{ ",'what':'lcd','row':0,'width':8,'height':16,"
		  "'pixels':7",
		    8, SIZE_MAX },
		{ ",'what':'lcd','row':1,'width':8,'height':16,"
		  "'pixels':'AAAA'",
		    0, SIZE_MAX },
		{ ",'what':'lcd','row':-1,'width':8,'height':16", 0, SIZE_MAX },
		{ ",'what':'lcd','row':1152921504606846976,'width':8,"
		  "'height':320",
		    0, SIZE_MAX },
		{ ",'what':'lcd','row':0,'width':321,'height':16", 0,
		    SIZE_MAX },
		{ ",'what':'lcd','row':0,'width':8,'height':99999999999", 0,
		    SIZE_MAX },
		{ ",'what':'lcd','width':8,'height':16", 0, SIZE_MAX },
		{ ",'what':'lcd','row':'0','width':8,'height':16", 0,
		    SIZE_MAX },
	};
	struct buf memory = BUF_INIT, pixels = BUF_INIT;
	struct trace_board b;
	struct trace_rec rec;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct trace *t = one_record(rows[i].fields);
		int err;

		trace_get(t, 1, &rec);
		CU_ASSERT_EQUAL(trace_get_board(&rec, &b, &memory), 0);
		if (b.width != rows[i].width)
			printf("  %s: width %u\n", rows[i].fields, b.width);
		CU_ASSERT_EQUAL(b.width, rows[i].width);
		buf_clear(&pixels);
		err = trace_board_pixels(&rec, &b, &pixels);
		CU_ASSERT_EQUAL(err != 0, rows[i].pixels == SIZE_MAX);
		if (err == 0)
			CU_ASSERT_EQUAL(pixels.n, rows[i].pixels);
		trace_destroy(t);
	}
	buf_free(&memory);
	buf_free(&pixels);
}

static void
lists_end(void)
{
	LOCAL_BUF fields = BUF_INIT, memory = BUF_INIT;
	struct trace_board b;
	struct trace_rec rec;
	struct trace *t;

	buf_puts(&fields, ",'what':'cycles','count':-4,'ns':1e3,'top':[");
	for (int i = 0; i < 500; i++)
		buf_printf(
		    &fields, "%s['f\\u00e9%d',%d]", i > 0 ? "," : "", i, i);
	buf_puts(&fields, "],'registers':[");
	for (int i = 0; i < 500; i++)
		buf_printf(&fields, "%s99999999999", i > 0 ? "," : "");
	buf_puts(&fields, "],'code':[");
	for (int i = 0; i < 500; i++)
		buf_printf(&fields, "%s'\\u001b[2J'", i > 0 ? "," : "");
	buf_puts(&fields, "],'phases':[1,2],'mode':4,'at':null");
	t = one_record(buf_cstr(&fields));
	trace_get(t, 1, &rec);
	CU_ASSERT_EQUAL(trace_get_board(&rec, &b, &memory), 0);
	CU_ASSERT_EQUAL(b.count, 0);
	CU_ASSERT_EQUAL(b.ns, 0);
	CU_ASSERT_EQUAL(b.ntop, TRACE_BOARD_TOP);
	CU_ASSERT(str_is(b.top[9].name, "f\xc3\xa9"
					"9"));
	CU_ASSERT_EQUAL(b.nregisters, TRACE_REGISTERS);
	CU_ASSERT_EQUAL(b.ncode, TRACE_BOARD_CODE);
	CU_ASSERT_EQUAL(b.code[0].n, 4);
	CU_ASSERT_EQUAL(b.mode.n, 0);
	trace_destroy(t);
}

/* ---- the state ---- */

static const struct state_at_board *
board_at(struct state_at *f, const struct trace *t, uint64_t seq)
{
	const struct state_at_board *b;

	CU_ASSERT_EQUAL_FATAL(state_at_advance(f, t, seq), 0);
	b = state_at_find_board(f, STR("phone"));
	CU_ASSERT_PTR_NOT_NULL_FATAL(b);
	return b;
}

static void
a_board_lives(void)
{
	struct trace *t = sample_board();
	const struct state_at_board *b;
	struct state_at *f, *copy;

	CU_ASSERT_EQUAL_FATAL(state_at_create(&f), 0);
	CU_ASSERT_EQUAL_FATAL(state_at_advance(f, t, BOARD_START), 0);
	CU_ASSERT_PTR_NULL(state_at_find_board(f, STR("phone")));
	b = board_at(f, t, BOARD_KEY);
	CU_ASSERT_EQUAL(b->uart[0], BOARD_UART);
	CU_ASSERT_EQUAL(b->uart[1], 0);
	CU_ASSERT_EQUAL(b->rows[0], BOARD_TITLE);
	CU_ASSERT_EQUAL(b->rows[1], 0);
	CU_ASSERT_EQUAL(b->rows[3], BOARD_DOTS);
	CU_ASSERT_EQUAL(b->lcd, BOARD_DOTS);
	CU_ASSERT_EQUAL(b->key, BOARD_KEY);
	CU_ASSERT(!b->down);
	b = board_at(f, t, BOARD_WORK);
	CU_ASSERT_EQUAL(b->instructions, 1000 + 145320 + 500);
	CU_ASSERT_EQUAL(b->ns, 7389 + 1073793 + 3695);
	CU_ASSERT_EQUAL(state_at_transactions(f), 1);
	CU_ASSERT_EQUAL(state_at_calls(f), 1);
	CU_ASSERT_EQUAL_FATAL(state_at_clone(&copy, f), 0);
	b = board_at(f, t, BOARD_FAULT);
	CU_ASSERT(b->down);
	CU_ASSERT_EQUAL(b->since, 3000 * MS);
	CU_ASSERT_EQUAL(b->faults, 1);
	CU_ASSERT_EQUAL(b->lcd, BOARD_DOTS);
	/* As a crash does. */
	CU_ASSERT_EQUAL(state_at_transactions(f), 0);
	CU_ASSERT_EQUAL(state_at_calls(f), 0);
	CU_ASSERT_EQUAL(state_at_transactions(copy), 1);
	b = board_at(f, t, BOARD_RESTART);
	CU_ASSERT(!b->down);
	CU_ASSERT_EQUAL(b->since, 4000 * MS);
	CU_ASSERT_EQUAL(b->lcd, 0);
	CU_ASSERT_EQUAL(b->rows[0], 0);
	CU_ASSERT_EQUAL(b->uart[0], 0);
	b = board_at(f, t, BOARD_END);
	CU_ASSERT_EQUAL(b->resets, 1);
	CU_ASSERT_EQUAL(b->uart[0], BOARD_UART_2);
	b = board_at(copy, t, BOARD_FAULT);
	CU_ASSERT(b->down);
	state_at_destroy(copy);
	state_at_destroy(f);
	trace_destroy(t);
}

/* A board without a node, rows there are not, totals beyond all numbers. */
static void
hostile_boards_end(void)
{
	struct sample s;
	struct diag d = DIAG_INIT;
	const struct state_at_board *b;
	struct checkpoints *tr;
	const struct state_at *f;
	struct trace *t;

	sample_begin(&s, "hostile");
	sample_node(&s, "phone", "handset", "a", "");
	for (int i = 0; i < 3; i++)
		sample_rec(&s, "board", "phone", 0, NULL,
		    ",'what':'cycles','count':9223372036854775807,"
		    "'ns':9223372036854775807");
	sample_rec(&s, "board", "phone", 0, NULL, ",'what':'lcd','row':20");
	sample_rec(&s, "board", "phone", 0, NULL,
	    ",'what':'lcd','row':9223372036854775807");
	sample_rec(&s, "board", "phone", 0, NULL, ",'what':'brew'");
	sample_rec(&s, "board", "phone", 0, NULL, ",'what':[]");
	sample_rec(&s, "board", NULL, 0, NULL, ",'what':'fault'");
	sample_rec(&s, "board", "late", 0, NULL, ",'what':'key'");
	sample_rec(&s, "board", "phone", 0, NULL,
	    ",'what':'cycles','count':5,'ns':50,'total':100");
	sample_rec(&s, "board", "phone", 0, NULL,
	    ",'what':'cycles','count':5,'ns':50,'total':30");
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &s.b, "x", &d), 0);
	CU_ASSERT_EQUAL_FATAL(checkpoints_create(&tr, t), 0);
	CU_ASSERT_EQUAL_FATAL(checkpoints_at(tr, 9, &f), 0);
	b = state_at_find_board(f, STR("phone"));
	CU_ASSERT_PTR_NOT_NULL_FATAL(b);
	CU_ASSERT_EQUAL(b->instructions, INT64_MAX);
	CU_ASSERT_EQUAL(b->ns, INT64_MAX);
	CU_ASSERT_EQUAL(b->lcd, 0);
	CU_ASSERT(!b->down);
	CU_ASSERT_PTR_NOT_NULL(state_at_find_board(f, STR("late")));
	checkpoints_destroy(tr);
	trace_destroy(t);
}

/* The total tells of what was too little for a record. */
static void
totals_count(void)
{
	struct sample s;
	struct diag d = DIAG_INIT;
	const struct state_at_board *b;
	struct state_at *f;
	struct trace *t;

	sample_begin(&s, "totals");
	sample_node(&s, "phone", "handset", "a", "");
	sample_rec(&s, "board", "phone", 0, NULL,
	    ",'what':'cycles','count':5,'ns':50,'total':100");
	/* switched on anew */
	sample_rec(&s, "board", "phone", 0, NULL,
	    ",'what':'cycles','count':5,'ns':50,'total':30");
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &s.b, "x", &d), 0);
	CU_ASSERT_EQUAL_FATAL(state_at_create(&f), 0);
	b = board_at(f, t, 1);
	CU_ASSERT_EQUAL(b->instructions, 100);
	CU_ASSERT_EQUAL(b->ns, 1000);
	b = board_at(f, t, 2);
	CU_ASSERT_EQUAL(b->instructions, 130);
	CU_ASSERT_EQUAL(b->ns, 1300);
	state_at_destroy(f);
	trace_destroy(t);
}

/* Each allocation of the fold fails in turn. */
static void
memory_may_end(void)
{
	struct trace *t = sample_board();

	for (unsigned long n = 1; n < 100; n++) {
		struct state_at *f = NULL;
		int err;

		mem_fail_from(n);
		err = state_at_create(&f);
		if (err == 0)
			err = state_at_advance(f, t, trace_count(t));
		mem_fail_from(0);
		state_at_destroy(f);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		if (err == 0)
			break;
		CU_ASSERT(n < 99);
	}
	trace_destroy(t);
}

/* ---- words ---- */

static void
records_are_told(void)
{
	static const struct {
		uint64_t seq;
		const char *summary, *sentence;
	} rows[] = {
		{ BOARD_UART, "console: S3C2410A 203 MHz",
		    "phone wrote on its console: “S3C2410A 203 MHz”." },
		{ BOARD_TEXT, "screen 3: Hello \xe4\xbd\xa0\xe5\xa5\xbd",
		    "Row 3 of the screen of phone now shows “Hello "
		    "\xe4\xbd\xa0\xe5\xa5\xbd”." },
		{ BOARD_DOTS, "screen 4: no text",
		    "Row 4 of the screen of phone changed; it contains no "
		    "text." },
		{ BOARD_PRESS, "phone gets the keys 5",
		    "phone gets the keys 5, as a person asked." },
		{ BOARD_KEY, "key 5", "The key 5 of phone was pressed." },
		{ BOARD_CYCLES, "145,320 instructions, 1.07 ms",
		    "phone executed 145,320 instructions in 1.07 ms: parsing "
		    "43 %, building 22 %, other things 20 %, transactions 14 "
		    "%; most in _malloc_r (10 %), strlen (8 %)." },
		{ BOARD_FAULT,
		    "fault: it read from an address where there is nothing, in "
		    "sdp_answer+0x10, address 0xdeadbeef",
		    "The processor of phone can't continue: it read from an "
		    "address "
		    "where there is nothing, in sdp_answer+0x10, address "
		    "0xdeadbeef. The "
		    "node is down." },
		{ BOARD_WATCHDOG, "the watchdog restarts it",
		    "The watchdog of phone restarted it, because its firmware "
		    "had not reported in time that it was running." },
	};
	struct trace *t = sample_board();
	LOCAL_BUF b = BUF_INIT;
	struct trace_rec rec;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		trace_get(t, rows[i].seq, &rec);
		buf_clear(&b);
		record_summary(t, &rec, &b);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&b), rows[i].summary);
		buf_clear(&b);
		record_sentence(t, &rec, &b);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&b), rows[i].sentence);
		if (!str_is(buf_view(&b), rows[i].sentence))
			printf("  %s\n", buf_cstr(&b));
	}
	trace_destroy(t);
}

/* Why the phone rang: the computing stands between what came and what went. */
static void
computing_is_explained(void)
{
	struct trace *t = sample_board();
	LOCAL_BUF b = BUF_INIT;
	const struct explain_options o = { .width = 200 };
	struct doc d = DOC_INIT;

	explain_doc(t, BOARD_RINGING, &o, &d);
	CU_ASSERT_EQUAL(doc_write(&d, &b), 0);
	doc_free(&d);
	CU_ASSERT(
	    str_find(buf_view(&b), "2. #13  2.011 s  phone executed "
				   "145,320 instructions in 1.07 ms") > 0);
	trace_destroy(t);
}

static void
filters_know_it(void)
{
	static const struct {
		const char *filter;
		unsigned count;
	} rows[] = { { "kind=board", 11 }, { "what=lcd", 3 },
		{ "what=key,fault", 2 }, { "node=bob what=lcd", 0 },
		{ "what=keys", UINT32_MAX } };
	struct trace *t = sample_board();
	LOCAL_BUF scratch = BUF_INIT;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct record_filter f;
		struct diag d = DIAG_INIT;
		struct trace_rec rec;
		unsigned n = 0;

		if (record_filter_parse(&f, rows[i].filter, t, &d) != 0) {
			CU_ASSERT_EQUAL(rows[i].count, UINT32_MAX);
			CU_ASSERT_EQUAL(d.err, ERR_NOTFOUND);
			continue;
		}
		for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
			trace_get(t, seq, &rec);
			n += record_filter_match(&f, t, &rec, &scratch);
		}
		CU_ASSERT_EQUAL(n, rows[i].count);
	}
	trace_destroy(t);
}

struct at {
	struct trace *t;
	uint64_t seq;
};

static void
make_node(struct doc *d, size_t width, void *arg)
{
	const struct at *at = arg;
	struct state_at *f;

	if (state_at_create(&f) != 0) {
		d->err = ERR_NOMEM;
		return;
	}
	if (state_at_advance(f, at->t, at->seq) == 0)
		node_doc(at->t, f, STR("phone"), at->seq,
		    trace_time_of(at->t, at->seq), width, d);
	else
		d->err = ERR_NOMEM;
	state_at_destroy(f);
}

static void
its_node_shows_it(void)
{
	struct at at = { sample_board(), BOARD_FAULT };
	struct doc d = DOC_INIT;

	make_node(&d, 60, &at);
	CU_ASSERT(doc_is_sound(&d, 60, trace_count(at.t)));
	CU_ASSERT(doc_has(&d, "down since 3.000 s"));
	CU_ASSERT(doc_has(&d, "hal_wait+0x1c (svc)"));
	CU_ASSERT(doc_has(&d, "146,820 instructions, 1.08 ms"));
	CU_ASSERT(doc_has(&d, "333 KiB program, 30 KiB heap"));
	CU_ASSERT(doc_has(&d, "3.000 s: fault: it read from"));
	CU_ASSERT(doc_has(&d, "  Hello \xe4\xbd\xa0"));
	CU_ASSERT(doc_has(&d, "S3C2410A 203 MHz"));
	doc_clear(&d);
	at.seq = BOARD_RESTART;
	make_node(&d, 60, &at);
	CU_ASSERT(doc_has(&d, "up since 4.000 s"));
	CU_ASSERT(!doc_has(&d, "Hello"));
	doc_free(&d);
	doc_without_memory(make_node, &at);
	trace_destroy(at.t);
}

CHECK_MAIN("board", { "all is read", all_is_read },
    { "nothing is believed", nothing_is_believed }, { "lists end", lists_end },
    { "a board lives", a_board_lives },
    { "hostile boards end", hostile_boards_end },
    { "totals count", totals_count }, { "memory may end", memory_may_end },
    { "records are told", records_are_told },
    { "computing is explained", computing_is_explained },
    { "filters know it", filters_know_it },
    { "its node shows it", its_node_shows_it })
