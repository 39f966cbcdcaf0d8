/* The calls of a large capture, opened some at a time: see cli/browse.h. */
#include "cli/browse.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/json.h"

struct browse {
	struct cli_captured f;
	struct correlation *co;
	struct calls *calls;
	struct trace *trace, *before; /* shown; valid until the next one */
	enum trace_detail detail;
	size_t most; /* messages of one trace */
};

/* ---- the calls ---- */

int
browse_give(const struct capture_call *c, void *arg)
{
	struct calls *calls = arg;
	const struct calls_given g = { .call_id = c->call_id,
		.method = c->method,
		.from = c->from,
		.to = c->to,
		.status = c->heard,
		.result = c->heard != 0 ? c->heard : c->status,
		.reason = c->reason,
		.of_call = c->of_call,
		.asked = c->asked,
		.told = c->told,
		.cancelled = c->cancelled,
		.ended = c->ended,
		.t = c->t,
		.t_last = c->t_last,
		.talk_from = c->talk_from,
		.talk_to = c->talk_to,
		.messages = (uint32_t)c->messages,
		.retx = (uint32_t)c->retx,
		.nodes = c->nodes,
		.nnodes = c->nnodes,
		.more = c->more };

	return calls_give(calls, &g);
}

static const char *
name_of(const struct browse *b)
{
	const char *title = cli_captured_title(&b->f);

	return title != NULL ? title : b->f.file;
}

/* A trace of nothing: none is opened yet. */
static int
make_empty(struct browse *b, struct diag *d)
{
	struct buf text = BUF_INIT;
	int err;

	buf_puts(&text, "{\"kind\":\"trace\",\"version\":1");
	json_put_field(&text, "title", str_of(name_of(b)));
	buf_puts(&text, ",\"nodes\":[]}\n"
			"{\"seq\":1,\"t\":0,\"kind\":\"end\","
			"\"reason\":\"captured\"}\n");
	err = text.err != 0
		  ? diag_set(d, text.err, NULL, 0, "%s", err_text(text.err))
		  : trace_load_buf(&b->trace, &text, b->f.file, d);
	buf_free(&text);
	return err;
}

/* All that the list needs, out of B->f. */
static int
fill_list(struct browse *b, struct diag *d)
{
	int err = correlation_create(&b->co, &b->f.reader, b->f.names);

	if (err == 0)
		err = calls_create(&b->calls);
	if (err == 0)
		err = capture_calls_correlated(b->co, browse_give, b->calls, d);
	if (err == 0)
		return make_empty(b, d);
	return diag_set(d, err, NULL, 0, "%s", err_text(err));
}

int
browse_open(struct cli *c, const char *file, struct trace **t,
    struct browse **out, struct diag *d)
{
	struct browse *b = mem_zalloc(1, sizeof(*b));
	int err;

	*out = NULL;
	*t = NULL;
	if (b == NULL)
		return diag_set(
		    d, ERR_NOMEM, NULL, 0, "%s", err_text(ERR_NOMEM));
	b->detail = c->has_detail ? c->detail : TRACE_PROTOCOL;
	b->most = cli_captured_most(c);
	err = cli_captured_open(c, file, &b->f, d);
	if (err == 0 && cli_captured_is_large(c, &b->f)) {
		err = fill_list(b, d);
		if (err == 0) {
			*out = b;
			return 0;
		}
	} else if (err == 0) {
		err = cli_captured_load(c, &b->f, t, d);
	}
	browse_close(b);
	return err;
}

void
browse_close(struct browse *b)
{
	if (b == NULL)
		return;
	trace_destroy(b->trace);
	trace_destroy(b->before);
	calls_destroy(b->calls);
	correlation_destroy(b->co);
	cli_captured_close(&b->f);
	mem_free(b);
}

/* ---- for the screen ---- */

static size_t
browse_branches(void *arg)
{
	(void)arg;
	return 1;
}

static const struct trace *
browse_trace(size_t branch, void *arg)
{
	const struct browse *b = arg;

	(void)branch;
	return b->trace;
}

static const char *
browse_name(size_t branch, void *arg)
{
	(void)branch;
	(void)arg;
	return "main";
}

static int
check_size(
    const struct browse *b, const struct str *ids, size_t n, struct diag *d)
{
	uint64_t messages = 0;

	for (size_t i = 0; i < n; i++) {
		size_t row = calls_find(b->calls, ids[i]);

		if (row != SIZE_MAX)
			messages += calls_row(b->calls, row)->messages;
	}
	if (messages <= b->most)
		return 0;
	return diag_set(d, ERR_LIMIT, NULL, 0,
	    _("these calls have %llu messages, more than are shown at once "
	      "(%zu)"),
	    (unsigned long long)messages, b->most);
}

static int
open_calls(const struct str *ids, size_t n, struct diag *d, void *arg)
{
	struct browse *b = arg;
	const struct capture_trace_options o =
	    cli_captured_options(&b->f, b->detail, ids, n);
	struct trace *t = NULL;
	int err = check_size(b, ids, n, d);

	if (err == 0)
		err = cli_captured_trace(&b->f, b->co, &o, &t, d);
	if (err != 0)
		return err;
	trace_destroy(b->before);
	b->before = b->trace;
	b->trace = t;
	return 0;
}

void
browse_source(struct browse *b, struct play_source *src)
{
	*src = (struct play_source){ .arg = b,
		.title = name_of(b),
		.branches = browse_branches,
		.trace = browse_trace,
		.name = browse_name,
		.calls = b->calls,
		.open_calls = open_calls };
}
