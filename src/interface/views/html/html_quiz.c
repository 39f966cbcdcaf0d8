/*
 * The questions of the page: those of quiz, with every option judged in
 * words, so that the page's script only asks, shows and counts.
 */
#include "base/err.h"
#include "views/html/html_in.h"
#include "quiz/quiz.h"

/* The page breaks lines itself. */
#define WIDE 4096

/* What D says, as TEXT; D is freed. */
static void
page_quiz_write_doc(struct html *h, struct doc *d, struct buf *text)
{
	if (d->err != 0 || doc_write(d, text) != 0 || text->err != 0)
		h->out->err = ERR_NOMEM;
	doc_free(d);
}

/* The verdict on OPTION: the first part, or all of it. */
static void
write_verdict(struct html *h, const struct quiz *q, size_t option, bool whole,
    struct buf *text)
{
	struct quiz_pick pick = { .option = option };
	struct doc d = DOC_INIT;

	quiz_judge(q, &pick, whole, WIDE, &d);
	page_quiz_write_doc(h, &d, text);
}

/* The place of TEXT without what the last line ends with. */
static size_t
text_place(struct html *h, struct str text)
{
	return html_text(h, str_trim(text));
}

/* [event, verdict, its first part, the part added at the end] */
static void
page_quiz_put_option(struct html *h, const struct quiz *q, size_t i)
{
	struct quiz_pick pick = { .option = i };
	LOCAL_BUF said = BUF_INIT, whole = BUF_INIT;
	struct buf event = BUF_INIT;
	size_t begins, says, rest, name;

	quiz_put_event(&event, &q->options[i].event);
	write_verdict(h, q, i, false, &said);
	write_verdict(h, q, i, true, &whole);
	begins = str_starts(buf_view(&whole), buf_cstr(&said)) ? said.n : 0;
	name = text_place(h, buf_view(&event));
	says = text_place(h, buf_view(&said));
	rest = text_place(h, str_slice(buf_view(&whole), begins, whole.n));
	buf_printf(h->out, "%s[%zu,%d,%zu,%zu]", i > 0 ? "," : "", name,
	    (int)quiz_check(q, &pick), says, rest);
	buf_end(&event, &h->out->err);
}

/* [at, next, answers that may be given, what has happened, solution,
 * options] */
static void
page_quiz_put_question(struct html *h, const struct quiz *q)
{
	LOCAL_BUF context = BUF_INIT, solution = BUF_INIT;
	struct doc d = DOC_INIT;
	size_t happened, solved;

	quiz_put_context(q, WIDE, &d);
	page_quiz_write_doc(h, &d, &context);
	/* No option: the solution alone. */
	write_verdict(h, q, QUIZ_OPTIONS, true, &solution);
	happened = text_place(h, buf_view(&context));
	solved = text_place(h, buf_view(&solution));
	buf_printf(h->out, "[%llu,%llu,%u,%zu,%zu,[", (unsigned long long)q->at,
	    (unsigned long long)q->next, quiz_tries(q), happened, solved);
	for (size_t i = 0; i < q->noptions; i++)
		page_quiz_put_option(h, q, i);
	buf_puts(h->out, "]]");
}

/* The question about SEQ, unless there is nothing to choose from. */
static bool
ask_about(struct html *h, uint64_t seq, bool first)
{
	struct quiz q;
	int err = quiz_make(h->t, seq - 1, &q);
	bool asks = err == 0 && q.next == seq && q.noptions > 1;

	if (asks) {
		buf_puts(h->out, first ? "" : ",\n");
		page_quiz_put_question(h, &q);
	} else if (err != 0 && err != ERR_NOTFOUND) {
		h->out->err = err;
	}
	quiz_free(&q);
	return asks;
}

void
html_quiz(struct html *h)
{
	size_t n = 0;

	buf_puts(h->out, "\"quiz\":[");
	for (size_t i = 0; i < h->l->nrows && h->out->err == 0; i++) {
		const struct layout_row *r = &h->l->rows[i];

		if (n < HTML_QUESTIONS && r->item == LAYOUT_MESSAGE &&
		    quiz_is_asked(h->t, r->seq))
			n += ask_about(h, r->seq, n == 0);
	}
	buf_puts(h->out, "],\n");
}
