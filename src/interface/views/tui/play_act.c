/*
 * Acting: on what, which verb, with what; then the source does it, and the
 * branch where it is done is shown.  The verbs and their arguments come from
 * the source, so that every role offers what it has.
 */
#include "views/tui/play_panes.h"

#include "base/addr.h"
#include "base/err.h"
#include "base/i18n.h"
#include "text/utf8.h"
#include "words/state_doc.h"
#include "words/record_text.h"

#include <string.h>

/* Slices done at once, before the screen is drawn: most acts are done then. */
#define AT_ONCE 20

/* The last record of a person's act behind record AFTER: of the act and of its
 * immediate effects. */
static uint64_t
end_of_act(const struct trace *t, uint64_t after)
{
	uint64_t count = trace_count(t), act = 0, seq;
	struct trace_rec rec;

	/* In place of an end it has its number. */
	for (seq = after > 0 ? after : 1; seq <= count && seq < after + 2;
	     seq++)
		if (trace_kind_of(t, seq) == TRACE_ACT)
			act = seq;
	if (act == 0)
		return after;
	for (seq = act; seq < count; seq++) {
		if (trace_time_of(t, seq + 1) != trace_time_of(t, act))
			break;
		trace_get(t, seq + 1, &rec);
		if (trace_kind_of(t, seq + 1) != TRACE_END && rec.cause < act)
			break;
	}
	return seq;
}

/* The position, or the end of the run where nothing lies between: an act goes
 * on from there. */
static uint64_t
after_what(struct play *p)
{
	const struct play_view *v = play_view(p);

	if (p->follows && v->number == 0)
		return trace_count(v->trace);
	if (v->seq < trace_count(v->trace) &&
	    trace_kind_of(v->trace, v->seq + 1) == TRACE_END &&
	    trace_time_of(v->trace, v->seq + 1) <= v->t_ns)
		return v->seq + 1;
	return v->seq;
}

/* The last remark of BRANCH about an act of a person, which has no file; *N:
 * how many there are. */
static const struct diag *
act_remark(const struct play *p, size_t branch, size_t *n)
{
	const struct diag *d, *last = NULL;

	*n = 0;
	for (size_t i = 0;
	     p->src->remark != NULL &&
	     (d = p->src->remark(branch, i, p->src->keeper)) != NULL;
	     i++)
		if (d->file[0] == '\0') {
			last = d;
			++*n;
		}
	return last;
}

static void
act_done(struct play *p, size_t branch)
{
	struct play_doing *doing = &p->doing;
	const struct diag *remark;
	size_t n;
	bool branched, followed = p->follows;

	if (play_keep_up(p) != 0) {
		play_tell(p, err_text(ERR_NOMEM));
		return;
	}
	/* What was done on a message is seen where it is sent. */
	play_go_branch(p, branch,
	    doing->message ? doing->after
			   : end_of_act(p->views[branch].trace, doing->after));
	branched = p->nviews > doing->before;
	p->follows |= followed && branch == 0;
	remark = act_remark(p, branch, &n);
	if (n > doing->remarks)
		play_complain(p, remark);
	else if (branched)
		play_say(p,
		    p->src->live != NULL
			? _("a new branch, “%s”, in which programs do what "
			    "they did: b goes back")
			: _("a new branch, “%s”: b goes back"),
		    p->src->name(branch, p->src->arg));
	else
		play_tell(p, p->follows ? _("done") : _("done; → continues"));
	play_keypad_done(p, branched);
}

bool
play_act_work(struct play *p)
{
	struct diag d = DIAG_INIT;
	bool done = false;
	size_t branch = 0;

	if (!p->doing.going)
		return false;
	if (p->src->act_step(
		&done, &branch, &p->doing.percent, &d, p->src->arg) != 0) {
		p->doing.going = false;
		play_complain(p, &d);
		play_keypad_failed(p);
	} else if (done) {
		p->doing.going = false;
		act_done(p, branch);
	}
	return true;
}

void
play_act_cancel(struct play *p)
{
	p->src->act_cancel(p->src->arg);
	p->doing.going = false;
	play_keypad_failed(p);
	play_tell(p, _("not done"));
}

