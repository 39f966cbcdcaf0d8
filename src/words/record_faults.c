/*
 * What faults say: what becomes of which message, and whose doing it is, a
 * person's or the script's.
 */
#include "words/record_messages.h"
#include "words/record_text_in.h"

/* By the effect; a clause names message, sender, receiver, its record and, of
 * a delay, how long. */
static const struct fault_words {
	const char *effect, *summary, *clause;
} effects[] = {
	{ "drop", N_("drops record %s"),
	    N_("The %s from %s to %s (record %s) is lost on its way") },
	{ "delay", N_("delays record %s"),
	    N_("The %s from %s to %s (record %s) goes on its way %s later") },
	{ "duplicate", N_("duplicates record %s"),
	    N_("The %s from %s to %s (record %s) arrives more than once") },
	{ "corrupt", N_("corrupts record %s"),
	    N_("The %s from %s to %s (record %s) travels with some of its "
	       "bytes changed") },
	{ "rewrite", N_("rewrites record %s"),
	    N_("The %s from %s to %s (record %s) travels with other bytes than "
	       "were sent") },
	{ "edit", N_("edits record %s"),
	    N_("The %s from %s to %s (record %s) travels with other bytes than "
	       "were sent") },
	{ "cut", N_("cuts the connection in record %s"),
	    N_("In the middle of the %s from %s to %s (record %s) its TCP "
	       "connection breaks off") },
	{ "respond", N_("answers record %s"),
	    N_("The %s from %s to %s (record %s) is lost on its way, and "
	       "answered in its receiver's name") },
};

static const struct fault_words *
find_words(struct telling *w)
{
	for (size_t i = 0; i < sizeof(effects) / sizeof(effects[0]); i++)
		if (tell_is(w, "effect", effects[i].effect))
			return &effects[i];
	return NULL;
}

void
record_fault_summary(struct telling *w)
{
	const struct fault_words *words = find_words(w);

	if (words != NULL)
		buf_printf(
		    w->out, i18n_text(words->summary), tell_field(w, "of"));
	else
		record_fields_summary(w);
}

/* The message it strikes. */
static struct passage
struck(struct telling *w)
{
	int64_t of = trace_int(w->rec, "of", 0);
	struct trace_rec send = { .kind = TRACE_KIND_COUNT };

	if (of > 0 && (uint64_t)of < w->rec->seq)
		trace_get(w->trace, (uint64_t)of, &send);
	return tell_passage(w, &send);
}

static void
tell_other(struct telling *w)
{
	struct buf fields = BUF_INIT, *out = w->out;

	w->out = &fields;
	record_fields_summary(w);
	w->out = out;
	buf_printf(out, _("A fault struck: %s."), buf_cstr(&fields));
	if (fields.err != 0)
		out->err = fields.err;
	buf_free(&fields);
}

void
record_fault_sentence(struct telling *w)
{
	const struct fault_words *words = find_words(w);
	int64_t delay = trace_int(w->rec, "delay", 0);
	struct passage p = struck(w);
	struct buf b = BUF_INIT;
	const char *clause;

	if (words == NULL || !p.known) {
		tell_other(w);
		return;
	}
	buf_printf(&b, i18n_text(words->clause), p.what, p.src, p.dst,
	    tell_field(w, "of"), tell_length(w, delay > 0 ? delay : 0));
	clause = tell_text(w, buf_view(&b));
	if (b.err != 0)
		w->out->err = b.err;
	buf_free(&b);
	if (tell_has(w, "fault"))
		/* TRANSLATORS: "The INVITE from atl to bil (record 55) is lost
		 * on its way: fault 1 of the script." */
		buf_printf(w->out, _("%s: fault %s of the script."), clause,
		    tell_field(w, "fault"));
	else
		buf_printf(w->out, _("%s, as a person asked."), clause);
}

bool
record_fault_question(struct telling *w, const char *when)
{
	struct passage p = struck(w);

	if (p.known)
		buf_printf(w->out,
		    _("What happened to the %s from %s to %s at %s (record "
		      "%llu)?"),
		    p.what, p.src, p.dst, when,
		    (unsigned long long)w->rec->seq);
	return p.known;
}
