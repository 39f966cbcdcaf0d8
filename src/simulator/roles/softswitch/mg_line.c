/*
 * Telephone lines of a media gateway (RFC 3525 7.1.9, 7.1.11, 7.1.14): what its
 * user does is an event, told where the controller has asked for it; what he
 * hears is a signal.  The digit map is tried with each digit.
 */
#include "roles/softswitch/mg_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/rows.h"
#include "machine/tables.h"
#include "node/world.h"
#include "rules/rule_names.h"
#include "role/verb.h"

/* From one digit that the user presses to the next. */
#define DIGIT_INTERVAL (SIM_S / 5)
/* RFC 3525 7.1.14.2: how long the gateway waits for the next digit if the
 * digits match the digit map already, and if at least one more is needed. */
#define TIMER_SHORT (4 * SIM_S)
#define TIMER_LONG  (16 * SIM_S)

static const struct {
	const char *name, *text;
} signals[] = {
	{ "al/ri", "%s rings" },
	{ "cg/dt", "%s hears dial tone" },
	{ "cg/rt", "%s hears ringing tone" },
	{ "cg/bt", "%s hears busy tone" },
	{ "cg/ct", "%s hears congestion tone" },
};

static const char *const events[MG_EVENT_COUNT] = {
#define X(id, name) name,
	MG_EVENTS(X)
#undef X
};

/* ---- notifications ---- */

static void
notify(struct mg_line *l, enum mg_event e, const char *name, struct str value)
{
	struct megaco_port *p = &l->mg->port;
	char context[24];
	struct megaco_out *o = megaco_port_ask(p, &l->mg->controller);

	if (o == NULL)
		return;
	megaco_open(o, MEGACO_CONTEXT,
	    l->context == 0 ? STR("-") : megaco_decimal(context, l->context));
	megaco_open(o, MEGACO_NOTIFY, str_of(l->name));
	megaco_open_number(o, MEGACO_OBSERVED, l->request);
	megaco_open_seen(
	    o, (uint64_t)(sim_now(node_sim(l->mg->node)) / SIM_MS), events[e]);
	megaco_put_named(o, name, value);
	if (e == MG_DIGITS)
		megaco_put_named(o, "Meth",
		    megaco_match(buf_view(&l->map), buf_view(&l->collected)) ==
			    MEGACO_DIGITS_FULL
			? STR("UM")
		    : megaco_match(buf_view(&l->map),
			  buf_view(&l->collected)) == MEGACO_DIGITS_MAYBE
			? STR("FM")
			: STR("PM"));
	for (unsigned i = 0; i < 4; i++)
		megaco_close(o);
	megaco_port_send(p, RULE_MEGACO_NOTIFY, NULL, NULL);
}

/* 7.1.11: an event that was asked for ends the signals. */
static void
end_signal(struct mg_line *l)
{
	if (l->signal == NULL)
		return;
	l->signal = NULL;
	mg_line_step(l, EVENT_SIGNAL_OVER);
}

static void
see(struct mg_line *l, enum mg_event e, bool before)
{
	if ((l->events & 1u << e) == 0 || !l->mg->served)
		return;
	end_signal(l);
	notify(l, e, "init", before ? STR("true") : STR("false"));
}

void
mg_line_look(struct mg_line *l)
{
	see(l, l->off ? MG_OFF : MG_ON, true);
}

/* ---- digits ---- */

static void
mg_line_complete(struct mg_line *l)
{
	LOCAL_BUF digits = BUF_INIT;

	sim_cancel(node_sim(l->mg->node), l->timer);
	l->timer = 0;
	if ((l->events & 1u << MG_DIGITS) == 0)
		return;
	l->events &= ~(1u << MG_DIGITS);
	buf_printf(&digits, "\"%s\"", buf_cstr(&l->collected));
	notify(l, MG_DIGITS, "ds", buf_view(&digits));
}

