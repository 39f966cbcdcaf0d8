/* rung parse: reads one message and writes what it says. */
#include "cli/parse.h"

#include "msg/annotate.h"
#include "words/annotate_text.h"

int
cmd_parse_text(struct str bytes, size_t width, bool colour, struct buf *out,
    bool *well_formed)
{
	const struct annotate_text_options options = { .width = width,
		.colour = colour };
	struct msg_notes notes;
	int err = msg_annotate(bytes, &notes);

	if (err != 0)
		return err;
	err = annotate_text(&notes, &options, out);
	*well_formed = notes.fault == MSG_FAULT_NONE;
	msg_notes_free(&notes);
	return err;
}
