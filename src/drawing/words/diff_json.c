/*
 * The comparison for programs: times are whole nanoseconds, messages are named
 * by their record, what does not apply is left out.
 */
#include "words/diff_json.h"

#include "text/json.h"
#include "words/title_words.h"

static void
put_json_side(struct buf *b, const char *key, const struct align_side *s,
    const char *name, size_t calls)
{
	const struct trace_head *head = trace_head(s->trace);

	json_open(b, key, '{');
	if (name != NULL)
		json_put_field(b, "name", str_of(name));
	json_put_field(b, "title", title_translate(head->title));
	json_put_int(b, "seed", head->seed);
	json_put_int(b, "messages", (int64_t)s->n);
	json_put_int(b, "calls", (int64_t)s->ncalls);
	json_put_int(b, "calls_alone", (int64_t)calls);
	buf_putc(b, '}');
}

static void
put_json_message(
    struct buf *b, const char *key, const struct align_side *s, size_t i)
{
	const struct align_message *m;

	if (i == ALIGN_NONE)
		return;
	m = &s->messages[i];
	json_open(b, key, '{');
	json_put_int(b, "seq", (int64_t)m->seq);
	json_put_int(b, "t", m->t);
	json_put_field(b, "from", m->from_name);
	json_put_field(b, "to", m->to_name);
	if (m->status != 0)
		json_put_int(b, "start", m->status);
	else
		json_put_field(b, "start", m->method);
	json_put_field(b, "cseq_method", m->cseq_method);
	json_put_field(b, "call_id", s->calls[m->call]);
	if (m->retx > 0)
		json_put_int(b, "retransmission", m->retx);
	json_put_field(b, "outcome", str_of(align_fate_name(m->fate)));
	buf_putc(b, '}');
}

static void
put_json_fields(
    struct buf *b, const struct align *al, const struct align_row *r)
{
	json_open(b, "fields", '[');
	for (size_t i = 0; i < r->nfields; i++) {
		const struct align_field *f = &al->fields[r->field + i];

		json_open(b, NULL, '{');
		json_put_field(b, "name", f->name);
		if (f->a.p != NULL)
			json_put_field(b, "a", f->a);
		if (f->b.p != NULL)
			json_put_field(b, "b", f->b);
		buf_putc(b, '}');
	}
	buf_putc(b, ']');
}

static void
put_json_row(struct buf *b, const struct align *al, const struct align_row *r)
{
	json_put_field(b, "verdict", str_of(align_verdict_name(r->verdict)));
	if (r->verdict == ALIGN_MOVED)
		json_put_field(
		    b, "place", r->place == ALIGN_IN_A ? STR("a") : STR("b"));
	put_json_message(b, "a", &al->a, r->a);
	put_json_message(b, "b", &al->b, r->b);
	if (r->a != ALIGN_NONE && r->b != ALIGN_NONE)
		json_put_int(b, "later",
		    al->b.messages[r->b].t - al->a.messages[r->a].t);
	if (r->nfields > 0)
		put_json_fields(b, al, r);
}

int
diff_json_write(const struct align *al, const char *name_a, const char *name_b,
    struct buf *out)
{
	buf_putc(out, '{');
	put_json_side(out, "a", &al->a, name_a, al->calls_a);
	put_json_side(out, "b", &al->b, name_b, al->calls_b);
	json_put_bool(out, "same", al->same);
	json_open(out, "counts", '{');
	for (int i = 0; i < ALIGN_VERDICT_COUNT; i++)
		json_put_int(out, align_verdict_name((enum align_verdict)i),
		    (int64_t)al->counts[i]);
	buf_puts(out, "},\n\"rows\":[");
	for (size_t i = 0; i < al->nrows; i++) {
		buf_puts(out, i > 0 ? ",\n{" : "\n{");
		put_json_row(out, al, &al->rows[i]);
		buf_putc(out, '}');
	}
	buf_puts(out, "\n]}\n");
	return out->err;
}