int
play_act_do(struct play *p, const char *on, const char *verb,
    const struct act_arg *args, size_t nargs)
{
	bool now = p->follows && p->now == 0;
	struct act act = { on, verb, args, nargs,
		now ? p->src->now_ns(p->src->live) : play_view(p)->t_ns };
	bool message = strcmp(on, "message") == 0;
	struct diag *d = &p->diag;

	*d = DIAG_INIT;
	if (p->src->act == NULL)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("this is a recording: no action is possible"));
	if (play_exam_is_over(p))
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("the exam is over: answers can't be changed"));
	if (p->doing.going)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("another action is not finished; Esc stops it"));
	p->doing = (struct play_doing){ .before = p->nviews,
		.message = message,
		.after = message ? p->acting.after : after_what(p) };
	(void)act_remark(p, p->now, &p->doing.remarks);
	if (p->src->act(p->now, p->doing.after, &act, d, p->src->arg) != 0)
		return d->err;
	p->doing.going = true;
	for (int i = 0; i < AT_ONCE && p->doing.going; i++)
		play_act_work(p);
	return 0;
}

void
play_args_add(struct play_args *a, struct str key, struct str value)
{
	if (a->n == ACT_VERB_ARGS)
		return;
	a->n++;
	buf_str(&a->memory, key);
	buf_add(&a->memory, "", 1);
	buf_str(&a->memory, value);
	buf_add(&a->memory, "", 1);
}

int
play_args_end(struct play_args *a)
{
	const char *at = a->memory.p;

	for (size_t i = 0; a->memory.err == 0 && i < a->n; i++) {
		a->list[i].key = at;
		at += strlen(at) + 1;
		a->list[i].value = at;
		at += strlen(at) + 1;
	}
	return a->memory.err;
}

/* All that the verb wants is there, or it asks for the next of it. */
static void ask_or_act(struct play *p);

int
play_act_check(struct play *p, const char *on, const char *verb,
    const char *key, const char *value)
{
	p->diag = DIAG_INIT;
	return p->src->check_arg == NULL
		   ? 0
		   : p->src->check_arg(
			 p->now, on, verb, key, value, &p->diag, p->src->arg);
}

static bool
typed_value(struct play *p, struct str text)
{
	struct play_acting *a = &p->acting;
	LOCAL_BUF value = BUF_INIT;
	struct str key;
	int err;

	text = str_trim(text);
	buf_str(&value, text);
	err = value.err != 0
		  ? value.err
		  : play_act_check(p, buf_cstr(&a->on), buf_cstr(&a->verb),
			a->chosen.params[a->given], buf_cstr(&value));
	if (err != 0) {
		diag_fail(&p->diag, err);
		play_complain(p, &p->diag);
		return false;
	}
	/* An empty argument is not given; "answer=5s" of "*" has its key. */
	key = str_of(a->chosen.params[a->given++]);
	if (str_is(key, "*"))
		key = str_trim(str_cut(text, '=', &text));
	else if (text.n == 0)
		key = STR_NULL;
	if (key.n > 0)
		play_args_add(&a->args, key, str_trim(text));
	ask_or_act(p);
	return true;
}

static void
act_menu_act_at_once(struct play *p)
{
	struct play_acting *a = &p->acting;

	if (play_args_end(&a->args) != 0)
		play_tell(p, err_text(ERR_NOMEM));
	else if (play_act_do(p, buf_cstr(&a->on), buf_cstr(&a->verb),
		     a->args.list, a->args.n) != 0)
		play_complain(p, &p->diag);
}

/* "1 of 2; such as 486, 603; Enter with nothing leaves it out, Esc stops" */
static void
act_menu_put_hint(struct play *p, const struct play_acting *a)
{
	const char *example = a->chosen.hints[a->given];

	if (a->nparams > 1)
		buf_printf(
		    &p->box.hint, _("%zu of %zu; "), a->given + 1, a->nparams);
	if (a->chosen.now[0] != '\0')
		buf_printf(&p->box.hint, _("now %s; "), a->chosen.now);
	if (example != NULL)
		/* TRANSLATORS: examples follow, "bob, sip:bob@example.com" */
		buf_printf(&p->box.hint, _("such as %s; "), example);
	buf_puts(&p->box.hint,
	    a->chosen.needed[a->given]
		? _("Esc stops")
		: _("Enter without a value leaves it out, Esc stops"));
}

