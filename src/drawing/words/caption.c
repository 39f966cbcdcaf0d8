/*
 * Captions: what the message is ("atl passes INVITE on to bil") and, behind a
 * colon, why.  Forms are tried from the longest to the shortest until one
 * fits.  Traces are outside bytes: what a record does not say is left out.
 */
#include "words/caption.h"

#include "base/err.h"
#include "text/utf8.h"
#include "msg/methods.h"
#include "rules/rules.h"
#include "words/caption_words_in.h"
#include "words/record_text.h"
#include "words/time_words.h"

/* Longer names are clipped: what happens matters more. */
#define NAME_CELLS   16
#define URI_CELLS    40
#define REASON_CELLS 40
/* A line that a hall can read. */
#define CELLS_USUAL 100
/* How far back a rule is looked for; chains are short where it matters. */
#define STEPS_MOST 64

/* Behind these begins another story. */
static bool
begins(const struct trace_rec *rec)
{
	return rec->kind == TRACE_RECV || rec->kind == TRACE_ACT ||
	       rec->kind == TRACE_SEND;
}

/* The rule of SEQ or of what led to it; with NAMED only one that the record
 * names by its key: of a section alone the first row may be another's. */
static const struct rule *
find_rule(const struct trace *t, uint64_t seq, bool named)
{
	const struct rule *rule = NULL;
	struct trace_rec rec;

	if (seq == 0 || seq > trace_count(t))
		return NULL;
	trace_get(t, seq, &rec);
	for (int i = 0; i < STEPS_MOST; i++) {
		if (rec.rule.n > 0 || (rec.why.n > 0 && !named))
			rule = rule_find(rec.rule, named ? STR_NULL : rec.why);
		if (rule != NULL || rec.cause == 0 || (i > 0 && begins(&rec)))
			break;
		trace_get(t, rec.cause, &rec);
	}
	return rule;
}

const struct rule *
caption_rule(const struct trace *t, uint64_t seq)
{
	return find_rule(t, seq, false);
}

/* How long the timer ran whose firing led to SEQ; 0 where none did. */
static int64_t
timer_length(const struct trace *t, uint64_t seq)
{
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;
	int64_t length = 0;
	bool fired = false;

	trace_get(t, seq, &rec);
	for (int i = 0; i < STEPS_MOST && rec.cause != 0; i++) {
		trace_get(t, rec.cause, &rec);
		if (rec.kind == TRACE_TIMER) {
			if (str_is(trace_str(&rec, "op", &scratch), "fire"))
				fired = true;
			else if (fired)
				length = trace_int(&rec, "length", 0);
		}
		if (length != 0 || begins(&rec))
			break;
	}
	buf_free(&scratch);
	return length > 0 ? length : 0;
}

/* The words for how the way of SEQ was chosen, or NULL. */
static const struct caption_words *
route_words(const struct trace *t, uint64_t seq, struct buf *scratch)
{
	const struct caption_words *words = NULL;
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	for (int i = 0; i < STEPS_MOST && rec.cause != 0; i++) {
		trace_get(t, rec.cause, &rec);
		if (rec.kind == TRACE_ROUTE)
			words = caption_words_route(
			    trace_str(&rec, "how", scratch));
		if (words != NULL || begins(&rec))
			break;
	}
	return words;
}

/* The Request-URI without scheme and parameters, as a slice of BYTES. */
static struct str
target_of(struct str bytes)
{
	struct str rest, uri;

	str_cut(str_slice(bytes, 0, 1024), ' ', &rest);
	uri = str_cut(rest, ' ', &rest);
	if (str_istarts(uri, "sip:"))
		uri = str_slice(uri, 4, uri.n);
	uri = str_cut(uri, ';', &rest);
	return str_chr(uri, '\n') < 0 ? uri : STR_NULL;
}

/* What is told of one send. */
struct telling {
	const struct trace *t;
	struct trace_rec rec;
	struct trace_send send;
	struct buf scratch; /* what SEND lies in */
	struct buf src, dst, what, why, brief, line;
};

static void
put_node_name(struct buf *b, struct str name)
{
	struct str clipped = utf8_clip(name, NAME_CELLS);

	utf8_add_safe(b, clipped);
	if (clipped.n < name.n)
		buf_puts(b, "…");
	if (name.n == 0)
		buf_putc(b, '?');
}

void
caption_put_message(struct buf *b, struct str method, unsigned status)
{
	if (status != 0)
		buf_printf(b, "%u %s", status, msg_status_phrase(status));
	else
		put_node_name(b, method);
}

static void
put_argument(struct telling *w, enum caption_arg arg, struct buf *out)
{
	struct buf bytes = BUF_INIT;
	int64_t length;

	if (arg == CAPTION_URI) {
		struct str uri = target_of(trace_bytes(&w->rec, &bytes));

		utf8_add_safe(out, utf8_clip(uri, URI_CELLS));
	} else if (arg == CAPTION_LENGTH) {
		length = timer_length(w->t, w->rec.seq);
		if (length > 0)
			time_put_length(out, length);
	}
	buf_end(&bytes, &out->err);
}

