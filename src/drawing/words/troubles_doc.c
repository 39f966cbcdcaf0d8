/* Calls that did not go well, as lines of text. */
#include "words/troubles_doc.h"

static void
put_trouble(
    const struct trouble *one, const struct troubles_look *l, struct doc *d)
{
	LOCAL_BUF b = BUF_INIT;

	doc_line(d, l->unnumbered ? 0 : one->seq);
	doc_puts(d, STYLE_PLAIN, "  ");
	buf_str(&b, one->sentence);
	if (one->count > 1)
		buf_printf(&b, _(" The same for %llu calls."),
		    (unsigned long long)one->count);
	if (!l->unnumbered)
		buf_str(&b, one->proof);
	doc_wrap(d, STYLE_FAILURE, buf_view(&b), 4, l->width);
	doc_line(d, 0);
	doc_puts(d, STYLE_DIM, "    ");
	buf_clear(&b);
	buf_str(&b, one->next);
	if (outcome_section(one->id)[0] != '\0')
		buf_printf(&b, " %s.", outcome_section(one->id));
	buf_printf(&b, _(" Call-ID %.*s"), STR_ARG(one->call_id));
	doc_wrap(d, STYLE_DIM, buf_view(&b), 4, l->width);
	if (b.err != 0)
		d->err = b.err;
}

void
troubles_doc(
    const struct troubles *tr, const struct troubles_look *l, struct doc *d)
{
	uint64_t all = l->calls != 0 ? l->calls : troubles_judged(tr);
	size_t n = troubles_count(tr);

	if (n == 0)
		return;
	doc_line(d, 0);
	doc_printf(d, STYLE_TITLE,
	    _("Calls that did not go well: %llu of %llu"),
	    (unsigned long long)troubles_calls(tr), (unsigned long long)all);
	for (size_t i = 0; i < n && i < l->most; i++)
		put_trouble(troubles_at(tr, i), l, d);
	if (n > l->most) {
		doc_line(d, 0);
		doc_printf(d, STYLE_DIM, _("  and %zu more"), n - l->most);
	}
}
