/* An explained message for programs. */
#include "words/annotate_json.h"

#include "text/json_fields.h"

static const char *
note_kind_word(unsigned i)
{
	static const char *const words[] = {
		[MSG_NOTE_START] = "start",
		[MSG_NOTE_FIELD] = "field",
		[MSG_NOTE_JUNK] = "junk",
		[MSG_NOTE_LINE] = "line",
		[MSG_NOTE_BODY] = "body",
		[MSG_NOTE_OCTETS] = "octets",
	};

	return i < sizeof(words) / sizeof(words[0]) ? words[i] : NULL;
}

const struct field annotate_note_fields[] = {
	FIELD(struct msg_note, kind, WORD, "what kind of line it is",
	    .word = note_kind_word),
	FIELD(struct msg_note, text, STR,
	    "the line, folds inside; bytes that are no UTF-8 are U+FFFD"),
	FIELD(struct msg_note, what, TEXT, "what such a line is for"),
	FIELD(struct msg_note, rfc, NUMBER, "that defines it",
	    .flags = FIELD_ANY),
	FIELD(struct msg_note, section, TEXT,
	    "of the RFC; without one, of another norm", .flags = FIELD_ANY),
	FIELD(struct msg_note, says, BUF, "what it says, a sentence a line",
	    .flags = FIELD_ANY),
	FIELD(struct msg_note, history, BUF, "what of it is out of date",
	    .flags = FIELD_ANY),
	FIELD(struct msg_note, problem, BUF, "what is wrong with it",
	    .flags = FIELD_ANY),
	FIELDS_END,
};

struct whole {
	struct str fault, remarks;
	unsigned line;
};

const struct field annotate_fields[] = {
	FIELD(struct whole, fault, STR,
	    "what is to be mended first; of a message that is well, empty"),
	FIELD(struct whole, line, NUMBER, "where that is, from 1",
	    .flags = FIELD_ANY),
	FIELD(struct whole, remarks, STR,
	    "about the message as a whole, a sentence a line"),
	FIELD_BESIDE_AS("lines", OBJECTS, "the message line by line",
	    .of = annotate_note_fields),
	FIELDS_END,
};

static void
put_json_note(const void *of, size_t i, struct buf *out)
{
	const struct msg_notes *notes = of;

	json_put_object(annotate_note_fields, &notes->lines[i], out);
}

int
annotate_json(const struct msg_notes *notes, struct str fault, unsigned line,
    struct buf *out)
{
	struct whole whole = { fault, buf_view(&notes->remarks), line };

	buf_putc(out, '{');
	json_put_fields(annotate_fields, &whole, out);
	json_put_objects(out, "lines", notes->n, put_json_note, notes);
	buf_puts(out, "}\n");
	return out->err;
}
