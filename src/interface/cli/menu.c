/*
 * A bare `rung` on a terminal: what there is to be played, again after each
 * play, until the user leaves.  Where nothing says which language, it asks for
 * it first.
 */
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/play.h"
#include "inputs/share_labs.h"
#include "session/settings.h"
#include "views/tui/terminal.h"
#include "words/trace_words.h"

#include <stdio.h>
#include <string.h>

#define LANGUAGES_MOST 8
/* Sessions offered above the labs. */
#define SESSIONS_MOST 3

struct things {
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
	share_labs_free(&t->labs);
	session_list_free(t->sessions, t->nsessions);
	mem_free(t->items);
	buf_free(&t->texts);
}

/* "rung play two-proxies", its place in the texts. */
static size_t
put_hint(struct things *t, const char *command, const char *what)
{
	size_t at = t->texts.n;

	buf_printf(&t->texts, "rung %s %s", command, what);
	buf_add(&t->texts, "", 1);
	return at;
}

/* "2026-03-01 14:05, at #88" behind its hint. */
static void
put_session(struct things *t, const struct session_entry *e)
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
		if (i < t->shown)
			t->items[i].text =
			    t->texts.p + at[i] + strlen(t->items[i].hint) + 1;
	}
}

static int
gather_things(struct things *t)
{
	struct diag d = DIAG_INIT;
	size_t *at, n;
	int err = share_labs_read(&t->labs);

	if (err != 0)
		return err;
	/* No session is no reason for no menu. */
	if (session_list(&t->sessions, &t->nsessions, &d) != 0)
		t->nsessions = 0;
	t->shown = t->nsessions < SESSIONS_MOST ? t->nsessions : SESSIONS_MOST;
	n = t->shown + t->labs.n;
	t->items = mem_zalloc(n + 1, sizeof(*t->items));
	at = mem_zalloc(n + 1, sizeof(*at));
	if (t->items == NULL || at == NULL) {
		mem_free(at);
		return ERR_NOMEM;
	}
	for (size_t i = 0; i < t->shown; i++) {
		at[i] = put_hint(t, "resume", t->sessions[i].name);
		put_session(t, &t->sessions[i]);
		t->items[i] = (struct menu_item){ .group = _("Go on"),
			.title =
			    title_translate(str_of(t->sessions[i].title)).p,
			.also = t->sessions[i].name };
	}
	for (size_t i = 0; i < t->labs.n; i++) {
		const struct share_lab *lab = &t->labs.list[i];

		at[t->shown + i] = put_hint(t, "play", lab->name);
		t->items[t->shown + i] =
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

/* No lab was played from the menu before; from now on one was. */
static bool
is_first_lab(void)
{
	struct settings s;
	bool first;

	settings_read(&s);
	first = !s.toured;
	s.toured = true;
	if (first)
		settings_write(&s);
	return first;
}

/* The menu once; *LEFT when the user wants no more. */
static int
choose_and_play(struct cli *c, bool *left, struct diag *d)
{
	struct tui_options o = { .ascii = c->ascii,
		.theme = cli_screen_theme(c),
		.typed = buf_view(&c->typed) };
	struct things t = { .texts = BUF_INIT };
	struct menu m;
	int status = CLI_OK, err = gather_things(&t);
	bool tour = false;

	*left = true;
	if (err != 0) {
		diag_set(d, err, NULL, 0, "%s", err_text(err));
		free_things(&t);
		return CLI_USAGE;
	}
	menu_init(&m, _("rung: labs"), t.items, t.shown + t.labs.n);
	m.languages = true;
	err = tui_menu(&m, &o, d);
	buf_free(&c->typed);
	if (err != 0) {
		status = CLI_USAGE;
	} else if (m.language) {
		*left = false;
		language_keep(i18n_next_language());
	} else if (m.chosen < t.shown) {
		*left = false;
		status = resume_chosen(c, t.sessions[m.chosen].name, d);
	} else if (m.chosen != MENU_NONE) {
		*left = false;
		tour = is_first_lab();
		status = cli_play_file(
		    c, t.labs.list[m.chosen - t.shown].path, tour, d);
	}
	free_things(&t);
	return status;
}

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
