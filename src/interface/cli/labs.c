/* rung labs: lists the labs there are, without a screen. */
#include "base/err.h"
#include "text/utf8.h"
#include "cli/check.h"
#include "cli/choice.h"
#include "cli/cli.h"
#include "draw/doc.h"
#include "inputs/share_labs.h"
#include "session/session.h"
#include "text/json_fields.h"
#include "views/lesson/kept.h"
#include "words/trace_words.h"

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

/* The labs, and what the newest session of each has answered. */
struct done {
	struct share_labs labs;
	struct session_entry *list; /* the newest first */
	size_t n;
};

/* A lab as it is told. */
struct lab_told {
	const char *name, *path;
	struct str title, group, text;
	int64_t tasks, answered; /* 0: it was not begun */
};

const struct field lab_fields[] = {
	FIELD(struct lab_told, name, TEXT, "what every command takes"),
	FIELD(struct lab_told, group, STR, "what it is about"),
	FIELD(struct lab_told, title, STR, "what it is called"),
	FIELD(struct lab_told, text, STR, "what it shows", .flags = FIELD_ANY),
	FIELD(struct lab_told, path, TEXT, "its folder"),
	FIELD(struct lab_told, tasks, NUMBER,
	    "of a lab that was begun: how many it has", .flags = FIELD_ANY),
	FIELD(struct lab_told, answered, NUMBER, "of them, that are answered",
	    .flags = FIELD_ANY),
	FIELDS_END,
};

/* What the newest session of LAB has answered. */
static void
count_done(
    const struct share_lab *lab, const struct done *done, struct lab_told *told)
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
	    answers_count(&a) > 0) {
		told->answered = (int64_t)answers_count(&a);
		told->tasks = (int64_t)lesson_count(l);
	}
	answers_free(&a);
	lesson_destroy(l);
}

static struct lab_told
tell_lab(const struct done *done, size_t i)
{
	const struct share_lab *lab = &done->labs.list[i];
	struct lab_told told = { .name = lab->name,
		.path = lab->path,
		.title = title_translate(str_of(lab->title)),
		.group = str_of(i18n_text(lab->group)) };

	if (lab->text[0] != '\0')
		told.text = str_of(i18n_text(lab->text));
	count_done(lab, done, &told);
	return told;
}

static void
put_lab(const struct lab_told *lab, size_t cells, size_t width, struct doc *out)
{
	struct buf text = BUF_INIT;

	buf_str(&text, lab->title);
	if (lab->text.n > 0)
		buf_printf(&text, " · %.*s", STR_ARG(lab->text));
	if (lab->answered > 0)
		buf_printf(&text, _(" [%zu of %zu answered]"),
		    (size_t)lab->answered, (size_t)lab->tasks);
	doc_line(out, 0);
	doc_printf(out, STYLE_PLAIN, "  %s", lab->name);
	doc_wrap_beside(out, STYLE_PLAIN, buf_view(&text), cells + 4, width);
	buf_end(&text, &out->err);
}

static void
put_labs(const struct done *done, size_t width, struct doc *out)
{
	size_t cells = name_cells(&done->labs);
	struct str group = STR_NULL;

	for (size_t i = 0; i < done->labs.n; i++) {
		struct lab_told lab = tell_lab(done, i);

		if (i > 0 && !str_eq(group, lab.group))
			doc_line(out, 0);
		if (!str_eq(group, lab.group)) {
			doc_line(out, 0);
			doc_put(out, STYLE_PLAIN, lab.group);
		}
		group = lab.group;
		put_lab(&lab, cells, width, out);
	}
}

static void
put_lab_object(const void *of, size_t i, struct buf *out)
{
	const struct done *done = of;
	struct lab_told lab = tell_lab(done, i);

	json_put_object(lab_fields, &lab, out);
}

static int
put_list(struct cli *c, const struct done *done, struct buf *out)
{
	struct doc doc = DOC_INIT;

	if (c->json) {
		json_put_list(out, "labs", done->labs.n, put_lab_object, done);
		return out->err;
	}
	put_labs(done, c->width != 0 ? c->width : CLI_WIDTH_LIST, &doc);
	return cli_put_doc(c, &doc, out);
}

static int
list_labs(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct done done = { .labs = SHARE_LABS_INIT };
	struct diag none = DIAG_INIT;
	struct buf out = BUF_INIT;
	int err = 0;

	(void)argv;
	if (argc > 0)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("labs takes no FILE; rung play LAB plays one"));
	if (err == 0)
		err = cli_check_place(c, "labs", d);
	if (err == 0)
		err = share_labs_read(&done.labs);
	/* Without them the list is as good. */
	if (err == 0 && session_list(&done.list, &done.n, &none) != 0)
		done.n = 0;
	if (err == 0)
		err = put_list(c, &done, &out);
	if (err == 0)
		err = cli_print(c, &out, d);
	if (err != 0)
		diag_set(d, err, NULL, 0, "%s", err_text(err));
	session_list_free(done.list, done.n);
	share_labs_free(&done.labs);
	buf_free(&out);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_option labs_options[] = { CLI_JSON_OPTION, { 0 } };

static const struct cli_example labs_examples[] = {
	{ "rung labs", N_("their names and what they show") },
	{ NULL, NULL },
};

const struct cli_command cli_labs = {
	.name = "labs",
	.usage = "",
	.text = N_("lists the labs"),
	.about = N_("Lists the labs by name. Every command takes such a name "
		    "in place of a FILE."),
	.examples = labs_examples,
	.options = labs_options,
	.fn = list_labs,
};
