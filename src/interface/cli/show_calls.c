/* rung show --calls: a line for each call, of a capture from its index. */
#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "text/utf8.h"
#include "cli/browse.h"
#include "text/json_fields.h"
#include "calls/calls.h"
#include "words/troubles_doc.h"

#include <string.h>

/* Cells of a party and of a result, at most and at least, and of the rest with
 * the beginning of a Call-ID; longer texts are clipped. */
#define PARTY        30
#define PARTY_LEAST  8
#define RESULT       24
#define RESULT_LEAST 10
#define REST         78
/* In so many there is how each call has ended, without its Call-ID and with one
 * blank between; it is so in all lines that are shorter than the other. */
#define TIGHT       80
#define TIGHT_BELOW 124

/* ---- the order ---- */

static const char *const columns[] = {
#define X(id, word, title) word,
	CALLS_COLUMNS(X)
#undef X
};

int
cli_set_sort(struct cli *c, const char *value, struct diag *d)
{
	const char *word = value + (value[0] == '-');
	LOCAL_BUF all = BUF_INIT;

	for (unsigned i = 0; i < CALLS_COLUMN_COUNT; i++) {
		if (strcmp(word, columns[i]) != 0)
			continue;
		c->sort = i;
		c->sort_down = value[0] == '-';
		return 0;
	}
	for (unsigned i = 0; i < CALLS_COLUMN_COUNT; i++)
		buf_printf(&all, "%s%s", i > 0 ? ", " : "", columns[i]);
	return cli_refuse_value("sort", word, buf_cstr(&all), d);
}

/* ---- which calls ---- */

/* state=busy,unanswered; the rest is asked of messages. */
struct wanted {
	bool state[CALLS_STATE_COUNT];
	bool any; /* state: it does not matter */
	struct buf words;
	struct record_filter f;
};

static int
read_states(struct wanted *w, struct str names, struct diag *d)
{
	w->any = false;
	do {
		struct str name = str_cut(names, ',', &names);
		enum calls_state s = calls_state_find(name);

		if (s == CALLS_STATE_COUNT)
			return diag_set(d, ERR_NOTFOUND, NULL, 0,
			    _("there is no state “%.*s” of a call; use "
			      "calling, ringing, in-call, completed, "
			      "cancelled, diverted, challenged, busy, "
			      "rejected, failed, unanswered, waiting or done"),
			    STR_ARG(utf8_clip(name, 60)));
		w->state[s] = true;
	} while (names.n > 0);
	return 0;
}

/* WORD asks of a column that has no filter, as delay=1. */
static int
refuse_column(struct str word, struct diag *d)
{
	struct str value, name = str_cut(word, '=', &value);

	for (unsigned i = 0; i < CALLS_COLUMN_COUNT; i++)
		if (name.n < word.n && str_is(name, columns[i]) &&
		    !record_filter_has(name))
			return diag_set(d, ERR_NOTFOUND, NULL, 0,
			    _("“%s” can't filter calls; --sort=%s sorts them "
			      "by it"),
			    columns[i], columns[i]);
	return 0;
}

/* WORDS may be NULL. */
static int
calls_table_read_wanted(struct wanted *w, const char *words, struct diag *d)
{
	struct str rest = str_of(words != NULL ? words : "");
	int err = 0;

	*w = (struct wanted){ .any = true, .words = BUF_INIT };
	while (err == 0 && rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);

		if (str_starts(word, "state="))
			err = read_states(w, str_slice(word, 6, word.n), d);
		else if ((err = refuse_column(word, d)) == 0)
			buf_printf(&w->words, "%s%.*s",
			    w->words.n > 0 ? " " : "", STR_ARG(word));
	}
	if (err == 0)
		err = w->words.err;
	if (err == 0)
		err = record_filter_parse(&w->f, buf_cstr(&w->words), NULL, d);
	return err;
}

static bool
asks_of_messages(const struct wanted *w)
{
	return w->f.n > 0 || w->f.from_ns > 0 || w->f.to_ns < INT64_MAX;
}

/* The rows that W wants into ORDER, *N of them; HAS says of which a message is
 * as it asks, NULL: of all. */
