/*
 * What each kind of record says: a table from the kind to two functions, one
 * for a line in a list, one for a sentence.
 */
#include "base/utf8.h"
#include "words/record_messages.h"
#include "words/record_text_in.h"
#include "words/refusal_words.h"
#include "words/title_words.h"

static const char *
binding_op(struct telling *w)
{
	static const char *const ops[] = { N_("add"), N_("refresh"),
		N_("remove"), N_("expire") };

	for (size_t i = 0; i < sizeof(ops) / sizeof(*ops); i++)
		if (tell_is(w, "op", ops[i]))
			return i18n_text(ops[i]);
	return tell_field(w, "op");
}

static void
binding_summary(struct telling *w)
{
	int64_t q = trace_int(w->rec, "q", -1);

	buf_printf(w->out, "%s %s → %s", binding_op(w), tell_field(w, "aor"),
	    tell_field(w, "contact"));
	if (q >= 0) {
		buf_puts(w->out, ", ");
		record_put_q(w->out, q);
	}
	if (tell_has(w, "path"))
		buf_printf(w->out, " (Path %s)", tell_field(w, "path"));
}

static void
binding_sentence(struct telling *w)
{
	const char *node = tell_node(w), *aor = tell_field(w, "aor");
	const char *contact = tell_field(w, "contact");
	int64_t expires = trace_int(w->rec, "expires", -1);

	if (tell_is(w, "op", "remove"))
		buf_printf(w->out,
		    _("At %s the binding of %s to %s was "
		      "removed."),
		    node, aor, contact);
	else if (tell_is(w, "op", "expire"))
		buf_printf(w->out,
		    _("At %s the binding of %s to %s expired: nobody had "
		      "refreshed it."),
		    node, aor, contact);
	else if (tell_is(w, "op", "refresh") && expires >= 0)
		buf_printf(w->out,
		    _("At %s the binding of %s to %s was refreshed; it now "
		      "lasts until %s."),
		    node, aor, contact, tell_time(w, expires));
	else if (expires >= 0)
		buf_printf(w->out,
		    _("At %s %s is now bound to %s, until %s unless it is "
		      "refreshed."),
		    node, aor, contact, tell_time(w, expires));
	else
		buf_printf(w->out, _("At %s %s is now bound to %s."), node, aor,
		    contact);
}

/* What a location service says when it does not say "ok". */
static const struct {
	const char *status, *text;
} statuses[] = {
	{ "unknown", N_("nobody has registered there") },
	{ "out-of-order", N_("the request was older than the last one") },
	{ "full", N_("there is no room for more") },
	{ "gone", N_("the user has left for good") },
	{ "ambiguous", N_("several users may be meant") },
	{ "incomplete", N_("the number has too few digits") },
	{ "refused", N_("whoever asked may not ask") },
	{ "silent", N_("no answer came") },
	{ "garbled", N_("the answer that came can't be read") },
};

/* What came out of a lookup; NULL where it found or stored something. */
static const char *
trouble(struct telling *w)
{
	if (!tell_has(w, "status") || tell_is(w, "status", "ok"))
		return NULL;
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (tell_is(w, "status", statuses[i].status))
			return i18n_text(statuses[i].text);
	return tell_field(w, "status");
}

/* The targets, each with its q where the record has them. */
static const char *
targets_of(struct telling *w)
{
	struct json_value targets = json_member(w->rec->object, "targets");
	struct json_value qs = json_member(w->rec->object, "q"), uri, v;
	struct buf b = BUF_INIT;
	size_t at = 0, q_at = 0;
	const char *text;
	struct str key;
	int64_t q;

	if (targets.type != JSON_ARRAY || qs.type != JSON_ARRAY)
		return tell_list(w, "targets");
	while (json_next(targets.raw, &at, &key, &uri) == 1) {
		if (b.n > 0)
			buf_puts(&b, ", ");
		if (uri.type == JSON_STRING)
			json_text(uri, &b);
		if (json_next(qs.raw, &q_at, &key, &v) != 1 ||
		    json_int(v, &q) != 0)
			continue;
		buf_puts(&b, " (");
		record_put_q(&b, q);
		buf_putc(&b, ')');
	}
	text = tell_text(w, buf_view(&b));
	if (b.err != 0)
		w->out->err = b.err;
	buf_free(&b);
	return text;
}

