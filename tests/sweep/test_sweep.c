/* What a sweep reads: ranges, experiments, results, from whoever wrote them. */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "jobs/program.h"
#include "sweep/experiment.h"
#include "sweep/result.h"
#include "sweep/runs.h"
#include "sweep/table.h"

#include <string.h>

/* ---- ranges ---- */

static void
ranges(void)
{
	static const struct {
		const char *text, *values, *unit; /* NULL: no numbers */
	} rows[] = {
		{ "loss=0..30%:10%", "0% 10% 20% 30%", "%" },
		{ "loss=0%..0.3%:0.1%", "0% 0.1% 0.2% 0.3%", "%" },
		{ "loss=0,1%,5%", "0 1% 5%", "%" },
		{ "loss=0,1%,5..15%:5%", "0 1% 5% 10% 15%", "%" },
		{ "delay=10ms..35ms:10ms", "10ms 20ms 30ms", "ms" },
		{ "delay=10..30ms:10", "10ms 20ms 30ms", "ms" },
		{ "delay=5ms..5ms:1ms", "5ms", "ms" },
		{ "bob.busy=true,false", "true false", NULL },
		{ "bob.answer=1s,never", "1s never", NULL },
		{ "delay=10ms,1s", "10ms 1s", NULL },
		{ "delay=0.5,5ms", "0.5 5ms", NULL },
		{ "q=0..1:0.25", "0 0.25 0.5 0.75 1", "" },
		{ "x=-1..1:1", "-1 0 1", "" },
		{ "a--b.loss=3%", "3%", "%" },
		{ "alice.aor=sip:a=b@x.example", "sip:a=b@x.example", NULL },
		{ "pool.acl=10.0.0.0/8", "10.0.0.0/8", NULL },
		{ "bob.busy+bob.answer=true/1s,/2s,true/", "true/1s /2s true/",
		    NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sweep_param p;
		struct diag d = DIAG_INIT;
		struct buf seen = BUF_INIT;

		CU_ASSERT_EQUAL(sweep_param_read(&p, rows[i].text, &d), 0);
		for (size_t k = 0; k < p.n; k++)
			buf_printf(
			    &seen, "%s%s", k > 0 ? " " : "", p.values[k]);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&seen), rows[i].values);
		CU_ASSERT_EQUAL(p.numbers != NULL, rows[i].unit != NULL);
		if (p.numbers != NULL && rows[i].unit != NULL)
			CU_ASSERT_STRING_EQUAL(p.unit, rows[i].unit);
		buf_free(&seen);
		sweep_param_free(&p);
	}
}

static void
bad_ranges(void)
{
	static const char *const rows[] = { "", "=", "loss", "loss=", "=1%",
		"loss=,1%", "loss=1%,,2%", "loss=0..30%", "loss=0..:5%",
		"loss=..30%:5%", "loss=30%..0:5%", "loss=0..30%:0%",
		"loss=0..30%:-5%", "loss=0..30%:5ms", "loss=0%..30ms:5%",
		"loss=0..1%:0.0000001%", "loss=0..99%:0.001%",
		"loss=0...30%:5%", "loss=0..30%:5%:1%", "loss=1%,1%",
		"loss=0..9999999999999999999999:1", "loss=0..1e3:1", "a+b=1",
		"a+b=1/2/3", "a+b=1/2,3", "a+=1/2", "+a=1/2", "a+a=1/2",
		"a+b=0..3/1", "a+b=1/2,1/2",
		"a+b=", "a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q=////////////////",
		"loss=nan..inf:1", "loss=0x1..0x9:1", "loss=0..10%:5%,5%" };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sweep_param p;
		struct diag d = DIAG_INIT;
		int err = sweep_param_read(&p, rows[i], &d);

		CU_ASSERT_NOT_EQUAL(err, 0);
		CU_ASSERT_EQUAL(d.err, err);
		if (err == 0)
			printf("BAD taken: %s\n", rows[i]);
		sweep_param_free(&p);
	}
}

