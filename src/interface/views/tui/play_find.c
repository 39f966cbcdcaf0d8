/*
 * Finding text as less does, and showing only records that a filter lets
 * through.  Each looks at every record, so both go on in slices between keys:
 * the filter first, and the search among the records that it lets through.
 */
#include "views/tui/play_panes.h"

#include "base/err.h"
#include "base/i18n.h"
#include "text/utf8.h"
#include "words/record_text.h"

/* Slices done at once, before the screen is drawn: short runs are done then. */
#define AT_ONCE 3

bool
play_keeps(const struct trace *t, const struct trace_rec *rec, void *arg)
{
	const struct play *p = arg;

	for (size_t i = 0; i < p->nviews; i++)
		if (p->views[i].trace == t)
			return play_seqs_has(&p->views[i].kept, rec->seq);
	return false;
}

static bool
is_filtered(const struct play *p)
{
	return p->search.filter_text.n > 0;
}

/* At most MOST records more of V through the filter. */
static int
sift_records(struct play *p, struct play_view *v, uint64_t most)
{
	uint64_t count = trace_count(v->trace);
	struct trace_rec rec;

	for (; most > 0 && v->sifted < count; most--) {
		trace_get(v->trace, v->sifted + 1, &rec);
		if (record_filter_match(&p->search.filter, v->trace, &rec,
			&p->search.scratch) &&
		    play_seqs_add(&v->kept, rec.seq) != 0)
			return ERR_NOMEM;
		v->sifted++;
	}
	return 0;
}

bool
play_is_sifted(struct play *p, struct play_view *v)
{
	return !is_filtered(p) ||
	       (sift_records(p, v, play_slice(p, PLAY_FIND_RECORDS)) == 0 &&
		   v->sifted == trace_count(v->trace));
}

uint64_t
play_kept_next(struct play *p, uint64_t seq)
{
	struct play_view *v = play_view(p);

	if (is_filtered(p))
		return play_seqs_next(&v->kept, seq);
	return seq < trace_count(v->trace) ? seq + 1 : 0;
}

uint64_t
play_kept_back(struct play *p, uint64_t seq)
{
	if (is_filtered(p))
		return play_seqs_back(&play_view(p)->kept, seq);
	return seq > 0 ? seq - 1 : 0;
}

size_t
play_kept_below(struct play *p, uint64_t seq)
{
	struct play_view *v = play_view(p);
	uint64_t count = trace_count(v->trace);

	if (is_filtered(p))
		return play_seqs_below(&v->kept, seq);
	return seq <= count ? seq - (seq > 0) : count;
}

/* ---- finding ---- */

ptrdiff_t
play_text_in(struct str all, struct str text)
{
	char first = text.n > 0 ? text.p[0] : '\0';
	const char *at;

	if (all.n < text.n || text.n == 0)
		return -1;
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] >= 'A' && text.p[i] <= 'Z') {
			at = memmem(all.p, all.n, text.p, text.n);
			return at != NULL ? at - all.p : -1;
		}
	for (size_t i = 0; i + text.n <= all.n; i++)
		if (chr_lower(all.p[i]) == first &&
		    str_ieq(str_slice(all, i, i + text.n), text))
			return (ptrdiff_t)i;
	return -1;
}

ptrdiff_t
play_find_in(const struct play *p, struct str all)
{
	return play_text_in(all, buf_view(&p->search.find_text));
}

/* Where in MESSAGE byte AT stands: "in Allow"; nothing for its first line,
 * which the ladder shows. */
static void
put_place_in_message(struct str message, size_t at, struct buf *out)
{
	struct str before = str_slice(message, 0, at), line;
	ptrdiff_t end = str_rchr(before, '\n'), body;

	if (end < 0)
		return;
	body = str_find(message, "\r\n\r\n");
	line = str_slice(message, (size_t)end + 1, message.n);
	if (body >= 0 && (size_t)body < at)
		buf_puts(out, _(", in the body"));
	else
		/* TRANSLATORS: "match 3 of 40, in Allow" */
		buf_printf(out, _(", in %.*s"),
		    STR_ARG(utf8_clip(str_cut(line, ':', &before), 30)));
}

/* In the text of a record: its line in the log, and of a send the message. */
static bool
record_has_text(struct play *p, const struct trace_rec *rec,
    const struct trace *t, struct buf *scratch)
{
	buf_clear(scratch);
	record_summary(t, rec, scratch);
	return play_find_in(p, buf_view(scratch)) >= 0 ||
	       (rec->kind == TRACE_SEND &&
		   play_find_in(p, trace_bytes(rec, scratch)) >= 0);
}