static void
lookup_summary(struct telling *w)
{
	const char *targets = targets_of(w), *why = trouble(w);

	buf_printf(w->out, "%s %s%s%s", tell_field(w, "op"),
	    tell_field(w, "aor"), targets[0] != '\0' ? " → " : "", targets);
	if (why != NULL)
		buf_printf(w->out, ": %s", why);
}

static void
lookup_stored(struct telling *w, bool told)
{
	const char *node = tell_node(w), *aor = tell_field(w, "aor");
	const char *targets = targets_of(w), *why = trouble(w);

	if (tell_is(w, "op", "fetch") || tell_is(w, "op", "fetched"))
		buf_printf(w->out, _("%s asked which bindings %s has: %s."),
		    node, aor,
		    why != NULL          ? why
		    : targets[0] != '\0' ? targets
					 : _("none"));
	else if (why != NULL)
		buf_printf(w->out, _("%s could not store where %s is: %s."),
		    node, aor, why);
	else if (told && targets[0] != '\0')
		buf_printf(w->out,
		    _("The location service told %s that it has stored where "
		      "%s is: %s."),
		    node, aor, targets);
	else if (targets[0] != '\0')
		buf_printf(w->out, _("%s stored where %s is: %s."), node, aor,
		    targets);
	else
		buf_printf(
		    w->out, _("%s stored that %s is nowhere now."), node, aor);
}

static void
lookup_sentence(struct telling *w)
{
	const char *node = tell_node(w), *aor = tell_field(w, "aor");
	const char *targets = targets_of(w), *why = trouble(w);
	bool told = tell_is(w, "op", "answer");

	if (tell_is(w, "op", "store") || tell_is(w, "op", "stored") ||
	    tell_is(w, "op", "fetch") || tell_is(w, "op", "fetched")) {
		lookup_stored(w, tell_is(w, "op", "stored"));
		return;
	}
	if (why == NULL && targets[0] == '\0')
		why = _("it found nothing");
	if (why == NULL && told)
		buf_printf(w->out,
		    _("The location service told %s where %s is: %s."), node,
		    aor, targets);
	else if (why == NULL)
		buf_printf(w->out, _("%s looked up where %s is: %s."), node,
		    aor, targets);
	else if (told)
		buf_printf(w->out, _("%s did not learn where %s is: %s."), node,
		    aor, why);
	else
		buf_printf(
		    w->out, _("%s looked up where %s is: %s."), node, aor, why);
}

static void
route_summary(struct telling *w)
{
	buf_printf(w->out, "%s", tell_field(w, "target"));
	if (tell_has(w, "next"))
		buf_printf(w->out, " → %s", tell_host(w, "next"));
	if (tell_has(w, "how"))
		buf_printf(w->out, " (%s)", tell_field(w, "how"));
}

void
record_route_step(struct telling *w)
{
	if (!tell_has(w, "next")) {
		route_summary(w);
		return;
	}
	buf_printf(w->out, "→ %s", tell_host_name(w, "next"));
	if (tell_has(w, "how"))
		buf_printf(w->out, " (%s)", tell_field(w, "how"));
	buf_printf(w->out, ": %s", tell_field(w, "target"));
}

/* How the next hop was chosen, in words: the node, the next hop, and then the
 * values of two fields. */