static void
seeds(void)
{
	static const char *const bad[] = { "", "..", "1..", "..1", "2..1",
		"a..b", "1..2..3", "-1..2", "1.5..2", "1..9223372036854775808",
		"1, 2" };
	struct diag d = DIAG_INIT;
	uint64_t from, to;

	CU_ASSERT_EQUAL(sweep_seeds_read("1..100", &from, &to, &d), 0);
	CU_ASSERT(from == 1 && to == 100);
	CU_ASSERT_EQUAL(sweep_seeds_read("7", &from, &to, &d), 0);
	CU_ASSERT(from == 7 && to == 7);
	CU_ASSERT_EQUAL(
	    sweep_seeds_read("0..9223372036854775807", &from, &to, &d), 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct diag e = DIAG_INIT;

		CU_ASSERT_NOT_EQUAL(
		    sweep_seeds_read(bad[i], &from, &to, &e), 0);
	}
}

/* ---- experiments ---- */

static void
make(struct experiment *e)
{
	struct diag d = DIAG_INIT;

	memset(e, 0, sizeof(*e));
	CU_ASSERT_EQUAL_FATAL(inputs_read(&e->in, "labs/direct-call", &d), 0);
	e->seed_from = 5;
	e->seed_to = 9;
	e->bounds = SWEEP_BOUNDS;
	CU_ASSERT_EQUAL(experiment_add_param(e, "loss=0,10%", &d), 0);
	CU_ASSERT_EQUAL(experiment_add_param(e, "delay=1ms..3ms:1ms", &d), 0);
	CU_ASSERT_EQUAL_FATAL(experiment_settle(e, &d), 0);
}

/* Every run once, each point with each seed; its file says the same. */
static void
experiments(void)
{
	struct experiment e, again;
	LOCAL_BUF json = BUF_INIT, options = BUF_INIT;
	struct diag d = DIAG_INIT;

	make(&e);
	CU_ASSERT_EQUAL(e.points, 6);
	CU_ASSERT_EQUAL(e.runs, 30);
	CU_ASSERT_EQUAL(experiment_point(&e, 29), 5);
	CU_ASSERT_EQUAL(experiment_seed(&e, 29), 9);
	CU_ASSERT_EQUAL(experiment_value(&e, 4, 0), 1);
	CU_ASSERT_EQUAL(experiment_value(&e, 4, 1), 1);
	experiment_put_options(&e, 4, 9, &options);
	CU_ASSERT_STRING_EQUAL(
	    buf_cstr(&options), " --seed=9 --set loss=10% --set delay=2ms");
	experiment_write(&e, &json);
	CU_ASSERT_EQUAL_FATAL(
	    experiment_read(&again, buf_view(&json), "e", &d), 0);
	CU_ASSERT_EQUAL(again.id, e.id);
	CU_ASSERT_EQUAL(again.runs, 30);
	CU_ASSERT_EQUAL(again.bounds.memory, e.bounds.memory);
	experiment_free(&again);
	/* More seeds are the same experiment, other values are not. */
	e.seed_to = 20;
	CU_ASSERT_EQUAL(experiment_settle(&e, &d), 0);
	CU_ASSERT_EQUAL(e.runs, 96);
	CU_ASSERT_EQUAL(experiment_add_param(&e, "loss=3%", &d), ERR_EXISTS);
	experiment_free(&e);
}

/* Each byte of an experiment's file changed, and each prefix of it: read or
 * refused with a sentence, never worse. */
static void
broken_experiments(void)
{
	struct experiment e, again;
	LOCAL_BUF json = BUF_INIT;
	size_t step = IS_SANITIZED ? 31 : 7;

	make(&e);
	experiment_write(&e, &json);
	for (size_t i = 0; i < json.n; i += step) {
		char before = json.p[i];
		struct diag d = DIAG_INIT, cut = DIAG_INIT;

		CU_ASSERT_NOT_EQUAL(
		    experiment_read(
			&again, str_slice(buf_view(&json), 0, i), "e", &cut),
		    0);
		CU_ASSERT_NOT_EQUAL(cut.err, 0);
		experiment_free(&again);
		json.p[i] = (char)(before ^ (1 << i % 7));
		if (experiment_read(&again, buf_view(&json), "e", &d) != 0)
			CU_ASSERT_NOT_EQUAL(d.err, 0);
		experiment_free(&again);
		json.p[i] = before;
	}
	experiment_free(&e);
}

