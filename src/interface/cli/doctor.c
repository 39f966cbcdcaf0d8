/* rung doctor: can rung play run here, how will it look, and what to do. */
#include "cli/doctor_in.h"

#include "base/err.h"
#include "text/utf8.h"
#include "cli/cli.h"
#include "draw/canvas.h"

static const struct {
	const char *label;
	void (*fn)(struct doctor *d);
} lines[] = {
	{ N_("terminal"), doctor_ends },
	{ N_("TERM"), doctor_term },
	{ N_("size"), doctor_size },
	{ N_("colours"), doctor_colours },
	{ N_("mouse"), doctor_mouse },
	{ N_("locale"), doctor_locale },
	{ N_("language"), doctor_language },
	{ N_("lines"), doctor_lines },
	{ N_("arrows"), doctor_arrows },
	{ N_("Chinese"), doctor_chinese },
	{ N_("labs"), doctor_labs },
	{ N_("this folder"), doctor_here },
	{ N_("sessions"), doctor_state },
	{ N_("editor"), doctor_editor },
};

#define LINES (sizeof(lines) / sizeof(lines[0]))

static const struct {
	const char *utf8, *ascii;
	enum canvas_style style;
} marks[] = {
	[DOCTOR_FINE] = { "✓", "+", STYLE_SUCCESS },
	[DOCTOR_NOTE] = { "!", "!", STYLE_WARNING },
	[DOCTOR_WRONG] = { "✗", "x", STYLE_LOST },
};

/* ARROW and what FMT says, in the third column. */
static void
put_arrow_text(struct doctor *d, const char *arrow, const char *fmt, va_list ap)
{
	struct buf text = BUF_INIT;

	buf_puts(&text, arrow);
	buf_vprintf(&text, fmt, ap);
	doc_wrap_beside(&d->out, STYLE_PLAIN, buf_view(&text),
	    d->label_cells + 4, d->width);
	buf_end(&text, &d->out.err);
}

void
doctor_say(struct doctor *d, enum doctor_mark mark, const char *fmt, ...)
{
	va_list ap;

	d->notes += mark == DOCTOR_NOTE;
	d->wrong += mark == DOCTOR_WRONG;
	doc_line(&d->out, 0);
	doc_puts(&d->out, marks[mark].style,
	    d->ascii ? marks[mark].ascii : marks[mark].utf8);
	doc_puts(&d->out, STYLE_PLAIN, " ");
	doc_puts(&d->out, STYLE_BOLD, d->label);
	va_start(ap, fmt);
	put_arrow_text(d, "", fmt, ap);
	va_end(ap);
}

void
doctor_remedy(struct doctor *d, const char *fmt, ...)
{
	va_list ap;

	doc_line(&d->out, 0);
	va_start(ap, fmt);
	put_arrow_text(d, "→ ", fmt, ap);
	va_end(ap);
}

static void
put_end(struct doctor *d)
{
	enum canvas_style style = STYLE_SUCCESS;
	const char *text = _("rung play can run, and all is well.");

	if (d->wrong > 0) {
		style = STYLE_LOST;
		text = _("rung play can't run.");
	} else if (d->notes > 0) {
		style = STYLE_BOLD;
		text = _("rung play can run; see the lines with “!”.");
	}
	doc_line(&d->out, 0);
	doc_line(&d->out, 0);
	doc_wrap(&d->out, style, str_of(text), 0, d->width);
}

static int
doctor(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct doctor doc = { .out = DOC_INIT,
		.width = c->width != 0 ? c->width : CLI_WIDTH_LIST };

	(void)argv;
	if (argc != 0)
		return cli_refuse(d, _("doctor takes no FILE"));
	terminal_look(&doc.facts);
	terminal_probe(&doc.facts, 3 * TERMINAL_WAIT_MS, NULL);
	doc.ascii =
	    !c->utf8 || (doc.facts.out && terminal_wants_ascii(&doc.facts));
	for (size_t i = 0; i < LINES; i++)
		if (utf8_width(str_of(_(lines[i].label))) > doc.label_cells)
			doc.label_cells = utf8_width(str_of(_(lines[i].label)));
	doc_printf(&doc.out, STYLE_PLAIN, _("rung %s, libosip2 %s"),
	    RUNG_VERSION, RUNG_OSIP_VERSION);
	doc_line(&doc.out, 0);
	for (size_t i = 0; i < LINES; i++) {
		doc.label = _(lines[i].label);
		lines[i].fn(&doc);
	}
	put_end(&doc);
	if (cli_print_doc(c, &doc.out, d) != 0)
		return CLI_USAGE;
	return doc.wrong > 0 ? CLI_FAILED : CLI_OK;
}

static const struct cli_example doctor_examples[] = {
	{ "rung doctor", N_("before the first lecture in a new room") },
	{ NULL, NULL },
};

const struct cli_command cli_doctor = {
	.name = "doctor",
	.usage = "",
	.text = N_("what this terminal can do, and what to do about it"),
	.about =
	    N_("Looks at terminal, locale, folders and environment, a line a "
	       "fact, and says below each line that is wrong what to do. "
	       "Lines, arrows and Chinese characters are drawn and measured "
	       "where the output is a terminal.\n"
	       "\n"
	       "  ✓  as it should be\n"
	       "  !  rung play runs, and something is missing\n"
	       "  ✗  rung play can't run; then the exit status is 1"),
	.examples = doctor_examples,
	.fn = doctor,
};