static void
ask_or_act(struct play *p)
{
	struct play_acting *a = &p->acting;
	LOCAL_BUF label = BUF_INIT;
	const char *param;

	if (a->given == a->nparams) {
		act_menu_act_at_once(p);
		return;
	}
	param = a->chosen.params[a->given];
	buf_puts(&label, buf_cstr(&a->verb));
	if (strcmp(param, "*") == 0)
		buf_printf(&label, " %s", _("name=value"));
	else if (!str_is(buf_view(&a->verb), param))
		buf_printf(&label, " %s", param);
	buf_puts(&label, ": ");
	play_ask(p, buf_cstr(&label), STR_NULL, typed_value);
	act_menu_put_hint(p, a);
}

/* A request to begin with: an OPTIONS that the node could send. */
static void
put_template(struct play *p, const char *on, struct str to, struct buf *b)
{
	const struct trace_node *n =
	    trace_find_node(play_view(p)->trace, str_of(on));
	struct str all = n != NULL ? n->addr : STR("192.0.2.254"), rest;
	struct str addr = str_cut(all, ' ', &rest);

	buf_printf(b, "OPTIONS sip:%.*s SIP/2.0\r\n", STR_ARG(to));
	buf_printf(b, "Via: SIP/2.0/UDP %.*s;branch=z9hG4bK-hand-%llu\r\n",
	    STR_ARG(addr), (unsigned long long)play_view(p)->seq);
	buf_printf(b, "Max-Forwards: 70\r\nFrom: <sip:%s@%.*s>;tag=hand\r\n",
	    on, STR_ARG(addr));
	buf_printf(b, "To: <sip:%.*s>\r\nCall-ID: hand-%llu@%.*s\r\n",
	    STR_ARG(to), (unsigned long long)play_view(p)->seq, STR_ARG(addr));
	buf_puts(b, "CSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n");
}

/* Whom to, then the request in the editor. */
static bool
typed_to(struct play *p, struct str to)
{
	struct addr addr;

	to = str_trim(to);
	if (trace_find_node(play_view(p)->trace, to) == NULL &&
	    addr_parse(to, &addr) != 0) {
		play_say(p,
		    _("“%.*s” is neither a node nor an address such "
		      "as “192.0.2.3:5060”"),
		    STR_ARG(utf8_clip(to, 40)));
		p->say_bad = true;
		return false;
	}
	buf_clear(&p->acting.to);
	buf_str(&p->acting.to, to);
	buf_clear(&p->edit);
	put_template(p, buf_cstr(&p->acting.on), to, &p->edit);
	p->edited = NULL;
	p->wish = WISH_EDIT;
	return true;
}

static void
ask_whom(struct play *p)
{
	play_ask(p, _("send to (a node or an address): "), STR_NULL, typed_to);
	buf_printf(&p->box.hint, _("such as %s; "), "bob, 192.0.2.3:5060");
	buf_puts(&p->box.hint, _("Esc stops"));
}

static void
edit_message(struct play *p)
{
	struct play_view *v = play_view(p);
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;

	trace_get(v->trace, p->acting.after, &rec);
	buf_clear(&p->edit);
	buf_str(&p->edit, trace_bytes(&rec, &scratch));
	p->edited = NULL;
	p->wish = WISH_EDIT;
}

void
play_edited(struct play *p, bool changed)
{
	bool message = str_is(buf_view(&p->acting.on), "message");
	const struct act_arg edit = { "text", buf_cstr(&p->edit) };
	const struct act_arg send[] = { { "raw", buf_cstr(&p->edit) },
		{ "to", buf_cstr(&p->acting.to) } };
	int err;

	if (p->edited != NULL) {
		p->edited(p);
		p->edited = NULL;
		return;
	}
	/* A request that stays as it is offered may be meant so. */
	if (!changed && message) {
		play_tell(p, _("nothing was changed"));
		return;
	}
	err = message
		  ? play_act_do(p, "message", "edit", &edit, 1)
		  : play_act_do(p, buf_cstr(&p->acting.on), "send", send, 2);
	if (err != 0)
		play_complain(p, &p->diag);
}

size_t
play_act_verbs(struct play *p, const char *on, struct act_verb *list)
{
	if (p->src->verbs == NULL)
		return 0;
	return p->src->verbs(
	    p->now, play_view(p)->seq, on, list, PLAY_VERBS, p->src->arg);
}

