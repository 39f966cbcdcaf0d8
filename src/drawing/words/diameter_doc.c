/* See words/diameter_doc.h. */
#include "words/diameter_doc.h"

#include "diameter/diameter.h"
#include "base/i18n.h"
#include "words/named_row.h"

#define NAME  32 /* cells of a name */
#define DEPTH 4  /* groups in groups that are shown as such */

static void
put_avp_note(
    const struct named_rows *r, enum canvas_style style, struct buf *text)
{
	named_row(r, "", style, text);
}

static void
put_avps(const struct named_rows *r, struct str avps, unsigned depth)
{
	struct diameter_avp a;
	size_t at = 0;

	while (r->d->err == 0 && diameter_next(avps, &at, &a)) {
		struct buf name = BUF_INIT, value = BUF_INIT, note = BUF_INIT;
		const char *words;

		buf_fill(&name, ' ', (size_t)depth * 2);
		diameter_write_avp_name(&a, &name);
		diameter_write_avp(&a, &value);
		named_row(r, buf_cstr(&name), STYLE_PLAIN, &value);
		words = diameter_avp_words(&a, &note);
		if (words != NULL)
			buf_printf(&note, ": %s", words);
		else
			buf_puts(&note, _("not known"));
		put_avp_note(r, STYLE_DIM, &note);
		buf_end(&name, &r->d->err);
		if (diameter_is_group(&a) && depth < DEPTH)
			put_avps(r, a.value, depth + 1);
	}
}

/* RFC 6733 3 */
static void
put_head(const struct named_rows *r, const struct diameter *m)
{
	static const struct {
		uint8_t bit;
		const char *text;
	} flags[] = {
		{ DIAMETER_REQUEST, N_("question (R)") },
		{ DIAMETER_PROXIABLE, N_("may be passed on (P)") },
		{ DIAMETER_ERROR, N_("not understood (E)") },
		{ DIAMETER_AGAIN, N_("sent again (T)") },
	};
	struct buf b = BUF_INIT;

	diameter_write_name(m, &b);
	if (m->command != DIAMETER_COMMAND_COUNT)
		buf_printf(&b, " · %s", diameter_command_words(m->command));
	named_row(r, "Diameter", STYLE_BOLD, &b);
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if ((m->flags & flags[i].bit) != 0)
			buf_printf(&b, "%s%s", b.n > 0 ? " · " : "",
			    i18n_text(flags[i].text));
	named_row(r, _("flags"), STYLE_PLAIN, &b);
	buf_printf(&b, "0x%08lx · 0x%08lx", (unsigned long)m->hop,
	    (unsigned long)m->end);
	named_row(r, "Hop-by-Hop, End-to-End", STYLE_PLAIN, &b);
}

bool
diameter_doc(struct str bytes, uint64_t seq, size_t width, struct doc *d)
{
	const struct named_rows r = { d, seq, width, NAME };
	struct buf b = BUF_INIT;
	struct diameter m;

	diameter_read(bytes, &m);
	if (m.head) {
		put_head(&r, &m);
		put_avps(&r, m.avps, 0);
	}
	if (m.fault != DIAMETER_FAULT_NONE) {
		buf_printf(&b, "%s (%s)", diameter_fault_words(m.fault),
		    diameter_value_name(diameter_fault_result(m.fault)));
		named_row(&r, _("wrong"), STYLE_LOST, &b);
	}
	return m.head;
}
