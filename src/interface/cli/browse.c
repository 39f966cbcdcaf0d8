/*
 * Captures of any size: calls opened some at a time, calls found by a filter,
 * records followed as they are written.
 */
#include "cli/browse.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "cli/interrupt.h"
#include "inference/live.h"
#include "text/json.h"
#include "text/utf8.h"
#include "words/record_doc.h"

#include <string.h>
#include <time.h>

/* ---- the calls of a large capture, opened some at a time ---- */

struct browse {
	struct cli_capture_input f;
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
browse_name_of(const struct browse *b)
{
	const char *title = cli_capture_input_title(&b->f);

	return title != NULL ? title : b->f.file;
}

/* A trace of nothing: none is opened yet. */
static int
make_empty(struct browse *b, struct diag *d)
{
	LOCAL_BUF text = BUF_INIT;

	buf_puts(&text, "{\"kind\":\"trace\",\"version\":1");
	json_put_field(&text, "title", str_of(browse_name_of(b)));
	buf_puts(&text, ",\"nodes\":[]}\n"
			"{\"seq\":1,\"t\":0,\"kind\":\"end\","
			"\"reason\":\"captured\"}\n");
	return text.err != 0 ? diag_fail(d, text.err)
			     : trace_load_buf(&b->trace, &text, b->f.file, d);
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
	return diag_fail(d, err);
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
		return diag_fail(d, ERR_NOMEM);
	b->detail = c->has_detail ? c->detail : TRACE_PROTOCOL;
	b->most = cli_capture_input_most(c);
	err = cli_capture_input_open(c, file, &b->f, d);
	if (err == 0 && cli_capture_input_is_large(c, &b->f)) {
		err = fill_list(b, d);
		if (err == 0) {
			*out = b;
			return 0;
		}
	} else if (err == 0) {
		err = cli_capture_input_load(c, &b->f, t, d);
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
	cli_capture_input_close(&b->f);
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
browse_check_size(
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
	    _("these calls have %llu messages; at most %zu are shown at once"),
	    (unsigned long long)messages, b->most);
}

static int
browse_open_calls(const struct str *ids, size_t n, struct diag *d, void *arg)
{
	struct browse *b = arg;
	const struct capture_trace_options o =
	    cli_capture_input_options(&b->f, b->detail, ids, n);
	struct trace *t = NULL;
	int err = browse_check_size(b, ids, n, d);

	if (err == 0)
		err = cli_capture_input_trace(&b->f, b->co, &o, &t, d);
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
		.title = browse_name_of(b),
		.branches = browse_branches,
		.trace = browse_trace,
		.name = browse_name,
		.calls = b->calls,
		.open_calls = browse_open_calls };
}

/* ---- the messages of a capture held against a filter ---- */

static struct str
name_of_node(const struct correlation *co, uint32_t node)
{
	return str_of(co->nodes[node].name);
}

static int
sift_message(struct correlation *co, const struct correlation_message *m,
    const struct record_filter *f, bool *holds)
{
	struct capture_message c;
	struct str name = numbers_text(co->texts, m->name);
	const struct trace_send s = { .src = name_of_node(co, m->src),
		.dst = name_of_node(co, m->dst),
		.proto = STR("sip"),
		.method = m->status == 0 ? name : STR_NULL,
		.status = m->status,
		.cseq_method = name,
		.call_id = numbers_text(co->ids, m->call) };

	capture_reader_get(co->src, m->at, &c, &co->scratch);
	*holds = record_filter_match_message(f, &s, m->t, c.bytes);
	return co->scratch.err;
}

int
sift_calls(struct correlation *co, const struct record_filter *f, bool *has)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < co->n; i++) {
		const struct correlation_message *m = &co->m[i];

		progress_count(N_("searching for messages"), i, co->n);
		if (m->call != 0 && !has[m->call])
			err = sift_message(co, m, f, &has[m->call]);
	}
	return err;
}

