/*
 * The records of the page: what happened, in words, when, where, why.  Times
 * are nanoseconds, heights hundredths of a row, texts and rules numbers of
 * tables that stand at the end; README.md names the members.
 */
#include "base/i18n.h"
#include "views/html/html_in.h"
#include "outcome/outcome.h"
#include "words/caption.h"
#include "words/explain_doc.h"
#include "words/record_text.h"
#include "role/role.h"

#include "rules/rules.h"

#include <math.h>

#define CAPTION 160 /* cells */

#define NODE_PARTS 4

static void
page_data_put_column(
    struct html *h, size_t i, const struct str parts[NODE_PARTS])
{
	for (size_t k = 0; k < NODE_PARTS; k++) {
		buf_puts(h->out, k > 0 ? "," : i > 0 ? ",\n[" : "[");
		html_put_json(h->out, parts[k]);
	}
	buf_putc(h->out, ']');
}

static void
page_data_put_columns(struct html *h)
{
	buf_puts(h->out, "\"nodes\":[");
	for (size_t i = 0; i < h->l->ncolumns; i++) {
		const struct layout_column *c = &h->l->columns[i];
		const struct trace_node *n = trace_find_node(h->t, c->name);
		struct buf role = BUF_INIT;

		role_put(&role, c->role, " · ");
		page_data_put_column(h, i,
		    (const struct str[NODE_PARTS]){ c->label, c->name,
			buf_view(&role), n != NULL ? n->addr : STR("") });

		buf_end(&role, &h->out->err);
	}
	buf_puts(h->out, "],\n\"kinds\":[");
	for (unsigned k = 0; k < TRACE_KIND_COUNT; k++) {
		buf_puts(h->out, k > 0 ? "," : "");
		html_put_json(
		    h->out, str_of(trace_kind_name((enum trace_kind)k)));
	}
	buf_puts(h->out, "],\n");
}

static long long
number_or_none(size_t i)
{
	return i == LAYOUT_NONE ? -1 : (long long)i;
}

/* [seq, end, item, kind, y, y_end, from, to, label, caption, call, number] */
static void
put_ladder_row(struct html *h, const struct layout_row *r)
{
	struct buf caption = BUF_INIT;

	size_t label, says, call;

	/* One after the other: their places depend on the order. */
	label = html_text(h, r->named.n > 0 ? r->named : r->label);
	caption_write(h->t, r->seq, CAPTION, &caption);
	says = html_text(h, buf_view(&caption));
	call = html_text(h, r->call);
	buf_printf(h->out,
	    "[%llu,%llu,\"%s\",\"%s\",%lld,%lld,%lld,%lld,%zu,%zu,%zu,%u]",
	    (unsigned long long)r->seq, (unsigned long long)r->end_seq,
	    layout_item_name(r->item),
	    r->item == LAYOUT_MESSAGE ? trace_arrow_name(r->arrow) : "",
	    llround(r->y * 100), llround(r->y_end * 100),
	    number_or_none(r->from), number_or_none(r->to), label, says, call,
	    r->number);
	buf_end(&caption, &h->out->err);
}

static void
put_ladder_rows(struct html *h)
{
	buf_puts(h->out, "\"rows\":[");
	for (size_t i = 0; i < h->l->nrows && h->out->err == 0; i++) {
		buf_puts(h->out, i > 0 ? ",\n" : "");
		put_ladder_row(h, &h->l->rows[i]);
	}
	buf_puts(h->out, "],\n");
}

/* The place of the rule behind REC, -1 where there is none. */
static long long
page_data_rule_of(struct html *h, const struct trace_rec *rec)
{
	const struct rule *rule = trace_rule_row(rec);
	struct buf b = BUF_INIT;
	long long place;

	if (rule == NULL && trace_why(rec).n == 0)
		return -1;
	if (rule != NULL) {
		buf_printf(&b, "[%u,\"%s\",", rule->rfc, rule->section);
		html_put_json(&b, str_of(i18n_text(rule->text)));
		if (rule->level != RULE_TELLS)
			buf_printf(&b, ",\"%s\"", rule_level_name(rule->level));
	} else {
		buf_puts(&b, "[0,\"\",");
		html_put_json(&b, utf8_clip(trace_why(rec), 60));
	}
	buf_putc(&b, ']');
	place = (long long)html_table_add(h, &h->rules, buf_view(&b));
	buf_end(&b, &h->out->err);
	return place;
}

/* [seq, t, cause, kind, node, sentence, rule], then how a chain ends there */
static void
put_page_record(struct html *h, uint64_t seq, struct buf *sentence)
{
	struct trace_rec rec;

	trace_get(h->t, seq, &rec);
	buf_clear(sentence);
	record_sentence(h->t, &rec, sentence);
	buf_printf(h->out, "[%llu,%lld,%llu,%d,%lld,", (unsigned long long)seq,
	    (long long)rec.t, (unsigned long long)rec.cause, (int)rec.kind,
	    number_or_none(html_column(h, rec.node)));
	html_put_json(h->out, buf_view(sentence));
	buf_printf(h->out, ",%lld", page_data_rule_of(h, &rec));
	if (rec.cause == 0 && rec.kind != TRACE_ACT) {
		buf_clear(sentence);
		explain_put_end(h->t, &rec, sentence);
		buf_printf(h->out, ",%zu", html_text(h, buf_view(sentence)));
	}
	buf_putc(h->out, ']');
}

