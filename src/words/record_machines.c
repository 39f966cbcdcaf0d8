/*
 * What timers, transactions, dialogs and calls say: each step of a machine as
 * a sentence, with what made it take the step.
 */
#include "base/utf8.h"
#include "machine/machine.h"
#include "words/record_messages.h"
#include "words/record_text_in.h"
#include "words/timer_words.h"

#include <string.h>

/* "Timer A", or with FULL what begins a sentence. */
static const char *
timer_name(struct telling *w, bool full)
{
	struct buf b = BUF_INIT;
	struct str name;
	const char *text;

	buf_clear(&w->scratch);
	name = trace_str(w->rec, "name", &w->scratch);
	if (name.n == 0)
		name = STR("?");
	if (full)
		timer_put_title(&b, name);
	else
		timer_put_short(&b, name);
	text = tell_text(w, buf_view(&b));
	if (b.err != 0)
		w->out->err = b.err;
	buf_free(&b);
	return text;
}

/* "px 创建 非 INVITE 客户端事务": no space stands between two Chinese
 * characters, as one does beside Latin letters, which the name of a machine or
 * timer may begin or end with.  Of what OUT has FROM there on. */
static void
close_up(struct buf *out, size_t from)
{
	size_t to = from, at = from;
	uint32_t before = 0;

	while (at < out->n) {
		struct str rest = str_slice(buf_view(out), at, out->n);
		size_t used, next;
		uint32_t c = utf8_decode(rest, &used);

		if (c == ' ' && used < rest.n && utf8_cells(before) == 2 &&
		    utf8_cells(utf8_decode(
			str_slice(rest, used, rest.n), &next)) == 2) {
			at += used;
			continue;
		}
		memmove(out->p + to, out->p + at, used);
		to += used;
		at += used;
		before = c;
	}
	buf_truncate(out, to);
}

void
record_timer_summary(struct telling *w)
{
	const char *name = timer_name(w, false);
	int64_t length = trace_int(w->rec, "length", -1);
	size_t start = w->out->n;

	if (tell_is(w, "op", "set") && length >= 0)
		buf_printf(
		    w->out, _("%s set, %s"), name, tell_length(w, length));
	else if (tell_is(w, "op", "set"))
		buf_printf(w->out, _("%s set"), name);
	else if (tell_is(w, "op", "fire"))
		buf_printf(w->out, _("%s fired"), name);
	else
		buf_printf(w->out, _("%s stopped"), name);
	close_up(w->out, start);
}

static void
timer_fired(struct telling *w, const char *name, const char *node)
{
	uint64_t cause = w->rec->cause;
	int64_t length = trace_int(w->rec, "length", -1);

	if (cause != 0 && cause < w->rec->seq &&
	    trace_kind_of(w->trace, cause) == TRACE_TIMER)
		length = w->rec->t - trace_time_of(w->trace, cause);
	if (length >= 0)
		buf_printf(w->out,
		    _("%s fired at %s, %s after it had been set."), name, node,
		    tell_length(w, length));
	else
		buf_printf(w->out, _("%s fired at %s."), name, node);
}

void
record_timer_sentence(struct telling *w)
{
	const char *name = timer_name(w, true);
	const char *node = tell_node(w);
	int64_t length = trace_int(w->rec, "length", -1);
	int64_t due = trace_int(w->rec, "due", -1);

	if (tell_is(w, "op", "fire"))
		timer_fired(w, name, node);
	else if (!tell_is(w, "op", "set"))
		buf_printf(w->out, _("%s was stopped at %s."), name, node);
	else if (length >= 0 && due >= 0)
		buf_printf(w->out,
		    _("%s was set at %s, to fire after %s, at %s."), name, node,
		    tell_length(w, length), tell_time(w, due));
	else
		buf_printf(w->out, _("%s was set at %s."), name, node);
}

void
record_fsm_summary(struct telling *w)
{
	const char *from = tell_field(w, "from"), *to = tell_field(w, "to");

	if (!tell_has(w, "from") || tell_is(w, "from", "none"))
		buf_printf(w->out, "%s → %s", tell_field(w, "machine"), to);
	else if (strcmp(from, to) == 0)
		/* TRANSLATORS: "IST stays in proceeding" */
		buf_printf(
		    w->out, _("%s stays in %s"), tell_field(w, "machine"), to);
	else
		buf_printf(
		    w->out, "%s %s → %s", tell_field(w, "machine"), from, to);
	if (tell_has(w, "event"))
		buf_printf(w->out, " (%s)", i18n_text(tell_field(w, "event")));
}

