/* rung page: rung in a browser, with labs of one's own. */
#include "base/err.h"
#include "cli/cli.h"
#include "web/web.h"

static int
set_engine(struct cli *c, const char *value, struct diag *d)
{
	(void)d;
	c->engine = value;
	return 0;
}

static int
make_page(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct buf library = BUF_INIT, prose = BUF_INIT, out = BUF_INIT;
	int err = outfile_check(c->output, d);

	if (err == 0)
		err = web_find_engine(c->engine, d);
	if (err == 0)
		err = web_put_library((const char *const *)argv, (size_t)argc,
		    true, &library, &prose, d);
	if (err == 0)
		err = web_put_file(
		    c->engine, buf_view(&library), buf_view(&prose), &out, d);
	if (err == 0)
		err = cli_write(
		    c, &out, c->output != NULL ? c->output : "rung.html", d);
	buf_free(&library);
	buf_free(&prose);
	buf_free(&out);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_option page_options[] = {
	{ "output", 'o', "FILE", N_("writes the page to FILE, else rung.html"),
	    cli_set_output },
	{ "engine", 0, "FOLDER",
	    N_("takes the engine for a browser from FOLDER"), set_engine },
	{ 0 },
};

static const struct cli_example page_examples[] = {
	{ "rung page -o rung.html",
	    N_("rung in a browser, with all its labs") },
	{ "rung page busy cancel -o two.html",
	    N_("the same, with two of them") },
	{ NULL, NULL },
};

const struct cli_command cli_page = {
	.name = "page",
	.usage = "[FOLDER]…",
	.text = N_("makes a page: rung in a browser, with these labs"),
	.about = N_("Makes one file that any browser opens, from a disk or "
		    "from a web server: the engine, and the labs in the "
		    "FOLDERS, each that of a lab or of a set of labs; without "
		    "a FOLDER all that rung has. Answers are not in it. "
		    "docs/PAGE.md says what it can do."),
	.options = page_options,
	.examples = page_examples,
	.lasts = true,
	.fn = make_page,
};