static void
choose_rows(const struct calls *calls, const struct wanted *w, const bool *has,
    uint32_t *order, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < calls_count(calls); i++)
		if ((has == NULL || has[i]) &&
		    (w->any ||
			w->state[calls_state_of(calls, calls_row(calls, i))]))
			order[(*n)++] = (uint32_t)i;
}

/* ---- where they come from ---- */

/* The list, and where messages are asked about, which rows have such. */
struct listed {
	struct trace *trace;            /* behind them, or NULL … */
	struct cli_capture_input input; /* … and then the capture … */
	struct correlation *co;         /* … and how its messages belong */
	/* The trace has the doubtful calls alone: its numbers say nothing. */
	bool partial;
	struct outcomes *outcomes; /* of the trace; NULL: none is needed */
	struct calls *calls;
	bool *has;       /* by row; NULL: all */
	uint32_t *order; /* the rows shown */
};

static int
sift_trace(const struct trace *t, const struct wanted *w, struct listed *l)
{
	LOCAL_BUF scratch = BUF_INIT;
	int err;
	struct trace_rec rec;

	l->has = mem_zalloc(calls_count(l->calls) + 1, sizeof(*l->has));
	err = l->has != NULL ? 0 : ERR_NOMEM;
	for (uint64_t seq = 0;
	     err == 0 && trace_next(t, TRACE_SEND, &seq, &rec);) {
		if (record_filter_match(&w->f, t, &rec, &scratch))
			calls_among(l->calls, &seq, 1, l->has);
		err = scratch.err;
	}
	return err;
}

static int
list_trace(struct cli *c, const char *file, const struct wanted *w,
    struct listed *l, struct diag *d)
{
	int err = cli_load(c, file, &l->trace, d);

	while (err == 0 && calls_extend(l->calls, l->trace, 1000000))
		;
	if (err == 0)
		err = calls_error(l->calls);
	return err == 0 && asks_of_messages(w) ? sift_trace(l->trace, w, l)
					       : err;
}

struct taking {
	struct listed *l;
	const bool *sifted; /* by number of the call; NULL: all */
};

static int
take_captured_call(const struct capture_call *c, void *arg)
{
	const struct taking *t = arg;

	if (t->sifted != NULL && !t->sifted[c->number])
		return 0;
	return browse_give(c, t->l->calls);
}

static bool
has_others(const struct capture_reader *r)
{
	size_t i = 0;

	while (i < r->nremarks && r->remarks[i].kind != CAPTURE_OTHER)
		i++;
	return i < r->nremarks;
}

/* What serves the calls of F, correlated by CO, is told by its trace: where it
 * has such messages, and is not too large for one. */
static int
serve_captured(const struct cli *c, const struct cli_capture_input *f,
    struct correlation *co, struct calls *calls, struct diag *d)
{
	const struct capture_trace_options o =
	    cli_capture_input_options(f, TRACE_MESSAGES, NULL, 0);
	LOCAL_TRACE struct trace *t = NULL;
	int err;

	if (!has_others(&f->reader) ||
	    capture_count(f->capture) > cli_capture_input_most(c))
		return 0;
	err = cli_capture_input_trace(f, co, &o, &t, d);
	if (err == 0)
		err = calls_serve(calls, t);
	return err;
}

static int
list_capture(struct cli *c, const char *file, const struct wanted *w,
    struct listed *l, struct diag *d)
{
	struct cli_capture_input *f = &l->input;
	struct taking t = { l, NULL };
	LOCAL_MEM bool *sifted = NULL;
	int err = cli_capture_input_open(c, file, f, d);

	if (err == 0)
		err = correlation_create(&l->co, &f->reader, f->names);
	if (err == 0 && asks_of_messages(w)) {
		t.sifted = sifted = mem_zalloc(l->co->ncalls, sizeof(*sifted));
		err = sifted != NULL ? sift_calls(l->co, &w->f, sifted)
				     : ERR_NOMEM;
	}
	if (err == 0)
		err =
		    capture_calls_correlated(l->co, take_captured_call, &t, d);
	return err == 0 ? serve_captured(c, f, l->co, l->calls, d) : err;
}

/* ---- the lines ---- */

struct lines {
	struct buf *out;
	size_t width; /* 0: as long as a line is */
	bool tight;
	size_t party, result;
	struct buf cell, line; /* scratch */
};

