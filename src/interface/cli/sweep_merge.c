/* Makes the table and the plots from the results. */
#include "base/err.h"
#include "text/utf8.h"
#include "cli/sweep_in.h"

static int
write_part(
    const struct sweep *s, const char *name, struct buf *text, struct diag *d)
{
	int err = text->err != 0 ? diag_set(d, text->err, NULL, 0, "%s",
				       err_text(text->err))
				 : store_write_file(&s->store, name, text, d);

	buf_free(text);
	return err;
}

static int
write_tables(const struct sweep *s, struct diag *d)
{
	struct buf text = BUF_INIT;
	int err;

	sweep_table_csv(s->table, &text);
	err = write_part(s, "table.csv", &text, d);
	if (err != 0)
		return err;
	sweep_table_json(s->table, &text);
	return write_part(s, "table.json", &text, d);
}

static int
write_plots(const struct sweep *s, size_t *n, struct diag *d)
{
	struct buf svg = BUF_INIT;
	char name[64];
	size_t left;
	int err = 0;

	for (*n = 0;
	     err == 0 && sweep_table_plot(s->table, *n, name, &svg, &left);
	     ++*n) {
		if (left > 0)
			cli_remark(s->c,
			    _("%s shows the first lines only; %zu more are in "
			      "the table"),
			    name, left);
		err = write_part(s, name, &svg, d);
	}
	return err;
}

static int
print_all(const struct sweep *s, size_t plots, struct diag *d)
{
	struct buf out = BUF_INIT, folder = BUF_INIT;
	int err;

	utf8_add_safe(&folder, str_of(s->store.folder));
	sweep_table_text(s->table, &out);
	buf_putc(&out, '\n');
	sweep_put_counts(&s->runs, &out);
	buf_printf(&out,
	    _("Intervals hold the true value with 95 %% confidence. table.csv, "
	      "table.json and %zu plots are in %s.\n"),
	    plots, buf_cstr(&folder));
	buf_end(&folder, &out.err);
	err = cli_print_lines(s->c, &out, d);
	buf_free(&out);
	return err;
}

int
sweep_merge(struct sweep *s, struct diag *d)
{
	struct sweep_table table;
	size_t plots = 0;
	int err = sweep_table_create(&table, &s->e);

	s->table = &table;
	if (err != 0)
		diag_set(d, err, NULL, 0, "%s", err_text(err));
	else
		err = sweep_load(s, d);
	if (err == 0) {
		sweep_table_settle(&table, &s->runs);
		err = write_tables(s, d);
	}
	if (err == 0)
		err = write_plots(s, &plots, d);
	if (err == 0)
		err = print_all(s, plots, d);
	sweep_table_free(&table);
	s->table = NULL;
	if (err != 0)
		return CLI_USAGE;
	return s->runs.failed > 0 || s->left_out > 0 || s->runs.differing > 0 ||
		       s->runs.done < s->e.runs
		   ? CLI_FAILED
		   : CLI_OK;
}
