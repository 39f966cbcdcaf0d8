/* rung show --calls: a line for each call, of a capture from its index. */
#include "base/err.h"
#include "base/utf8.h"
#include "capture/calls.h"
#include "cli/captured.h"
#include "views/calls/calls.h"
#include "words/time_words.h"

/* Cells of a party and of a state, at most and at least, and of the rest with
 * the beginning of a Call-ID; what is longer is clipped. */
#define PARTY       30
#define PARTY_LEAST 8
#define STATE       24
#define STATE_LEAST 9
#define REST        47

struct lines {
	struct buf *out;
	size_t width; /* 0: as long as a line is */
	size_t party, state;
};

static void
begin_lines(struct lines *l, size_t width, struct buf *out)
{
	size_t narrow = REST + STATE_LEAST + 2 * PARTY_LEAST;

	*l = (struct lines){ out, width, PARTY, STATE };
	if (width == 0 || width >= REST + STATE + 2 * PARTY)
		return;
	l->state = STATE_LEAST;
	l->party = PARTY_LEAST + (width > narrow ? (width - narrow) / 2 : 0);
	if (l->party > PARTY)
		l->party = PARTY;
}

static void
put_cell(struct buf *out, struct str text, size_t cells)
{
	utf8_add_cell(out, text, cells);
	buf_puts(out, "  ");
}

/* "alice@atlanta.example.com" */
static struct str
short_uri(struct str uri)
{
	struct str params;

	if (!str_istarts(uri, "sip:"))
		return uri;
	return str_cut(str_slice(uri, 4, uri.n), ';', &params);
}

struct line {
	int64_t t;
	struct str method, from, to, state, call_id, of_call;
	uint64_t messages;
};

static void
put_cells(const struct lines *to, const struct line *l, struct buf *out)
{
	struct buf b = BUF_INIT;

	time_put(&b, l->t);
	buf_fill(out, ' ', b.n < 10 ? 10 - b.n : 0);
	buf_str(out, buf_view(&b));
	buf_puts(out, "  ");
	put_cell(out, l->method, 9);
	put_cell(out, short_uri(l->from), to->party);
	put_cell(out, short_uri(l->to), to->party);
	put_cell(out, l->state, to->state);
	buf_printf(out, "%6llu  ", (unsigned long long)l->messages);
	utf8_add_safe(out, l->call_id);
	if (l->of_call.n > 0) {
		buf_puts(out, " → ");
		utf8_add_safe(out, l->of_call);
	}
	buf_end(&b, &out->err);
}

static void
put_call_line(const struct lines *to, const struct line *l)
{
	struct buf b = BUF_INIT;

	/* What is safe already is clipped alone. */
	put_cells(to, l, to->width != 0 ? &b : to->out);
	if (to->width != 0)
		utf8_add_clipped(to->out, buf_view(&b), to->width);
	buf_putc(to->out, '\n');
	buf_end(&b, &to->out->err);
}

static int
take_captured_call(const struct capture_call *c, void *arg)
{
	const struct lines *to = arg;
	struct buf state = BUF_INIT;

	if (c->status != 0)
		buf_printf(&state, "%u%s%.*s", c->status,
		    c->reason.n > 0 ? " " : "", STR_ARG(c->reason));
	put_call_line(
	    to, &(struct line){ c->t, c->method, c->from, c->to,
		    buf_view(&state), c->call_id, c->of_call, c->messages });
	buf_end(&state, &to->out->err);
	return to->out->err;
}

static int
of_trace(
    struct cli *c, const char *file, const struct lines *to, struct diag *d)
{
	struct calls *calls = NULL;
	struct trace *t = NULL;
	int err = cli_load(c, file, &t, d);

	if (err == 0)
		err = calls_create(&calls);
	while (err == 0 && calls_extend(calls, t, 1000000))
		;
	for (size_t i = 0; err == 0 && i < calls_count(calls); i++) {
		const struct calls_row *r = calls_row(calls, i);

		put_call_line(to, &(struct line){ r->t, r->method, r->from,
				      r->to, str_of(calls_state_word(r->state)),
				      r->call_id, STR_NULL, r->messages });
	}
	if (err == 0)
		err = calls_error(calls);
	calls_destroy(calls);
	trace_destroy(t);
	return err;
}

int
cli_show_calls(struct cli *c, const char *file, struct buf *out, struct diag *d)
{
	struct lines to;
	int err;

	begin_lines(&to, c->width, out);
	err = cli_is_capture(file)
		  ? cli_capture_calls(c, file, take_captured_call, &to, d)
		  : of_trace(c, file, &to, d);
	if (err == 0)
		err = out->err;
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