/* What a machine is told, docs/TRACE.md's words. */
static const struct {
	const char *event, *text;
} events[] = {
	{ "request", N_("the request came") },
	{ "request sent", N_("the request was sent") },
	{ "1xx", N_("a provisional response (1xx) came") },
	{ "1xx sent", N_("a provisional response (1xx) was sent") },
	{ "2xx", N_("a 2xx came") },
	{ "2xx sent", N_("a 2xx was sent") },
	{ "200-699", N_("a final response came") },
	{ "200-699 sent", N_("a final response was sent") },
	{ "300-699", N_("a final response other than 2xx came") },
	{ "300-699 sent", N_("a final response other than 2xx was sent") },
	{ "timeout", N_("no response came") },
	{ "stop", N_("it was given up") },
	{ "transport error", N_("the transport failed") },
	/* Of the machines above: what the user agent does itself. */
	{ "REGISTER", N_("the REGISTER was sent") },
	{ "SUBSCRIBE", N_("the SUBSCRIBE was sent") },
	{ "given up", N_("its user waits no longer") },
	{ "register", N_("it is to register") },
	{ "unregister", N_("it is to take its registration away") },
	{ "before the run", N_("that was done before the run began") },
	{ "2xx not bound", N_("a 2xx came that does not bind the contact: it "
			      "gives it no time") },
	{ "elsewhere", N_("it was sent elsewhere") },
	{ "next server", N_("no answer came, and the next server is tried") },
	{ "not sent", N_("it could not be sent") },
	{ "Timer refresh",
	    N_("the timer that refreshes the registration fired") },
	{ "Timer expire", N_("the time for which news was promised is over") },
};

/* How the transport failed, where the record says so. */
static const struct {
	const char *reason, *text;
} failures[] = {
	{ "refused", N_("the connection was refused") },
	{ "reset", N_("the connection was broken off") },
	{ "time-out", N_("the other side did not answer over the connection") },
	{ "no-path", N_("no path leads to the other side") },
	{ "unreadable",
	    N_("what the other side sent over the connection can't be read") },
};

static const char *
event_clause(struct telling *w)
{
	const char *event = tell_field(w, "event"), *text = event;
	struct buf b = BUF_INIT;
	size_t n = strlen(event);

	for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++)
		if (tell_is(w, "reason", failures[i].reason))
			return i18n_text(failures[i].text);
	for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++)
		if (strcmp(event, events[i].event) == 0)
			return i18n_text(events[i].text);
	if (strncmp(event, "Timer ", 6) == 0)
		buf_printf(&b, _("%s fired"), event);
	else if (n == 1 && event[0] >= 'A' && event[0] <= 'Z')
		buf_printf(&b, _("Timer %s fired"), event);
	else if (n > 5 && strcmp(event + n - 5, " sent") == 0)
		buf_printf(&b, _("%.*s was sent"), (int)(n - 5), event);
	else if (chr_is_digit(event[0]))
		buf_printf(&b, _("a %s came"), event);
	else if (event[0] >= 'A' && event[0] <= 'Z')
		buf_printf(&b, _("the %s came"), event);
	if (b.n > 0)
		text = tell_text(w, buf_view(&b));
	if (b.err != 0)
		w->out->err = b.err;
	buf_free(&b);
	return text;
}

void
record_fsm_sentence(struct telling *w)
{
	size_t start = w->out->n;
	const struct machine *m;
	const char *node = tell_node(w), *machine, *from, *to, *event;
	const char *id = tell_field(w, "id");

	buf_clear(&w->scratch);
	m = machine_find(trace_str(w->rec, "machine", &w->scratch));
	machine = m != NULL ? i18n_text(m->title) : tell_field(w, "machine");
	from = tell_field(w, "from");
	to = tell_field(w, "to");
	event = event_clause(w);
	if (!tell_has(w, "from") || tell_is(w, "from", "none"))
		buf_printf(w->out,
		    _("%s created the %s %s, which entered %s: %s."), node,
		    machine, id, to, event);
	else if (strcmp(to, "terminated") == 0)
		buf_printf(w->out, _("At %s the %s %s ended: %s."), node,
		    machine, id, event);
	else if (strcmp(from, to) == 0)
		buf_printf(w->out, _("At %s the %s %s stayed in %s: %s."), node,
		    machine, id, to, event);
	else
		buf_printf(w->out, _("At %s the %s %s went from %s to %s: %s."),
		    node, machine, id, from, to, event);
	close_up(w->out, start);
}