static void
fire_digits(void *arg)
{
	struct mg_line *l = arg;

	l->timer = 0;
	mg_line_complete(l);
}

static void
wait_for_digits(struct mg_line *l, bool fits)
{
	sim_cancel(node_sim(l->mg->node), l->timer);
	l->timer = node_after(
	    l->mg->node, fits ? TIMER_SHORT : TIMER_LONG, fire_digits, l);
}

static void
mg_line_collect(struct mg_line *l, char digit)
{
	enum megaco_digits fit;

	if ((l->events & 1u << MG_DIGITS) == 0)
		return;
	end_signal(l);
	buf_putc(&l->collected, digit);
	fit = megaco_match(buf_view(&l->map), buf_view(&l->collected));
	if (fit == MEGACO_DIGITS_FULL || fit == MEGACO_DIGITS_NONE)
		mg_line_complete(l);
	else
		wait_for_digits(l, fit == MEGACO_DIGITS_MAYBE);
}

static void
press_next(void *arg)
{
	struct mg_line *l = arg;
	char digit;

	l->press = 0;
	if (l->dialled.n == 0 || !l->off)
		return;
	digit = l->dialled.p[0];
	l->dialled.n--;
	memmove(l->dialled.p, l->dialled.p + 1, l->dialled.n);
	if (l->dialled.n > 0)
		l->press =
		    node_after(l->mg->node, DIGIT_INTERVAL, press_next, l);
	mg_line_collect(l, digit);
}

/* ---- what it is told ---- */

static unsigned
mg_line_watch(struct mg_line *l, const struct megaco_item *e)
{
	struct megaco_item it, x;
	unsigned asked = 0;
	bool strict = false;
	size_t at = 0;

	while (megaco_next(e->inner, e->group, &at, &it)) {
		size_t i = ROWS_FIND(it.name, events);

		if (i == MG_EVENT_COUNT)
			return 512;
		if (i == MG_DIGITS && !megaco_find(&it, MEGACO_DIGIT_MAP, &x))
			return 457;
		strict |= megaco_find_named(&it, "strict", &x) &&
			  str_iis(x.value, "state");
		asked |= 1u << i;
	}
	l->request = megaco_number(e);
	l->events = asked;
	buf_clear(&l->collected);
	sim_cancel(node_sim(l->mg->node), l->timer);
	l->timer = 0;
	if ((asked & 1u << MG_DIGITS) != 0)
		wait_for_digits(l, false);
	if (strict)
		l->events |= 1u << MG_EVENT_COUNT;
	return 0;
}

static unsigned
mg_line_play(struct mg_line *l, const struct megaco_item *s)
{
	const char *old = l->signal;
	struct buf text = BUF_INIT;
	struct megaco_item it;
	size_t at = 0, i;

	l->signal = NULL;
	if (!megaco_next(s->inner, s->group, &at, &it))
		return 0;
	i = ROWS_FIND(it.name, signals);
	if (i == COUNT_OF(signals))
		return 513;
	l->signal = signals[i].name;
	if (l->signal == old)
		return 0;
	buf_printf(&text, signals[i].text, l->name);
	node_note(l->mg->node, RULE_MEGACO_SIGNAL, &text);
	return 0;
}

unsigned
mg_line_apply(struct mg_line *l, const struct megaco_item *it)
{
	struct megaco_item x;
	unsigned err = 0;

	if (megaco_find(it, MEGACO_DIGIT_MAP, &x) && x.inner.p != NULL) {
		buf_clear(&l->map);
		buf_str(&l->map, x.inner);
	}
	if (megaco_find(it, MEGACO_EVENTS, &x))
		err = mg_line_watch(l, &x);
	if (err == 0 && megaco_find(it, MEGACO_SIGNALS, &x))
		err = mg_line_play(l, &x);
	if (l->map.err != 0 || l->collected.err != 0)
		node_fail_memory(l->mg->node);
	return err;
}