/* At most MOST records more of V; what the filter has not seen yet waits. */
static int
seek_text(struct play *p, struct play_view *v, uint64_t most)
{
	uint64_t count = is_filtered(p) ? v->sifted : trace_count(v->trace);
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	int err = 0;

	for (; err == 0 && most > 0 && v->sought < count; most--) {
		trace_get(v->trace, v->sought + 1, &rec);
		if ((!is_filtered(p) || play_seqs_has(&v->kept, rec.seq)) &&
		    record_has_text(p, &rec, v->trace, &scratch))
			err = play_seqs_add(&v->found, rec.seq);
		v->sought += err == 0;
	}
	return err;
}

/* Every record of V that is shown was looked at. */
static bool
finder_is_sought(const struct play *p, const struct play_view *v)
{
	return v->sought >= trace_count(v->trace) ||
	       v->sought >= play_last_shown(p);
}

/* How many matches are shown: the future is not searched while it is hidden. */
static size_t
count_matches(const struct play *p, const struct play_seqs *s)
{
	uint64_t last = play_last_shown(p);

	return last < UINT64_MAX ? play_seqs_below(s, last + 1) : s->n;
}

/* Where the record of the position has it, when that is not seen at once. */
static void
finder_put_where(struct play *p, struct buf *out)
{
	const struct play_view *v = play_view(p);
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	struct str bytes;
	ptrdiff_t at;

	trace_get(v->trace, v->seq, &rec);
	record_summary(v->trace, &rec, &scratch);
	if (rec.kind == TRACE_SEND && play_find_in(p, buf_view(&scratch)) < 0) {
		bytes = trace_bytes(&rec, &scratch);
		at = play_find_in(p, bytes);
		if (at >= 0)
			put_place_in_message(bytes, (size_t)at, out);
	}
}

/* "match 3 of 40, in Allow". */
static void
say_match(struct play *p, bool again)
{
	const struct play_view *v = play_view(p);
	LOCAL_BUF where = BUF_INIT;

	if (v->seq > 0)
		finder_put_where(p, &where);
	/* Where it can be seen. */
	if (where.n > 0)
		p->pane = PANE_MESSAGE;
	play_say(p,
	    again ? _("match %zu of %zu%s, from the start again")
		  : _("match %zu of %zu%s"),
	    play_seqs_below(&v->found, v->seq) + 1, count_matches(p, &v->found),
	    buf_cstr(&where));
}

/* To the match that is asked for, as soon as it is known which one it is; how
 * many there are is said when that is known. */
static void
find_on(struct play *p)
{
	struct play_view *v = play_view(p);
	const struct play_seqs *s = &v->found;
	uint64_t seq = 0;
	size_t n;
	bool again;

	if (p->search.finding > 0)
		seq = play_seqs_next(s, p->search.from);
	else if (v->sought >= p->search.from || finder_is_sought(p, v))
		seq = play_seqs_back(s, p->search.from);
	if (seq > play_last_shown(p))
		seq = 0;
	if (seq == 0 && !finder_is_sought(p, v))
		return;
	again = seq == 0;
	n = count_matches(p, s);
	if (again && n > 0)
		seq = s->list[p->search.finding > 0 ? 0 : n - 1];
	p->search.finding = 0;
	if (seq == 0) {
		play_say(p,
		    play_last_shown(p) < UINT64_MAX
			? _("nothing that is shown matches “%.*s”; v shows the "
			    "rest")
			: _("nothing matches “%.*s”"),
		    STR_ARG(buf_view(&p->search.find_text)));
		return;
	}
	play_jump(p, seq);
	p->search.counting = !finder_is_sought(p, v);
	if (!p->search.counting)
		say_match(p, again);
}

/* A slice of the remaining work in one of the views, the shown one first. */
static int
sift_or_seek(struct play *p, bool *more)
{
	*more = false;
	for (size_t i = 0; i < p->nviews; i++) {
		struct play_view *v = &p->views[(p->now + i) % p->nviews];
		uint64_t count = trace_count(v->trace);

		*more = true;
		if (is_filtered(p) && v->sifted < count)
			return sift_records(
			    p, v, play_slice(p, PLAY_FIND_RECORDS));
		if (p->search.find_text.n > 0 && !p->search.resting &&
		    v->sought < count)
			return seek_text(
			    p, v, play_slice(p, PLAY_FIND_RECORDS));
	}
	*more = false;
	return 0;
}

/* The ladder of what the filter lets through, once that is known. */
static int
lay_out_sifted(struct play *p)
{
	for (size_t i = 0; i < p->nviews; i++)
		if (is_filtered(p) &&
		    p->views[i].sifted < trace_count(p->views[i].trace))
			return 0;
	p->search.sifting = false;
	return play_lay_out(p);
}

static void
stop_finding(struct play *p)
{
	p->search.finding = 0;
	p->search.counting = false;
}