/* ", local tag a": what a dialog is known by, as far as the record says. */
static const struct {
	const char *key, *text;
} dialog_words[] = {
	{ "local_tag", N_(", local tag %s") },
	{ "remote_tag", N_(", remote tag %s") },
	{ "call_id", N_(", Call-ID %s") },
	{ "remote_target", N_(", remote target %s") },
};

static bool
dialog_begins(struct telling *w)
{
	return !tell_has(w, "from") || tell_is(w, "from", "none");
}

void
record_dialog_step(struct telling *w, struct buf *out)
{
	buf_printf(out, "%s → %s",
	    tell_has(w, "from") ? tell_field(w, "from") : "·",
	    tell_field(w, "to"));
}

void
record_dialog_summary(struct telling *w)
{
	const char *routes = tell_list(w, "routes");

	record_dialog_step(w, w->out);
	for (size_t i = 0; i < sizeof(dialog_words) / sizeof(dialog_words[0]);
	     i++) {
		if (!tell_has(w, dialog_words[i].key))
			continue;
		/* Said once, when it begins. */
		if (strcmp(dialog_words[i].key, "call_id") == 0 &&
		    !dialog_begins(w))
			continue;
		buf_printf(w->out, i18n_text(dialog_words[i].text),
		    tell_field(w, dialog_words[i].key));
	}
	if (routes[0] != '\0')
		buf_printf(w->out, _(", route set %s"), routes);
}

/* What is new about where its requests go. */
static void
dialog_way(struct telling *w, const char *target, const char *routes)
{
	bool has_routes =
	    json_member(w->rec->object, "routes").type == JSON_ARRAY;

	if (tell_has(w, "remote_target"))
		buf_printf(w->out, _(" Its requests now go to %s."), target);
	if (has_routes && routes[0] != '\0')
		buf_printf(w->out, _(" They take the route set %s."), routes);
	else if (has_routes)
		buf_puts(w->out, _(" They take no routes any more."));
}

void
record_dialog_sentence(struct telling *w)
{
	const char *node = tell_node(w), *id = tell_field(w, "id");
	const char *to = tell_field(w, "to");
	const char *target = tell_field(w, "remote_target");
	const char *routes = tell_list(w, "routes");
	const char *from = tell_field(w, "from");

	if (dialog_begins(w) && tell_has(w, "remote_target")) {
		buf_printf(w->out,
		    _("%s made the dialog %s, %s; its requests will go to "
		      "%s."),
		    node, id, to, target);
		if (routes[0] != '\0')
			buf_printf(w->out,
			    _(" They will take the route set %s."), routes);
		return;
	}
	if (dialog_begins(w)) {
		buf_printf(
		    w->out, _("%s made the dialog %s, %s."), node, id, to);
		return;
	}
	if (strcmp(to, "terminated") == 0)
		buf_printf(w->out, _("At %s the dialog %s ended."), node, id);
	else if (strcmp(from, to) == 0)
		buf_printf(
		    w->out, _("At %s the dialog %s stayed %s."), node, id, to);
	else
		buf_printf(w->out, _("At %s the dialog %s went from %s to %s."),
		    node, id, from, to);
	dialog_way(w, target, routes);
}

void
record_call_summary(struct telling *w)
{
	if (tell_has(w, "id"))
		buf_printf(w->out, "%s ", tell_field(w, "id"));
	buf_printf(w->out, "%s → %s",
	    tell_has(w, "from") ? tell_field(w, "from") : "·",
	    tell_field(w, "state"));
	if (trace_int(w->rec, "status", 0) > 0)
		buf_printf(w->out, " (%s)", tell_field(w, "status"));
}

void
record_call_sentence(struct telling *w)
{
	const char *id = tell_field(w, "id"), *state = tell_field(w, "state");
	const char *from = tell_field(w, "from");
	const char *peer = tell_field(w, "peer");
	bool begins = !tell_has(w, "from") || tell_is(w, "from", "idle");

	if (begins && tell_has(w, "peer"))
		buf_printf(w->out, _("The call %s with %s began: %s."), id,
		    peer, state);
	else if (begins)
		buf_printf(w->out, _("The call %s began: %s."), id, state);
	else if (trace_int(w->rec, "status", 0) > 0 && strcmp(from, state) == 0)
		buf_printf(w->out, _("The call %s stayed %s on a %s."), id,
		    state, tell_field(w, "status"));
	else if (trace_int(w->rec, "status", 0) > 0)
		buf_printf(w->out, _("The call %s went from %s to %s on a %s."),
		    id, from, state, tell_field(w, "status"));
	else
		buf_printf(w->out, _("The call %s went from %s to %s."), id,
		    from, state);
}