static void
begin_lines(struct lines *l, size_t width, struct buf *out)
{
	size_t more;

	*l = (struct lines){ out, width, false, PARTY, RESULT, BUF_INIT,
		BUF_INIT };
	if (width == 0 || width >= REST + RESULT + 2 * PARTY)
		return;
	l->tight = width < TIGHT_BELOW;
	if (l->tight) {
		more = width > TIGHT ? width - TIGHT : 0;
		l->party = PARTY_LEAST + more / 3;
		l->result = RESULT_LEAST + more - more / 3 * 2;
	} else {
		l->result = RESULT * 3 / 4;
		l->party = (width - REST - l->result) / 2;
	}
	if (l->party > PARTY)
		l->party = PARTY;
}

/* In the order in which they stand. */
static const struct {
	enum calls_column by;
	size_t cells, tight; /* 0: those of a party or result */
	bool right;
} cells[] = {
	{ CALLS_BY_TIME, 10, 9, true },
	{ CALLS_BY_METHOD, 9, 8, false },
	{ CALLS_BY_FROM, 0, 0, false },
	{ CALLS_BY_TO, 0, 0, false },
	{ CALLS_BY_STATE, 11, 10, false },
	{ CALLS_BY_DELAY, 8, 7, true },
	{ CALLS_BY_TALK, 10, 8, true },
	{ CALLS_BY_MESSAGES, 6, 4, true },
	{ CALLS_BY_RESULT, 0, 0, false },
};

static void
calls_table_put_cell(struct lines *l, size_t i, struct str text)
{
	size_t n = l->tight ? cells[i].tight : cells[i].cells;

	if (n == 0)
		n = cells[i].by == CALLS_BY_RESULT ? l->result : l->party;

	if (cells[i].right) {
		size_t width = utf8_width(text);

		buf_fill(&l->line, ' ', width < n ? n - width : 0);
		utf8_add_safe(&l->line, text);
	} else {
		utf8_add_cell(&l->line, text, n);
	}
	if (!l->tight)
		buf_puts(&l->line, "  ");
	else if (i + 1 < COUNT_OF(cells))
		buf_putc(&l->line, ' ');
}

static void
end_line(struct lines *l)
{
	struct str line = buf_view(&l->line);

	while (line.n > 0 && line.p[line.n - 1] == ' ')
		line.n--;
	if (l->width != 0)
		utf8_add_clipped(l->out, line, l->width);
	else
		buf_str(l->out, line);
	buf_putc(l->out, '\n');
	buf_clear(&l->line);
}

static void
calls_table_put_heads(struct lines *l)
{
	for (size_t i = 0; i < COUNT_OF(cells); i++)
		calls_table_put_cell(
		    l, i, str_of(calls_column_title(cells[i].by)));
	if (!l->tight)
		buf_puts(&l->line, calls_column_title(CALLS_BY_CALL_ID));
	end_line(l);
}

/* " + 8 dns, 2 stun": what else serves ROW. */
static void
calls_table_put_served(struct lines *l, const uint32_t *counts)
{
	const char *before = " + ";

	for (int i = 0; counts != NULL && i < TRACE_PROTO_COUNT; i++) {
		if (counts[i] == 0)
			continue;
		buf_printf(&l->line, "%s%u %s", before, counts[i],
		    trace_proto_name((enum trace_proto)i));
		before = ", ";
	}
}

static void
put_call_line(
    struct lines *l, const struct calls *calls, const struct calls_row *r)
{
	const struct calls_look now = CALLS_LOOK;

	for (size_t i = 0; i < COUNT_OF(cells); i++) {
		buf_clear(&l->cell);
		calls_put_cell(calls, r, &now, cells[i].by, &l->cell);
		calls_table_put_cell(l, i, buf_view(&l->cell));
	}
	if (!l->tight)
		utf8_add_safe(&l->line, r->call_id);
	if (!l->tight && r->of_call.n > 0) {
		buf_puts(&l->line, " → ");
		utf8_add_safe(&l->line, r->of_call);
	}
	if (!l->tight)
		calls_table_put_served(l, calls_served_by(calls, r));
	end_line(l);
}

