/* rung play: step through a lab, topology, trace or capture in the terminal. */
#include "cli/play_command.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/param.h"
#include "cli/browse.h"
#include "cli/capture_input.h"
#include "cli/check.h"
#include "cli/option_checks.h"
#include "cli/student_lab.h"
#include "cli/export.h"
#include "cli/live.h"
#include "cli/play_command_source.h"
#include "cli/progress.h"
#include "cli/recording.h"
#include "session/settings.h"
#include "views/lesson/kept.h"
#include "views/tui/terminal.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int
set_exam(struct cli *c, const char *value, struct diag *d)
{
	struct str s = str_of(value);
	bool is = param_time(s, &c->exam_ns) == 0;

	if (is && c->exam_ns < INT64_C(60000000000) && s.n > 0 &&
	    chr_is_digit(s.p[s.n - 1]))
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("--exam: %s means %s seconds; for minutes write %smin"),
		    value, value, value);
	if (is && c->exam_ns >= INT64_C(60000000000) &&
	    c->exam_ns / 1000000000 <= EXAM_SECONDS_MAX)
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("--exam: “%s” is not a duration of at least 1min; use 30min, for "
	      "example"),
	    value);
}

static const struct cli_option play_options[] = {
	{ "exam", 0, "TIME",
	    N_("limits the time for the tasks; no hints, reasons or "
	       "explanations"),
	    set_exam },
	{ "present", 0, NULL,
	    N_("suits the lecture hall: light, large, with captions"),
	    cli_set_present },
	{ "call", 0, "ID",
	    N_("plays only the call of a capture with this "
	       "Call-ID"),
	    cli_add_call },
	{ "list", 'l', NULL, N_("lists the saved sessions"), cli_set_list },
	CLI_SOUND_OPTIONS,
	{ "from", 0, "TIME", N_("begins the sound at that time"),
	    cli_set_from },
	{ "to", 0, "TIME", N_("ends the sound at that time"), cli_set_to },
	{ 0 },
};

/* What a terminal draws two cells wide would tear the ladder apart; where that
 * may be, it is asked. */
int
cli_look_at_terminal(struct cli *c, struct diag *d)
{
	struct terminal_facts f;

	terminal_look(&f);
	/* Chinese asks for characters, --ascii for none but words; the locale
	 * aside.  Where that has ASCII, the language may change later. */
	if (!f.utf8 && (c->utf8 || strcmp(f.charset, "ASCII") == 0) &&
	    terminal_use_utf8())
		f.utf8 = c->utf8;
	c->ascii = !c->utf8;
	if (terminal_check(&f, d) != 0)
		return d->err;
	if (!c->ascii && terminal_worth_probing(&f))
		terminal_probe(&f, TERMINAL_WAIT_MS, &c->typed);
	c->ascii |= terminal_wants_ascii(&f);
	return 0;
}

/* Where the session is, for who lost the terminal or stopped on the way. */
static void
say_where(const struct cli *c, const struct session *s, int ended)
{
	if (session_file(s) == NULL)
		return;
	if (ended == 0) {
		/* The menu comes back, and offers it itself. */
		if (!c->in_menu)
			puts(_("rung play continues where you stopped."));
		return;
	}
	cli_remark(c, _("the session is saved in %s; rung play continues it"),
	    session_file(s));
}

/* Nothing was played on a screen before; from now on something was.  Where that
 * can't be kept there is no welcome. */
static bool
is_first_play(void)
{
	struct settings s;

	settings_read(&s);
	if (s.toured)
		return false;
	s.toured = true;
	settings_write(&s);
	settings_read(&s);
	return s.toured;
}

int
cli_show_source(struct cli *c, struct play_source *src, bool tour, int *ended,
    struct diag *d)
{
	struct tui_options o = { .present = c->present,
		.tasks = c->answered[0] != '\0',
		.theme = cli_screen_theme(c) };
	int err;

	/* The terminal is the screen's now. */
	cli_progress_end();
	err = cli_look_at_terminal(c, d);
	*ended = 0;
	if (err != 0)
		return err;
	o.ascii = c->ascii;
	o.tour = tour && src->notice.n == 0 && is_first_play();
	o.typed = buf_view(&c->typed);
	src->keep_language = language_keep;
	src->formats = cli_other_formats;
	src->write_file = cli_write_other;
	err = tui_run(src, &o, ended, d);
	buf_free(&c->typed);
	return err;
}

