/* What lookups say: of a location service, and by the DNS. */
#include "words/record_text_in.h"

#include "base/i18n.h"
#include "base/rows.h"

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

/* What came out of a lookup; "" where it found or stored something. */
static const char *
trouble(struct telling *w)
{
	if (!tell_has(w, "status") || tell_is(w, "status", "ok"))
		return "";
	for (size_t i = 0; i < ROWS_COUNT(statuses); i++)
		if (tell_is(w, "status", statuses[i].status))
			return i18n_text(statuses[i].text);
	return tell_field(w, "status");
}

/* The targets, each with its q where the record has them. */
static const char *
targets(struct telling *w)
{
	struct json_value list = trace_member(w->rec, "targets");
	struct json_value qs = trace_member(w->rec, "q"), uri, v;
	struct buf b = BUF_INIT;
	size_t at = 0, q_at = 0;
	int64_t q;

	if (list.type != JSON_ARRAY || qs.type != JSON_ARRAY)
		return tell_list(w, "targets");
	while (json_item(list, &at, &uri)) {
		if (b.n > 0)
			buf_puts(&b, ", ");
		if (uri.type == JSON_STRING)
			json_text(uri, &b);
		if (!json_item(qs, &q_at, &v) || json_int(v, &q) != 0)
			continue;
		buf_puts(&b, " (");
		record_put_q(&b, q);
		buf_putc(&b, ')');
	}
	return tell_buf(w, &b);
}

static const char *
outcome(struct telling *w)
{
	const char *text = trouble(w);

	if (text[0] == '\0')
		text = targets(w);
	if (text[0] != '\0')
		return text;
	return tell_is(w, "op", "fetch") || tell_is(w, "op", "fetched")
		   ? _("none")
		   : _("it found nothing");
}

/* Why a service of a NAPTR record was not chosen, behind its name. */
static const struct {
	const char *word, *text;
} passings[] = {
	{ "not-spoken", N_("not spoken here") },
	{ "not-there", N_("not there") },
	{ "next", N_("tried if these fail") },
	{ "later", N_("later in the domain's order") },
};

/* "SIP+D2S (not spoken here), …" */
static const char *
passed(struct telling *w)
{
	struct json_value list = trace_member(w->rec, "passed"), v;
	struct buf all = BUF_INIT, one = BUF_INIT;
	size_t at = 0;

	while (list.type == JSON_ARRAY && json_item(list, &at, &v)) {
		struct str why = STR_NULL, service;

		buf_clear(&one);
		if (v.type == JSON_STRING)
			json_text(v, &one);
		service = str_cut(buf_view(&one), ' ', &why);
		buf_puts(&all, all.n > 0 ? _(", ") : "");
		buf_str(&all, service);
		for (size_t i = 0; i < ROWS_COUNT(passings); i++)
			if (str_is(why, passings[i].word))
				buf_printf(&all, _(" (%s)"),
				    i18n_text(passings[i].text));
	}
	buf_free(&one);
	return tell_buf(w, &all);
}

const struct record_kind record_lookup = {
	.terms = TERMS(TERM(targets), TERM(trouble), TERM(outcome),
	    TERM(passed), KEYED("drawn", tell_list, "drawn"),
	    KEYED("asked", tell_name, "op")),
	.summary = ROWS(
	    { "op=transport,servers,addresses,enum;status=none", "{aor}: –" },
	    { "op=transport", "{aor} → {transport}" },
	    { "op=attempt", "→ {aor}" },
	    { "op=subscriber", "{answer} {aor}: {status}[ → {targets}]" },
	    { "op=servers,addresses,enum", "{aor} → {targets}" },
	    { "", N_("{asked} {aor}[ → {targets}][: {trouble}]") }),
	.sentence =
	    ROWS({ "op=transport;status=none",
		     N_("{node} found no transport for {aor}[; not chosen: "
			"{passed}].") },
		{ "op=transport",
		    N_("{node} has chosen {transport} for {aor}[; not chosen: "
		       "{passed}].") },
		{ "op=servers;status=none",
		    N_("{node} found no server for {aor}.") },
		{ "op=servers;drawn",
		    N_("{node} will try the servers of {aor} by {transport} "
		       "in this order: {targets}; drawn: {drawn}.") },
		{ "op=servers",
		    N_("{node} will try the servers of {aor} by {transport} "
		       "in this order: {targets}.") },
		{ "op=enum;targets",
		    N_("{node} has learnt that the number {aor} is "
		       "{targets}[; not chosen: {passed}].") },
		{ "op=enum", N_("{node} found no SIP URI for the number "
				"{aor}[; not chosen: {passed}].") },
		{ "op=addresses;targets",
		    N_("{node} has learnt where {aor} is: {targets}.") },
		{ "op=addresses", N_("{node} found no address of {aor}.") },
		{ "op=attempt", N_("{node} also tries {aor}.") },
		{ "op=subscriber;answer=RTA,PPA;status=silent",
		    N_("The S-CSCF of {aor} did not answer {node}: no {answer} "
		       "came.") },
		{ "op=subscriber;answer=RTA,PPA",
		    N_("The S-CSCF of {aor} answered {node} by {answer}: "
		       "{status}.") },
		{ "op=subscriber;status=silent",
		    N_("The home subscriber server did not tell {node} about "
		       "{aor}: no answer came.") },
		{ "op=subscriber",
		    N_("The home subscriber server told {node} by {answer} "
		       "about {aor}: {status}[; its S-CSCF: {targets}].") },
		{ "op=fetch,fetched", N_("{node} asked which bindings {aor} "
					 "has: {outcome}.") },
		{ "op=store,stored;trouble", N_("{node} could not store where "
						"{aor} is: {trouble}.") },
		{ "op=stored;targets",
		    N_("The location service told {node} that it has stored "
		       "where {aor} is: {targets}.") },
		{ "op=store;targets",
		    N_("{node} stored where {aor} is: {targets}.") },
		{ "op=store,stored",
		    N_("{node} stored that {aor} is nowhere now.") },
		{ "op=answer;targets;!trouble",
		    N_("The location service told {node} where {aor} is: "
		       "{targets}.") },
		{ "op=answer",
		    N_("{node} did not learn where {aor} is: {outcome}.") },
		{ "", N_("{node} looked up where {aor} is: {outcome}.") }),
};
