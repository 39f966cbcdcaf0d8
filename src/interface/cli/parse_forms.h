/*
 * Messages that `rung parse` reads beside SIP: bodies that stand alone, and the
 * protocols of a run, known by their content.
 */
#ifndef CLI_PARSE_FORMS_H
#define CLI_PARSE_FORMS_H

#include "base/buf.h"
#include "trace/protocol.h"

struct parse_form {
	const char *name;       /* as --protocol has it */
	enum trace_proto proto; /* SIP: it is a body of TYPE, or SIP itself */
	const char *type;
};

/* The form of *BYTES, of those called NAME (NULL: of all), which become the
 * message as a trace has it, in ROOM where it stands otherwise in them; with
 * NAME the last of these where they are none.  NULL: they are no such message,
 * or there is no form called so. */
const struct parse_form *
parse_form_find(struct str *bytes, const char *name, struct buf *room);
/* "sip, sdp, …" */
void parse_form_list(struct buf *out);
/* BYTES, a text of hexadecimal digits, as the octets that they stand for into
 * OUT, which is empty; false: they are no such text. */
bool parse_form_unhex(struct str bytes, struct buf *out);

#endif
