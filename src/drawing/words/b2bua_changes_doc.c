/* The changes of a B2BUA in words; see words/b2bua_changes_doc.h. */
#include "words/b2bua_changes_doc.h"

#include "base/err.h"
#include "base/i18n.h"
#include "text/utf8.h"
#include "draw/wrap.h"
#include "rules/rules.h"
#include "follower/b2bua_changes.h"
#include "words/record_text.h"

#define WIDTH_LEAST 32
#define FATE        10 /* cells of "its own" and the like */
#define MIDDLE      3  /* " │ " */
#define FOLD        2
/* Values that short are told in a sentence. */
#define SHORT 16

/* ---- one sentence ---- */

static void
put_row_name(const struct b2bua_change *r, struct buf *out)
{
	if (r->part != NULL)
		buf_puts(out, i18n_text(r->part));
	else
		utf8_add_safe(out, utf8_clip(r->name, 40));
}

/* "Max-Forwards 70 → 69" */
static void
put_row_brief(const struct b2bua_change *r, struct buf *out)
{
	put_row_name(r, out);
	if (r->fate != B2BUA_CHANGE_CHANGED || r->sdp || r->before.n > SHORT ||
	    r->after.n > SHORT)
		return;
	buf_putc(out, ' ');
	utf8_add_safe(out, r->before);
	buf_puts(out, " → ");
	utf8_add_safe(out, r->after);
}

static void
put_comma(struct buf *out)
{
	if (out->n > 0)
		buf_puts(out, _(", "));
}

/* "From, Max-Forwards 70 → 69 (changed)" */
static void
put_fields_of_fate(
    const struct b2bua_changes *s, enum b2bua_change_fate fate, struct buf *out)
{
	bool any = false;

	for (size_t i = 0; i < s->n; i++) {
		if (s->rows[i].fate != fate)
			continue;
		put_comma(out);
		put_row_brief(&s->rows[i], out);
		any = true;
	}
	if (any)
		/* TRANSLATORS: behind names of header fields: "(changed)" */
		buf_printf(
		    out, _(" (%s)"), i18n_text(b2bua_change_fate_words[fate]));
}

/* The fields that do not pass as their rows say. */
static void
put_odd(const struct b2bua_changes *s, struct buf *out)
{
	struct buf names = BUF_INIT;

	for (size_t i = 0; i < s->n; i++) {
		if (!s->rows[i].odd)
			continue;
		put_comma(&names);
		put_row_name(&s->rows[i], &names);
		buf_printf(&names, _(" (%s)"),
		    i18n_text(b2bua_change_fate_words[s->rows[i].fate]));
	}
	if (names.n > 0)
		buf_printf(out,
		    _(" A B2BUA of this kind does not do that: %s."),
		    buf_cstr(&names));
	buf_end(&names, &out->err);
}

static void
put_changes_sentence(const struct b2bua_passage *p,
    const struct b2bua_changes *s, struct buf *out)
{
	static const enum b2bua_change_fate order[] = { B2BUA_CHANGE_OWN,
		B2BUA_CHANGE_CHANGED, B2BUA_CHANGE_DROPPED, B2BUA_CHANGE_NEW };
	struct buf fates = BUF_INIT;

	for (size_t i = 0; i < COUNT_OF(order); i++)
		put_fields_of_fate(s, order[i], &fates);
	if (!p->same && fates.n == 0)
		buf_printf(out,
		    _("The B2BUA sent it because record %llu arrived on its "
		      "other leg."),
		    (unsigned long long)p->from);
	else if (fates.n == 0)
		buf_printf(out, _("Copied from record %llu."),
		    (unsigned long long)p->from);
	else
		buf_printf(out,
		    p->same ? _("Copied from record %llu except for %s.")
			    : _("Made from record %llu, which arrived on the "
				"other leg of the B2BUA, except for %s."),
		    (unsigned long long)p->from, buf_cstr(&fates));
	put_odd(s, out);
	if (p->inferred)
		buf_puts(out, _(" (inferred)"));
	buf_end(&fates, &out->err);
}

