/* rung doctor: can rung play run here, how will it look, and what to do. */
#include "cli/doctor_report.h"

#include "base/err.h"
#include "base/utf8.h"
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

static void
put_styled(struct doctor *d, enum canvas_style style, struct str text)
{
	theme_put(d->theme, style, &d->out);
	buf_str(&d->out, text);
	theme_put(d->theme, STYLE_PLAIN, &d->out);
}

/* What stands in variables is anybody's: made safe. */
static void
put_safe(struct doctor *d, const struct buf *text)
{
	struct buf safe = BUF_INIT;

	utf8_add_safe(&safe, buf_view(text));
	buf_str(&d->out, buf_view(&safe));
	if (text->err != 0 || safe.err != 0)
		d->out.err = ERR_NOMEM;
	buf_free(&safe);
}

void
doctor_say(struct doctor *d, enum doctor_mark mark, const char *fmt, ...)
{
	struct buf text = BUF_INIT, label = BUF_INIT;
	va_list ap;

	d->notes += mark == DOCTOR_NOTE;
	d->wrong += mark == DOCTOR_WRONG;
	put_styled(d, marks[mark].style,
	    str_of(d->ascii ? marks[mark].ascii : marks[mark].utf8));
	utf8_add_cell(&label, str_of(d->label), d->label_cells);
	buf_putc(&d->out, ' ');
	put_styled(d, STYLE_BOLD, buf_view(&label));
	buf_puts(&d->out, "  ");
	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	put_safe(d, &text);
	buf_putc(&d->out, '\n');
	if (label.err != 0)
		d->out.err = ERR_NOMEM;
	buf_free(&label);
	buf_free(&text);
}

void
doctor_remedy(struct doctor *d, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	buf_fill(&d->out, ' ', d->label_cells + 4);
	buf_puts(&d->out, "→ ");
	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	put_safe(d, &text);
	buf_putc(&d->out, '\n');
	buf_free(&text);
}

static void
put_end(struct doctor *d)
{
	buf_putc(&d->out, '\n');
	if (d->wrong > 0)
		put_styled(d, STYLE_LOST, str_of(_("rung play can't run.")));
	else if (d->notes > 0)
		put_styled(d, STYLE_BOLD,
		    str_of(_("rung play can run; see the lines with \"!\".")));
	else
		put_styled(d, STYLE_SUCCESS,
		    str_of(_("rung play can run, and all is well.")));
	buf_putc(&d->out, '\n');
}

static int
doctor(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct doctor doc = { .out = BUF_INIT, .theme = cli_theme(c) };
	struct buf painted = BUF_INIT;
	int err;

	(void)argv;
	if (argc != 0) {
		diag_set(d, ERR_SYNTAX, NULL, 0, _("doctor takes no FILE"));
		return CLI_USAGE;
	}
	terminal_look(&doc.facts);
	terminal_probe(&doc.facts, 3 * TERMINAL_WAIT_MS, NULL);
	doc.ascii =
	    !c->utf8 || (doc.facts.out && terminal_wants_ascii(&doc.facts));
	for (size_t i = 0; i < LINES; i++)
		if (utf8_width(str_of(_(lines[i].label))) > doc.label_cells)
			doc.label_cells = utf8_width(str_of(_(lines[i].label)));
	buf_printf(&doc.out, _("rung %s, libosip2 %s\n\n"), RUNG_VERSION,
	    RUNG_OSIP_VERSION);
	for (size_t i = 0; i < LINES; i++) {
		doc.label = _(lines[i].label);
		lines[i].fn(&doc);
	}
	put_end(&doc);
	theme_put_lines(doc.theme, buf_view(&doc.out), &painted);
	if (doc.out.err != 0)
		painted.err = doc.out.err;
	err = cli_print(c, &painted, d);
	buf_free(&painted);
	buf_free(&doc.out);
	if (err != 0)
		return CLI_USAGE;
	return doc.wrong > 0 ? CLI_FAILED : CLI_OK;
}

static const struct cli_option no_options[] = { { 0 } };

static const struct cli_example examples[] = {
	{ "rung doctor", N_("before the first lecture in a new room") },
	{ NULL, NULL },
};

const struct cli_command cli_doctor = {
	.name = "doctor",
	.usage = "",
	.text = N_("what this terminal can do, and what to do about it"),
	.about =
	    N_("Looks at terminal, locale, folders and environment, a line a "
	       "fact, and says\n"
	       "below each line that is wrong what to do.  Lines, arrows and "
	       "Chinese characters\n"
	       "are drawn and measured where the output is a terminal.\n"
	       "\n"
	       "  ✓  as it should be\n"
	       "  !  rung play runs, and something is missing\n"
	       "  ✗  rung play can't run; then the exit status is 1"),
	.options = no_options,
	.examples = examples,
	.fn = doctor,
};