/* ---- results ---- */

#define OF "{\"of\":\"00000000000000ff\","

static void
results(void)
{
	static const struct {
		const char *line;
		int err;
	} rows[] = {
		{ OF "\"point\":0,\"seed\":1,\"end\":\"ok\"}", 0 },
		{ OF "\"point\":0,\"seed\":1,\"end\":\"ok\",\"calls\":[[200,1,"
		     "2],"
		     "[486,-1,0],[0,-1,4],[2,-1,0]],\"more\":{}}",
		    0 },
		{ OF "\"point\":0,\"seed\":1,\"end\":\"crash\",\"what\":\"x\"}",
		    0 },
		{ "{\"of\":\"0000000000000001\",\"point\":0,\"seed\":1,"
		  "\"end\":\"ok\"}",
		    ERR_NOTFOUND },
		{ "", ERR_SYNTAX },
		{ "{}", ERR_SYNTAX },
		{ "[]", ERR_SYNTAX },
		{ "{\"of\":255}", ERR_SYNTAX },
		{ OF "\"point\":0,\"seed\":1,\"end\":\"ok\"} x", ERR_SYNTAX },
		{ OF "\"point\":0,\"seed\":1,\"end\":\"fine\"}", ERR_SYNTAX },
		{ OF "\"point\":0,\"seed\":1}", ERR_SYNTAX },
		{ OF "\"point\":-1,\"seed\":1,\"end\":\"ok\"}", ERR_SYNTAX },
		{ OF "\"point\":1.5,\"seed\":1,\"end\":\"ok\"}", ERR_SYNTAX },
		{ OF "\"point\":0,\"seed\":1,\"end\":\"ok\",\"calls\":{}}",
		    ERR_SYNTAX },
		{ OF "\"point\":0,\"seed\":1,\"end\":\"ok\",\"calls\":[1]}",
		    ERR_SYNTAX },
		{ OF "\"point\":0,\"seed\":1,\"end\":\"ok\",\"calls\":[[200,1]]"
		     "}",
		    ERR_SYNTAX },
		{ OF "\"point\":0,\"seed\":1,\"end\":\"ok\","
		     "\"calls\":[[200,1,1,1],[487,1,0,0],[486,1,0]]}",
		    0 },
		{ OF "\"point\":0,\"seed\":1,\"end\":\"ok\","
		     "\"calls\":[[200,1,1,1,1]]}",
		    ERR_SYNTAX },
		{ OF "\"point\":0,\"seed\":1,\"end\":\"ok\","
		     "\"calls\":[[200,1,1,-1]]}",
		    ERR_SYNTAX },
		{ OF "\"point\":0,\"seed\":1,\"end\":\"ok\","
		     "\"calls\":[[700,1,1]]}",
		    ERR_SYNTAX },
		{ OF "\"point\":0,\"seed\":1,\"end\":\"ok\","
		     "\"calls\":[[180,1,1]]}",
		    ERR_SYNTAX },
		{ OF "\"point\":0,\"seed\":1,\"end\":\"ok\","
		     "\"calls\":[[200,-2,1]]}",
		    ERR_SYNTAX },
		{ OF "\"point\":0,\"seed\":1,\"end\":\"ok\","
		     "\"calls\":[[200,1,99999999999]]}",
		    ERR_SYNTAX },
		{ OF "\"point\":0,\"seed\":1,\"end\":\"ok\","
		     "\"streams\":[[250,3,1,125,4409],[9,0,0,0,-1]]}",
		    0 },
		{ OF "\"point\":0,\"seed\":1,\"end\":\"ok\","
		     "\"streams\":[[250,3,1,125]]}",
		    ERR_SYNTAX },
		{ OF "\"point\":0,\"seed\":1,\"end\":\"ok\","
		     "\"streams\":[[250,-1,1,125,4409]]}",
		    ERR_SYNTAX },
		{ OF "\"point\":0,\"seed\":1,\"end\":\"ok\","
		     "\"streams\":[[250,3,1,125,5001]]}",
		    ERR_SYNTAX },
	};
	struct sweep_result r;

	memset(&r, 0, sizeof(r));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int err = sweep_result_read(&r, 255, str_of(rows[i].line));
		struct buf again = BUF_INIT;

		CU_ASSERT_EQUAL(err, rows[i].err);
		if (err != rows[i].err)
			printf("BAD %d: %s\n", err, rows[i].line);
		sweep_result_write(&r, 255, &again);
		if (err == 0 && strstr(rows[i].line, "more") == NULL) {
			buf_truncate(&again, again.n - 1);
			CU_ASSERT_STRING_EQUAL(buf_cstr(&again), rows[i].line);
		}
		buf_free(&again);
	}
	sweep_result_free(&r);
}

