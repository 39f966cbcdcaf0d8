/* rung import: a capture or log as a trace. */
#include "base/err.h"
#include "cli/captured.h"
#include "trace/file_kind.h"
#include "cli/choice.h"

#include <sys/stat.h>
#include <unistd.h>

static const struct cli_option import_options[] = {
	{ "output", 'o', "FILE",
	    N_("writes the trace to FILE, compressed where that ends in .gz"),
	    cli_set_output },
	{ "detail", 0, "LEVEL",
	    N_("messages: only what was captured; protocol: and what follows "
	       "from it"),
	    cli_set_detail },
	{ "call", 0, "ID", N_("only the call with this Call-ID"),
	    cli_add_call },
	CLI_ALIAS_OPTIONS,
	{ 0 },
};

struct job {
	struct cli *c;
	const char *file;
	struct diag *d;
	sink_fn *sink;
	void *to;
	bool full; /* the sink takes no more: not the capture's fault */
};

static int
pass_line(const char *line, size_t n, void *arg)
{
	struct job *j = arg;
	int err = j->sink(line, n, j->to);

	j->full = err != 0;
	return err;
}

static int
write_imported_trace(sink_fn *sink, void *to, void *arg)
{
	struct job *j = arg;
	struct diag own = DIAG_INIT;
	int err;

	j->sink = sink;
	j->to = to;
	err = cli_capture_lines(j->c, j->file, pass_line, j, &own);
	if (err != 0 && !j->full)
		*j->d = own;
	return err;
}

#define HEAD_LOOKED_AT 4096 /* bytes, for what a file is */

int
cli_refuse_kind(const char *file, unsigned taken, struct diag *d)
{
	struct buf head = BUF_INIT;
	struct stat st;
	int err = 0;

	/* Of a longer one the beginning is read. */
	if (stat(file, &st) == 0 && S_ISREG(st.st_mode)) {
		buf_look_into_file(&head, file, HEAD_LOOKED_AT);
		err = file_kind_refuse(buf_view(&head), file, taken, d);
	}
	buf_free(&head);
	return err;
}

static int
import(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct job j = { .c = c, .d = d };
	struct stat st;

	if (argc != 1)
		return cli_refuse_files(c, argc, argv,
		    _("import needs one FILE: a capture or a log"), d);
	if (c->has_detail && c->detail == TRACE_NETWORK) {
		diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("--detail: a capture has no more than messages and "
		      "protocol"));
		return CLI_USAGE;
	}
	if (cli_check_place(c, "import", d) != 0)
		return CLI_USAGE;
	/* A pipe is read once, and not for that. */
	if (stat(argv[0], &st) == 0 && S_ISREG(st.st_mode) &&
	    cli_is_trace(argv[0])) {
		diag_set(
		    d, ERR_UNSUPPORTED, argv[0], 0, _("is a trace already"));
		return CLI_USAGE;
	}
	if (access(argv[0], F_OK) != 0 && cli_is_playable(argv[0])) {
		diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("%s is no capture; rung export %s -o call.pcapng makes "
		      "one"),
		    argv[0], argv[0]);
		return CLI_USAGE;
	}
	if (cli_refuse_kind(argv[0], FILE_CAPTURE | FILE_TEXT, d) != 0)
		return CLI_USAGE;
	j.file = argv[0];
	return cli_output(c, c->output, write_imported_trace, &j, d) == 0
		   ? CLI_OK
		   : CLI_USAGE;
}

static const struct cli_example import_examples[] = {
	{ "rung export two-proxies -o call.pcapng",
	    N_("a capture to try it with") },
	{ "rung import call.pcapng -o seen.jsonl", N_("its trace") },
	{ "rung import call.pcapng --alias 192.0.2.1=alice -o seen.jsonl",
	    N_("an address with a name") },
	{ NULL, NULL },
};

const struct cli_command cli_import = {
	.name = "import",
	.usage = "FILE",
	.text = N_("a capture (pcap, pcapng) or log as a trace"),
	.about = N_("Writes the trace of a capture or of a server's log to "
		    "standard output or to -o FILE. Every other command takes "
		    "captures as they are, too. What the network does not show "
		    "(timers, states) is inferred and marked."),
	.examples = import_examples,
	.options = import_options,
	.lasts = true,
	.fn = import,
};
