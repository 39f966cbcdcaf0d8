/* ISUP between exchanges: in a pane field by field, on an arrow in a few words.
 */
#include "words/isup_doc.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "isup/isup.h"
#include "isup/m3ua.h"
#include "isup/q850.h"
#include "words/annotate_doc_in.h"
#include "words/describe.h"

bool
isup_doc(struct str bytes, uint64_t seq, size_t width, struct doc *d)
{
	const struct annotate_options o = { .width = width, .seq = seq };
	struct msg_notes notes;
	int err = msg_annotate_signal(bytes, &notes);

	if (err == ERR_NOMEM)
		d->err = err;
	if (err == 0)
		annotate_doc_notes(&notes, &o, d);
	msg_notes_free(&notes);
	return err == 0;
}

/* The number in the first parameter with CODE. */
static void
put_number(const struct isup *m, enum isup_code code, struct buf *out)
{
	const struct isup_param *p = isup_find(m, code);
	struct isup_number n;

	if (p != NULL && isup_number_read(code, p->value, &n))
		buf_printf(out, " %s", n.digits);
}

static void
put_isup_gist(const struct isup *m, struct buf *out)
{
	const struct isup_param *cause = isup_find(m, ISUP_PARAM_CAUSE);
	struct q850_indicators c;

	put_number(m, ISUP_PARAM_CALLED, out);
	put_number(m, ISUP_PARAM_SUBSEQUENT, out);
	if (cause != NULL && q850_read(cause->value, &c))
		buf_printf(out, " %u", c.cause);
	if (m->row->type == ISUP_COT)
		buf_printf(out, " %s",
		    (isup_octet(m, ISUP_PARAM_CONTINUITY, 0) & 1) != 0
			? _("good")
			: _("failed"));
}

/* The circuits that M, of circuit CIC, is about. */
static void
put_circuits(const struct isup *m, unsigned cic, struct buf *out)
{
	if (isup_find(m, ISUP_PARAM_RANGE) != NULL)
		buf_printf(out, _(" (CIC %u–%u)"), cic,
		    cic + isup_octet(m, ISUP_PARAM_RANGE, 0));
	else
		buf_printf(out, _(" (CIC %u)"), cic);
}

bool
isup_doc_cause(struct str bytes, struct buf *out)
{
	struct isup *m = mem_alloc(sizeof(*m));
	const struct isup_param *p = NULL;
	struct q850_indicators c;
	struct isup_number n;
	struct mtp_label label;
	struct str isup;
	unsigned cic;
	bool says = false;
	size_t at = out->n;

	if (m == NULL)
		out->err = ERR_NOMEM;
	else if (mtp3_read_isup(bytes, &label, &cic, &isup) &&
		 isup_read(isup, m) == ISUP_FAULT_NONE)
		p = isup_find(m, ISUP_PARAM_CAUSE);
	if (p != NULL && q850_read(p->value, &c)) {
		q850_say(
		    c.cause, c.location, isup_number_of_cause(&c, &n), out);
		says = true;
	}
	/* Sentences, a line each, as one. */
	for (; at < out->n; at++)
		if (out->p[at] == '\n')
			out->p[at] = ' ';
	if (says && out->n > 0 && out->p[out->n - 1] == ' ')
		buf_truncate(out, out->n - 1);
	mem_free(m);
	return says;
}

/* "REL 17 (CIC 5)", "GRS (CIC 1–8)" */
size_t
describe_isup(struct str bytes, struct buf *out)
{
	struct isup *m = mem_alloc(sizeof(*m));
	size_t before = out->n, gist = 0;
	struct mtp_label label;
	struct str isup;
	unsigned cic;

	if (m == NULL)
		out->err = ERR_NOMEM;
	else if (mtp3_read_isup(bytes, &label, &cic, &isup)) {
		if (isup_read(isup, m) == ISUP_FAULT_NONE)
			put_isup_gist(m, out);
		gist = out->n - before;
		put_circuits(m, cic, out);
	}
	mem_free(m);
	return gist;
}
