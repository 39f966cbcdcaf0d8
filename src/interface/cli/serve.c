/* rung serve: the engine for other programs. */
#include "base/err.h"
#include "cli/cli.h"
#include "service/service.h"

#include <stdio.h>
#include <string.h>

/* A line of F to LINE, without its end, of one that is too long only more than
 * a request may have; false at the end. */
static bool
read_request(FILE *f, struct buf *line)
{
	char piece[16384];
	bool any = false;

	buf_clear(line);
	while (fgets(piece, sizeof(piece), f) != NULL) {
		size_t n = strlen(piece);
		bool ends = n > 0 && piece[n - 1] == '\n';

		any = true;
		if (line->n <= SERVICE_REQUEST_MAX)
			buf_str(line, (struct str){ piece, n - ends });
		if (ends)
			break;
	}
	return any;
}

/* Requests of standard input, answers on standard output, until that ends. */
static int
serve_lines(struct service *s)
{
	struct buf line = BUF_INIT, out = BUF_INIT;
	int err = 0;

	while (err == 0 && read_request(stdin, &line)) {
		buf_clear(&out);
		err = line.err != 0 ? line.err
				    : service_answer(s, buf_view(&line), &out);
		if (err == 0 && (fwrite(out.p, 1, out.n, stdout) != out.n ||
				    fflush(stdout) != 0))
			err = ERR_IO;
	}
	if (err == 0 && ferror(stdin))
		err = ERR_IO;
	buf_free(&line);
	buf_free(&out);
	return err;
}

static int
serve(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct service *s;
	int err;

	(void)argv;
	if (argc > 0 || !c->stdio) {
		diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("rung serve: say --stdio, and nothing else"));
		return CLI_USAGE;
	}
	err = service_create(&s);
	if (err == 0)
		err = serve_lines(s);
	if (err != 0)
		diag_set(d, err, NULL, 0, "%s", err_text(err));
	service_destroy(s);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_option options[] = {
	{ "stdio", 0, NULL,
	    N_("requests come a line each from standard input, answers go to "
	       "standard output"),
	    cli_set_stdio },
	{ 0 },
};

static const struct cli_example examples[] = {
	{ "rung serve --stdio < tests/service/direct-call.jsonl",
	    N_("a call, its records, its panes, as objects of JSON") },
	{ NULL, NULL },
};

const struct cli_command cli_serve = {
	.name = "serve",
	.usage = "",
	.text = N_("the engine for other programs: JSON in, JSON out"),
	.about = N_("Opens texts of labs and topologies, runs them, acts in "
		    "them, tells records, panes and pictures, asks and judges, "
		    "for a program that says what: a request is an object of "
		    "JSON on a line, and so is its answer. docs/SERVICE.md has "
		    "the requests."),
	.examples = examples,
	.options = options,
	.lasts = true,
	.fn = serve,
};
