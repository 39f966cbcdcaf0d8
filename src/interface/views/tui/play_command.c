/*
 * What is typed behind ":": a request by its name, or an act in words.
 */
#include "views/tui/play.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/param.h"
#include "trace/select.h"

struct words {
	const char *name;
	play_typed_fn *fn;
};

static bool
choose_theme(struct play *p, struct str name)
{
	enum theme theme = theme_of_name(name);

	if (theme == THEME_NONE) {
		play_tell(p, _("there are the themes default, light, contrast, "
			       "colour-blind and mono"));
		return false;
	}
	p->o.theme = theme;
	return true;
}

static bool
choose_node(struct play *p, struct str name)
{
	struct diag d = DIAG_INIT;

	if (trace_check_node(play_view(p)->trace, name, &d) != 0) {
		play_complain(p, &d);
		return false;
	}
	play_fix_node(p, name);
	return true;
}

static bool
act_in_words(struct play *p, struct str text)
{
	if (play_act_text(p, text) == 0)
		return true;
	play_complain(p, &p->diag);
	return false;
}

static bool
choose_speed(struct play *p, struct str text)
{
	double speed;

	if (param_decimal(text, &speed) != 0) {
		play_tell(p, _("a speed is a number from 0.1 to 1000"));
		return false;
	}
	p->speed = 0;
	while (p->speed + 1 < PLAY_SPEEDS && play_speeds[p->speed] < speed)
		p->speed++;
	play_say(p, "×%g", play_speeds[p->speed]);
	return true;
}

void
play_say_brackets(struct play *p)
{
	static const char *const kinds[] = {
		[LADDER_MARK_TRANSACTION] = N_("transactions"),
		[LADDER_MARK_DIALOG] = N_("dialogs"),
		[LADDER_MARK_PHASE] = N_("phases of calls"),
	};
	struct buf b = BUF_INIT;

	for (unsigned k = 0; k < LADDER_MARK_COUNT; k++)
		if ((p->brackets >> k & 1) != 0)
			buf_printf(&b, "%s%s", b.n > 0 ? _(", ") : "",
			    i18n_text(kinds[k]));
	/* TRANSLATORS: "transactions", "dialogs", "phases of calls", or several
	 * of them */
	play_say(p, _("brackets: %s"), b.n > 0 ? buf_cstr(&b) : _("none"));
	buf_free(&b);
}

/* "dialog phase", or "none". */
static bool
choose_brackets(struct play *p, struct str words)
{
	unsigned kinds = 0;

	while (words.n > 0) {
		struct str word = str_cut(words, ' ', &words);
		unsigned k = 0;

		while (
		    k < LADDER_MARK_COUNT && !str_is(word, ladder_mark_word(k)))
			k++;
		if (k == LADDER_MARK_COUNT && !str_is(word, "none")) {
			play_tell(p, _("there are the brackets transaction, "
				       "dialog, phase, and none"));
			return false;
		}
		kinds |= k < LADDER_MARK_COUNT ? 1u << k : 0;
		words = str_trim(words);
	}
	if (!play_exam_bars(p, REQ_BRACKETS)) {
		play_set_brackets(p, kinds);
		play_say_brackets(p);
	}
	return true;
}

/* Commands that take something; without it they are the request. */
static const struct words commands[] = {
	{ "goto", play_goto },
	{ "filter", play_set_filter },
	{ "find", play_find },
	{ "export", play_export },
	{ "theme", choose_theme },
	{ "brackets", choose_brackets },
	{ "language", play_choose_language },
	{ "node", choose_node },
	{ "act", act_in_words },
	{ "branch", play_branch_command },
	{ "press", play_keypad_keys },
	{ "speed", choose_speed },
};

#define NCOMMANDS (sizeof(commands) / sizeof(commands[0]))

static bool
refuse_command(struct play *p, struct str name)
{
	const char *names[REQ_COUNT], *near;

	for (unsigned i = 0; i < REQ_COUNT; i++)
		names[i] = play_requests[i].command;
	near = param_nearest(name, names, REQ_COUNT, sizeof(names[0]));
	if (near != NULL)
		play_say(p, _("there is no command “%.*s”; did you mean “%s”?"),
		    STR_ARG(utf8_clip(name, 40)), near);
	else
		play_say(p, _("there is no command “%.*s”; ? lists the keys"),
		    STR_ARG(utf8_clip(name, 40)));
	p->say_bad = true;
	return false;
}

bool
play_command(struct play *p, struct str text)
{
	struct str rest, name = str_cut(str_trim(text), ' ', &rest);
	enum play_request r;
	uint64_t number;

	rest = str_trim(rest);
	if (name.n == 0)
		return true;
	/* As in vi: ":41". */
	if (str_u64(name, &number) == 0)
		return play_goto(p, name);
	for (size_t i = 0; rest.n > 0 && i < NCOMMANDS; i++)
		if (str_is(name, commands[i].name))
			return commands[i].fn(p, rest);
	r = request_of_name(name);
	if (r == REQ_NONE)
		return refuse_command(p, name);
	play_do(p, r);
	return true;
}

bool
play_complete_command(struct str text, size_t i, struct buf *out, void *arg)
{
	(void)arg;
	for (unsigned r = 0; r < REQ_COUNT; r++) {
		struct str command = str_of(play_requests[r].command);

		if (play_requests[r].place == PLACE_EVERYWHERE &&
		    str_eq(str_slice(command, 0, text.n), text) && i-- == 0) {
			buf_str(out, command);
			return true;
		}
	}
	for (size_t k = 0; k < NCOMMANDS; k++) {
		struct str command = str_of(commands[k].name);

		if (request_of_name(command) == REQ_NONE &&
		    str_eq(str_slice(command, 0, text.n), text) && i-- == 0) {
			buf_str(out, command);
			return true;
		}
	}
	return false;
}