/* An editor opens for what it needs. */
static bool
opens_editor(const char *on, const char *verb)
{
	return strcmp(on, "message") == 0 && strcmp(verb, "edit") == 0;
}

void
play_act_begin(struct play *p, const struct act_verb *verb)
{
	struct play_acting *a = &p->acting;

	a->chosen = *verb;
	buf_clear(&a->verb);
	buf_puts(&a->verb, verb->name);
	buf_clear(&a->args.memory);
	a->args.n = a->given = a->nparams = 0;
	while (a->nparams < ACT_VERB_ARGS && verb->params[a->nparams] != NULL)
		a->nparams++;
	if (opens_editor(buf_cstr(&a->on), verb->name))
		edit_message(p);
	else if (strcmp(verb->name, "send") == 0 &&
		 str_chr(buf_view(&a->on), '/') < 0)
		ask_whom(p);
	else
		ask_or_act(p);
}

static void
chosen_verb(struct play *p, uint64_t i)
{
	struct act_verb list[PLAY_VERBS];
	size_t n = play_act_verbs(p, buf_cstr(&p->acting.on), list);

	if (i < n)
		play_act_begin(p, &list[i]);
}

/* Lets the user choose a verb for p->acting.on. */
static void
play_choose_verb(struct play *p)
{
	struct act_verb list[PLAY_VERBS];
	size_t n = play_act_verbs(p, buf_cstr(&p->acting.on), list);

	LOCAL_BUF more = BUF_INIT;

	if (n == 0) {
		play_say(
		    p, _("%s can do nothing now"), buf_cstr(&p->acting.on));
		return;
	}
	chooser_start(&p->box.chooser, _("Do what?"));
	for (size_t i = 0; i < n; i++) {
		buf_clear(&more);
		buf_puts(&more, list[i].text);
		if (list[i].now[0] != '\0')
			/* TRANSLATORS: "lose a share of the packets (now 20%)"
			 */
			buf_printf(&more, _(" (now %s)"), list[i].now);
		chooser_add(
		    &p->box.chooser, str_of(list[i].name), buf_view(&more), i);
	}
	play_choose(p, chosen_verb);
	p->box.back = play_act_menu;
}

/* ---- what can be acted on: the message, calls, nodes, links ---- */

/* As the chooser's value. */
enum thing { THING_MESSAGE, THING_BY_NAME };

static void
chosen_thing(struct play *p, uint64_t value)
{
	buf_clear(&p->acting.on);
	if (value == THING_MESSAGE)
		buf_puts(&p->acting.on, "message");
	else
		buf_str(&p->acting.on,
		    chooser_label(&p->box.chooser, p->box.chooser.cursor));
	if (p->acting.on.n > 0)
		play_choose_verb(p);
}

static void
offer_message(struct play *p)
{
	struct play_view *v = play_view(p);
	LOCAL_BUF b = BUF_INIT;
	struct trace_rec rec;
	uint64_t seq = play_message_seq(p);

	p->acting.after = seq;
	if (seq == 0)
		return;
	trace_get(v->trace, seq, &rec);
	record_summary(v->trace, &rec, &b);
	chooser_add(&p->box.chooser, str_of(_("this message")), buf_view(&b),
	    THING_MESSAGE);
}

static void
offer_thing(void *arg, const struct acted *it)
{
	struct play *p = arg;

	/* A router has no role and nothing to do, unless it was chosen. */
	if (it->kind != ACTED_NODE || it->text.n > 0 ||
	    str_eq(it->on, buf_view(&p->node)))
		chooser_add(&p->box.chooser, it->on, it->text, THING_BY_NAME);
}

static bool
at_end(struct play *p)
{
	const struct play_view *v = play_view(p);

	return v->seq == trace_count(v->trace);
}

void
play_act_menu(struct play *p)
{
	if (p->src->act == NULL) {
		play_tell(p, _("this is a recording: no action is possible"));
		return;
	}
	chooser_start(&p->box.chooser, _("Act on what?"));
	/* At the end it is nodes that one acts on: it goes on from there. */
	if (!at_end(p))
		offer_message(p);
	if (acted_each(play_view(p)->trace, play_state(p), buf_view(&p->node),
		offer_thing, p) != 0)
		play_tell(p, err_text(ERR_NOMEM));
	if (at_end(p))
		offer_message(p);
	play_choose(p, chosen_thing);
}
