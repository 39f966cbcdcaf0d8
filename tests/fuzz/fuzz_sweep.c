/*
 * The folder of an experiment: the first line is experiment.json, the others
 * are results. Read and made into tables and plots, or refused with a sentence.
 */
#include "fuzz.h"
#include "fuzz_file.h"

#include "sweep/store.h"
#include "sweep/table.h"

#include <errno.h>
#include <unistd.h>

struct taking {
	struct sweep_runs runs;
	struct sweep_table table;
};

static int
take_result(const struct sweep_result *r, struct str line, void *arg)
{
	struct taking *t = arg;

	return sweep_runs_take(&t->runs, r, line)
		   ? sweep_table_take(&t->table, r)
		   : 0;
}

static void
hear_left_out(const struct diag *d, void *arg)
{
	(void)arg;
	fuzz_want(d->text[0] != '\0');
}

static void
put_all(const struct sweep_table *t)
{
	LOCAL_BUF out = BUF_INIT;
	char name[64];
	size_t left;

	sweep_table_csv(t, &out);
	sweep_table_json(t, &out);
	sweep_table_text(t, &out);
	fuzz_want(out.err == 0);
	for (size_t i = 0; sweep_table_plot(t, i, name, &out, &left); i++)
		buf_clear(&out);
}

static void
read_results(const struct store *s, const struct experiment *e)
{
	struct diag d = DIAG_INIT;
	struct taking t;
	uint64_t left_out = 0;
	int err;

	fuzz_want(sweep_runs_create(&t.runs, e) == 0);
	fuzz_want(sweep_table_create(&t.table, e) == 0);
	err = store_read_results(
	    s, e, take_result, hear_left_out, &t, &left_out, &d);
	fuzz_want(err == d.err);
	if (err == 0) {
		sweep_table_settle(&t.table, &t.runs);
		put_all(&t.table);
	}
	sweep_table_free(&t.table);
	sweep_runs_free(&t.runs);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str rest, text = { (const char *)bytes, n };
	struct diag d = DIAG_INIT;
	struct experiment e;
	struct store s;
	char path[512];
	int err;

	fuzz_write(STORE_EXPERIMENT, str_cut(text, '\n', &rest), &path);
	fuzz_write("results.jsonl", rest, &path);
	fuzz_want(store_open(&s, fuzz_folder(), false, &d) == 0);
	err = store_read_experiment(&s, &e, &d);
	fuzz_want(err == d.err && (err == 0 || d.text[0] != '\0'));
	/* What is absurdly large is none of this test's business. */
	if (err == 0 && e.runs < 100000)
		read_results(&s, &e);
	experiment_free(&e);
	store_close(&s);
	return 0;
}
