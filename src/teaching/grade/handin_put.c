/* Writes hand-ins. */
#include "grade/handin.h"

#include "base/err.h"
#include "inputs/arrivals_file.h"

#include <inttypes.h>

/* So that no other tool's sum fits. */
#define SUM_SALT "rung hand-in 1\n"

uint64_t
handin_sum(struct str text)
{
	uint64_t h = str_hash_add(STR_HASH_START, STR(SUM_SALT));

	return str_hash_end(str_hash_add(h, text));
}

static void
put_exam(struct buf *out, const struct work *w)
{
	if (w->exam_ns == 0)
		return;
	json_put_key(out, "exam");
	buf_printf(out, "{\"limit\":%" PRId64, w->exam_ns);
	json_put_field(out, "begun", str_of(w->exam_begun));
	json_put_field(out, "ended", str_of(w->exam_ended));
	buf_putc(out, '}');
}

/* The arrivals of T's run, where that had any. */
static void
put_handin_arrivals(const struct trace *t, struct buf *out)
{
	struct json_value in = trace_head(t)->inputs;
	struct inputs_outside o = { .there = json_is_true(
					json_member(in, "outside")),
		.asks = json_is_true(json_member(in, "asks")) };
	struct diag d = DIAG_INIT;

	if (!o.there && !o.asks)
		return;
	if (arrivals_from_trace(&o, t, &d) == ERR_NOMEM && out->err == 0)
		out->err = ERR_NOMEM;
	json_put_key(out, "arrivals");
	arrivals_put(&o, out);
	arrivals_drop(o.arrivals);
}

/* A run that could not be made: why. */
static void
handin_out_put_failed(const struct work_run *r, struct buf *out)
{
	if (r->failed.n == 0)
		return;
	json_open(out, NULL, '{');
	json_put_field(out, "name", str_of(r->name));
	json_put_field(out, "failed", buf_view(&r->failed));
	buf_putc(out, '}');
}

static void
put_runs(const struct work *w, struct buf *out)
{
	json_open(out, "runs", '[');
	for (size_t i = 0; i < w->nruns; i++) {
		const struct trace *t = w->runs[i].trace;
		struct json_value inputs;

		if (t == NULL) {
			handin_out_put_failed(&w->runs[i], out);
			continue;
		}
		inputs = trace_head(t)->inputs;
		if (inputs.type != JSON_OBJECT)
			continue;
		json_open(out, NULL, '{');
		json_put_field(out, "name", str_of(w->runs[i].name));
		json_put_key(out, "inputs");
		buf_str(out, inputs.raw);
		put_handin_arrivals(t, out);
		json_put_hash(out, "hash", trace_hash(t));
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

int
handin_write(const struct work *w, const struct mark *m, const char *student,
    const char *date, struct buf *out, struct diag *d)
{
	size_t from = out->n;

	buf_puts(out, HANDIN_BEGIN);
	json_put_int(out, "version", HANDIN_VERSION);
	json_put_field(out, "rung", STR(RUNG_VERSION));
	json_put_field(out, "lab", str_of(w->name));
	json_put_field(out, "student", str_of(student));
	json_put_field(out, "date", str_of(date));
	put_exam(out, w);
	json_put_key(out, "answers");
	answers_put_json(&w->answers, out);
	json_put_hash(out, "trace", trace_hash(m->trace));
	json_put_key(out, "inputs");
	buf_str(out, trace_head(m->trace)->inputs.raw);
	put_runs(w, out);
	if (w->figure.n > 0)
		json_put_field(out, "figure", buf_view(&w->figure));
	if (out->err == 0)
		buf_printf(out, HANDIN_SUM_KEY "%016" PRIx64 "\"}\n",
		    handin_sum(str_slice(buf_view(out), from, out->n)));
	if (out->err == 0 && out->n - from > HANDIN_SIZE_MAX)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("the hand-in would exceed the limit of %u MiB: its runs "
		      "received too much from outside, or too much was written "
		      "into them"),
		    HANDIN_SIZE_MAX >> 20);
	return out->err;
}

/* ---- names ---- */

/* TEXT without the characters that a file's name can't have. */
static void
handin_put_plain(struct buf *out, const char *text)
{
	for (size_t n = 0; n < 64 && text[n] != '\0'; n++)
		buf_putc(out,
		    chr_is_alnum(text[n]) || text[n] == '-' ? text[n] : '_');
}

void
handin_put_stem(const char *lab, const char *number, struct buf *out)
{
	handin_put_plain(out, lab);
	buf_putc(out, '-');
	handin_put_plain(out, number);
}
