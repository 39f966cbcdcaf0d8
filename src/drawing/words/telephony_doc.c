/*
 * Signalling of the telephone network, in a pane field by field, on an arrow
 * in a few words: ISUP between exchanges, H.248 between a controller and its
 * gateways.
 */
#include "words/telephony_doc.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "isup/isup.h"
#include "isup/m3ua.h"
#include "isup/q850.h"
#include "megaco/megaco.h"
#include "text/utf8.h"
#include "words/annotate_doc_in.h"
#include "words/decoded_doc.h"
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
telephony_put_number(const struct isup *m, enum isup_code code, struct buf *out)
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

	telephony_put_number(m, ISUP_PARAM_CALLED, out);
	telephony_put_number(m, ISUP_PARAM_SUBSEQUENT, out);
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
	LOCAL_MEM struct isup *m = mem_alloc(sizeof(*m));
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
	return says;
}

/* "REL 17 (CIC 5)", "GRS (CIC 1–8)" */
size_t
describe_isup(struct str bytes, struct buf *out)
{
	LOCAL_MEM struct isup *m = mem_alloc(sizeof(*m));
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
	return gist;
}

/* ---- H.248 ---- */

#define NAME  32 /* cells of a name */
#define CELLS 24 /* of a termination, or digits, on an arrow */

static void
put_group_lines(const struct named_rows *r, struct str text)
{
	struct str rest = str_trim(text);

	while (rest.n > 0 && r->d->err == 0) {
		struct buf line = BUF_INIT;

		buf_str(&line, str_cut_line(rest, &rest));
		named_rows_add(r, "", STYLE_PLAIN, &line);
	}
}

static void
telephony_put_item(
    const struct named_rows *r, const struct megaco_item *it, unsigned depth)
{
	const char *section = "", *words = megaco_words(it, &section);
	const char *means = megaco_value_words(it);
	struct buf name = BUF_INIT, value = BUF_INIT, note = BUF_INIT;

	buf_fill(&name, ' ', (size_t)depth * 2);
	if (it->id < MEGACO_ITEM)
		buf_puts(&name, megaco_name(it->id));
	else
		buf_str(&name, it->name);
	buf_str(&value, it->value);
	if (it->stamp.n > 0)
		buf_str(&value, it->stamp);
	if (means != NULL)
		buf_printf(&value, "%s%s", value.n > 0 ? " · " : "", means);
	named_rows_add(
	    r, buf_cstr(&name), depth == 0 ? STYLE_BOLD : STYLE_PLAIN, &value);
	if (words != NULL) {
		buf_printf(&note, "%s%s%s%s",
		    section[0] != '\0' ? "RFC 3525 " : "", section,
		    section[0] != '\0' ? ": " : "", words);
		named_rows_add(r, "", STYLE_DIM, &note);
	}
	buf_end(&name, &r->d->err);
}

static void
put_items(const struct named_rows *r, struct str text, enum megaco_group group,
    unsigned depth)
{
	struct megaco_item it;
	size_t at = 0;

	if (group == MEGACO_IN_TEXT || group == MEGACO_IN_DIGITS ||
	    group == MEGACO_IN_PHRASE) {
		put_group_lines(r, text);
		return;
	}
	while (r->d->err == 0 && megaco_next(text, group, &at, &it)) {
		telephony_put_item(r, &it, depth);
		if (it.inner.p != NULL && depth < MEGACO_DEPTH)
			put_items(r, it.inner, it.group, depth + 1);
	}
}

bool
megaco_doc(struct str bytes, uint64_t seq, size_t width, struct doc *d)
{
	const struct named_rows r = { d, seq, width, NAME };
	struct buf b = BUF_INIT;
	struct megaco m;
	unsigned fault = megaco_read(bytes, &m);

	if (m.body.p == NULL)
		return false;
	buf_str(&b, m.sender);
	named_rows_add(&r, "H.248", STYLE_BOLD, &b);
	put_items(&r, m.body, MEGACO_IN_MESSAGE, 0);
	if (fault != 0) {
		buf_printf(&b, "%u %s", fault, megaco_error_words(fault));
		if (m.at.n > 0) {
			buf_puts(&b, ": ");
			utf8_add_clipped(&b, m.at, NAME);
		}
		named_rows_add(&r, _("wrong"), STYLE_LOST, &b);
	}
	return true;
}

/* The description of a termination beside its name: the events seen there, with
 * the digits, or the signals played. */
static void
put_termination_gist(const struct megaco_item *command, struct buf *out)
{
	struct megaco_item in, it, digits;
	size_t at = 0;

	if (command->id == MEGACO_ERROR) {
		buf_printf(out, ": %u", megaco_number(command));
		return;
	}
	if (command->value.n > 0) {
		buf_putc(out, ' ');
		utf8_add_clipped(out, command->value, CELLS);
	}
	if (megaco_find(command, MEGACO_ERROR, &it)) {
		buf_printf(out, ": %u", megaco_number(&it));
		return;
	}
	if (!megaco_find(command, MEGACO_OBSERVED, &in) &&
	    !megaco_find(command, MEGACO_SIGNALS, &in))
		return;
	if (!megaco_next(in.inner, in.group, &at, &it))
		return;
	buf_putc(out, ' ');
	utf8_add_clipped(out, it.name, CELLS);
	if (megaco_find_named(&it, "ds", &digits)) {
		buf_putc(out, ' ');
		utf8_add_clipped(out, digits.value, CELLS);
	}
}

/* "Notify A1 dd/ce 5550123 (T 3)" */
size_t
describe_megaco(struct str bytes, struct buf *out)
{
	size_t before = out->n, gist;
	struct megaco_item it;
	enum megaco_id kind;
	struct megaco m;
	uint32_t number;

	megaco_read(bytes, &m);
	if (m.body.p == NULL)
		return 0;
	it = megaco_first(&m, &kind, &number);
	if (it.id != kind || kind == MEGACO_ERROR)
		put_termination_gist(&it, out);
	gist = out->n - before;
	if (kind <= MEGACO_PENDING)
		buf_printf(out, _(" (T %u)"), number);
	return gist;
}