bool
b2bua_passage_put_sentence(
    const struct trace *t, const struct trace_rec *rec, struct buf *out)
{
	struct b2bua_changes *s = NULL;
	struct b2bua_passage p;
	int err;

	if (rec->kind != TRACE_SEND)
		return false;
	err = b2bua_passage_find(&p, t, rec->seq);
	if (err == 0)
		err = b2bua_changes_compare(&s, t, &p);
	if (err == 0)
		put_changes_sentence(&p, s, out);
	else if (err == ERR_NOMEM)
		out->err = err;
	b2bua_changes_free(s);
	return err == 0;
}

/* ---- all of it ---- */

struct telling {
	const struct trace *t;
	const struct b2bua_passage *p;
	const struct b2bua_changes *s;
	size_t width;
	bool odd; /* something is */
	struct doc *d;
	struct buf text; /* scratch */
};

static enum canvas_style
row_style(const struct b2bua_change *r)
{
	static const enum canvas_style styles[B2BUA_CHANGE_FATE_COUNT] = {
		[B2BUA_CHANGE_KEPT] = STYLE_DIM,
		[B2BUA_CHANGE_CHANGED] = STYLE_CHANGED,
		[B2BUA_CHANGE_OWN] = STYLE_PLAIN,
		[B2BUA_CHANGE_DROPPED] = STYLE_LOST,
		[B2BUA_CHANGE_NEW] = STYLE_SUCCESS,
	};

	return r->odd ? STYLE_WARNING : styles[r->fate];
}

static void
put_wrapped_text(struct telling *k, enum canvas_style style, size_t indent)
{
	doc_pad(k->d, indent);
	doc_wrap(k->d, style, buf_view(&k->text), indent, k->width);
	if (k->text.err != 0)
		k->d->err = ERR_NOMEM;
	buf_clear(&k->text);
}

static void
put_rule(struct telling *k, enum rule_id id, const char *text, uint64_t seq,
    size_t indent)
{
	const struct rule *rule = rule_at(id);

	if (rule != NULL) {
		rule_put_place(rule, &k->text);
		buf_puts(&k->text, _(": "));
	}
	buf_puts(&k->text, i18n_text(text));
	doc_line(k->d, seq);
	put_wrapped_text(k, STYLE_DIM, indent);
}

/* "INVITE alice → box (record 9)" */
static void
put_message_name(struct telling *k, uint64_t seq)
{
	struct buf fields = BUF_INIT;
	struct trace_send what;
	struct trace_rec rec;

	trace_get(k->t, seq, &rec);
	record_message_name(k->t, &rec, &k->text);
	if (trace_get_send(&rec, &what, &fields) == 0) {
		buf_putc(&k->text, ' ');
		utf8_add_safe(&k->text, utf8_clip(what.src, 30));
		buf_puts(&k->text, " → ");
		utf8_add_safe(&k->text, utf8_clip(what.dst, 30));
	}
	/* TRANSLATORS: behind a message */
	buf_printf(&k->text, _(" (record %llu)"), (unsigned long long)seq);
	buf_end(&fields, &k->d->err);
}

static bool
is_wide(const struct telling *k)
{
	return k->width >= PASSAGE_WIDE;
}

/* Cells of the message received, behind the fates. */
static size_t
left_width(const struct telling *k)
{
	return (k->width - FATE - MIDDLE) / 2;
}