static const struct route_words {
	const char *how, *text, *a, *b;
} routes[] = {
	{ "location",
	    N_("%s will send the request to %s, since the location service "
	       "names %s."),
	    "target", "" },
	{ "domain",
	    N_("%s will send the request to %s, the entry of the domain in "
	       "%s."),
	    "target", "" },
	{ "outbound",
	    N_("%s will send the request to %s, its outbound proxy; it is "
	       "meant for %s."),
	    "target", "" },
	{ "registrar",
	    N_("%s will send the request to %s, the registrar of the domain "
	       "in %s."),
	    "target", "" },
	{ "route",
	    N_("%s will send the request to %s, since its Route says so; it "
	       "is meant for %s."),
	    "target", "" },
	{ "strict-route",
	    N_("%s will send the request to %s, a strict router, since its "
	       "Route says so; the Request-URI %s becomes the last Route."),
	    "target", "" },
	{ "uri",
	    N_("%s will send the request to %s, as its Request-URI %s says."),
	    "target", "" },
	{ "redirect",
	    N_("%s will send the request to %s, since it was redirected to "
	       "%s."),
	    "target", "" },
	{ "size",
	    N_("%s will send the request to %s by TCP: it has %s bytes, and "
	       "%s may go by UDP."),
	    "size", "limit" },
	{ "alias",
	    N_("%s will send the request over the connection from %s, which "
	       "was offered for %s."),
	    "target", "" },
	{ "sent-by",
	    N_("%s will send the response to %s over a new connection; that "
	       "of the request is gone."),
	    "", "" },
};

static void
route_sentence(struct telling *w)
{
	const char *node = tell_node(w), *target = tell_field(w, "target");
	const char *next = tell_host(w, "next");

	if (tell_is(w, "how", "restored")) {
		buf_printf(w->out,
		    _("%s takes %s for the Request-URI, as it was before."),
		    node, target);
		return;
	}
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
		const struct route_words *r = &routes[i];

		if (!tell_is(w, "how", r->how))
			continue;
		buf_printf(w->out, _(r->text), node, next, tell_field(w, r->a),
		    tell_field(w, r->b));
		return;
	}
	if (tell_has(w, "how"))
		buf_printf(w->out,
		    _("%s chose %s as the next hop for %s (by %s)."), node,
		    next, target, tell_field(w, "how"));
	else
		buf_printf(w->out, _("%s chose %s as the next hop for %s."),
		    node, next, target);
}

static void
bad_summary(struct telling *w)
{
	refusal_put(w->out, w->rec);
}

static void
bad_sentence(struct telling *w)
{
	struct buf b = BUF_INIT;
	enum trace_refusal why;

	buf_clear(&w->scratch);
	why = trace_refusal_find(trace_str(w->rec, "fault", &w->scratch));
	if (why != TRACE_REFUSAL_COUNT && tell_has(w, "at")) {
		/* TRANSLATORS: node, URI, "it was tried already" */
		buf_printf(w->out, _("At %s nothing comes of %s: %s."),
		    tell_node(w), tell_field(w, "at"), trace_refusal_text(why));
		return;
	}
	refusal_put(&b, w->rec);
	buf_printf(w->out, _("%s refused what it was given: %s."), tell_node(w),
	    buf_cstr(&b));
	if (b.err != 0)
		w->out->err = b.err;
	buf_free(&b);
}

static void
note_summary(struct telling *w)
{
	buf_str(w->out, title_translate(str_of(tell_field(w, "text"))));
}

static void
note_sentence(struct telling *w)
{
	struct str text = title_translate(str_of(tell_field(w, "text")));

	buf_printf(w->out, _("A remark: %.*s"), STR_ARG(text));
}