/* Takes the result LINE of experiment E. */
static void
take(struct sweep_runs *runs, struct sweep_table *t, size_t point,
    uint64_t seed, const char *rest)
{
	LOCAL_BUF line = BUF_INIT;
	struct sweep_result r;

	memset(&r, 0, sizeof(r));
	buf_printf(&line, "{\"of\":\"%016llx\",\"point\":%zu,\"seed\":%llu,%s}",
	    (unsigned long long)runs->e->id, point, (unsigned long long)seed,
	    rest);
	CU_ASSERT_EQUAL_FATAL(
	    sweep_result_read(&r, runs->e->id, buf_view(&line)), 0);
	if (sweep_runs_take(runs, &r, buf_view(&line)))
		CU_ASSERT_EQUAL(sweep_table_take(t, &r), 0);
	sweep_result_free(&r);
}

/* The same in two orders, with results that come twice, that differ, that
 * failed first or later. */
static void
orders(void)
{
	static const struct {
		size_t point;
		uint64_t seed;
		const char *rest;
	} rows[] = {
		{ 0, 5, "\"end\":\"ok\",\"calls\":[[200,100,1],[486,200,0]]" },
		{ 0, 6, "\"end\":\"ok\",\"calls\":[[200,300,0]]" },
		{ 1, 5, "\"end\":\"crash\"" },
		{ 1, 5, "\"end\":\"ok\",\"calls\":[[2,-1,6]]" },
		{ 1, 5, "\"end\":\"timeout\"" },
		{ 2, 9, "\"end\":\"cpu\"" },
		{ 0, 5, "\"end\":\"ok\",\"calls\":[[200,100,1],[486,200,0]]" },
	};
	size_t n = sizeof(rows) / sizeof(rows[0]);
	struct experiment e;
	struct buf csv[2] = { BUF_INIT, BUF_INIT };

	make(&e);
	for (int k = 0; k < 2; k++) {
		struct sweep_runs runs;
		struct sweep_table t;

		CU_ASSERT_EQUAL_FATAL(sweep_runs_create(&runs, &e), 0);
		CU_ASSERT_EQUAL_FATAL(sweep_table_create(&t, &e), 0);
		for (size_t i = 0; i < n; i++) {
			size_t at = k == 0 ? i : n - 1 - i;

			take(&runs, &t, rows[at].point, rows[at].seed,
			    rows[at].rest);
		}
		sweep_table_settle(&t, &runs);
		CU_ASSERT_EQUAL(runs.done, 4);
		CU_ASSERT_EQUAL(runs.failed, 1);
		CU_ASSERT_EQUAL(runs.differing, 0);
		CU_ASSERT_EQUAL(t.rows[0].attempts[MEASURE_SESSION], 3);
		CU_ASSERT_EQUAL(t.rows[0].good[MEASURE_SESSION], 2);
		CU_ASSERT_EQUAL(t.rows[1].failed[SWEEP_OK], 1);
		CU_ASSERT_EQUAL(sweep_row_failed(&t.rows[1], 2, NULL), 1);
		sweep_table_csv(&t, &csv[k]);
		take(&runs, &t, 0, 6, "\"end\":\"ok\"");
		CU_ASSERT_EQUAL(runs.differing, 1);
		sweep_table_free(&t);
		sweep_runs_free(&runs);
	}
	CU_ASSERT_STRING_EQUAL(buf_cstr(&csv[0]), buf_cstr(&csv[1]));
	CU_ASSERT_PTR_NOT_NULL(
	    strstr(buf_cstr(&csv[0]), "0,1ms,2,0,3,2,0,0,0.666667,"));
	buf_free(&csv[0]);
	buf_free(&csv[1]);
	experiment_free(&e);
}

