/* rung parse: one SIP message, explained line by line. */
#include "base/err.h"
#include "cli/captured.h"
#include "cli/cli.h"
#include "trace/file_kind.h"
#include "msg/annotate.h"
#include "msg/message.h"
#include "text/utf8.h"
#include "words/annotate_json.h"
#include "words/annotate_text.h"

#include <errno.h>
#include <string.h>

/* What is wrong with a message; SENTENCE is empty where nothing is. */
struct parse_fault {
	struct buf sentence;
	unsigned line; /* from 1; 0: of none */
};

/*
 * Explains BYTES, in lines as C's options ask or as JSON, and appends that to
 * OUT.  FAULT->sentence is to be freed.  0 or ERR_NOMEM.
 */
static int
explain_message(const struct cli *c, struct str bytes, struct buf *out,
    struct parse_fault *fault)
{
	const struct annotate_text_options options = { .width = c->width,
		.theme = cli_theme(c) };
	struct str rest, line = str_trim(str_cut(bytes, '\n', &rest));
	struct msg_notes notes;
	int err = msg_annotate(bytes, &notes);

	*fault = (struct parse_fault){ BUF_INIT, 0 };
	if (err != 0)
		return err;
	if (notes.fault != MSG_FAULT_NONE) {
		msg_notes_fault(&notes, &fault->sentence);
		if (notes.fault == MSG_FAULT_START_LINE &&
		    str_chr(line, ' ') > 0 &&
		    str_chr(line, ' ') == str_rchr(line, ' '))
			buf_puts(&fault->sentence,
			    _("; SIP/2.0 is missing at its end"));
		fault->line = msg_notes_line(&notes, bytes);
	}
	err = c->json ? annotate_json(&notes, buf_view(&fault->sentence),
			    fault->line, out)
		      : annotate_text(&notes, &options, out);
	msg_notes_free(&notes);
	return err != 0 ? err : fault->sentence.err;
}

/* ERR_SYNTAX with D's sentence where BYTES, those of FILE, are nothing that
 * anybody has written: their first line is no text. */
static int
check_text(struct str bytes, const char *file, struct diag *d)
{
	struct str rest, line = str_cut(bytes, '\n', &rest);

	for (size_t i = 0, used; i < line.n; i += used) {
		uint32_t c = utf8_decode(str_slice(line, i, line.n), &used);

		if ((c >= ' ' || chr_is_space((char)c)) &&
		    (c != UTF8_BAD || used > 1))
			continue;
		return diag_set(d, ERR_SYNTAX, file, 1,
		    _("is no text, so it is no SIP message: byte %zu of its "
		      "first line is 0x%02X"),
		    i + 1, (unsigned char)line.p[i]);
	}
	return 0;
}

static int
parse(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct buf bytes = BUF_INIT, out = BUF_INIT;
	struct parse_fault fault = { BUF_INIT, 0 };
	bool well;
	int err;

	if (argc != 1)
		return cli_refuse_files(c, argc, argv,
		    _("parse needs a FILE with one SIP message"), d);
	if (cli_is_packets(argv[0])) {
		diag_set(d, ERR_SYNTAX, argv[0], 0,
		    _("is a capture, not one SIP message; rung show -m shows "
		      "its messages, rung play explains them line by line"));
		return CLI_USAGE;
	}
	err = buf_read_file(&bytes, argv[0], 2 * MSG_MAX_BYTES);
	if (err == ERR_IO && errno == ENOENT && cli_is_playable(argv[0]))
		diag_set(d, err, NULL, 0,
		    _("%s is no SIP message; rung show -m %s shows those of "
		      "its run"),
		    argv[0], argv[0]);
	else if (err == ERR_IO && errno == ENOENT && strchr(argv[0], ' '))
		diag_set(d, err, NULL, 0,
		    _("parse reads a FILE with a message, not “%s”"), argv[0]);
	else if (err == ERR_IO)
		diag_set(d, err, argv[0], 0, _("can't be read: %s"),
		    err_system(errno));
	else if (err == ERR_LIMIT)
		diag_set(d, err, argv[0], 0,
		    _("is longer than %d bytes, too long for a SIP "
		      "message"),
		    2 * MSG_MAX_BYTES);
	if (err == 0)
		err = file_kind_refuse(buf_view(&bytes), argv[0], 0, d);
	if (err == 0)
		err = check_text(buf_view(&bytes), argv[0], d);
	if (err == 0)
		err = explain_message(c, buf_view(&bytes), &out, &fault);
	if (err == 0)
		cli_print(c, &out, d);
	/* The same once more for whoever reads only the errors. */
	well = fault.sentence.n == 0;
	if (err == 0 && !well)
		diag_set(d, ERR_SYNTAX, argv[0], fault.line, "%s",
		    buf_cstr(&fault.sentence));
	if (err != 0)
		diag_set(d, err, NULL, 0, "%s", err_text(err));
	buf_free(&fault.sentence);
	buf_free(&bytes);
	buf_free(&out);
	return err == 0 && well ? CLI_OK : CLI_USAGE;
}

static const struct cli_option parse_options[] = { CLI_JSON_OPTION, { 0 } };

static const struct cli_example parse_examples[] = {
	{ "rung parse message.sip",
	    N_("line by line, with the sections of the RFCs") },
	{ NULL, NULL },
};

const struct cli_command cli_parse = {
	.name = "parse",
	.usage = "FILE",
	.text = N_("one SIP message, explained line by line"),
	.about =
	    N_("Tells for each line of a SIP message what it is for, what it "
	       "says here and which section defines it, or what is wrong with "
	       "it. The exit status is 2 for a message that is malformed."),
	.examples = parse_examples,
	.options = parse_options,
	.fn = parse,
};
