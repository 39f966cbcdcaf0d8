/* rung labs: the labs there are, for who has no screen. */
#include "base/err.h"
#include "base/utf8.h"
#include "cli/choice.h"
#include "cli/cli.h"
#include "scenario/share_labs.h"
#include "words/title_words.h"

#include <string.h>

/* Cells of the widest name. */
static size_t
name_cells(const struct share_labs *labs)
{
	size_t most = 0;

	for (size_t i = 0; i < labs->n; i++) {
		size_t cells = utf8_width(str_of(labs->list[i].name));

		if (cells > most)
			most = cells;
	}
	return most;
}

static void
put_lab(const struct share_lab *lab, size_t cells, struct buf *out)
{
	buf_puts(out, "  ");
	utf8_add_cell(out, str_of(lab->name), cells);
	buf_puts(out, "  ");
	utf8_add_safe(out, title_translate(str_of(lab->title)));
	if (lab->text[0] != '\0') {
		buf_puts(out, ": ");
		utf8_add_safe(out, str_of(i18n_text(lab->text)));
	}
	buf_putc(out, '\n');
}

static void
put_labs(const struct share_labs *labs, struct buf *out)
{
	size_t cells = name_cells(labs);
	const char *group = "";

	for (size_t i = 0; i < labs->n; i++) {
		const struct share_lab *lab = &labs->list[i];

		if (strcmp(group, lab->group) != 0)
			buf_printf(out, "%s%s\n", i > 0 ? "\n" : "",
			    i18n_text(lab->group));
		group = lab->group;
		put_lab(lab, cells, out);
	}
}

static int
list_labs(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct share_labs labs = SHARE_LABS_INIT;
	struct buf out = BUF_INIT;
	int err = 0;

	(void)argv;
	if (argc > 0)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("labs takes no FILE; rung play LAB plays one"));
	if (err == 0)
		err = cli_check_place(c, "labs", d);
	if (err == 0)
		err = share_labs_read(&labs);
	if (err == 0)
		put_labs(&labs, &out);
	if (err == 0)
		err = cli_print(c, &out, d);
	if (err != 0)
		diag_set(d, err, NULL, 0, "%s", err_text(err));
	share_labs_free(&labs);
	buf_free(&out);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_example examples[] = {
	{ "rung labs", N_("their names and what they show") },
	{ NULL, NULL },
};

const struct cli_command cli_labs = {
	.name = "labs",
	.usage = "",
	.text = N_("lists the labs"),
	.about = N_("Lists the labs by name. Every command takes such a name "
		    "in place of a FILE."),
	.examples = examples,
	.fn = list_labs,
};