static void
put_call_object(const void *of, size_t i, struct buf *out)
{
	const struct listed *l = of;
	const struct calls_row *row = calls_row(l->calls, l->order[i]);
	const struct outcome *o = l->outcomes != NULL
				      ? outcomes_find(l->outcomes, row->call_id)
				      : NULL;
	struct outcome unproven;

	if (o != NULL && l->partial) {
		unproven = *o;
		unproven.nproof = 0;
		o = &unproven;
	}
	calls_put_json(l->calls, row, o, out);
}

static int
calls_table_put(
    const struct cli *c, const struct listed *l, size_t n, struct buf *out)
{
	struct lines lines;
	int err = 0;

	if (c->json) {
		json_put_list(out, "calls", n, put_call_object, l);
		return out->err;
	}
	begin_lines(&lines, c->width, out);
	if (n > 0)
		calls_table_put_heads(&lines);
	for (size_t i = 0; err == 0 && i < n; i++) {
		put_call_line(
		    &lines, l->calls, calls_row(l->calls, l->order[i]));
		err = lines.line.err;
	}
	buf_end(&lines.cell, &err);
	buf_end(&lines.line, &err);
	return err;
}

/* ---- why calls ended ---- */

/* So many kinds of trouble are shown, and so many calls of a capture are looked
 * into. */
#define TROUBLES_SHOWN 20
#define TROUBLED_MOST  1000
#define WIDE           100 /* cells, where lines may be as long as they are */

/* A call of so many ns may have ended by its session timer (RFC 4028 5: its
 * interval is 90 s or more). */
#define TALK_LONG (INT64_C(60) * 1000000000)

/* ROW may not have gone well, as far as the list tells. */
static bool
is_doubtful(const struct calls *calls, const struct calls_row *row)
{
	enum calls_state s = calls_state_of(calls, row);

	return row->retx > 0 || row->referred ||
	       calls_talk(calls, row) >= TALK_LONG ||
	       (s != CALLS_COMPLETED && s != CALLS_DONE && s != CALLS_IN_CALL &&
		   s != CALLS_BUSY && s != CALLS_CANCELLED);
}

/* There are media, or the capture has such. */
static bool
has_media(const struct listed *l)
{
	return l->trace != NULL ? trace_first_of(l->trace, TRACE_MEDIA) != 0
				: l->input.reader.nstreams > 0;
}

/* ROW went well, as far as the list tells, which does not know of media, nor
 * what should have come later, a NOTIFY or a refresh. */
static bool
is_unsure(const struct listed *l, const struct calls_row *row)
{
	if (str_is(row->method, "INVITE"))
		return calls_state_of(l->calls, row) == CALLS_COMPLETED &&
		       has_media(l);
	return str_is(row->method, "SUBSCRIBE") ||
	       str_is(row->method, "REGISTER");
}

/* The doubtful rows of the list, then the unsure ones; none is the row
 * of a leg whose first one is there. */
static size_t
find_doubtful(const struct listed *l, size_t n, struct str *ids, size_t most)
{
	size_t found = 0;

	for (size_t i = 0; i < 2 * n; i++) {
		const struct calls_row *row =
		    calls_row(l->calls, l->order[i % n]);
		bool doubtful = is_doubtful(l->calls, row);

		if (i < n ? !doubtful : doubtful || !is_unsure(l, row))
			continue;
		/* Without all messages none is known to have lapsed. */
		if (l->partial && str_is(row->method, "REGISTER") &&
		    calls_state_of(l->calls, row) == CALLS_DONE)
			continue;
		if (found < most)
			ids[found] = row->call_id;
		found++;
	}
	return found;
}

/* The trace that has the N doubtful calls: of a capture that is too large for
 * one trace, one of those calls alone. */
static int
load_doubtful(struct listed *l, const struct str *ids, size_t n, struct diag *d)
{
	struct capture_trace_options o;

	if (l->trace != NULL)
		return 0;
	if (!l->partial)
		n = 0;
	o = cli_capture_input_options(&l->input, TRACE_PROTOCOL, ids,
	    n < TROUBLED_MOST ? n : TROUBLED_MOST);
	return cli_capture_input_trace(&l->input, l->co, &o, &l->trace, d);
}