/* Words of which no record is, or with "=" or "#" their beginnings, and what
 * they are meant to be; NEXT (NULL: nothing) is there as well. */
static const struct {
	const char *begin, *next, *text;
} misused[] = {
	{ "and", NULL, N_("all words must match; leave out “and”") },
	{ "or", NULL, N_("for alternatives use a comma: status=180,200") },
	{ "|", NULL, N_("for alternatives use a comma: status=180,200") },
	{ "#", NULL,
	    N_("for one record, give only its number: rung show FILE 55") },
	{ "call=", NULL,
	    N_("call= takes a Call-ID; rung show --calls FILE lists them") },
	{ "method=", "status=",
	    N_("method= matches requests only; for responses use cseq=INVITE "
	       "status=200") },
	{ "state=", NULL,
	    N_("to filter by the state of a call, use rung show --calls FILE "
	       "state=…") },
	{ "ladder", NULL, N_("rung show --ladder FILE prints the ladder") },
	{ "calls", NULL, N_("rung show --calls FILE lists the calls") },
	{ "messages", NULL, N_("rung show -m FILE prints the messages") },
};

/* WORDS have BEGIN as a word, or as the beginning of one. */
static bool
has_misused(struct str words, const char *begin)
{
	bool whole = strpbrk(begin, "=#") == NULL;

	while (words.n > 0) {
		struct str word = str_cut(words, ' ', &words);

		if (whole ? str_iis(word, begin) : str_starts(word, begin))
			return true;
	}
	return false;
}

/* The sentence for WORDS, or NULL. */
static const char *
find_misused(struct str words)
{
	uint64_t n;

	for (size_t i = 0; i < COUNT_OF(misused); i++)
		if (has_misused(words, misused[i].begin) &&
		    (misused[i].next == NULL ||
			str_find(words, misused[i].next) >= 0))
			return _(misused[i].text);
	while (words.n > 0) {
		struct str word = str_cut(words, ' ', &words);

		if (str_u64(word, &n) == 0)
			return _("rung show prints one record at a time: rung "
				 "show FILE 55");
		if (str_chr(word, '@') >= 0 && str_chr(word, '.') < 0)
			return _(
			    "write the message in capitals before the @ "
			    "and its sender after it: INVITE@atl, 180@bob");
		if (str_starts(word, "cseq=") && word.n > 5 &&
		    chr_is_digit(word.p[5]))
			return _("cseq= takes a method: cseq=INVITE");
		if (record_filter_has(word))
			return _("words have the form KEY=VALUE, such as "
				 "method=INVITE");
	}
	return NULL;
}

void
cli_say_nothing(
    const struct cli *c, const struct record_filter *f, const char *words)
{
	struct str word;
	const char *near = record_filter_doubt(f, &word);
	const char *meant = find_misused(str_of(words));
	LOCAL_BUF other = BUF_INIT;
	struct diag d = DIAG_INIT;

	/* They may lie behind the hold, which the last line names. */
	if (c->held != 0)
		return;
	if (record_filter_meant(words, &other))
		near = buf_cstr(&other);
	diag_set(&d, ERR_NOTFOUND, NULL, 0,
	    words[0] != '\0' ? _("no record matches “%.*s”")
			     : _("no record matches"),
	    STR_ARG(utf8_clip(str_of(words), 60)));
	diag_meant(&d, ERR_NOTFOUND, near);
	if (near != NULL || words[0] == '\0')
		meant = "";
	else if (meant == NULL)
		meant = _("man rung-show and docs/TRACE.md list the filters");
	cli_remark(c, "%s%s%s", d.text, meant[0] != '\0' ? ": " : "", meant);
}

/* Those of HAS into IDS; they and the other legs of the same calls are in the
 * trace. */
static int
list_sifted(const struct cli *c, struct correlation *co, const bool *has,
    struct buf *ids, struct diag *d)
{
	uint64_t messages = 0;
	size_t calls = 0;

