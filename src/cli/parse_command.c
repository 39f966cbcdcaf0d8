/* rung parse: one SIP message, explained line by line. */
#include "base/err.h"
#include "base/mem.h"
#include "cli/captured.h"
#include "cli/cli.h"
#include "cli/parse.h"
#include "msg/message.h"

#include <errno.h>
#include <string.h>

/* The same once more for whoever reads only the errors: where, and what. */
static void
say_fault(const char *file, struct str bytes, struct diag *d)
{
	struct msg *m = mem_zalloc(1, sizeof(*m));
	struct str at = STR_NULL;
	enum msg_fault fault = MSG_FAULT_VALUE;
	unsigned line = 0;

	if (m != NULL) {
		fault = msg_read(m, bytes, &at);
		if (fault == MSG_FAULT_NONE)
			fault = msg_check(m, &at);
	}
	if (at.p != NULL && at.p >= bytes.p && at.p <= bytes.p + bytes.n)
		line = 1;
	for (const char *p = bytes.p; line > 0 && p < at.p; p++)
		line += *p == '\n';
	diag_set(d, ERR_SYNTAX, file, line, "%s", msg_fault_text(fault));
	mem_free(m);
}

static int
parse(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct buf bytes = BUF_INIT, out = BUF_INIT;
	bool well = false;
	int err;

	if (argc != 1) {
		diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("parse needs a FILE with one SIP message"));
		return CLI_USAGE;
	}
	if (cli_is_packets(argv[0])) {
		diag_set(d, ERR_SYNTAX, argv[0], 0,
		    _("is a capture, not one SIP message; rung show -m shows "
		      "its messages, rung play explains them line by line"));
		return CLI_USAGE;
	}
	err = buf_read_file(&bytes, argv[0], 2 * MSG_MAX_BYTES);
	if (err == ERR_IO)
		diag_set(d, err, argv[0], 0, _("can't be read: %s"),
		    strerror(errno));
	else if (err == ERR_LIMIT)
		diag_set(d, err, argv[0], 0,
		    _("is longer than %d bytes, too long for a SIP "
		      "message"),
		    2 * MSG_MAX_BYTES);
	if (err == 0)
		err = cmd_parse_text(
		    buf_view(&bytes), c->width, c->colour, &out, &well);
	if (err == 0)
		cli_print(c, &out, d);
	if (err == 0 && !well)
		say_fault(argv[0], buf_view(&bytes), d);
	if (err != 0)
		diag_set(d, err, NULL, 0, "%s", err_text(err));
	buf_free(&bytes);
	buf_free(&out);
	return err == 0 && well ? CLI_OK : CLI_USAGE;
}

static const struct cli_option no_options[] = { { 0 } };

static const struct cli_example examples[] = {
	{ "rung parse assets/invite.sip",
	    N_("line by line, with the sections of the RFCs") },
	{ NULL, NULL },
};

const struct cli_command cli_parse = {
	.name = "parse",
	.usage = "FILE",
	.text = N_("one SIP message, explained line by line"),
	.about =
	    N_("Tells for each line of a SIP message what it is for, what it "
	       "says\n"
	       "here and which section defines it, or what is wrong with it.\n"
	       "The exit status is 2 for a message that is malformed."),
	.examples = examples,
	.options = no_options,
	.fn = parse,
};