void
mg_line_clear(struct mg_line *l)
{
	sim_cancel(node_sim(l->mg->node), l->timer);
	l->timer = 0;
	l->events = 0;
	l->signal = NULL;
	buf_clear(&l->collected);
	mg_line_step(l, EVENT_SUBTRACT);
}

struct mg_line *
mg_line_find(const struct mg *mg, struct str name)
{
	list_each (struct mg_line, l, &mg->lines, link)
		if (str_iis(name, l->name))
			return l;
	return NULL;
}

/* ---- verbs ---- */

static struct mg_line *
mg_line_read(const struct node_act *a)
{
	const char *name = node_arg(a->args, "telephone");
	struct mg_line *l =
	    name != NULL ? mg_line_find(a->role, str_of(name)) : NULL;

	if (l == NULL)
		diag_set(a->d, ERR_NOTFOUND, NULL, 0,
		    _("there is no telephone “%s”"), name != NULL ? name : "");
	return l;
}

static int
mg_line_set_hook(const struct node_act *a, bool off)
{
	struct mg_line *l = mg_line_read(a);

	if (l == NULL)
		return ERR_NOTFOUND;
	if (l->off == off)
		return diag_set(a->d, ERR_STATE, NULL, 0,
		    off ? _("%s is already off the hook")
			: _("%s is already on the hook"),
		    l->name);
	l->off = off;
	buf_clear(&l->dialled);
	mg_line_step(l, off ? EVENT_OFF_HOOK : EVENT_ON_HOOK);
	see(l, off ? MG_OFF : MG_ON, false);
	return 0;
}

static int
mg_verb_off_hook(const struct node_act *a)
{
	return mg_line_set_hook(a, true);
}

static int
mg_verb_on_hook(const struct node_act *a)
{
	return mg_line_set_hook(a, false);
}

static int
mg_verb_press(const struct node_act *a)
{
	const char *digits = node_arg(a->args, "digits");
	struct mg_line *l = mg_line_read(a);

	if (l == NULL)
		return ERR_NOTFOUND;
	if (!l->off)
		return diag_set(
		    a->d, ERR_STATE, NULL, 0, _("%s is on the hook"), l->name);
	if (digits == NULL || digits[0] == '\0' ||
	    strspn(digits, "0123456789*#ABCD") != strlen(digits))
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("digits are 0 to 9, *, #, A to D"));
	buf_puts(&l->dialled, digits);
	if (l->dialled.err != 0)
		return ERR_NOMEM;
	if (l->press == 0)
		l->press = node_after(l->mg->node, 0, press_next, l);
	return 0;
}

const struct node_verb mg_verbs[] = {
	/* clang-format off */
	MG_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};

/* ---- life ---- */

int
mg_lines_begin(struct mg *mg)
{
	struct str rest = str_of(node_attr(mg->node, "telephones", ""));

	while (rest.n > 0) {
		struct str number, word = str_cut(rest, ' ', &rest);
		struct str name = str_cut(word, '=', &number);
		struct mg_line *l;

		if (name.n == 0 || mg_line_find(mg, name) != NULL)
			continue;
		l = mem_zalloc(1, sizeof(*l));
		if (l == NULL)
			return ERR_NOMEM;
		l->mg = mg;
		l->machine.table = &machine_termination;
		l->name = mem_dup(name.p, name.n);
		list_append(&mg->lines, &l->link);
		if (l->name == NULL)
			return ERR_NOMEM;
	}
	return 0;
}

void
mg_lines_end(struct mg *mg)
{
	struct sim *sim = node_sim(mg->node);

	list_each (struct mg_line, l, &mg->lines, link) {
		sim_cancel(sim, l->press);
		sim_cancel(sim, l->timer);
		list_remove(&l->link);
		buf_free(&l->map);
		buf_free(&l->collected);
		buf_free(&l->dialled);
		mem_free(l->name);
		mem_free(l);
	}
}
