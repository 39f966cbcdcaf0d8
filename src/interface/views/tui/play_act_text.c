/* Typed text: acts in words, requests by name, and their completion. */
#include "views/tui/play_panes.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/param.h"
#include "role/verb.h"
#include "text/utf8.h"
#include "trace/record_name.h"

#include <string.h>

/* ---- an act in words: on what, the verb, what that needs ---- */

/* What people say for a verb. */
static const struct {
	const char *said, *verb;
} synonyms[] = {
	{ "call", "invite" },
	{ "ask", "options" },
	{ "take", "answer" },
	{ "refuse", "reject" },
	{ "decline", "reject" },
	{ "send elsewhere", "redirect" },
	{ "take back", "cancel" },
	{ "hang up", "bye" },
	{ "hangup", "bye" },
	{ "change", "set" },
	{ "lose", "drop" },
	{ "repeat", "duplicate" },
};

static const struct act_verb *
verb_named(const struct act_verb *list, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(name, list[i].name))
			return &list[i];
	return NULL;
}

/* TEXT begins with the word or words SAID; *REST is what follows. */
static bool
act_text_begins(struct str text, const char *said, struct str *rest)
{
	size_t n = strlen(said);

	if (!str_starts(text, said) || (text.n > n && text.p[n] != ' '))
		return false;
	*rest = str_slice(text, n, text.n);
	return true;
}

/* The verb at the beginning of *TEXT, which is left with the rest; NULL where
 * none of the N begins it. */
static const struct act_verb *
take_verb(const struct act_verb *list, size_t n, struct str *text)
{
	struct str rest, word = str_cut(*text, ' ', &rest);
	const struct act_verb *v = verb_named(list, n, word);

	for (size_t i = 0; v == NULL && i < COUNT_OF(synonyms); i++)
		if (act_text_begins(*text, synonyms[i].said, &rest))
			v = verb_named(list, n, str_of(synonyms[i].verb));
	if (v != NULL)
		*text = str_trim(rest);
	return v;
}

/* "bob can't \"fly\" now; it can invite, register, …" */
static int
say_what_can_be(struct play *p, const char *on, struct str word,
    const struct act_verb *list, size_t n)
{
	LOCAL_BUF names = BUF_INIT;
	int err;

	for (size_t i = 0; i < n; i++)
		buf_printf(&names, i > 0 ? ", %s" : "%s", list[i].name);
	/* TRANSLATORS: "alice/1 can't \"fly\" now; it can bye, hold, reinvite"
	 */
	err = diag_set(&p->diag, ERR_NOTFOUND, NULL, 0,
	    _("%s can't “%.*s” now; it can %s"), on,
	    STR_ARG(utf8_clip(word, 40)), buf_cstr(&names));
	return err;
}

/* WORD is said of a call, and ON is none. */
static bool
lacks_call(const char *on, struct str word)
{
	for (size_t i = 0; i < VERB_COUNT && strchr(on, '/') == NULL; i++)
		if (verb_rows[i].thing == VERB_OF_CALL &&
		    str_is(word, verb_rows[i].name))
			return true;
	return false;
}

/* The value given for KEY, or "". */
static const char *
given_for(const char *key, const struct act_arg *args, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(args[i].key, key) == 0)
			return args[i].value;
	return "";
}

/* What V needs is there, and all of it is right. */
static int
check_given(struct play *p, const char *on, const struct act_verb *v,
    const struct act_arg *args, size_t n)
{
	int err = 0;

	for (size_t i = 0;
	     err == 0 && i < ACT_VERB_ARGS && v->params[i] != NULL; i++) {
		const char *value = given_for(v->params[i], args, n);

		/* Any names: the verb itself judges them. */
		if (strcmp(v->params[i], "*") != 0 || n == 0 ||
		    value[0] != '\0')
			err =
			    play_act_check(p, on, v->name, v->params[i], value);
	}
	return diag_fail(&p->diag, err);
}

/* KEY=VALUE, or the verb's arguments in order. */
static int
act_text_read_args(
    const struct act_verb *v, struct str text, struct play_args *a)
{
	size_t in_order = 0;

	for (text = str_trim(text); text.n > 0 && a->n < ACT_VERB_ARGS;
	     text = str_trim(text)) {
		struct str word = str_cut(text, ' ', &text), value;
		struct str key = str_cut(word, '=', &value);

		if (str_chr(word, '=') < 0) {
			value = word;
			key = in_order < ACT_VERB_ARGS
				  ? str_of(v->params[in_order])
				  : STR_NULL;
			in_order++;
		}
		play_args_add(a, key, value);
	}
	return play_args_end(a);
}

