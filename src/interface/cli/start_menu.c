/*
 * What there is to be played: a bare rung, which lets choose on the screen, and
 * rung labs, which lists.
 */
#include "base/err.h"
#include "base/folder.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/rows.h"
#include "cli/check.h"
#include "cli/option_checks.h"
#include "cli/cli.h"
#include "cli/play_command.h"
#include "draw/doc.h"
#include "inputs/share_labs.h"
#include "session/session.h"
#include "session/settings.h"
#include "text/json_fields.h"
#include "text/utf8.h"
#include "views/lesson/kept.h"
#include "words/trace_words.h"

#include <stdio.h>
#include <string.h>

#define LANGUAGES_MOST 8
/* Files of this folder, and sessions, offered above the labs. */
#define FILES_MOST    5
#define SESSIONS_MOST 3

struct things {
	struct folder_names here; /* files to be played come first */
	size_t files;             /* so many of them are offered */
	struct share_labs labs;
	struct session_entry *sessions;
	size_t nsessions, shown;
	struct menu_item *items;
	struct buf texts; /* hints and what sessions are, NUL after each */
};

/* *LEFT where the user wants none of them. */
static int
ask_language(struct cli *c, bool *left, struct diag *d)
{
	struct menu_item items[LANGUAGES_MOST];
	struct tui_options o = { .ascii = c->ascii,
		.theme = cli_screen_theme(c),
		.typed = buf_view(&c->typed) };
	struct menu m;
	size_t n = menu_languages(items, LANGUAGES_MOST);
	int err;

	menu_init(&m, "Language · 语言", items, n);
	err = tui_menu(&m, &o, d);
	buf_free(&c->typed);
	*left = err == 0 && m.chosen == MENU_NONE;
	if (err != 0 || *left)
		return err;
	language_keep(items[m.chosen].also);
	return 0;
}

static void
free_things(struct things *t)
{
	folder_names_free(&t->here);
	share_labs_free(&t->labs);
	session_list_free(t->sessions, t->nsessions);
	mem_free(t->items);
	buf_free(&t->texts);
}

/* "rung play two-proxies", its place in the texts. */
static size_t
start_menu_put_hint(struct things *t, const char *command, const char *what)
{
	size_t at = t->texts.n;

	buf_printf(&t->texts, "rung %s %s", command, what);
	buf_add(&t->texts, "", 1);
	return at;
}

/* "2026-03-01 14:05, at #88" behind its hint. */
static void
start_menu_put_session(struct things *t, const struct session_entry *e)
{
	cli_put_when(&t->texts, e);
	buf_puts(&t->texts, ", ");
	cli_put_position(&t->texts, e);
	buf_add(&t->texts, "", 1);
}

/* The texts stand where they stay: those of the N items begin AT. */
static void
point_to_texts(struct things *t, const size_t *at, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		t->items[i].hint = t->texts.p + at[i];
		if (i >= t->files && i < t->files + t->shown)
			t->items[i].text =
			    t->texts.p + at[i] + strlen(t->items[i].hint) + 1;
	}
}

/* Captures, topologies, traces, and a lab by its script are offered. */
static bool
is_offered(const char *name)
{
	static const char *const endings[] = { "gv", "jsonl", "pcap",
		"pcapng" };

	return strcmp(name, "lab.lua") == 0 ||
	       ROWS_HAS(file_ending_packed(str_of(name)), endings);
}

/* A folder that can't be read offers nothing. */
static void
gather_files(struct things *t)
{
	if (folder_names_read(&t->here, ".") != 0)
		return;
	for (size_t i = 0; i < t->here.n && t->files < FILES_MOST; i++)
		if (is_offered(t->here.names[i])) {
			char *name = t->here.names[t->files];

			t->here.names[t->files++] = t->here.names[i];
			t->here.names[i] = name;
		}
}

static void
put_file_item(struct things *t, size_t i, size_t *at)
{
	at[i] = start_menu_put_hint(t, "play", t->here.names[i]);
	t->items[i] = (struct menu_item){ .group = _("In this folder"),
		.title = t->here.names[i] };
}

static void
put_session_item(struct things *t, size_t i, size_t *at)
{
	const struct session_entry *e = &t->sessions[i];
	char number[24];

	snprintf(number, sizeof(number), "%zu", i + 1);
	at[t->files + i] = start_menu_put_hint(t, "play", number);
	start_menu_put_session(t, e);
	t->items[t->files + i] = (struct menu_item){ .group = _("Continue"),
		.title = title_translate(str_of(e->title)).p,
		.also = e->name };
}