	for (uint32_t i = 1; i < co->ncalls; i++)
		if (has[i])
			correlation_choose_call(co, i);
	for (uint32_t i = 1; i < co->ncalls; i++) {
		struct str id = numbers_text(co->ids, i);

		messages += co->calls[i].chosen ? co->calls[i].messages : 0;
		calls += co->calls[i].chosen;
		co->calls[i].chosen = false;
		if (has[i])
			buf_add(ids, (const char *)&id, sizeof(id));
	}
	if (messages <= cli_capture_input_most(c))
		return ids->err;
	return diag_set(d, ERR_LIMIT, NULL, 0,
	    _("%zu calls have such messages, %llu messages together; at most "
	      "%zu are shown at once; rung show --calls lists the calls, "
	      "--call=ID chooses one"),
	    calls, (unsigned long long)messages, cli_capture_input_most(c));
}

int
cli_sift(const struct cli *c, struct correlation *co, const char *words,
    struct buf *ids, struct diag *d)
{
	struct record_filter f;
	LOCAL_MEM bool *has = NULL;
	int err = record_filter_parse(&f, words, NULL, d);

	if (err != 0)
		return err;
	if (c->from_ns > f.from_ns)
		f.from_ns = c->from_ns;
	if (c->to_ns < f.to_ns)
		f.to_ns = c->to_ns;
	has = mem_zalloc(co->ncalls, sizeof(*has));
	err = has != NULL ? sift_calls(co, &f, has) : ERR_NOMEM;
	if (err == 0)
		err = list_sifted(c, co, has, ids, d);
	if (err == 0 && ids->n == 0)
		err =
		    diag_set(d, ERR_NOTFOUND, NULL, 0, _("no record matches"));
	return diag_fail(d, err);
}

/* ---- following a capture ---- */

/* How often it is looked whether the file has grown, and how often that nothing
 * has come until all is told. */
#define LOOK_NS 200000000
#define QUIET   5

struct following {
	struct cli *c;
	const char *file;
	struct record_filter filter;
	struct cli_capture_input of; /* names and clocks */
	struct live *live;
	struct trace *t;  /* what was told; NULL: nothing */
	struct buf head;  /* of the trace */
	uint64_t printed; /* records */
	struct records_times times;
	struct diag *d;
};

/* ---- the trace, as it is told ---- */

/* A trace with F's head, and the records of F's trace before FROM. */
static int
browse_begin_trace(struct following *f, uint64_t from)
{
	struct trace *t = NULL;
	int err = trace_begin(&t, f->file);

	if (err == 0)
		err = trace_feed(t, f->head.p, f->head.n, f->d);
	for (uint64_t seq = 1; err == 0 && seq < from; seq++) {
		struct str line = trace_line(f->t, seq);

		/* A line has its newline after it. */
		err = trace_feed(t, line.p, line.n + 1, f->d);
	}
	trace_destroy(f->t);
	f->t = t;
	return err;
}

/* Nodes that have come are in the head; it is wanted only when the trace is
 * begun. */
static int
on_head(struct str line, void *arg)
{
	struct following *f = arg;

	buf_clear(&f->head);
	buf_str(&f->head, line);
	return f->head.err;
}

static int
on_record(struct str line, void *arg)
{
	struct following *f = arg;
	int err = f->t != NULL ? 0 : browse_begin_trace(f, 1);

	return err == 0 ? trace_feed(f->t, line.p, line.n, f->d) : err;
}

/* ---- printing ---- */

static int
browse_print(struct following *f, struct buf *out)
{
	int err =
	    out->n > 0 || out->err != 0 ? cli_write(f->c, out, NULL, f->d) : 0;

	buf_free(out);
	return err;
}

/* Records that were printed are no more. */
static int
say_retold(struct following *f, uint64_t from)
{
	struct buf out = BUF_INIT;

	buf_printf(&out,
	    /* TRANSLATORS: a record's number */
	    _("Later packets change what is shown, from record %llu on:"),
	    (unsigned long long)from);
	buf_putc(&out, '\n');
	return browse_print(f, &out);
}