/* Calls that a queue let wait have figures of their own, which no other
 * experiment shows. */
static void
waits(void)
{
	struct experiment e;
	struct sweep_runs runs;
	struct sweep_table t;
	LOCAL_BUF csv = BUF_INIT, text = BUF_INIT;

	make(&e);
	CU_ASSERT_EQUAL_FATAL(sweep_runs_create(&runs, &e), 0);
	CU_ASSERT_EQUAL_FATAL(sweep_table_create(&t, &e), 0);
	take(&runs, &t, 1, 5, "\"end\":\"ok\",\"calls\":[[200,100,1]]");
	sweep_table_csv(&t, &csv);
	CU_ASSERT_PTR_NULL(strstr(buf_cstr(&csv), "queue_"));
	buf_clear(&csv);
	/* 2 s, 20 s, just too late, given up, refused; and one not queued. */
	take(&runs, &t, 0, 5,
	    "\"end\":\"ok\",\"calls\":[[200,100,1,2000000000],"
	    "[200,1,0,20000000000],[200,1,0,20000000001],"
	    "[487,1,0,9000000000],[480,1,0,1000],[200,1,0]]");
	sweep_table_settle(&t, &runs);
	CU_ASSERT_EQUAL(t.rows[0].queued, 5);
	CU_ASSERT_EQUAL(t.rows[0].abandoned, 1);
	CU_ASSERT_EQUAL(t.rows[0].in_time, 2);
	CU_ASSERT_DOUBLE_EQUAL(
	    t.rows[0].figures[SWEEP_WAIT_MEAN].value, 14.0, 1e-6);
	CU_ASSERT_DOUBLE_EQUAL(
	    t.rows[0].figures[SWEEP_ABANDONED].value, 0.2, 1e-9);
	CU_ASSERT_DOUBLE_EQUAL(
	    t.rows[0].figures[SWEEP_SERVICE].value, 0.4, 1e-9);
	CU_ASSERT_FALSE(t.rows[1].figures[SWEEP_WAIT_MEAN].has);
	sweep_table_csv(&t, &csv);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&csv), ",queue_wait_mean_s,"));
	sweep_table_text(&t, &text);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&text), "service level"));
	sweep_table_free(&t);
	sweep_runs_free(&runs);
	experiment_free(&e);
}

/* Streams that were heard have figures of their own, too; one without a MOS
 * counts in the others. */
static void
sounds(void)
{
	static const struct {
		enum sweep_figure figure;
		double value;
	} want[] = { { SWEEP_MOS_MEAN, 3 }, { SWEEP_MOS_LEAST, 2 },
		{ SWEEP_LOST, 0.1 }, { SWEEP_LATE, 0.2 },
		{ SWEEP_JITTER, 0.002 } };
	struct experiment e;
	struct sweep_runs runs;
	struct sweep_table t;
	LOCAL_BUF csv = BUF_INIT, text = BUF_INIT;

	make(&e);
	CU_ASSERT_EQUAL_FATAL(sweep_runs_create(&runs, &e), 0);
	CU_ASSERT_EQUAL_FATAL(sweep_table_create(&t, &e), 0);
	take(&runs, &t, 1, 5, "\"end\":\"ok\",\"calls\":[[200,100,1]]");
	sweep_table_csv(&t, &csv);
	CU_ASSERT_PTR_NULL(strstr(buf_cstr(&csv), "mos_"));
	buf_clear(&csv);
	take(&runs, &t, 0, 5,
	    "\"end\":\"ok\",\"streams\":[[90,10,0,3000000,4000],"
	    "[80,20,60,3000000,2000],[50,0,0,0,-1]]");
	sweep_table_settle(&t, &runs);
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		CU_ASSERT_DOUBLE_EQUAL(t.rows[0].figures[want[i].figure].value,
		    want[i].value, 1e-9);
	CU_ASSERT_FALSE(t.rows[0].figures[SWEEP_MOS_LEAST].i.has_low);
	CU_ASSERT_TRUE(t.rows[0].figures[SWEEP_MOS_MEAN].i.has_low);
	CU_ASSERT_FALSE(t.rows[1].figures[SWEEP_LOST].has);
	sweep_table_csv(&t, &csv);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&csv), ",mos_least,"));
	sweep_table_text(&t, &text);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&text), "MOS (mean)"));
	/* Scales are kept apart, and those of no stream have no column. */
	CU_ASSERT_PTR_NULL(strstr(buf_cstr(&csv), "mos_wideband"));
	take(&runs, &t, 2, 5,
	    "\"end\":\"ok\",\"streams\":[[90,10,0,3000000,4300,1]]");
	sweep_table_settle(&t, &runs);
	CU_ASSERT_FALSE(t.rows[1].figures[SWEEP_MOS_MEAN].has &&
			t.rows[1].figures[SWEEP_MOS_WB_MEAN].has);
	buf_clear(&csv);
	sweep_table_csv(&t, &csv);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&csv), ",mos_wideband_least,"));
	CU_ASSERT_PTR_NULL(strstr(buf_cstr(&csv), "mos_fullband"));
	sweep_table_free(&t);
	sweep_runs_free(&runs);
	experiment_free(&e);
}