static int
gather_things(struct things *t)
{
	struct diag d = DIAG_INIT;
	size_t *at, n, first;
	int err = share_labs_read(&t->labs);

	if (err != 0)
		return err;
	/* The menu is shown without a session as well. */
	if (session_list(&t->sessions, &t->nsessions, &d) != 0)
		t->nsessions = 0;
	t->shown = t->nsessions < SESSIONS_MOST ? t->nsessions : SESSIONS_MOST;
	gather_files(t);
	first = t->files + t->shown;
	n = first + t->labs.n;
	t->items = mem_zalloc(n + 1, sizeof(*t->items));
	at = mem_zalloc(n + 1, sizeof(*at));
	if (t->items == NULL || at == NULL) {
		mem_free(at);
		return ERR_NOMEM;
	}
	for (size_t i = 0; i < t->files; i++)
		put_file_item(t, i, at);
	for (size_t i = 0; i < t->shown; i++)
		put_session_item(t, i, at);
	for (size_t i = 0; i < t->labs.n; i++) {
		const struct share_lab *lab = &t->labs.list[i];

		at[first + i] = start_menu_put_hint(t, "play", lab->name);
		t->items[first + i] =
		    (struct menu_item){ .group = i18n_text(lab->group),
			    .title = title_translate(str_of(lab->title)).p,
			    .text = lab->text[0] != '\0' ? i18n_text(lab->text)
							 : NULL,
			    .also = lab->name };
	}
	if (t->texts.err == 0)
		point_to_texts(t, at, n);
	mem_free(at);
	return t->texts.err;
}

static int
resume_chosen(struct cli *c, const char *name, struct diag *d)
{
	struct session *s;
	int status;

	if (session_resume(&s, name, d) != 0)
		return CLI_USAGE;
	status = cli_play_on(c, s, d);
	session_destroy(s);
	return status;
}

/* The menu once; *LEFT when the user wants no more. */
static int
choose_and_play(struct cli *c, bool *left, struct diag *d)
{
	struct tui_options o = { .ascii = c->ascii,
		.theme = cli_screen_theme(c),
		.typed = buf_view(&c->typed) };
	struct things t = { .here = FOLDER_NAMES_INIT, .texts = BUF_INIT };
	struct menu m;
	size_t at, before;
	int status = CLI_OK, err = gather_things(&t);

	*left = true;
	if (err != 0) {
		diag_fail(d, err);
		free_things(&t);
		return CLI_USAGE;
	}
	before = t.files + t.shown;
	menu_init(&m, _("rung: labs"), t.items, before + t.labs.n);
	m.languages = true;
	err = tui_menu(&m, &o, d);
	buf_free(&c->typed);
	if (err != 0) {
		status = CLI_USAGE;
	} else if (m.language) {
		*left = false;
		language_keep(i18n_next_language());
	} else if (m.chosen < t.files) {
		*left = false;
		status = cli_play_file(c, t.here.names[m.chosen], d);
	} else if (m.chosen < before) {
		*left = false;
		at = m.chosen - t.files;
		status = resume_chosen(c, t.sessions[at].name, d);
	} else if (m.chosen != MENU_NONE) {
		*left = false;
		status =
		    cli_play_file(c, t.labs.list[m.chosen - before].path, d);
	}
	free_things(&t);
	return status;
}

/*
 * What there is to be played, again after each play, until the user leaves.
 * If nothing says which language, the menu asks for the language first.
 */
int
cli_menu(struct cli *c, struct diag *d)
{
	bool left = false;
	int status = CLI_OK;

	c->in_menu = true;
	if (cli_look_at_terminal(c, d) != 0)
		return CLI_USAGE;
	if (c->language == LANGUAGE_FROM_NOTHING &&
	    ask_language(c, &left, d) != 0)
		return CLI_USAGE;
	while (!left && status == CLI_OK)
		status = choose_and_play(c, &left, d);
	return status;
}

/* ---- rung labs: lists the labs there are, without a screen ---- */

/* Cells of the widest name. */
static size_t
start_menu_name_cells(const struct share_labs *labs)
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
	size_t told;                /* so many of them */
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
	ANY_FIELD(struct lab_told, text, STR, "what it shows"),
	FIELD(struct lab_told, path, TEXT, "its folder"),
	ANY_FIELD(struct lab_told, tasks, NUMBER,
	    "of a lab that was begun: how many it has"),
	ANY_FIELD(
	    struct lab_told, answered, NUMBER, "of them, that are answered"),
	FIELDS_END,
};