static void
put_heading(struct telling *k)
{
	doc_line(k->d, k->p->from);
	if (is_wide(k)) {
		doc_pad(k->d, FATE);
		put_message_name(k, k->p->from);
		doc_clip(k->d, STYLE_TITLE, buf_view(&k->text), left_width(k));
		buf_clear(&k->text);
		doc_pad(k->d, FATE + left_width(k));
		doc_puts(k->d, STYLE_FRAME, " │ ");
		put_message_name(k, k->p->to);
		put_wrapped_text(k, STYLE_TITLE, 0);
		return;
	}
	doc_puts(k->d, STYLE_CHANGED, "− ");
	put_message_name(k, k->p->from);
	put_wrapped_text(k, STYLE_TITLE, 2);
	doc_line(k->d, k->p->to);
	doc_puts(k->d, STYLE_CHANGED, "+ ");
	put_message_name(k, k->p->to);
	put_wrapped_text(k, STYLE_TITLE, 2);
}

/* What of REST fits into CELLS of the present line. */
static struct str
put_fitting_part(
    struct telling *k, struct str rest, size_t cells, enum canvas_style style)
{
	size_t n = wrap_fits(rest, cells, WRAP_MESSAGE, NULL);
	struct doc_marked m = { .style = style, .width = k->width };

	doc_put_marked(k->d, rest, 0, n, &m);
	return wrap_rest(str_slice(rest, n, rest.n));
}

/* The fate, what there was and what there is, side by side. */
static void
put_row_wide(struct telling *k, const struct b2bua_change *r, struct str before,
    struct str after)
{
	size_t left = left_width(k), right = k->width - FATE - left - MIDDLE;
	bool first = true;

	do {
		if (!first)
			doc_line(k->d, 0);
		doc_pad(k->d, FATE);
		if (before.n > 0)
			before =
			    put_fitting_part(k, before, left, row_style(r));
		doc_pad(k->d, FATE + left);
		doc_puts(k->d, STYLE_FRAME, after.n > 0 ? " │ " : " │");
		if (after.n > 0)
			after = put_fitting_part(k, after, right, row_style(r));
		first = false;
	} while (k->d->err == 0 && (before.n > 0 || after.n > 0));
}

static void
put_row_line(struct telling *k, const char *sign, struct str text,
    const struct b2bua_change *r)
{
	struct doc_marked m = { .style = row_style(r),
		.indent = FATE + FOLD,
		.width = k->width,
		.also = WRAP_MESSAGE };

	doc_pad(k->d, FATE);
	doc_puts(k->d, STYLE_CHANGED, sign);
	doc_wrap_marked(k->d, text, &m);
}

static void
put_row_narrow(struct telling *k, const struct b2bua_change *r,
    struct str before, struct str after)
{
	if (r->there[0])
		put_row_line(
		    k, r->fate == B2BUA_CHANGE_KEPT ? "  " : "− ", before, r);
	if (r->fate == B2BUA_CHANGE_KEPT || !r->there[1])
		return;
	if (r->there[0])
		doc_line(k->d, k->p->to);
	put_row_line(k, "+ ", after, r);
}

/* "Max-Forwards: 70", "o=- 1 1 IN IP4 192.0.2.1" */
static void
put_row_side(const struct b2bua_change *r, int side, struct buf *out)
{
	if (!r->there[side])
		return;
	if (r->sdp) {
		buf_str(out, str_slice(r->name, 0, 2));
	} else {
		put_row_name(r, out);
		buf_puts(out, ": ");
	}
	buf_str(out, side == 0 ? r->before : r->after);
}

static void
put_change(struct telling *k, const struct b2bua_change *r)
{
	struct buf before = BUF_INIT, after = BUF_INIT;

	put_row_side(r, 0, &before);
	put_row_side(r, 1, &after);
	doc_line(k->d, r->there[0] ? k->p->from : k->p->to);
	doc_printf(k->d, row_style(r), "%s%s",
	    i18n_text(b2bua_change_fate_words[r->fate]), r->odd ? " !" : "");
	if (is_wide(k))
		put_row_wide(k, r, buf_view(&before), buf_view(&after));
	else
		put_row_narrow(k, r, buf_view(&before), buf_view(&after));
	if (r->text != NULL && (r->fate != B2BUA_CHANGE_KEPT || r->odd))
		put_rule(k, r->rule, r->text, 0, FATE + FOLD);
	buf_end(&before, &k->d->err);
	buf_end(&after, &k->d->err);
}

