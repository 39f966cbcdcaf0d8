/* rung labs: lists the labs there are, without a screen. */
#include "base/err.h"
#include "base/utf8.h"
#include "cli/check.h"
#include "cli/choice.h"
#include "cli/cli.h"
#include "draw/doc.h"
#include "scenario/share_labs.h"
#include "session/session.h"
#include "views/lesson/kept.h"
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

/* What the newest session of each lab has answered. */
struct done {
	struct session_entry *list; /* the newest first */
	size_t n;
};

/* "3 of 5 answered" behind the text of a lab that was begun. */
static void
put_done(const struct share_lab *lab, const struct done *done, struct buf *out)
{
	struct answers a = ANSWERS_INIT;
	struct diag d = DIAG_INIT;
	struct lesson *l = NULL;
	struct exam e;
	size_t i = 0;

	while (i < done->n && !cli_is_session_of(&done->list[i], lab->path))
		i++;
	if (i == done->n || lesson_load(&l, lab->path, "", &d) != 0)
		return;
	if (kept_lesson_find(str_of(done->list[i].state), &a, &e) == 0 &&
	    answers_count(&a) > 0)
		buf_printf(out, _(" [%zu of %zu answered]"), answers_count(&a),
		    lesson_count(l));
	answers_free(&a);
	lesson_destroy(l);
}

static void
put_lab(const struct share_lab *lab, const struct done *done, size_t cells,
    size_t width, struct doc *out)
{
	struct buf text = BUF_INIT;

	buf_str(&text, title_translate(str_of(lab->title)));
	if (lab->text[0] != '\0')
		buf_printf(&text, " · %s", i18n_text(lab->text));
	put_done(lab, done, &text);
	doc_line(out, 0);
	doc_printf(out, STYLE_PLAIN, "  %s", lab->name);
	doc_wrap_beside(out, STYLE_PLAIN, buf_view(&text), cells + 4, width);
	buf_end(&text, &out->err);
}

static void
put_labs(const struct share_labs *labs, const struct done *done, size_t width,
    struct doc *out)
{
	size_t cells = name_cells(labs);
	const char *group = "";

	for (size_t i = 0; i < labs->n; i++) {
		const struct share_lab *lab = &labs->list[i];

		if (i > 0 && strcmp(group, lab->group) != 0)
			doc_line(out, 0);
		if (strcmp(group, lab->group) != 0) {
			doc_line(out, 0);
			doc_puts(out, STYLE_PLAIN, i18n_text(lab->group));
		}
		group = lab->group;
		put_lab(lab, done, cells, width, out);
	}
}

static int
list_labs(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct share_labs labs = SHARE_LABS_INIT;
	struct done done = { .list = NULL };
	struct diag none = DIAG_INIT;
	struct doc doc = DOC_INIT;
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
	/* Without them the list is as good. */
	if (err == 0 && session_list(&done.list, &done.n, &none) != 0)
		done.n = 0;
	if (err == 0)
		put_labs(&labs, &done,
		    c->width != 0 ? c->width : CLI_WIDTH_LIST, &doc);
	if (err == 0)
		err = doc_write(&doc, &out);
	if (err == 0)
		err = cli_print(c, &out, d);
	if (err != 0)
		diag_set(d, err, NULL, 0, "%s", err_text(err));
	session_list_free(done.list, done.n);
	share_labs_free(&labs);
	doc_free(&doc);
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