static void
put_page_records(struct html *h)
{
	struct buf sentence = BUF_INIT;
	bool first = true;

	buf_puts(h->out, "\"records\":[");
	for (uint64_t seq = 1; seq <= trace_count(h->t) && h->out->err == 0;
	     seq++) {
		if (!h->wanted[seq])
			continue;
		buf_puts(h->out, first ? "" : ",\n");
		put_page_record(h, seq, &sentence);
		first = false;
	}
	buf_puts(h->out, "],\n");
	buf_end(&sentence, &h->out->err);
}

/* [call, last, trouble, sentence, proof, next] */
static void
put_page_end(struct html *h, struct str call_id, const struct outcome *o)
{
	LOCAL_BUF b = BUF_INIT;

	outcome_put_sentence(o, &b);
	buf_printf(h->out, "[%zu,%llu,%d,", html_text(h, call_id),
	    (unsigned long long)o->last, outcome_level(o) == OUTCOME_TROUBLE);
	html_put_json(h->out, buf_view(&b));
	buf_puts(h->out, ",[");
	for (size_t i = 0; i < o->nproof; i++)
		buf_printf(h->out, "%s%llu", i > 0 ? "," : "",
		    (unsigned long long)o->proof[i]);
	buf_puts(h->out, "],");
	buf_clear(&b);
	outcome_put_advice(o, &b);
	html_put_json(h->out, buf_view(&b));
	buf_putc(h->out, ']');
	if (b.err != 0)
		h->out->err = b.err;
}

/* Why the calls of the page ended. */
static void
put_page_ends(struct html *h)
{
	struct outcomes *e = NULL;
	const struct outcome *o;
	struct str call_id;
	const char *before = "";
	size_t at = 0;
	int err = outcomes_read(&e, h->t);

	buf_puts(h->out, "\"ends\":[");
	while (err == 0 && outcomes_next(e, &at, &call_id)) {
		o = outcomes_then(e, call_id, UINT64_MAX);
		if (o == NULL || !h->wanted[o->last])
			continue;
		buf_puts(h->out, before);
		put_page_end(h, call_id, o);
		before = ",\n";
	}
	buf_puts(h->out, "],\n");
	outcomes_destroy(e);
	if (err != 0)
		h->out->err = err;
}

/* ---- the words that the script puts together, in the user's language ---- */

/* By their names in the script; %s and %1, %2 are filled in there. */
static const struct {
	const char *name, *text;
} words[] = {
	{ "start", N_("Before the first record") },
	/* TRANSLATORS: where the page stands: "Message 3 of 28" */
	{ "of", N_("Message %1 of %2") },
	{ "at", N_("record %1 of %2, at %3 s") },
	{ "record", N_("record %1") },
	{ "nomessage", N_("There is no message in this record.") },
	{ "again", N_("retransmitted, the same bytes as record %1") },
	{ "came", N_("Effects") },
	{ "nothing", N_("It had no direct effect.") },
	{ "same", N_("as above") },
	{ "more", N_("… %1 more") },
	{ "idle", N_("Nothing is here now.") },
	{ "since", N_("since %1 s") },
	{ "left", N_("%1 left") },
	{ "due", N_("due at %1 s") },
	{ "outdated", N_("out of date") },
	{ "wrong", N_("WRONG") },
	{ "found", N_("%1 of %2 found") },
	{ "matches", N_("%1 found") },
	{ "none", N_("nothing found") },
	{ "question", N_("Who sends what to whom next?") },
	/* TRANSLATORS: the score, right 7 of 9 */
	{ "score", N_("right %1 of %2") },
	{ "retry", N_("Try again.") },
	{ "over", N_("There are no more questions here.") },
	{ "sum", N_("Asked %1, right %2, at the first try %3.") },
	{ "shown", N_("Solutions shown: %1.") },
};

static void
page_data_put_words(struct html *h)
{
	buf_puts(h->out, "\"words\":{");
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		buf_printf(
		    h->out, "%s\"%s\":", i > 0 ? ",\n" : "", words[i].name);
		html_put_json(h->out, str_of(i18n_text(words[i].text)));
	}
	buf_puts(h->out, "}\n");
}

void
html_data(struct html *h)
{
	buf_puts(h->out, "{\n");
	page_data_put_columns(h);
	put_ladder_rows(h);
	put_page_records(h);
	put_page_ends(h);
	html_state(h);
	html_quiz(h);
	buf_puts(h->out, "\"messages\":[");
	buf_str(h->out, buf_view(&h->messages));
	buf_puts(h->out, "],\n\"notes\":");
	html_table_write(h, &h->notes, false);
	buf_puts(h->out, ",\n\"rules\":");
	html_table_write(h, &h->rules, false);
	buf_puts(h->out, ",\n\"texts\":");
	html_table_write(h, &h->texts, true);
	buf_puts(h->out, ",\n");
	page_data_put_words(h);
	buf_puts(h->out, "}\n");
	if (h->messages.err != 0)
		h->out->err = h->messages.err;
}