static int
play_session(struct cli *c, struct session *s, struct diag *d)
{
	struct play_source src;
	struct engine *e;
	struct cli_lab *lab;
	int ended = 0, err;

	if (cli_lab_open(&lab, s, c->student, c->exam_ns, d) != 0)
		return CLI_USAGE;
	err = play_source_open(&src, &e, s, d);
	src.lab = cli_lab_source(lab);
	if (c->present)
		src.hold = NULL;
	if (c->asks)
		cli_lab_ask(lab);
	if (err == 0 && lab == NULL && c->exam_ns != 0)
		err = diag_set(d, ERR_NOTFOUND, session_opened(s), 0,
		    _("has no tasks, so --exam has no effect"));
	if (err == 0)
		err = cli_show_source(c, &src, !c->present, &ended, d);
	if (err == 0 && lab != NULL &&
	    cli_is_practice(s, src.lab->name, src.lab->student))
		cli_remark(c, "%s",
		    _("your actions here are practice; the hand-in contains "
		      "your answers in the exam"));
	if (cli_lab_student(lab) != NULL)
		snprintf(c->answered, sizeof(c->answered), "%s",
		    cli_lab_student(lab));
	cli_lab_close(lab);
	engine_close(e);
	if (err != 0)
		return CLI_USAGE;
	if (ended != 0 || c->answered[0] == '\0' || !c->asks)
		say_where(c, s, ended);
	return ended == 0 ? CLI_OK : 128 + ended;
}

/* *EXAM as cli_resume_exam, for the student for whom S would be played. */
static int
find_exam_of(struct cli *c, const struct session *s, struct session **exam,
    struct diag *d)
{
	const struct play_lab *lab;
	struct cli_lab *opened;
	int err = cli_lab_open(&opened, s, c->student, 0, d);

	*exam = NULL;
	lab = cli_lab_source(opened);
	if (err == 0 && lab != NULL)
		err = cli_resume_exam(
		    exam, s, lab->name, lab->student, c->exam_ns > 0, d);
	cli_lab_close(opened);
	return err;
}

/* Shows S, or what FILE is, until the user leaves; the exit status. */
static int
cli_play_session(struct cli *c, struct session *s, struct diag *d)
{
	struct session *exam = NULL;
	int status;

	if (find_exam_of(c, s, &exam, d) != 0)
		return CLI_USAGE;
	status = play_session(c, exam != NULL ? exam : s, d);
	session_destroy(exam);
	return status;
}

static int
play_browse(struct cli *c, struct browse *b, struct diag *d)
{
	struct play_source src;
	int ended = 0, err;

	browse_source(b, &src);
	err = cli_show_source(c, &src, !c->present, &ended, d);
	browse_close(b);
	if (err != 0)
		return CLI_USAGE;
	return ended == 0 ? CLI_OK : 128 + ended;
}

static int
play_capture(struct cli *c, const char *file, struct diag *d)
{
	struct browse *b;
	struct session *s;
	struct trace *t;
	int status;

	if (browse_open(c, file, &t, &b, d) != 0)
		return CLI_USAGE;
	if (b != NULL)
		return play_browse(c, b, d);
	if (session_view(&s, t, file, d) != 0)
		return CLI_USAGE;
	status = cli_play_session(c, s, d);
	session_destroy(s);
	return status;
}

/* FILE's session as the options and V have it. */
static int
open_played_session(struct session **s, const struct cli *c, const char *file,
    const struct variant *v, struct diag *d)
{
	struct topology_setting settings[CLI_SETTINGS_MOST];
	struct session_options o = { .run =
					 cli_inputs_options(c, v, settings) };

	return session_open(s, file, &o, d);
}

static int
play_inputs(struct cli *c, const char *file, struct diag *d)
{
	struct variant v;
	struct session *s = NULL;
	int err, status;

	err = cli_make_variant(c, file, &v, d);
	if (err == 0)
		err = open_played_session(&s, c, file, &v, d);
	variant_free(&v);
	if (err != 0)
		return CLI_USAGE;
	status = cli_play_session(c, s, d);
	session_destroy(s);
	return status;
}