/* What the newest session of LAB has answered. */
static void
count_done(
    const struct share_lab *lab, const struct done *done, struct lab_told *told)
{
	LOCAL(answers_free) struct answers a = ANSWERS_INIT;
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
start_menu_put_lab(
    const struct lab_told *lab, size_t cells, size_t width, struct doc *out)
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
start_menu_put_labs(const struct done *done, size_t width, struct doc *out)
{
	size_t cells = start_menu_name_cells(&done->labs);
	struct str group = STR_NULL;

	for (size_t i = 0; i < done->told; i++) {
		struct lab_told lab = tell_lab(done, i);

		if (i > 0 && !str_eq(group, lab.group))
			doc_line(out, 0);
		if (!str_eq(group, lab.group)) {
			doc_line(out, 0);
			doc_put(out, STYLE_PLAIN, lab.group);
		}
		group = lab.group;
		start_menu_put_lab(&lab, cells, width, out);
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
start_menu_put_list(struct cli *c, const struct done *done, struct buf *out)
{
	struct doc doc = DOC_INIT;

	if (c->json) {
		json_put_list(out, "labs", done->told, put_lab_object, done);
		return out->err;
	}
	start_menu_put_labs(
	    done, c->width != 0 ? c->width : CLI_WIDTH_LIST, &doc);
	return cli_put_doc(c, &doc, out);
}

/* LAB has all of WORDS, in its name or in its texts in either language. */
static int
lab_has(const struct share_lab *lab, char **words, int n, bool *has)
{
	LOCAL_BUF texts = BUF_INIT;
	struct menu_item item = { .title =
				      title_translate(str_of(lab->title)).p };
	struct menu m = { .items = &item, .n = 1 };

	*has = true;
	if (n == 0)
		return 0;
	buf_printf(&texts, "%s %s %s %s %s %s", lab->name, lab->title,
	    lab->text, lab->group, i18n_text(lab->group),
	    lab->text[0] != '\0' ? i18n_text(lab->text) : "");
	item.also = buf_cstr(&texts);
	for (int i = 0; texts.err == 0 && *has && i < n; i++) {
		m.nfilter = (size_t)snprintf(
		    m.filter, sizeof(m.filter), "%s", words[i]);
		if (m.nfilter >= sizeof(m.filter))
			m.nfilter = sizeof(m.filter) - 1;
		*has = menu_has(&m, 0);
	}
	return texts.err;
}

/* Those of the labs that have all of WORDS come first, and are told. */
static int
choose_labs(struct done *done, char **words, int n, struct diag *d)
{
	struct share_lab *list = done->labs.list;
	int err = 0;

	for (size_t i = 0; err == 0 && i < done->labs.n; i++) {
		struct share_lab lab = list[i];
		bool has = false;

		err = lab_has(&lab, words, n, &has);
		if (has) {
			list[i] = list[done->told];
			list[done->told++] = lab;
		}
	}
	if (err == 0 && done->told == 0 && n > 0)
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    n > 1 ? _("no lab contains all of these words; rung labs "
			      "lists the labs")
			  : _("no lab contains the word “%s”; rung labs lists "
			      "the labs"),
		    words[0]);
	return err;
}

static int
list_labs(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct done done = { .labs = SHARE_LABS_INIT };
	struct diag none = DIAG_INIT;
	LOCAL_BUF out = BUF_INIT;
	int err = 0;

	err = cli_check_place(c, "labs", d);
	if (err == 0)
		err = share_labs_read(&done.labs);
	if (err == 0)
		err = choose_labs(&done, argv, argc, d);
	/* Without them the list is as good. */
	if (err == 0 && session_list(&done.list, &done.n, &none) != 0)
		done.n = 0;
	if (err == 0)
		err = start_menu_put_list(c, &done, &out);
	if (err == 0)
		err = cli_print(c, &out, d);
	diag_fail(d, err);
	session_list_free(done.list, done.n);
	share_labs_free(&done.labs);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_option labs_options[] = { CLI_JSON_OPTION, { 0 } };

static const struct cli_example labs_examples[] = {
	{ "rung labs", N_("their names and what they show") },
	{ "rung labs forking", N_("the labs about forking") },
	{ NULL, NULL },
};

const struct cli_command cli_labs = {
	.name = "labs",
	.usage = "[WORD …]",
	.text = N_("lists the labs"),
	.purpose = N_("Lists the labs, or those that contain all of the WORDs; "
		      "every command takes the name of a lab as its FILE."),
	.about = N_("Lists the labs by name, or those that contain all of the "
		    "WORDs in their name, title or text. Every command takes "
		    "such a name as its FILE."),
	.examples = labs_examples,
	.options = labs_options,
	.fn = list_labs,
};