/* Nothing was measured, one thing was: plots and tables all the same. */
static void
empty_tables(void)
{
	struct experiment e;
	struct sweep_runs runs;
	struct sweep_table t;
	LOCAL_BUF out = BUF_INIT;
	char name[64];
	size_t left, n = 0;

	make(&e);
	CU_ASSERT_EQUAL_FATAL(sweep_runs_create(&runs, &e), 0);
	CU_ASSERT_EQUAL_FATAL(sweep_table_create(&t, &e), 0);
	sweep_table_settle(&t, &runs);
	sweep_table_csv(&t, &out);
	sweep_table_json(&t, &out);
	sweep_table_text(&t, &out);
	while (sweep_table_plot(&t, n, name, &out, &left))
		n++;
	CU_ASSERT(n >= 5);
	CU_ASSERT_EQUAL(out.err, 0);
	CU_ASSERT_PTR_NULL(strstr(buf_cstr(&out), "nan"));
	CU_ASSERT_PTR_NULL(strstr(buf_cstr(&out), "inf\""));
	sweep_table_free(&t);
	sweep_runs_free(&runs);
	experiment_free(&e);
}

static void
words(void)
{
	static const struct {
		const char *text, *word;
	} rows[] = { { "a/b-c_1.x", "a/b-c_1.x" }, { "", "''" },
		{ "a b", "'a b'" }, { "it's", "'it'\\''s'" },
		{ "$(rm)", "'$(rm)'" }, { "a;b", "'a;b'" }, { "~", "'~'" },
		{ "张三", "张三" },
		{ "a\nrm %d\\'", "\"$(printf -- 'a\\012rm %%d\\134\\047')\"" },
		{ "\033]0;x\a", "\"$(printf -- '\\033]0;x\\007')\"" },
		{ "\u202e", "\"$(printf -- '\\342\\200\\256')\"" } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf b = BUF_INIT;

		shell_put_word(&b, rows[i].text);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&b), rows[i].word);
		buf_free(&b);
	}
}

/* Each allocation of reading an experiment fails once. */
static void
no_memory(void)
{
	struct experiment e, again;
	LOCAL_BUF json = BUF_INIT;
	unsigned long step = IS_SANITIZED ? 97 : 23;
	bool failed = true;

	make(&e);
	experiment_write(&e, &json);
	for (unsigned long n = 1; failed; n += step) {
		struct diag d = DIAG_INIT;

		mem_fail_from(n);
		failed = experiment_read(&again, buf_view(&json), "e", &d) != 0;
		mem_fail_from(0);
		experiment_free(&again);
	}
	experiment_free(&e);
}

CHECK_MAIN("sweep", { "ranges", ranges }, { "bad ranges", bad_ranges },
    { "seeds", seeds }, { "experiments", experiments },
    { "broken experiments", broken_experiments }, { "results", results },
    { "orders", orders }, { "waits", waits }, { "sounds of calls", sounds },
    { "empty tables", empty_tables }, { "words", words },
    { "no memory", no_memory })
