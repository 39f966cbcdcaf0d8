/* rung parse: reads one message and writes what it says. */
#include "cli/parse.h"

#include "msg/annotate.h"
#include "words/annotate_text.h"

static unsigned
line_of(struct str bytes, struct str at)
{
	if (at.p == NULL || at.p < bytes.p || at.p > bytes.p + bytes.n)
		return 0;
	return 1 + (unsigned)str_count(
		       str_slice(bytes, 0, (size_t)(at.p - bytes.p)), '\n');
}

int
cmd_parse_text(struct str bytes, size_t width, enum theme theme,
    struct buf *out, struct cmd_parse_fault *fault)
{
	const struct annotate_text_options options = { .width = width,
		.theme = theme };
	struct msg_notes notes;
	int err = msg_annotate(bytes, &notes);

	*fault = (struct cmd_parse_fault){ BUF_INIT, 0 };
	if (err != 0)
		return err;
	err = annotate_text(&notes, &options, out);
	if (notes.fault != MSG_FAULT_NONE) {
		msg_notes_fault(&notes, &fault->sentence);
		fault->line = line_of(bytes, notes.at);
	}
	msg_notes_free(&notes);
	return err != 0 ? err : fault->sentence.err;
}