/* Why the calls of the list ended; of lines, where there is a doubtful one. */
static int
read_outcomes(const struct cli *c, struct listed *l, size_t n, struct diag *d)
{
	LOCAL_MEM struct str *ids = mem_zalloc(TROUBLED_MOST, sizeof(*ids));
	size_t found;
	int err;

	if (ids == NULL)
		return ERR_NOMEM;
	l->partial = l->trace == NULL && capture_count(l->input.capture) >
					     cli_capture_input_most(c);
	found = find_doubtful(l, n, ids, TROUBLED_MOST);
	if (n == 0 || (found == 0 && (l->partial || !c->json)))
		return 0;
	err = load_doubtful(l, ids, found, d);
	return err == 0 ? outcomes_read(&l->outcomes, l->trace) : err;
}

/* The N calls of the list, by the Call-ID that their outcome has. */
static int
find_listed(const struct listed *l, size_t n, struct map **listed)
{
	int err = map_create_borrowing(listed);

	for (size_t i = 0; err == 0 && i < n; i++) {
		const struct outcome *one = outcomes_find(
		    l->outcomes, calls_row(l->calls, l->order[i])->call_id);

		if (one != NULL)
			err = map_put(*listed, one->call_id, l->calls);
	}
	return err;
}

/* For the calls of the list that did not go well a sentence with its proof. */
static int
put_troubles(
    const struct cli *c, const struct listed *l, size_t n, struct buf *out)
{
	struct troubles *tr = NULL;
	struct map *listed = NULL;
	struct doc doc = DOC_INIT;
	int err;

	if (l->outcomes == NULL)
		return 0;
	err = troubles_create(&tr);
	if (err == 0 && n < calls_count(l->calls))
		err = find_listed(l, n, &listed);
	if (err == 0)
		err = troubles_add(tr, l->outcomes, 0, 0, listed);
	if (err == 0 && troubles_count(tr) > 0) {
		troubles_sort(tr);
		buf_putc(out, '\n');
		troubles_doc(tr,
		    &(struct troubles_look){ .most = TROUBLES_SHOWN,
			.width = c->width != 0 ? c->width : WIDE,
			.calls = n,
			.unnumbered = l->partial },
		    &doc);
		err = cli_put_doc(c, &doc, out);
	}
	doc_free(&doc);
	map_destroy(listed);
	troubles_destroy(tr);
	return err;
}

static int
put_call_list(const struct cli *c, struct listed *l, const struct wanted *w,
    struct buf *out, int *status, struct diag *d)
{
	size_t n;
	int err;

	l->order = mem_zalloc(calls_count(l->calls) + 1, sizeof(*l->order));
	if (l->order == NULL)
		return ERR_NOMEM;
	choose_rows(l->calls, w, l->has, l->order, &n);
	err = calls_sort(l->calls, c->sort, c->sort_down, l->order, n);
	if (err == 0)
		err = read_outcomes(c, l, n, d);
	if (err == 0)
		err = calls_table_put(c, l, n, out);
	if (err == 0 && n == 0) {
		*status = CLI_FAILED;
		cli_say_nothing(c, &w->f, buf_cstr(&w->words));
	}
	return err == 0 && !c->json ? put_troubles(c, l, n, out) : err;
}

int
cli_show_calls(struct cli *c, const char *file, struct buf *out, int *status,
    struct diag *d)
{
	struct listed l = { .calls = NULL };
	struct wanted w;
	int err = calls_table_read_wanted(&w, c->sift, d);

	if (err == 0)
		err = calls_create(&l.calls);
	if (err == 0)
		err = cli_is_capture(file) ? list_capture(c, file, &w, &l, d)
					   : list_trace(c, file, &w, &l, d);
	if (err == 0)
		err = put_call_list(c, &l, &w, out, status, d);
	if (err == 0)
		err = out->err;
	if (err == 0 && l.input.names != NULL)
		cli_capture_input_say_unused(c, &l.input);
	calls_destroy(l.calls);
	outcomes_destroy(l.outcomes);
	trace_destroy(l.trace);
	correlation_destroy(l.co);
	cli_capture_input_close(&l.input);
	mem_free(l.has);
	mem_free(l.order);
	buf_free(&w.words);
	return diag_fail(d, err);
}