static int
on_retell(uint64_t from, void *arg)
{
	struct following *f = arg;
	int err = from <= f->printed ? say_retold(f, from) : 0;

	if (from <= f->printed)
		f->printed = from - 1;
	return err == 0 ? browse_begin_trace(f, from) : err;
}

/* Prints the records that were not printed yet. */
static int
print_records(struct following *f)
{
	struct records_options o = { .width = f->c->width,
		.theme = cli_theme(f->c),
		.messages = f->c->messages,
		.first = f->printed + 1,
		.times = &f->times };
	LOCAL_BUF out = BUF_INIT, ascii = BUF_INIT;
	int err;

	if (f->t == NULL || trace_count(f->t) == f->printed)
		return 0;
	err = records_write(f->t, &f->filter, &o, NULL, &out);
	f->printed = trace_count(f->t);
	if (err != 0)
		out.err = err;
	if (f->c->utf8)
		return browse_print(f, &out);
	utf8_add_ascii(&ascii, buf_view(&out));
	return browse_print(f, &ascii);
}

/* ---- following ---- */

static int
print_new_records(struct following *f, bool all)
{
	int err = live_go_on(f->live, all, f->d);

	return err == 0 ? print_records(f) : err;
}

/* Until something ends it.  A signal does without an error. */
static int
go_along(struct following *f)
{
	const struct timespec pause = { .tv_nsec = LOOK_NS };
	struct capture *c = f->of.capture;
	uint64_t had = 0;
	unsigned quiet = 0;
	int err = 0;

	while (err == 0 && interrupt_came() == 0) {
		err = capture_check(c, f->d);
		if (err == 0)
			err = capture_go_on(c, f->d);
		/* Nor was it written over meanwhile. */
		if (err == 0)
			err = capture_check(c, f->d);
		quiet = capture_read_bytes(c) == had ? quiet + 1 : 0;
		had = capture_read_bytes(c);
		if (err == 0)
			err = print_new_records(f, quiet == QUIET);
		/* A program may go on writing to a file that was renamed, for a
		 * while.
		 */
		if (err == 0 && quiet >= QUIET)
			err = capture_check_name(c, f->d);
		if (capture_is_over(c))
			break;
		nanosleep(&pause, NULL);
	}
	return err;
}

static int
end_following(struct following *f)
{
	int err = capture_end(f->of.capture, f->d);

	if (err == 0)
		err = live_end(f->live, f->d);
	if (err == 0)
		err = print_records(f);
	return err == 0 ? cli_capture_input_judge(f->c, &f->of, f->d) : err;
}

int
cli_follow(struct cli *c, const char *file, const char *filter, struct diag *d)
{
	static const struct live_ops ops = { on_head, on_record, on_retell };
	struct following f = { .c = c, .file = file, .head = BUF_INIT, .d = d };
	struct capture_trace_options o;
	struct clocks_options clocks;
	struct clock_given given[CLI_CLOCKS_MOST];
	char names[CLI_CLOCKS_MOST][CLI_CLOCKS_NAME];
	int err = record_filter_parse(&f.filter, filter, NULL, d);

	if (err == 0)
		err = cli_capture_input_follow(c, file, &f.of, d);
	if (err == 0)
		err = cli_capture_input_clocks(
		    c, &f.of, given, names, &clocks, d);
	o = cli_capture_input_options(
	    &f.of, c->has_detail ? c->detail : TRACE_PROTOCOL, NULL, 0);
	interrupt_catch();
	if (err == 0)
		err = live_create(
		    &f.live, f.of.capture, &o, &clocks, &ops, &f, d);
	if (err == 0)
		err = go_along(&f);
	if (err == 0)
		err = end_following(&f);
	interrupt_leave();
	live_destroy(f.live);
	trace_destroy(f.t);
	buf_free(&f.head);
	cli_capture_input_close(&f.of);
	return err;
}