bool
play_find_stop(struct play *p)
{
	if (p->search.sifting && p->search.sifts_new) {
		play_set_filter(p, STR_NULL);
		play_tell(p, _("stopped; there is no filter"));
		return true;
	}
	if (p->search.finding == 0 && !p->search.counting)
		return false;
	stop_finding(p);
	p->search.resting = true;
	play_tell(p, _("stopped; n continues"));
	return true;
}

bool
play_find_work(struct play *p)
{
	bool more;
	int err = sift_or_seek(p, &more);

	if (err == 0 && p->search.sifting)
		err = lay_out_sifted(p);
	if (err != 0) {
		p->search.sifting = false;
		stop_finding(p);
		play_tell(p, err_text(err));
		return false;
	}
	if (p->search.finding != 0)
		find_on(p);
	if (p->search.counting && finder_is_sought(p, play_view(p))) {
		p->search.counting = false;
		say_match(p, false);
	}
	return more;
}

void
play_find_put(struct play *p, struct buf *b)
{
	const struct play_view *v = play_view(p);
	uint64_t at = p->search.sifting ? v->sifted : v->sought;
	uint64_t count = trace_count(v->trace);

	if (v->awaited)
		buf_printf(b, _("drawing the ladder … %u %%"),
		    v->making != NULL ? layout_percent(v->making) : 100);
	else if ((p->search.sifting || p->search.finding != 0 ||
		     p->search.counting) &&
		 count > 0)
		buf_printf(b,
		    p->search.sifting ? _("filtering … %u %%; Esc stops it")
				      : _("searching … %u %%; Esc stops it"),
		    (unsigned)(at * 100 / count));
}

/* Work that takes no time is done before the key is. */
static void
begin_sifting(struct play *p)
{
	for (int i = 0;
	     i < AT_ONCE && (p->search.sifting || p->search.finding != 0 ||
				p->search.counting);
	     i++)
		play_find_work(p);
}

static void
forget_found(struct play *p)
{
	for (size_t i = 0; i < p->nviews; i++) {
		p->views[i].found.n = 0;
		p->views[i].sought = 0;
	}
}

bool
play_find(struct play *p, struct str text)
{
	/* An empty one repeats the last, as in less. */
	if (text.n > 0) {
		buf_clear(&p->search.find_text);
		buf_str(&p->search.find_text, text);
		forget_found(p);
	}
	play_find_step(p, 1);
	return true;
}

void
play_find_step(struct play *p, int by)
{
	enum play_pane keyed = play_pane_keyed(p);

	if (p->search.find_text.n == 0) {
		play_tell(p, _("there was no search yet: / searches"));
		return;
	}
	if (keyed != PANE_ALL && play_panes[keyed]->find != NULL) {
		play_panes[keyed]->find(p, by);
		return;
	}
	p->search.finding = by;
	p->search.resting = false;
	p->search.counting = false;
	p->search.from = play_view(p)->seq;
	find_on(p);
	begin_sifting(p);
}

/* ---- the filter ---- */

static void
sift_anew(struct play *p)
{
	for (size_t i = 0; i < p->nviews; i++) {
		p->views[i].kept.n = 0;
		p->views[i].sifted = 0;
	}
	forget_found(p);
	p->search.sift++;
	p->search.sifting = p->search.sifts_new = true;
	stop_finding(p);
	begin_sifting(p);
}

bool
play_set_filter(struct play *p, struct str text)
{
	struct record_filter filter;
	struct diag d = DIAG_INIT;
	LOCAL_BUF kept = BUF_INIT;
	int err;

	/* What the filter holds are slices of its text. */
	buf_str(&kept, text);
	err = kept.err != 0 ? diag_fail(&d, ERR_NOMEM)
			    : record_filter_parse(&filter, buf_cstr(&kept),
				  play_view(p)->trace, &d);
	if (err != 0) {
		play_complain(p, &d);
		return false;
	}
	buf_free(&p->search.filter_text);
	buf_move(&p->search.filter_text, &kept);
	p->search.filter = filter;
	if (p->search.filter.n == 0 && p->search.filter.from_ns == 0 &&
	    p->search.filter.to_ns == INT64_MAX)
		buf_clear(&p->search.filter_text);
	sift_anew(p);
	return true;
}

void
play_only_call(struct play *p)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct str call = play_call_id(p, &scratch);

	if (p->ladder.only.n > 0) {
		buf_clear(&p->ladder.only);
		play_lay_out(p);
	} else if (call.n > 0) {
		play_list_add(&p->ladder.only, call);
		play_lay_out(p);
		play_tell(p, _("only this call; o shows all"));
	} else {
		play_tell(p, _("this is not a message of a call"));
	}
}
