/* A record as it is told. */
#include "words/record_json.h"

#include "text/utf8.h"
#include "text/json_fields.h"
#include "words/own_reason.h"
#include "words/passage_doc.h"
#include "words/record_text.h"
#include "words/transport_words_in.h"

/* ---- records ---- */

static const char *
record_kind_word(unsigned i)
{
	return i < TRACE_KIND_COUNT ? trace_kind_name((enum trace_kind)i)
				    : NULL;
}

const struct field record_told_fields[] = {
	FIELD(struct record_told, seq, NUMBER, "its number, from 1"),
	FIELD(struct record_told, t, NUMBER, "virtual time in ns",
	    .least = INT64_MIN),
	FIELD(struct record_told, node, STR,
	    "where it happened; empty for the network's own"),
	FIELD(struct record_told, kind, WORD, "as in the trace",
	    .word = record_kind_word),
	FIELD(struct record_told, summary, BUF, "what it says, in short"),
	FIELD(struct record_told, text, BUF, "what it says, a sentence"),
	FIELD(struct record_told, rule, BUF,
	    "the rule that asked for it: RFC, section, a sentence",
	    .flags = FIELD_ANY),
	FIELD(struct record_told, own_reason, BUF,
	    "of a step: what the message says itself of why",
	    .flags = FIELD_ANY),
	FIELD(struct record_told, made_of, BUF,
	    "of a step: which message a box has made it of",
	    .flags = FIELD_ANY),
	FIELD(struct record_told, transport, BUF,
	    "of a step: by which transport it goes, and why",
	    .flags = FIELD_ANY),
	FIELD_BESIDE_AS("record", OBJECT, "as it stands in the trace"),
	FIELDS_END,
};

void
record_tell(const struct trace *t, const struct trace_rec *rec, bool why,
    struct record_told *told)
{
	*told = (struct record_told){ .seq = (int64_t)rec->seq,
		.t = rec->t,
		.node = rec->node,
		.kind = (unsigned)rec->kind };
	record_summary(t, rec, &told->summary);
	record_sentence(t, rec, &told->text);
	if (!record_rule(rec, &told->rule))
		utf8_add_safe(&told->rule, utf8_clip(rec->why, 60));
	if (!why)
		return;
	(void)own_reason_put(rec, &told->own_reason);
	(void)passage_put_sentence(t, rec, &told->made_of);
	(void)transport_put_reason(t, rec, &told->transport);
}

void
record_told_free(struct record_told *told, int *err)
{
	buf_end(&told->summary, err);
	buf_end(&told->text, err);
	buf_end(&told->rule, err);
	buf_end(&told->own_reason, err);
	buf_end(&told->made_of, err);
	buf_end(&told->transport, err);
}

void
record_put_json(const struct trace *t, const struct trace_rec *rec, bool why,
    struct buf *out)
{
	struct record_told told;

	record_tell(t, rec, why, &told);
	buf_putc(out, '{');
	json_put_fields(record_told_fields, &told, out);
	json_put_key(out, "record");
	json_put_raw(out, rec->object.raw);
	buf_putc(out, '}');
	record_told_free(&told, &out->err);
}

/* ---- explanations ---- */

const struct field explain_fields[] = {
	FIELD_BESIDE_AS("question", STRING, "what is answered"),
	FIELD_BESIDE_AS("steps", OBJECTS,
	    "each the reason of the one before it, from the record back to "
	    "the act that began it",
	    .of = record_told_fields),
	FIELDS_END,
};

void
explain_put_json(const struct trace *t, uint64_t seq, struct buf *out)
{
	struct buf question = BUF_INIT;
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	record_question(t, &rec, &question);
	buf_putc(out, '{');
	json_put_field(out, "question", buf_view(&question));
	json_open(out, "steps", '[');
	for (; seq != 0 && out->err == 0; seq = trace_cause_of(t, seq)) {
		trace_get(t, seq, &rec);
		json_put_item(out);
		buf_putc(out, '\n');
		record_put_json(t, &rec, true, out);
	}
	buf_puts(out, "]}\n");
	buf_end(&question, &out->err);
}