/* FILE is a lab with tasks, and no student was given. */
static bool
is_nobodys(const struct cli *c, const char *file)
{
	struct diag d = DIAG_INIT;
	LOCAL(work_free) struct work w = WORK_INIT;
	bool nobodys = false;

	if (c->student != NULL || c->has_seed || c->present ||
	    cli_is_file(file))
		return false;
	if (cli_find_work(&w, file, NULL, &d) == 0)
		nobodys =
		    w.answers.student == NULL || w.answers.student[0] == '\0';
	return nobodys;
}

/* FILE once more where its user has said whose it is; else STATUS. */
static int
play_as_answered(struct cli *c, const char *file, int status, struct diag *d)
{
	c->asks = false;
	if (status == CLI_OK && c->answered[0] != '\0')
		status = cli_take_student(c, c->answered, d) == 0
			     ? play_inputs(c, file, d)
			     : CLI_USAGE;
	c->student = NULL;
	c->answered[0] = '\0';
	return status;
}

/* As the student who was asked for his number before, or is asked before his
 * first answer: then the lab is opened again for him, at its tasks. */
static int
play_file(struct cli *c, const char *file, struct diag *d)
{
	struct settings kept = { .asked = false };
	int status;

	if (cli_is_capture(file))
		return play_capture(c, file, d);
	if (c->ncalls > 0) {
		diag_set(d, ERR_UNSUPPORTED, file, 0,
		    _("is not a capture, so --call has no effect"));
		return CLI_USAGE;
	}
	if (!is_nobodys(c, file))
		return play_inputs(c, file, d);
	settings_read(&kept);
	if (kept.student[0] != '\0')
		(void)cli_take_student(c, kept.student, NULL);
	c->asks = !kept.asked && c->exam_ns == 0;
	c->answered[0] = '\0';
	status = play_inputs(c, file, d);
	return play_as_answered(c, file, status, d);
}

int
cli_play_on(struct cli *c, struct session *s, struct diag *d)
{
	const char *file = session_opened(s);
	struct settings kept = { .asked = false };
	int status;

	settings_read(&kept);
	c->asks = !kept.asked && is_nobodys(c, file);
	c->answered[0] = '\0';
	status = cli_play_session(c, s, d);
	return play_as_answered(c, file, status, d);
}

int
cli_play_file(struct cli *c, const char *file, struct diag *d)
{
	int status;

	cli_progress_begin(c);
	status = play_file(c, file, d);
	cli_progress_end();
	return status;
}

static int
play_command_run(struct cli *c, int argc, char **argv, struct diag *d)
{
	bool sound = cli_wants_sound(c);

	if (c->list || argc == 0 || (argc == 1 && cli_is_session(argv[0])))
		return cli_resume(c, argc, argv, d);
	if (argc != 1)
		return cli_refuse_files(c, argc, argv,
		    _("play needs one FILE: a lab, script, topology or trace"),
		    d);
	if (cli_check_place(c, sound ? "sound" : "screen", d) != 0)
		return CLI_USAGE;
	if (sound)
		return cli_play_sound(c, argv[0], d);
	if (cli_check_inputs(c, argv[0], !cli_is_capture(argv[0]),
		cli_is_capture(argv[0]), d) != 0)
		return CLI_USAGE;
	return cli_play_file(c, argv[0], d);
}

static const struct cli_example play_examples[] = {
	{ "rung play two-proxies", N_("a lab; press q to quit, ? for help") },
	{ "rung play --present two-proxies", N_("for the lecture hall") },
	{ "rung play", N_("continues the last session") },
	{ "rung play two-proxies --set bob.media=true --say bob",
	    N_("what Bob says") },
	{ NULL, NULL },
};

const struct cli_command cli_play = {
	.name = "play",
	.usage = "[FILE|SESSION]",
	.text = N_("steps through a lab, topology or trace in the terminal"),
	.purpose =
	    N_("Shows a call step by step on the screen: the ladder, and next "
	       "to it each message, its cause, state machines, network and "
	       "nodes."),
	.about = N_("Shows the ladder, with panes for the message, its cause, "
		    "state machines, network, node and log. → steps forward, ← "
		    "back, Tab goes to the panes, a opens the actions, ? lists "
		    "the keys. Sessions are saved: rung play without a FILE "
		    "continues the newest; with a number from --list, or with "
		    "a file, it continues that session. A session contains the "
		    "texts of its lab, so it continues even if the files have "
		    "changed. The last 20 are kept in $XDG_STATE_HOME/rung "
		    "(default ~/.local/state/rung)."),
	.examples = play_examples,
	.options = play_options,
	.runs = true,
	.fn = play_command_run,
};