/* Which kind of box that is, and what becomes of such requests. */
static void
put_box_kind(struct telling *k)
{
	const struct pass_method *m = k->s->method;
	const struct pass_box_row *box = &pass_boxes[k->s->box];

	if (k->s->judged) {
		doc_line(k->d, 0);
		/* TRANSLATORS: "This is the work of a Media Relay (RFC 7092
		 * 3.2.1): …" */
		buf_printf(&k->text,
		    _("The B2BUA acts as %s (RFC 7092 %s): %s"),
		    i18n_text(box->name), box->section, i18n_text(box->text));
		put_wrapped_text(k, STYLE_PLAIN, 0);
	}
	if (m != NULL)
		put_rule(k, m->rule, m->text, 0, 0);
	if (k->odd) {
		doc_line(k->d, 0);
		/* TRANSLATORS: "same !" */
		buf_puts(&k->text,
		    _("“!” marks what a B2BUA of this kind does not do."));
		put_wrapped_text(k, STYLE_WARNING, 0);
	}
	if (k->p->inferred) {
		doc_line(k->d, 0);
		buf_puts(
		    &k->text, _("The capture does not say that one message was "
				"made from the other; rung has inferred it."));
		put_wrapped_text(k, STYLE_DIM, 0);
	}
}

static void
put_sdp_section_title(struct telling *k, const struct b2bua_change *r)
{
	doc_line(k->d, 0);
	doc_line(k->d, 0);
	if (r->media == 0)
		buf_puts(&k->text, _("Session description"));
	else
		buf_printf(&k->text, _("Stream %u"), r->media);
	put_wrapped_text(k, STYLE_TITLE, 0);
}

static void
put_changes(struct telling *k)
{
	bool sdp = false;
	unsigned media = 0;

	for (size_t i = 0; i < k->s->n; i++)
		k->odd |= k->s->rows[i].odd;
	put_heading(k);
	put_box_kind(k);
	doc_line(k->d, 0);
	for (size_t i = 0; i < k->s->n && k->d->err == 0; i++) {
		const struct b2bua_change *r = &k->s->rows[i];

		if (r->sdp && (!sdp || r->media != media))
			put_sdp_section_title(k, r);
		sdp = r->sdp;
		media = r->media;
		put_change(k, r);
	}
	if (k->s->n == 0) {
		doc_line(k->d, 0);
		put_changes_sentence(k->p, k->s, &k->text);
		put_wrapped_text(k, STYLE_PLAIN, 0);
	}
}

static void
put_none(const struct telling *k)
{
	doc_line(k->d, 0);
	doc_wrap(k->d, STYLE_DIM,
	    str_of(_("No B2BUA has made this message from one on its other "
		     "leg, or another message from it.")),
	    0, k->width);
}

void
b2bua_changes_doc(const struct trace *t, uint64_t seq, uint64_t last,
    size_t width, struct doc *d)
{
	struct telling k = { .t = t,
		.width = width < WIDTH_LEAST ? WIDTH_LEAST : width,
		.d = d,
		.text = BUF_INIT };
	struct b2bua_changes *s = NULL;
	struct b2bua_passage p;
	int err = seq != 0 && seq <= trace_count(t)
		      ? b2bua_passage_find(&p, t, seq)
		      : ERR_NOTFOUND;

	if (err == ERR_NOTFOUND && seq != 0 && seq <= trace_count(t))
		err = b2bua_passage_find_next(&p, t, seq, last);
	if (err == 0)
		err = b2bua_changes_compare(&s, t, &p);
	k.p = &p;
	k.s = s;
	if (err == 0)
		put_changes(&k);
	else if (err == ERR_NOMEM)
		d->err = err;
	else
		put_none(&k);
	b2bua_changes_free(s);
	buf_end(&k.text, &d->err);
}
