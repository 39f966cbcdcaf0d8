/* Calls that did not go well, as lines of text. */
#include "words/troubles_doc.h"

#include "text/utf8.h"

void
troubles_put_title(
    const struct troubles *tr, const struct troubles_look *l, struct buf *out)
{
	buf_printf(out, _("Calls with trouble: %llu of %llu"),
	    (unsigned long long)troubles_calls(tr),
	    (unsigned long long)(l->calls != 0 ? l->calls
					       : troubles_judged(tr)));
}

void
troubles_put_sentence(
    const struct trouble *one, const struct troubles_look *l, struct buf *out)
{
	if (l->file_name != NULL) {
		utf8_add_safe(out, l->file_name(l->arg, one->file));
		buf_puts(out, _(": "));
	}
	buf_str(out, one->sentence);
	if (one->count > 1)
		buf_printf(out, _(" The same for %llu calls."),
		    (unsigned long long)one->count);
	if (!l->unnumbered)
		buf_str(out, one->proof);
}

void
troubles_put_next(const struct trouble *one, struct buf *out)
{
	buf_str(out, one->next);
	if (outcome_section(one->id)[0] != '\0')
		buf_printf(out, " %s.", outcome_section(one->id));
	buf_printf(out, _(" Call-ID %.*s"), STR_ARG(one->call_id));
}

static void
put_trouble(
    const struct trouble *one, const struct troubles_look *l, struct doc *d)
{
	LOCAL_BUF b = BUF_INIT;

	doc_line(d, l->unnumbered ? 0 : one->seq);
	doc_puts(d, STYLE_PLAIN, "  ");
	troubles_put_sentence(one, l, &b);
	doc_wrap(d, STYLE_FAILURE, buf_view(&b), 4, l->width);
	doc_line(d, 0);
	doc_puts(d, STYLE_DIM, "    ");
	buf_clear(&b);
	troubles_put_next(one, &b);
	doc_wrap(d, STYLE_DIM, buf_view(&b), 4, l->width);
	if (b.err != 0)
		d->err = b.err;
}

void
troubles_doc(
    const struct troubles *tr, const struct troubles_look *l, struct doc *d)
{
	LOCAL_BUF title = BUF_INIT;
	size_t n = troubles_count(tr);

	if (n == 0)
		return;
	doc_line(d, 0);
	troubles_put_title(tr, l, &title);
	doc_put(d, STYLE_TITLE, buf_view(&title));
	if (title.err != 0)
		d->err = title.err;
	for (size_t i = 0; i < n && i < l->most; i++)
		put_trouble(troubles_at(tr, i), l, d);
	if (n > l->most) {
		doc_line(d, 0);
		doc_printf(d, STYLE_DIM, _("  and %zu more"), n - l->most);
	}
}