/* Arguments edited in an editor are not typed in one line. */
static int
begin_verb(
    struct play *p, const char *on, const struct act_verb *v, struct str rest)
{
	if (rest.n > 0)
		return diag_set(&p->diag, ERR_SYNTAX, NULL, 0,
		    _("leave out the text after %s: an editor opens"), v->name);
	buf_clear(&p->acting.on);
	buf_puts(&p->acting.on, on);
	play_act_begin(p, v);
	return 0;
}

static int
do_verb(
    struct play *p, const char *on, const struct act_verb *v, struct str rest)
{
	bool message = strcmp(on, "message") == 0;
	struct play_args args = { .memory = BUF_INIT };
	int err;

	if ((message && strcmp(v->name, "edit") == 0) ||
	    (strcmp(v->name, "send") == 0 && rest.n == 0))
		return begin_verb(p, on, v, rest);
	err = act_text_read_args(v, rest, &args);
	if (err == 0)
		err = check_given(p, on, v, args.list, args.n);
	if (err == 0)
		err = play_act_do(p, on, v->name, args.list, args.n);
	buf_free(&args.memory);
	return err;
}

/* "alice invite bob", "message delay 200ms", "alice set answer=5s". */
int
play_act_text(struct play *p, struct str text)
{
	struct str rest, on = str_cut(str_trim(text), ' ', &rest);
	struct str word, behind;
	LOCAL_BUF names = BUF_INIT;
	struct act_verb list[PLAY_VERBS];
	const struct act_verb *v;
	size_t n;
	int err;

	p->diag = DIAG_INIT;
	rest = str_trim(rest);
	if (on.n == 0 || rest.n == 0)
		return diag_set(&p->diag, ERR_SYNTAX, NULL, 0, "%s",
		    _("write an action like this: alice invite bob"));
	word = str_cut(rest, ' ', &behind);
	buf_str(&names, on);
	buf_add(&names, "", 1);
	buf_str(&names, word);
	buf_add(&names, "", 1);
	n = names.err == 0 ? play_act_verbs(p, names.p, list) : 0;
	p->acting.after = play_message_seq(p);
	v = take_verb(list, n, &rest);
	err = names.err;
	if (err == 0 && v != NULL)
		err = do_verb(p, names.p, v, rest);
	else if (err == 0 && n > 0 && !lacks_call(names.p, word))
		err = say_what_can_be(p, names.p, word, list, n);
	else if (err == 0)
		/* The act itself reports its error. */
		err = play_act_do(p, names.p, names.p + on.n + 1, NULL, 0);
	return err;
}

/* ---- text typed after ":": a request or an act ---- */

struct words {
	const char *name;
	play_typed_fn *fn;
};

static bool
choose_theme(struct play *p, struct str name)
{
	enum theme theme = theme_of_name(name);

	if (theme == THEME_NONE) {
		play_tell(p, _("use the theme default, light, contrast, "
			       "colour-blind or mono"));
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
		play_tell(p, _("the speed must be a number from 0.1 to 1000"));
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
	LOCAL_BUF b = BUF_INIT;

	for (unsigned k = 0; k < LADDER_MARK_COUNT; k++)
		if ((p->ladder.brackets >> k & 1) != 0)
			buf_printf(&b, "%s%s", b.n > 0 ? _(", ") : "",
			    i18n_text(kinds[k]));
	/* TRANSLATORS: "transactions", "dialogs", "phases of calls", or several
	 * of them */
	play_say(p, _("brackets: %s"), b.n > 0 ? buf_cstr(&b) : _("none"));
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
			play_tell(p, _("use the brackets transaction, dialog, "
				       "phase, or none"));
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

static bool
refuse_command(struct play *p, struct str name)
{
	struct diag d = DIAG_INIT;

	diag_set(&d, ERR_NOTFOUND, NULL, 0,
	    _("there is no command “%.*s”; ? lists the keys"),
	    STR_ARG(utf8_clip(name, 40)));
	diag_meant(&d, ERR_NOTFOUND,
	    param_nearest(name, &play_requests[0].command, REQ_COUNT,
		sizeof(play_requests[0])));
	play_say(p, "%s", d.text);
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
	for (size_t i = 0; rest.n > 0 && i < COUNT_OF(commands); i++)
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
	for (size_t k = 0; k < COUNT_OF(commands); k++) {
		struct str command = str_of(commands[k].name);

		if (request_of_name(command) == REQ_NONE &&
		    str_eq(str_slice(command, 0, text.n), text) && i-- == 0) {
			buf_str(out, command);
			return true;
		}
	}
	return false;
}