static void
end_summary(struct telling *w)
{
	static const struct {
		const char *reason, *word;
	} rows[] = {
		{ "duration", N_("its time was over") },
		{ "idle", N_("nothing was left to do") },
		{ "stopped", N_("it was stopped") },
		{ "error", N_("an error") },
		{ "captured", N_("nothing more was captured") },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (tell_is(w, "reason", rows[i].reason)) {
			buf_puts(w->out, i18n_text(rows[i].word));
			return;
		}
	buf_puts(w->out, tell_field(w, "reason"));
}

static void
end_sentence(struct telling *w)
{
	if (tell_is(w, "reason", "duration"))
		buf_printf(w->out,
		    _("The run ended after %s: so long it was to last."),
		    tell_length(w, w->rec->t));
	else if (tell_is(w, "reason", "idle"))
		buf_puts(w->out, _("The run ended: nothing was left to do."));
	else if (tell_is(w, "reason", "stopped"))
		buf_puts(w->out, _("The run ended: it was stopped."));
	else if (tell_is(w, "reason", "captured"))
		buf_puts(w->out, _("Here the capture ends."));
	else if (tell_is(w, "reason", "error"))
		buf_puts(w->out, _("The run ended with an error."));
	else
		buf_printf(
		    w->out, _("The run ended: %s."), tell_field(w, "reason"));
}

/* Kinds whose fields differ from one writer to the next list them. */
void
record_fields_summary(struct telling *w)
{
	static const char *const common[] = { "seq", "t", "node", "kind",
		"cause", "why", "rule", "text", "base64" };
	struct json_value v;
	struct str key;
	size_t at = 0, n = 0, ncommon = sizeof(common) / sizeof(common[0]);
	struct buf b = BUF_INIT;

	while (n < 8 && json_next(w->rec->object.raw, &at, &key, &v) == 1) {
		bool known = false;

		for (size_t i = 0; i < ncommon && !known; i++)
			known = str_is(key, common[i]);
		if (known)
			continue;
		buf_puts(&b, n++ > 0 ? " " : "");
		buf_str(&b, key);
		buf_putc(&b, '=');
		if (v.type == JSON_STRING)
			json_text(v, &b);
		else
			buf_str(&b, v.raw);
	}
	buf_puts(w->out, n > 0 ? tell_text(w, buf_view(&b)) : "?");
	if (b.err != 0)
		w->out->err = b.err;
	buf_free(&b);
}

/* The record's fields, for a sentence about them. */
static void
fields_into(struct telling *w, struct buf *fields)
{
	struct buf *out = w->out;

	w->out = fields;
	record_fields_summary(w);
	w->out = out;
	if (fields->err != 0)
		w->out->err = fields->err;
}

void
record_fields_sentence(struct telling *w)
{
	struct buf fields = BUF_INIT;

	fields_into(w, &fields);
	/* TRANSLATORS: node, what kind of record, its fields */
	buf_printf(w->out, _("At %s, %s: %s."), tell_node(w),
	    trace_kind_text(w->rec->kind), buf_cstr(&fields));
	buf_free(&fields);
}

const struct record_teller record_tellers[TRACE_KIND_COUNT] = {
	[TRACE_ACT] = { record_act_summary, record_act_sentence },
	[TRACE_SEND] = { record_send_summary, record_send_sentence },
	[TRACE_RECV] = { record_recv_summary, record_recv_sentence },
	[TRACE_PACKET] = { record_packet_summary, record_packet_sentence },
	[TRACE_DROP] = { record_drop_summary, record_drop_sentence },
	[TRACE_TIMER] = { record_timer_summary, record_timer_sentence },
	[TRACE_FSM] = { record_fsm_summary, record_fsm_sentence },
	[TRACE_DIALOG] = { record_dialog_summary, record_dialog_sentence },
	[TRACE_CALL] = { record_call_summary, record_call_sentence },
	[TRACE_BINDING] = { binding_summary, binding_sentence },
	[TRACE_LOOKUP] = { lookup_summary, lookup_sentence },
	[TRACE_ROUTE] = { route_summary, route_sentence },
	[TRACE_AUTH] = { record_auth_summary, record_auth_sentence },
	[TRACE_MEDIA] = { record_fields_summary, record_fields_sentence },
	[TRACE_FAULT] = { record_fault_summary, record_fault_sentence },
	[TRACE_BAD] = { bad_summary, bad_sentence },
	[TRACE_BOARD] = { record_board_summary, record_board_sentence },
	[TRACE_NOTE] = { note_summary, note_sentence },
	[TRACE_END] = { end_summary, end_sentence },
};