/* The clauses of WORDS; none of them where its argument is not known. */
static void
put_clauses(struct telling *w, const struct caption_words *words)
{
	struct buf arg = BUF_INIT;
	const char *brief = words->brief != NULL ? words->brief : words->text;

	put_argument(w, words->arg, &arg);
	if (words->arg == CAPTION_PLAIN || arg.n > 0)
		buf_printf(&w->why, i18n_text(words->text), buf_cstr(&arg));
	/* A brief text may do without the argument. */
	if (words->arg == CAPTION_PLAIN || arg.n > 0 ||
	    str_find(str_of(brief), "%s") < 0)
		buf_printf(&w->brief, i18n_text(brief), buf_cstr(&arg));
	buf_end(&arg, &w->why.err);
}

static void
make_clauses(struct telling *w)
{
	const struct rule *rule = find_rule(w->t, w->rec.seq, true);
	const struct caption_words *words = NULL;
	struct buf how = BUF_INIT;

	/* Of a request on its way the route says more than the rule. */
	if (w->send.fwd != 0 && w->send.retx == 0 && w->send.status == 0)
		words = route_words(w->t, w->rec.seq, &how);
	if (words == NULL)
		words = caption_words_find(rule, w->send.method, w->send.status,
		    w->send.retx != 0, w->send.fwd != 0);
	if (words != NULL)
		put_clauses(w, words);
	buf_end(&how, &w->why.err);
}

/* "atl passes INVITE on to bil". */
static void
put_deed(struct telling *w, struct buf *out)
{
	/* For the first time, and again. */
	static const char *const answers[] = { N_("%s answers %s with %s"),
		N_("%s answers %s with %s again") };
	static const char *const back[] = { N_("%s passes %s back to %s"),
		N_("%s passes %s back to %s again") };
	static const char *const on[][2] = {
		{ N_("%s sends %s to %s"), N_("%s sends %s to %s again") },
		{ N_("%s passes %s on to %s"),
		    N_("%s passes %s on to %s again") },
	};
	const char *src = buf_cstr(&w->src), *dst = buf_cstr(&w->dst);
	const char *what = buf_cstr(&w->what);
	bool response = w->send.status != 0, again = w->send.retx != 0;
	/* What a timer sends again was passed on before. */
	bool passes =
	    w->send.fwd != 0 && !(again && timer_length(w->t, w->rec.seq) > 0);

	if (response && !passes)
		buf_printf(out, i18n_text(answers[again]), src, dst, what);
	else
		buf_printf(out,
		    i18n_text(response ? back[again] : on[passes][again]), src,
		    what, dst);
}

/* Form 0 is the longest; false behind the shortest. */
static bool
put_form(struct telling *w, int form)
{
	const struct buf *why = form == 0 ? &w->why : &w->brief;

	buf_clear(&w->line);
	if (form == 3)
		buf_printf(&w->line, "%s → %s %s", buf_cstr(&w->src),
		    buf_cstr(&w->dst), buf_cstr(&w->what));
	else
		put_deed(w, &w->line);
	if (form < 2 && why->n > 0)
		/* TRANSLATORS: joins what happens and why */
		buf_printf(&w->line, _(": %s"), buf_cstr(why));
	return form < 3;
}

/* The message itself, a response with the reason that it has. */
static void
put_what(struct telling *w)
{
	struct buf bytes = BUF_INIT;
	struct str line, code, reason, rest;
	unsigned status = w->send.status;

	if (status != 0) {
		line = str_cut(trace_bytes(&w->rec, &bytes), '\n', &rest);
		str_cut(str_trim(line), ' ', &rest);
		code = str_cut(rest, ' ', &reason);
		buf_printf(&w->what, "%u", status);
		if (code.n != 3)
			reason = str_of(msg_status_phrase(status));
		if (reason.n > 0)
			buf_putc(&w->what, ' ');
		utf8_add_clipped(&w->what, reason, REASON_CELLS);
	} else {
		caption_put_message(&w->what,
		    w->send.method.n > 0 ? w->send.method : w->send.proto, 0);
	}
	buf_end(&bytes, &w->what.err);
}

/* The longest form that CELLS hold into the line. */
static void
choose_form(struct telling *w, size_t cells)
{
	int form = 0;

	put_node_name(&w->src, w->send.src);
	put_node_name(
	    &w->dst, w->send.dst.n > 0 ? w->send.dst : w->send.dst_addr);
	put_what(w);
	make_clauses(w);
	while (put_form(w, form) && utf8_width(buf_view(&w->line)) > cells)
		form++;
}

void
caption_write(
    const struct trace *t, uint64_t seq, size_t cells, struct buf *out)
{
	struct telling w = { .t = t };

	if (cells == 0)
		cells = CELLS_USUAL;

	if (seq == 0 || seq > trace_count(t))
		return;
	trace_get(t, seq, &w.rec);
	if (w.rec.kind == TRACE_SEND &&
	    trace_get_send(&w.rec, &w.send, &w.scratch) == 0) {
		choose_form(&w, cells);
	} else {
		record_sentence(t, &w.rec, &w.line);
	}
	utf8_add_clipped(out, buf_view(&w.line), cells);
	buf_end(&w.scratch, &out->err);
	buf_end(&w.src, &out->err);
	buf_end(&w.dst, &out->err);
	buf_end(&w.what, &out->err);
	buf_end(&w.why, &out->err);
	buf_end(&w.brief, &out->err);
	buf_end(&w.line, &out->err);
}
