/*
 * A message explained line by line: the purpose of each line, its meaning here,
 * the RFC that defines it, outdated forms, faults.  `rung parse` shows it; its
 * layout is words/annotate_doc.h's.
 */
#ifndef MSG_ANNOTATE_H
#define MSG_ANNOTATE_H

#include "base/buf.h"
#include "msg/message.h"

enum msg_note_kind {
	MSG_NOTE_START,
	MSG_NOTE_FIELD,
	MSG_NOTE_JUNK, /* a line of the head that is not a field */
	/* From here on they are of the body. */
	MSG_NOTE_LINE,   /* of a body whose lines are explained, or between its
			    parts */
	MSG_NOTE_BODY,   /* a whole body of another kind, or the rest of one */
	MSG_NOTE_OCTETS, /* a field of a body that is not text */
};

/*
 * One line.  TEXT points into the message (or into its repaired copy).  The
 * buffers hold sentences in the user's language, each ended by '\n'; bytes of
 * the message are in them as they came, so show them through utf8_add_safe.
 */
struct msg_note {
	enum msg_note_kind kind;
	struct str text;  /* without its last line end; folds inside */
	const char *what; /* what such a line is for; "" if unknown */
	unsigned rfc;     /* where it is defined; 0 if unknown … */
	const char
	    *section; /* … and there, may be empty; of 0 another standard */
	struct buf says;    /* what this one says */
	struct buf history; /* what of it is out of date */
	struct buf problem; /* its fault */
};

struct msg_notes {
	struct msg *m;          /* owned: the message as read */
	struct buf repaired;    /* owned: the message with CRLF, where the text
				   given had LF alone; else empty */
	struct buf body;        /* owned: a body in UTF-8, where it came in
				   another character set */
	struct msg_note *lines; /* owned */
	size_t n, cap;
	enum msg_fault fault; /* the first that a server finds */
	bool answered;        /* a server can say so */
	/* The first fault to mend: `fault`; of a text with LF alone, the first
	 * fault of its form with CRLF as well, if there is one. */
	struct {
		enum msg_fault fault;
		struct str at; /* in the message as read */
		bool answered;
	} first;
	struct buf remarks; /* about the message as a whole */
};

/*
 * Explains BYTES, which must outlive the notes.  0 or ERR_NOMEM; a message that
 * is wrong is explained as far as it goes, with the problem at its line and
 * the code in `fault`.  A text whose lines all end in LF alone, as an editor
 * writes it, is not a message (25.1), but explained as if they were CRLF.
 */
int msg_annotate(struct str bytes, struct msg_notes *notes);
/* Explains BYTES, a body of TYPE, "application/sdp", that no message is around:
 * NOTES has lines and remarks alone.  0 or ERR_NOMEM. */
int
msg_annotate_alone(struct str bytes, const char *type, struct msg_notes *notes);
/* The first fault in the user's language, with the field that it is about. */
void msg_notes_fault(const struct msg_notes *notes, struct buf *out);
/* Its line in the text given, from 1; 0: of none. */
unsigned msg_notes_line(const struct msg_notes *notes, struct str bytes);
/* Explains BYTES, an ISUP message as the telephone network has it, behind SIO
 * and label (isup/m3ua.h): NOTES has lines alone.  0, ERR_NOMEM, or ERR_SYNTAX:
 * there is no such label. */
int msg_annotate_signal(struct str bytes, struct msg_notes *notes);
void msg_notes_free(struct msg_notes *notes);

/* What the body of M says, as a sentence in the user's language appended to
 * OUT: of GB/T 28181 and ISUP alone, else false. */
bool msg_body_gist(const struct msg *m, struct buf *out);
/* The same in one word, as an arrow has it behind the method: "Keepalive". */
bool msg_body_word(const struct msg *m, struct buf *out);

#endif
